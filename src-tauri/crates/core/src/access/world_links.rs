//! Random small worlds of the desks whose rights are plain links: contacts, switches, addresses, objects.

use super::fact::Key;
use super::registry;
use super::setting::{SettingKind, Settings, Value};
use super::world::World;
use super::world_random::{Dice, world};
use crate::model::{
    Activity, Agent, Contact, GroupObject, LEVELS, PortalObject, UserAccountView, UserAddress, UserContact, UserObject,
    UserResponsibleAgent, UserResponsibleGroup, UserTicketState, UserTicketType, Validity,
};

const ADDRESSES: usize = 6;
const CONTACTS: usize = 10;
const OBJECTS: usize = 12;

/// A world of any desk: of the one family by its own dice, of the others as here. What is assumed where nobody says
/// otherwise is in its settings.
pub fn any_world(desk: &str, dice: &mut Dice, unknown: usize) -> World {
    let Some(model) = registry::model(desk) else {
        return World::default();
    };
    if model
        .settings
        .iter()
        .any(|setting| matches!(setting.kind, SettingKind::Groups))
    {
        let settings = super::world_random::settings(dice, unknown, &["postgresql", "postgresql", "mysql"]);
        return world(dice, settings);
    }
    let mut world = world_of(desk, dice, unknown);
    if model.asks_about(Key::ContactAccount) {
        world.keep_accounts_of_contacts();
    }
    for setting in model.settings {
        if let (None, Some(value)) = (world.settings.get(setting.name), setting.assumed_value()) {
            world.settings.set(setting.name, value);
        }
    }
    world
}

/// A world of a desk, each setting unknown so many times in a hundred.
pub fn world_of(desk: &str, dice: &mut Dice, unknown: usize) -> World {
    let settings = settings_of(desk, dice, unknown);
    let mut world = world(dice, settings);
    for user in &mut world.users {
        user.external = Some(dice.percent(90));
        user.account_contacts = dice.percent(50);
        user.account_tickets = dice.percent(50);
        user.external_comments = dice.percent(50);
        user.right_addresses = dice.percent(70);
        user.right_machines = dice.percent(50);
        user.right_contact_person = dice.percent(50);
        user.restrict_states = dice.percent(50);
        if dice.percent(60) {
            user.address = dice.below(ADDRESSES).to_string();
        }
        if dice.percent(10) {
            user.validity = Validity::NotRegistered;
        }
    }
    for queue in &mut world.queues {
        queue.external_comments = dice.percent(50);
    }
    directory(dice, &mut world);
    let users: Vec<String> = world.users.iter().map(|user| user.key.clone()).collect();
    for user in &users {
        links(dice, &mut world, user);
    }
    tickets(dice, &mut world, &users);
    world
}

fn settings_of(desk: &str, dice: &mut Dice, unknown: usize) -> Settings {
    let mut settings = Settings::default();
    let needed = registry::model(desk).map(|model| model.settings).unwrap_or_default();
    for setting in needed {
        let value = match setting.kind {
            SettingKind::Switch => Value::Switch(dice.percent(60)),
            SettingKind::Choice(words) => Value::choice(words[dice.below(words.len())]),
            SettingKind::Groups => Value::Names(Vec::new()),
            SettingKind::Package => Value::Number(u32::try_from(dice.below(12)).unwrap_or_default()),
            SettingKind::Words(words) => {
                let some = words.iter().filter(|_| dice.percent(60));
                Value::Names(some.map(ToString::to_string).collect())
            }
        };
        if !dice.percent(unknown) {
            settings.set(setting.name, value);
        }
    }
    settings
}

