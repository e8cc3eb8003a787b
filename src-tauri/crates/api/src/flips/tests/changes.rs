//! Doing to a world in memory what a change says, and all changes there are.

use std::collections::BTreeSet;

use portico_core::access::registry::model as model_of;
use portico_core::access::setting::SettingKind;
use portico_core::access::world::World;
use portico_core::form::field::Entity;
use portico_core::model::{
    AccountGroup, ExternalUser, UserAccount, UserAccountView, UserAddress, UserContact, UserGroup, UserObject,
};
use portico_store::visibility::setting_value;

use crate::flips::plan;
use crate::types::flips::FlipChange;

/// Takes what goes out of a list and puts what comes into it.
fn swap<T: PartialEq>(list: &mut Vec<T>, change: &FlipChange, item: impl Fn(&str) -> T) {
    if !change.from.is_empty() {
        let gone = item(&change.from);
        let before = list.len();
        list.retain(|one| *one != gone);
        assert!(list.len() < before, "{change:?}: it was not there");
    }
    if !change.to.is_empty() {
        let new = item(&change.to);
        assert!(!list.contains(&new), "{change:?}: it was there");
        list.push(new);
    }
}

/// `Support:ro` in two.
fn pair(text: &str) -> (&str, &str) {
    text.rsplit_once(':').unwrap()
}

fn group_key(world: &World, name: &str) -> String {
    world
        .groups
        .iter()
        .find(|group| group.name == name)
        .unwrap()
        .key
        .clone()
}

fn validity(text: &str) -> portico_core::model::Validity {
    portico_core::model::Validity::from_name(text).unwrap()
}

/// Does to the world what a change says.
pub(super) fn apply(world: &mut World, desk: &str, change: &FlipChange) {
    match change.entity.as_str() {
        "external_user" => apply_to_person(world, change),
        "account" => {
            let groups = world.clone();
            let account = change.key.clone();
            let context = if change.field == "groups" { "same" } else { "other" };
            swap(&mut world.account_groups, change, |text| AccountGroup {
                account: account.clone(),
                group: group_key(&groups, pair(text).0),
                permission: pair(text).1.to_owned(),
                context: portico_core::model::Context::from_name(context).unwrap(),
            });
        }
        "queue" => {
            let group = (change.field == "group").then(|| group_key(world, &change.to));
            let queue = world.queues.iter_mut().find(|queue| queue.name == change.key).unwrap();
            match group {
                Some(group) => queue.group = group,
                None => queue.follow_up.clone_from(&change.to),
            }
        }
        "group" => {
            let group = world.groups.iter_mut().find(|group| group.name == change.key).unwrap();
            group.validity = validity(&change.to);
        }
        "setting" => {
            let settings = model_of(desk).unwrap().settings;
            let needed = settings.iter().find(|one| one.name == change.key).unwrap();
            let kind: SettingKind = needed.kind;
            world
                .settings
                .set(change.key.clone(), setting_value(kind, &change.to).unwrap());
        }
        other => panic!("{other}"),
    }
}

fn flag<'a>(user: &'a mut ExternalUser, field: &str) -> &'a mut bool {
    match field {
        "external" => user.external.get_or_insert(true),
        "account_contacts" => &mut user.account_contacts,
        "account_tickets" => &mut user.account_tickets,
        "external_comments" => &mut user.external_comments,
        "right_addresses" => &mut user.right_addresses,
        other => panic!("{other}"),
    }
}

fn apply_to_person(world: &mut World, change: &FlipChange) {
    let before = world.clone();
    let key = change.key.clone();
    let user = || key.clone();
    let row = world.users.iter_mut().find(|user| user.login == change.key).unwrap();
    match change.field.as_str() {
        "status" => row.validity = validity(&change.to),
        "account" => row.account.clone_from(&change.to),
        "address" => row.address.clone_from(&change.to),
        "further_accounts" => swap(&mut world.user_accounts, change, |text| UserAccount {
            user: user(),
            account: text.to_owned(),
        }),
        "seen_accounts" => swap(&mut world.user_account_views, change, |text| UserAccountView {
            user: user(),
            account: text.to_owned(),
        }),
        "contacts" => swap(&mut world.user_contacts, change, |text| UserContact {
            user: user(),
            contact: text.replace("contact ", "c"),
        }),
        "groups" => swap(&mut world.user_groups, change, |text| UserGroup {
            user: user(),
            group: group_key(&before, pair(text).0),
            permission: pair(text).1.to_owned(),
        }),
        "read_addresses" | "write_addresses" => swap(&mut world.user_addresses, change, |text| UserAddress {
            user: user(),
            address: text.to_owned(),
            permission: change.field.trim_end_matches("_addresses").to_owned(),
        }),
        "objects" => swap(&mut world.user_objects, change, |text| UserObject {
            user: user(),
            object: pair(text).0.replace("object ", "o"),
            level: pair(text).1.to_owned(),
        }),
        field => {
            let flag = flag(row, field);
            assert_eq!(
                (flag.to_string(), (!*flag).to_string()),
                (change.from.clone(), change.to.clone())
            );
            *flag = !*flag;
        }
    }
}

