//! What people gain and lose, held against the world before and after an edit, read ticket by ticket.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod across;
mod import;

use std::collections::{BTreeMap, BTreeSet};

use portico_core::access::decide::{Case, Nothing, holds};
use portico_core::access::model::{AccessModel, Permission};
use portico_core::access::registry;
use portico_core::access::rule::{Node, all, any};
use portico_core::access::setting::{SettingKind, Value};
use portico_core::access::world::World;
use portico_core::access::world_links::any_world;
use portico_core::access::world_random::{self, Dice};
use portico_core::id::{AccountId, AddressId, ContactId, ExternalUserId, GroupId, PortalObjectId, QueueId};
use portico_core::model::{
    AccountGroup, Context, ExternalUser, GroupObject, LEVELS, UserAccount, UserAccountView, UserAddress, UserContact,
    UserGroup, UserObject, Validity,
};
use proptest::prelude::*;
use rusqlite::Connection;

use super::*;
use crate::import::CancelFlag;
use crate::visibility::tests::{imported, json_of};
use crate::visibility::{CellCache, DirectoryCache};
use crate::{Store, StoreError, Tx};

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
fn new_key(login: &str) -> String {
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

fn seen(model: &AccessModel) -> Node {
    let either = any([model.listed(), model.openable.get(Permission::Ro).clone()]);
    all([model.login.clone(), either])
}

/// The verdict on every ticket, by number; all no where there is no such person.
fn verdicts(world: &World, key: &str, node: &Node) -> BTreeMap<String, Option<bool>> {
    let person = world.person(key);
    let of = |ticket| match &person {
        Some(person) => {
            let (subject, workspace) = (&world.ticket(ticket), world);
            holds(
                node,
                &Case {
                    person,
                    subject,
                    workspace,
                },
            )
        }
        None => Some(false),
    };
    world.tickets.iter().map(|t| (t.number.clone(), of(t))).collect()
}

fn may_log_in(world: &World, key: &str, node: &Node) -> Option<bool> {
    world.person(key).map_or(Some(false), |person| {
        holds(
            node,
            &Case {
                person: &person,
                subject: &Nothing,
                workspace: world,
            },
        )
    })
}

#[derive(Default)]
struct Expected {
    gained: BTreeMap<String, BTreeSet<String>>,
    lost: BTreeMap<String, BTreeSet<String>>,
    /// Of these it may be that nothing differs at all, and then it is certain.
    maybe_unknown: BTreeSet<String>,
    unknown: BTreeSet<String>,
    logins: (u64, u64),
}

fn expected([model, model_after]: [&AccessModel; 2], then: &World, now: &World) -> Expected {
    let (node, node_after) = (seen(model), seen(model_after));
    let mut found = Expected::default();
    for user in &now.users {
        let key = &user.key;
        let (before, after) = (verdicts(then, key, &node), verdicts(now, key, &node_after));
        let pick = |test: &dyn Fn(Option<bool>, Option<bool>) -> bool| -> BTreeSet<String> {
            before
                .iter()
                .filter(|(n, b)| test(**b, after[*n]))
                .map(|(n, _)| n.clone())
                .collect()
        };
        let gained = pick(&|b, a| b == Some(false) && a == Some(true));
        let lost = pick(&|b, a| b == Some(true) && a == Some(false));
        let more = pick(&|b, a| b != Some(true) && a != Some(false));
        let less = pick(&|b, a| b != Some(false) && a != Some(true));
        if more.len() > gained.len() || less.len() > lost.len() {
            if before == after {
                found.maybe_unknown.insert(key.clone());
            } else {
                found.unknown.insert(key.clone());
            }
        }
        let logins = (
            may_log_in(then, key, &model.login),
            may_log_in(now, key, &model_after.login),
        );
        found.logins.0 += u64::from(logins == (Some(false), Some(true)));
        found.logins.1 += u64::from(logins == (Some(true), Some(false)));
        found.gained.insert(key.clone(), gained);
        found.lost.insert(key.clone(), lost);
    }
    found
}

fn run(store: &Store, desk: &str, write: impl FnOnce(&Tx<'_>) -> Result<()>) -> Outcome {
    let (directory, cells, cancel) = (DirectoryCache::default(), CellCache::default(), CancelFlag::new());
    let trial = Trial {
        store,
        desk,
        directory: &directory,
        cells: &cells,
        cancel: &cancel,
        but: None,
        backwards: false,
    };
    let outcome: Result<_, StoreError> = trial.run(write, &mut |_| {});
    outcome.unwrap().unwrap()
}

fn each_once(of: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<&String> {
    of.values().flatten().collect()
}

fn hold(world: &World, now: &World, model: &AccessModel, outcome: &Outcome) -> std::result::Result<(), TestCaseError> {
    hold_between([model, model], world, now, outcome)
}

fn hold_between(
    models: [&AccessModel; 2],
    world: &World,
    now: &World,
    outcome: &Outcome,
) -> std::result::Result<(), TestCaseError> {
    let model = models[0];
    let expected = expected(models, world, now);
    let sum = |of: &BTreeMap<String, BTreeSet<String>>| of.values().map(|s| s.len() as u64).sum::<u64>();
    let some = |of: &BTreeMap<String, BTreeSet<String>>| of.values().filter(|s| !s.is_empty()).count() as u64;
    prop_assert_eq!(
        (outcome.gained, outcome.lost, outcome.gaining, outcome.losing),
        (
            sum(&expected.gained),
            sum(&expected.lost),
            some(&expected.gained),
            some(&expected.lost)
        )
    );
    prop_assert_eq!((outcome.logins_gained, outcome.logins_lost), expected.logins);
    let (least, most) = (expected.unknown.len() as u64, expected.maybe_unknown.len() as u64);
    prop_assert!(
        (least..=least + most).contains(&outcome.unknown),
        "{} {least} {most}",
        outcome.unknown
    );
    for (of, told) in [
        (&expected.gained, &outcome.gained_tickets),
        (&expected.lost, &outcome.lost_tickets),
    ] {
        prop_assert_eq!(told.tickets, each_once(of).len() as u64);
        prop_assert_eq!(told.queues.iter().map(|q| q.tickets).sum::<u64>(), told.tickets);
    }
    let newest = |numbers: &BTreeSet<String>| -> Vec<String> {
        let mut tickets: Vec<_> = world.tickets.iter().filter(|t| numbers.contains(&t.number)).collect();
        tickets.sort_by_key(|t| (-t.created, t.id));
        tickets.iter().take(5).map(|t| t.number.clone()).collect()
    };
    let id = |key: &str| ExternalUserId::from_desk(model.desk, key);
    let old = world.users.iter().chain(&now.users).map(|u| (id(&u.key), &u.key));
    let new = now.users.iter().map(|u| (id(&new_key(&u.login)), &u.key));
    // An import takes the record of a login that links had named before.
    let named = now.users.iter().map(|u| (id(&u.login), &u.key));
    let keys: BTreeMap<ExternalUserId, &String> = named.chain(old).chain(new).collect();
    for example in &outcome.examples {
        let key = keys[&example.id];
        prop_assert_eq!(example.difference.gained, expected.gained[key].len() as u64);
        prop_assert_eq!(example.difference.lost, expected.lost[key].len() as u64);
        prop_assert_eq!(&example.gained, &newest(&expected.gained[key]));
        prop_assert_eq!(&example.lost, &newest(&expected.lost[key]));
    }
    Ok(())
}

/// The world after some edits, and these.
fn edited(dice: &mut Dice, model: &AccessModel, of: (&World, &Store), edits: usize) -> (World, Vec<Edit>) {
    let (world, store) = of;
    let accounts = store.read(account_keys).unwrap();
    let mut now = world.clone();
    let mut drawn = Vec::new();
    for _ in 0..edits {
        let edit = draw(dice, model, world, &accounts);
        if matches!(&edit, Edit::New(login) if now.users.iter().any(|u| u.login == *login)) {
            continue;
        }
        edit_world(&mut now, model, &edit);
        drawn.push(edit);
    }
    (now, drawn)
}

fn account_keys(c: &Connection) -> Result<Vec<String>> {
    let mut statement = c.prepare("SELECT key FROM account WHERE desk_key IS NOT NULL OR present = 0 ORDER BY key")?;
    let keys = statement.query_map([], |r| r.get(0))?;
    Ok(keys.collect::<rusqlite::Result<_>>()?)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn difference_is_after_minus_before(
        seed: u64,
        edits in 1_usize..4,
        unknown in prop_oneof![4 => Just(0_usize), 1 => Just(15)],
        desk in 0..registry::DESKS.len(),
    ) {
        let mut dice = Dice::new(seed);
        let world = any_world(registry::DESKS[desk], &mut dice, unknown);
        prop_assume!(!world.users.is_empty());
        let model = registry::model(registry::DESKS[desk]).unwrap();
        let (_folder, store) = imported(&world, &model);
        let (now, drawn) = edited(&mut dice, &model, (&world, &store), edits);
        let outcome = run(&store, model.desk, |tx| drawn.iter().try_for_each(|edit| edit_store(tx, model.desk, edit)));
        let held = hold(&world, &now, &model, &outcome);
        prop_assert!(held.is_ok(), "{drawn:?}: {held:?}");
        let nothing_stayed = run(&store, model.desk, |_| Ok(()));
        prop_assert_eq!(nothing_stayed, Outcome::default());
    }
}

#[test]
fn who_is_renamed_owns_what_belongs_to_the_new_login() {
    use portico_core::model::{Group, Queue, Ticket};
    let text = str::to_owned;
    let mut world = World {
        settings: world_random::settings(&mut Dice::new(1), 0, &["postgresql"]),
        ..World::default()
    };
    world.settings.set("CustomerGroupSupport", Value::Switch(false));
    world.groups.push(Group {
        key: text("1"),
        name: text("staff"),
        ..Group::default()
    });
    world.queues.push(Queue {
        key: text("1"),
        name: text("Support"),
        group: text("1"),
        ..Queue::default()
    });
    let user = |login: &str| ExternalUser {
        key: text(login),
        login: text(login),
        ..ExternalUser::default()
    };
    world.users.extend([user("anna"), user("carl")]);
    for (id, owner) in (1..).zip(["anna", "anna", "bella", "carl"]) {
        world.tickets.push(Ticket {
            id,
            number: id.to_string(),
            owner: text(owner),
            queue: text("1"),
            ..Ticket::default()
        });
    }
    let model = registry::model("otobo").unwrap();
    let (_folder, store) = imported(&world, &model);
    let rename = |tx: &Tx<'_>| -> Result<()> {
        let sql = "UPDATE external_user SET login = 'bella', login_simple = 'bella', login_full = 'bella' WHERE login = 'anna'";
        tx.execute(sql, [])?;
        Ok(())
    };
    let outcome = run(&store, model.desk, rename);
    assert_eq!((outcome.people, outcome.gained, outcome.lost), (1, 1, 2));
    assert_eq!(outcome.examples[0].gained, ["3"]);
    assert_eq!(outcome.examples[0].lost, ["1", "2"]);
    assert_eq!((outcome.gained_tickets.tickets, outcome.lost_tickets.tickets), (1, 2));
    assert_eq!(outcome.gained_tickets.queues[0].queue, "Support");
}

/// Links of others enter no tree of what is seen: `touched` follows a link only to those whose it is.
#[test]
fn nobody_sees_more_by_what_is_linked_to_others() {
    use portico_core::access::fact::Set;
    for desk in registry::DESKS {
        for set in seen(&registry::model(desk).unwrap()).sets() {
            assert!(!matches!(set, Set::SameContacts | Set::SameAccounts), "{desk}: {set:?}");
        }
    }
}
