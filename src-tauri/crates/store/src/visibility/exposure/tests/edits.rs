//! Edits that are drawn, and how each is made to a world and to a store.

use portico_core::access::model::AccessModel;
use portico_core::access::setting::{SettingKind, Value};
use portico_core::access::world::World;
use portico_core::access::world_random::Dice;
use portico_core::id::{AccountId, AddressId, ContactId, ExternalUserId, GroupId, PortalObjectId, QueueId};
use portico_core::model::{
    AccountGroup, Context, ExternalUser, GroupObject, LEVELS, UserAccount, UserAccountView, UserAddress, UserContact,
    UserGroup, UserObject, Validity,
};

use crate::Tx;
use crate::error::Result;
use crate::visibility::tests::json_of;

/// An edit, in the desk's keys.
#[derive(Debug, Clone)]
pub(in crate::visibility) enum Edit {
    UserGroup(String, String, &'static str),
    AccountGroup(String, String, &'static str, Context),
    Further(String, String),
    Primary(String, String),
    Valid(String),
    AccountValid(String),
    GroupValid(String),
    QueueGroup(String, String),
    Setting(&'static str, Value),
    New(String),
    Words(String),
    Contact(String, String),
    ContactAccount(String, String),
    Address(String, String, &'static str),
    View(String, String),
    Object(String, String, &'static str),
    GroupObject(String, String, &'static str),
    Inherits(String),
    Flag(String, &'static str),
}

fn flipped(validity: Validity) -> Validity {
    if validity == Validity::Valid {
        Validity::Invalid
    } else {
        Validity::Valid
    }
}

/// Takes an item out, or puts it in.
fn toggle<T: PartialEq>(list: &mut Vec<T>, item: T) {
    match list.iter().position(|i| *i == item) {
        Some(at) => drop(list.remove(at)),
        None => list.push(item),
    }
}

pub(in crate::visibility) fn draw(dice: &mut Dice, model: &AccessModel, world: &World, accounts: &[String]) -> Edit {
    if !world.contacts.is_empty() && dice.percent(60) {
        return draw_link(dice, world, accounts);
    }
    let user = |dice: &mut Dice| dice.pick(&world.users).key.clone();
    let group = |dice: &mut Dice| dice.pick(&world.groups).key.clone();
    let permission = |dice: &mut Dice| *dice.pick(&["ro", "rw", "note"]);
    let account = |dice: &mut Dice| dice.pick(accounts).clone();
    match dice.below(16) {
        0..=3 => Edit::UserGroup(user(dice), group(dice), permission(dice)),
        4..=7 => {
            let context = *dice.pick(&[Context::Same, Context::Other]);
            Edit::AccountGroup(account(dice), group(dice), permission(dice), context)
        }
        8 => Edit::Further(user(dice), account(dice)),
        9 => Edit::Primary(user(dice), account(dice)),
        10 => Edit::Valid(user(dice)),
        11 => Edit::New((*dice.pick(&["anna", "Anna", "aNNa", "inge", "INGE", "somebody"])).to_owned()),
        12 if !world.accounts.is_empty() => Edit::AccountValid(dice.pick(&world.accounts).key.clone()),
        13 => Edit::GroupValid(group(dice)),
        14 => Edit::QueueGroup(dice.pick(&world.queues).key.clone(), group(dice)),
        15 => {
            let setting = dice.pick(&model.settings);
            let value = match setting.kind {
                SettingKind::Switch => Value::Switch(dice.percent(50)),
                SettingKind::Choice(words) => Value::choice(words[dice.below(words.len())]),
                SettingKind::Groups => Value::Names(vec![format!("group {}", dice.below(4))]),
                SettingKind::Words(words) => Value::Names(vec![(*dice.pick(words)).to_owned()]),
                SettingKind::Package => Value::Number(u32::try_from(dice.below(12)).unwrap()),
            };
            Edit::Setting(setting.name, value)
        }
        _ => Edit::Words(user(dice)),
    }
}

/// An edit of what the desks have whose rights are plain links.
fn draw_link(dice: &mut Dice, world: &World, accounts: &[String]) -> Edit {
    let user = dice.pick(&world.users).key.clone();
    let contact = dice.pick(&world.contacts).key.clone();
    let object = dice.pick(&world.objects).key.clone();
    let level = *dice.pick(LEVELS);
    match dice.below(8) {
        0 => Edit::Contact(user, contact),
        1 => Edit::ContactAccount(contact, dice.pick(accounts).clone()),
        2 if !world.user_addresses.is_empty() => {
            let address = dice.pick(&world.user_addresses).address.clone();
            Edit::Address(user, address, ["read", "write"][dice.below(2)])
        }
        3 => Edit::View(user, dice.pick(accounts).clone()),
        4 => Edit::Object(user, object, level),
        5 => Edit::GroupObject(dice.pick(&world.groups).key.clone(), object, level),
        6 => Edit::Inherits(object),
        _ => Edit::Flag(
            user,
            ["account_contacts", "account_tickets", "right_addresses"][dice.below(3)],
        ),
    }
}

/// Edits the world in memory.
pub(in crate::visibility) fn edit_world(world: &mut World, model: &AccessModel, edit: &Edit) {
    let user = |world: &mut World, key: &str, change: &dyn Fn(&mut ExternalUser)| {
        change(world.users.iter_mut().find(|u| u.key == *key).unwrap());
    };
    match edit.clone() {
        Edit::UserGroup(user, group, permission) => {
            let permission = permission.to_owned();
            toggle(
                &mut world.user_groups,
                UserGroup {
                    user,
                    group,
                    permission,
                },
            );
        }
        Edit::AccountGroup(account, group, permission, context) => {
            let permission = permission.to_owned();
            let row = AccountGroup {
                account,
                group,
                permission,
                context,
            };
            toggle(&mut world.account_groups, row);
        }
        Edit::Further(user, account) => toggle(&mut world.user_accounts, UserAccount { user, account }),
        Edit::Primary(key, account) => user(world, &key, &|u| u.account.clone_from(&account)),
        Edit::Valid(key) => user(world, &key, &|u| u.validity = flipped(u.validity)),
        Edit::AccountValid(key) => {
            let account = world.accounts.iter_mut().find(|a| a.key == key).unwrap();
            account.validity = flipped(account.validity);
        }
        Edit::GroupValid(key) => {
            let group = world.groups.iter_mut().find(|g| g.key == key).unwrap();
            group.validity = flipped(group.validity);
        }
        Edit::QueueGroup(key, group) => world.queues.iter_mut().find(|q| q.key == key).unwrap().group = group,
        Edit::Setting(name, value) => world.settings.set(name, value),
        Edit::New(login) => world.users.push(ExternalUser {
            key: if named_by_login(model) {
                login.clone()
            } else {
                new_key(&login)
            },
            login,
            ..ExternalUser::default()
        }),
        Edit::Words(_) => {}
        Edit::Contact(user, contact) => toggle(&mut world.user_contacts, UserContact { user, contact }),
        Edit::ContactAccount(key, account) => {
            world.contacts.iter_mut().find(|c| c.key == key).unwrap().account = account;
        }
        Edit::Address(user, address, permission) => {
            let permission = permission.to_owned();
            let link = UserAddress {
                user,
                address,
                permission,
            };
            toggle(&mut world.user_addresses, link);
        }
        Edit::View(user, account) => toggle(&mut world.user_account_views, UserAccountView { user, account }),
        Edit::Object(user, object, level) => {
            let level = level.to_owned();
            toggle(&mut world.user_objects, UserObject { user, object, level });
        }
        Edit::GroupObject(group, object, level) => {
            let level = level.to_owned();
            toggle(&mut world.group_objects, GroupObject { group, object, level });
        }
        Edit::Inherits(key) => {
            let object = world.objects.iter_mut().find(|o| o.key == key).unwrap();
            object.inherits = !object.inherits;
        }
        Edit::Flag(key, column) => user(world, &key, &|u| {
            let flag = match column {
                "account_contacts" => &mut u.account_contacts,
                "account_tickets" => &mut u.account_tickets,
                _ => &mut u.right_addresses,
            };
            *flag = !*flag;
        }),
    }
}

/// Where links name logins, a new person takes up those that name hers; elsewhere they belong to the record.
fn named_by_login(model: &AccessModel) -> bool {
    let groups = |kind: &SettingKind| matches!(kind, SettingKind::Groups);
    model.settings.iter().any(|setting| groups(&setting.kind))
}

/// The record of a new person is another than one that only links name.
pub(super) fn new_key(login: &str) -> String {
    format!("new {login}")
}

/// Edits the workspace.
#[expect(clippy::too_many_lines, reason = "one arm an edit; a test reads better in one piece")]
pub(in crate::visibility) fn edit_store(tx: &Tx<'_>, desk: &str, edit: &Edit) -> Result<()> {
    let user = |key: &str| ExternalUserId::from_desk(desk, key).as_bytes().to_owned();
    let account = |key: &str| AccountId::from_desk(desk, key).as_bytes().to_owned();
    let group = |key: &str| GroupId::from_desk(desk, key).as_bytes().to_owned();
    let toggle = |table: &str, condition: &str, insert: &str, params: &[&dyn rusqlite::ToSql]| -> Result<()> {
        if tx.execute(&format!("DELETE FROM {table} WHERE {condition}"), params)? == 0 {
            tx.execute(&format!("INSERT INTO {table} {insert}"), params)?;
        }
        Ok(())
    };
    let flip = |table: &str, id: [u8; 16]| {
        tx.execute(
            &format!("UPDATE {table} SET validity = iif(validity = 1, 2, 1) WHERE id = ?1"),
            [id],
        )
    };
    match edit {
        Edit::UserGroup(key, g, permission) => toggle(
            "user_group",
            "user_id = ?1 AND group_id = ?2 AND permission = ?3",
            "(user_id, group_id, permission) VALUES (?1, ?2, ?3)",
            &[&user(key), &group(g), permission],
        )?,
        Edit::AccountGroup(key, g, permission, context) => toggle(
            "account_group",
            "account_id = ?1 AND group_id = ?2 AND permission = ?3 AND context = ?4",
            "(account_id, group_id, permission, context) VALUES (?1, ?2, ?3, ?4)",
            &[&account(key), &group(g), permission, &context.name()],
        )?,
        Edit::Further(key, a) => toggle(
            "user_account",
            "user_id = ?1 AND account_id = ?2",
            "(user_id, account_id) VALUES (?1, ?2)",
            &[&user(key), &account(a)],
        )?,
        Edit::Primary(key, a) => {
            let sql = "UPDATE external_user SET account_id = ?2 WHERE id = ?1";
            tx.execute(sql, (user(key), account(a)))?;
        }
        Edit::Valid(key) => drop(flip("external_user", user(key))?),
        Edit::AccountValid(key) => drop(flip("account", account(key))?),
        Edit::GroupValid(key) => drop(flip("permission_group", group(key))?),
        Edit::QueueGroup(key, g) => {
            let sql = "UPDATE queue SET group_id = ?2 WHERE id = ?1";
            tx.execute(sql, (QueueId::from_desk(desk, key).as_bytes().to_owned(), group(g)))?;
        }
        Edit::Setting(name, value) => {
            let sql = "INSERT OR REPLACE INTO desk_setting (name, value, origin) VALUES (?1, ?2, 'confirmed')";
            tx.execute(sql, (name, json_of(value)))?;
        }
        Edit::New(login) => {
            let sql = "INSERT INTO external_user (id, login, login_simple, login_full)
                       VALUES (?1, ?2, portico_simple(?2), portico_full(?2))";
            tx.execute(sql, (user(&new_key(login)), login))?;
        }
        Edit::Contact(key, contact) => toggle(
            "user_contact",
            "user_id = ?1 AND contact_id = ?2",
            "(user_id, contact_id) VALUES (?1, ?2)",
            &[&user(key), ContactId::from_desk(desk, contact).as_bytes()],
        )?,
        Edit::ContactAccount(key, a) => {
            let sql = "UPDATE contact SET account_id = ?2 WHERE id = ?1";
            tx.execute(sql, (ContactId::from_desk(desk, key).as_bytes(), account(a)))?;
        }
        Edit::Address(key, address, permission) => toggle(
            "user_address",
            "user_id = ?1 AND address_id = ?2 AND permission = ?3",
            "(user_id, address_id, permission) VALUES (?1, ?2, ?3)",
            &[&user(key), AddressId::from_desk(desk, address).as_bytes(), permission],
        )?,
        Edit::View(key, a) => toggle(
            "user_account_view",
            "user_id = ?1 AND account_id = ?2",
            "(user_id, account_id) VALUES (?1, ?2)",
            &[&user(key), &account(a)],
        )?,
        Edit::Object(key, object, level) => toggle(
            "user_object",
            "user_id = ?1 AND object_id = ?2 AND level = ?3",
            "(user_id, object_id, level) VALUES (?1, ?2, ?3)",
            &[&user(key), PortalObjectId::from_desk(desk, object).as_bytes(), level],
        )?,
        Edit::GroupObject(g, object, level) => toggle(
            "group_object",
            "group_id = ?1 AND object_id = ?2 AND level = ?3",
            "(group_id, object_id, level) VALUES (?1, ?2, ?3)",
            &[&group(g), PortalObjectId::from_desk(desk, object).as_bytes(), level],
        )?,
        Edit::Inherits(object) => {
            let sql = "UPDATE portal_object SET inherits = NOT inherits WHERE id = ?1";
            tx.execute(sql, [PortalObjectId::from_desk(desk, object).as_bytes()])?;
        }
        Edit::Flag(key, column) => {
            tx.execute(
                &format!("UPDATE external_user SET {column} = NOT {column} WHERE id = ?1"),
                [user(key)],
            )?;
        }
        Edit::Words(key) => {
            tx.execute("UPDATE external_user SET description = 'x' WHERE id = ?1", [user(key)])?;
        }
    }
    Ok(())
}