/// An item into a list of the person's, or out of it.
fn item(user: &ExternalUser, field: &str, item: String, held: bool) -> FlipChange {
    let (from, to) = if held {
        (item, String::new())
    } else {
        (String::new(), item)
    };
    FlipChange {
        from,
        to,
        ..plan::line("external_user", &user.login, String::new(), field)
    }
}

/// Every single change of the person's own form that the desk knows, as far as worlds have what it takes.
pub(super) fn single_changes(world: &World, desk: &str, user: &ExternalUser) -> Vec<FlipChange> {
    let rules = crate::forms::rules(desk).unwrap();
    let mut found = Vec::new();
    for field in [
        "external",
        "account_tickets",
        "account_contacts",
        "external_comments",
        "right_addresses",
    ] {
        let now = *flag(&mut user.clone(), field);
        found.push(FlipChange {
            from: now.to_string(),
            to: (!now).to_string(),
            ..plan::line("external_user", &user.login, String::new(), field)
        });
    }
    // Some steps are not an admin's: somebody who is not registered registers herself.
    let steps = rules.status.offered.iter().copied();
    for to in steps.filter(|to| *to != user.validity && rules.status.allows(user.validity, *to)) {
        found.push(FlipChange {
            from: user.validity.name().to_owned(),
            to: to.name().to_owned(),
            ..plan::line("external_user", &user.login, String::new(), "status")
        });
    }
    found.extend(links(world, user));
    found.retain(|change| rules.knows(Entity::ExternalUser, &change.field));
    found
}

/// What could enter or leave the lists of the person's form.
fn links(world: &World, user: &ExternalUser) -> Vec<FlipChange> {
    let mut found = Vec::new();
    for account in &world.accounts {
        let further = UserAccount {
            user: user.login.clone(),
            account: account.key.clone(),
        };
        found.push(item(
            user,
            "further_accounts",
            account.key.clone(),
            world.user_accounts.contains(&further),
        ));
        let view = UserAccountView {
            user: user.login.clone(),
            account: account.key.clone(),
        };
        found.push(item(
            user,
            "seen_accounts",
            account.key.clone(),
            world.user_account_views.contains(&view),
        ));
    }
    for contact in &world.contacts {
        let link = UserContact {
            user: user.login.clone(),
            contact: contact.key.clone(),
        };
        found.push(item(
            user,
            "contacts",
            contact.key.replacen('c', "contact ", 1),
            world.user_contacts.contains(&link),
        ));
    }
    let addresses: BTreeSet<_> = world.user_addresses.iter().map(|link| &link.address).collect();
    for address in addresses {
        for permission in ["read", "write"] {
            let link = UserAddress {
                user: user.login.clone(),
                address: address.clone(),
                permission: permission.to_owned(),
            };
            let field = format!("{permission}_addresses");
            found.push(item(
                user,
                &field,
                address.clone(),
                world.user_addresses.contains(&link),
            ));
        }
    }
    for group in &world.groups {
        for permission in world
            .user_groups
            .iter()
            .map(|link| &link.permission)
            .collect::<BTreeSet<_>>()
        {
            let link = UserGroup {
                user: user.login.clone(),
                group: group.key.clone(),
                permission: permission.clone(),
            };
            found.push(item(
                user,
                "groups",
                format!("{}:{permission}", group.name),
                world.user_groups.contains(&link),
            ));
        }
    }
    for object in &world.objects {
        for level in ["view", "full"] {
            let link = UserObject {
                user: user.login.clone(),
                object: object.key.clone(),
                level: level.to_owned(),
            };
            let name = format!("{}:{level}", object.key.replacen('o', "object ", 1));
            found.push(item(user, "objects", name, world.user_objects.contains(&link)));
        }
    }
    found
}