fn directory(dice: &mut Dice, world: &mut World) {
    for n in 0..CONTACTS {
        let account = if dice.percent(80) && !world.accounts.is_empty() {
            dice.pick(&world.accounts).key.clone()
        } else {
            String::new()
        };
        world.contacts.push(Contact {
            key: format!("c{n}"),
            last_name: format!("contact {n}"),
            account,
            ..Contact::default()
        });
    }
    for n in 0..3 {
        world.agents.push(Agent {
            key: format!("{n}"),
            login: format!("agent {n}"),
            ..Agent::default()
        });
    }
    for n in 0..OBJECTS {
        let author = if dice.percent(20) && !world.users.is_empty() {
            dice.pick(&world.users).key.clone()
        } else {
            String::new()
        };
        world.objects.push(PortalObject {
            key: format!("o{n}"),
            path: format!("object {n}"),
            kind: (*dice.pick(&["app", "folder", "page", "button"])).to_owned(),
            // Parents come before their children, so there is no circle.
            parent: if n > 0 && dice.percent(80) {
                format!("o{}", dice.below(n))
            } else {
                String::new()
            },
            inherits: dice.percent(70),
            author,
            author_level: if dice.percent(50) {
                (*dice.pick(LEVELS)).to_owned()
            } else {
                String::new()
            },
            ..PortalObject::default()
        });
    }
    for _ in 0..4 {
        let right = GroupObject {
            group: dice.below(4).to_string(),
            object: format!("o{}", dice.below(OBJECTS)),
            level: (*dice.pick(LEVELS)).to_owned(),
        };
        push(&mut world.group_objects, right);
    }
}

fn push<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if !list.contains(&one) {
        list.push(one);
    }
}

fn links(dice: &mut Dice, world: &mut World, user: &str) {
    let text = |n: usize| n.to_string();
    let user = || user.to_owned();
    for _ in 0..dice.below(3) {
        let contact = format!("c{}", dice.below(CONTACTS));
        push(&mut world.user_contacts, UserContact { user: user(), contact });
        let account = if world.accounts.is_empty() {
            String::new()
        } else {
            dice.pick(&world.accounts).key.clone()
        };
        if !account.is_empty() {
            push(&mut world.user_account_views, UserAccountView { user: user(), account });
        }
        let (address, permission) = (text(dice.below(ADDRESSES)), (*dice.pick(&["read", "write"])).to_owned());
        push(
            &mut world.user_addresses,
            UserAddress {
                user: user(),
                address,
                permission,
            },
        );
        let (object, level) = (format!("o{}", dice.below(OBJECTS)), (*dice.pick(LEVELS)).to_owned());
        push(
            &mut world.user_objects,
            UserObject {
                user: user(),
                object,
                level,
            },
        );
        push(
            &mut world.user_types,
            UserTicketType {
                user: user(),
                ticket_type: text(dice.below(3)),
            },
        );
        push(
            &mut world.user_states,
            UserTicketState {
                user: user(),
                state: text(dice.below(6)),
            },
        );
        push(
            &mut world.user_responsible_groups,
            UserResponsibleGroup {
                user: user(),
                group: text(dice.below(4)),
            },
        );
        push(
            &mut world.user_responsible_agents,
            UserResponsibleAgent {
                user: user(),
                agent: text(dice.below(3)),
            },
        );
    }
    // Her own account's switch, as often as not.
    let own = world
        .users
        .iter()
        .find(|u| u.key == user())
        .map(|u| u.account.clone())
        .unwrap_or_default();
    if !own.is_empty() && dice.percent(50) {
        push(
            &mut world.user_account_views,
            UserAccountView {
                user: user(),
                account: own,
            },
        );
    }
}

/// The tickets again, with what each desk keeps in their two places: contacts, people, accounts, addresses, objects.
fn tickets(dice: &mut Dice, world: &mut World, users: &[String]) {
    let accounts: Vec<String> = world.accounts.iter().map(|a| a.key.clone()).collect();
    for ticket in &mut world.tickets {
        ticket.owner = match dice.below(4) {
            0 | 1 => format!("c{}", dice.below(CONTACTS)),
            2 if !users.is_empty() => dice.pick(users).clone(),
            _ => String::new(),
        };
        ticket.account = match dice.below(4) {
            0 => dice.below(ADDRESSES).to_string(),
            1 => format!("o{}", dice.below(OBJECTS)),
            2 if !accounts.is_empty() => dice.pick(&accounts).clone(),
            _ => String::new(),
        };
        for (position, channel) in (1..).zip(["EMAIL", "CALL", "COMMENT", "Chat"]) {
            world.activities.push(Activity {
                ticket: ticket.id,
                position,
                channel: channel.to_owned(),
                visible: dice.percent(50),
                ..Activity::default()
            });
        }
    }
}
