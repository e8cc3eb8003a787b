//! Random small worlds, made to hurt: names that differ only in case, links of dead logins, missing and invalid
//! accounts, invalid groups, settings that are unknown.

use super::setting::{Settings, Value};
use super::world::World;
use crate::model::{
    Account, AccountGroup, Context, ExternalUser, Group, Named, Queue, Ticket, TicketState, UserAccount, UserGroup,
    UserService, Validity,
};

const LOGINS: &[&str] = &[
    "anna", "ANNA", "Änne", "änne", "İnge", "inge", "straße", "STRASSE", "ΣΑΣ", "σας", "σασ", "o'hara",
];
const ACCOUNTS: &[&str] = &[
    "ACME",
    "acme",
    "Ärger",
    "ärger",
    "İX",
    "ix",
    "i\u{307}x",
    "ß",
    "SS",
    "Σ",
    "σ",
    "ς",
];
const KINDS: &[&str] = &["new", "open", "closed", "merged", "removed", "pending reminder"];

/// A dice that always falls the same way for the same seed (splitmix64).
pub struct Dice(u64);

impl Dice {
    /// A dice with a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of these, which are not empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    fn validity(&mut self) -> Validity {
        if self.percent(80) {
            Validity::Valid
        } else {
            *self.pick(&[Validity::Invalid, Validity::InvalidTemporarily])
        }
    }
}

/// Settings of the OTOBO family: each unknown so many times in a hundred.
pub fn settings(dice: &mut Dice, unknown: usize, databases: &[&str]) -> Settings {
    let mut settings = Settings::default();
    for name in [
        "CustomerGroupSupport",
        "Ticket::Frontend::CustomerDisableCompanyTicketAccess",
        "CustomerGroupPermissionContext###100-CustomerID-other",
        "Ticket::Type",
        "Ticket::Service",
        "Portico::NothingElseDecides",
    ] {
        let on = dice.percent(match name {
            "CustomerGroupSupport" | "CustomerGroupPermissionContext###100-CustomerID-other" => 75,
            "Portico::NothingElseDecides" => 100,
            _ => 40,
        });
        if !dice.percent(unknown) {
            settings.set(name, Value::Switch(on));
        }
    }
    for name in ["CustomerGroupAlwaysGroups", "CustomerGroupCompanyAlwaysGroups"] {
        let names = ["group 0", "group 1", "group 9"]
            .into_iter()
            .filter(|_| dice.percent(25))
            .map(str::to_owned)
            .collect();
        if !dice.percent(unknown) {
            settings.set(name, Value::Names(names));
        }
    }
    let database = *dice.pick(databases);
    if !dice.percent(unknown) {
        settings.set("database", Value::choice(database));
    }
    settings
}

/// A world of a few people and some dozen tickets.
pub fn world(dice: &mut Dice, settings: Settings) -> World {
    let mut world = World {
        settings,
        ..World::default()
    };
    directory(dice, &mut world);
    people(dice, &mut world);
    rows(dice, &mut world);
    tickets(dice, &mut world);
    world
}

fn directory(dice: &mut Dice, world: &mut World) {
    for n in 0..4 {
        let (key, name) = (format!("{n}"), format!("group {n}"));
        world.groups.push(Group {
            key,
            name,
            validity: dice.validity(),
            ..Group::default()
        });
    }
    for n in 0..6 {
        world.queues.push(Queue {
            key: format!("{n}"),
            name: format!("queue {n}"),
            group: if dice.percent(95) {
                format!("{}", dice.below(4))
            } else {
                String::new()
            },
            follow_up: (*dice.pick(&["possible", "reject", ""])).to_owned(),
            validity: dice.validity(),
            ..Queue::default()
        });
    }
    for (n, kind) in KINDS.iter().enumerate() {
        let (key, name, kind) = (format!("{n}"), format!("is {kind}"), (*kind).to_owned());
        world.states.push(TicketState {
            key,
            name,
            kind,
            validity: dice.validity(),
        });
    }
    for n in 0..3 {
        let named = |dice: &mut Dice, what: &str| Named {
            key: format!("{n}"),
            name: format!("{what} {n}"),
            validity: dice.validity(),
        };
        world.types.push(named(dice, "type"));
        world.priorities.push(named(dice, "priority"));
        world.services.push(named(dice, "service"));
    }
    for key in ACCOUNTS {
        if dice.percent(60) {
            let (key, name) = ((*key).to_owned(), format!("{key} Ltd"));
            world.accounts.push(Account {
                key,
                name,
                validity: dice.validity(),
                ..Account::default()
            });
        }
    }
}

fn people(dice: &mut Dice, world: &mut World) {
    for login in LOGINS {
        if dice.percent(70) {
            world.users.push(ExternalUser {
                key: (*login).to_owned(),
                login: (*login).to_owned(),
                account: if dice.percent(85) {
                    (*dice.pick(ACCOUNTS)).to_owned()
                } else {
                    String::new()
                },
                validity: dice.validity(),
                ..ExternalUser::default()
            });
        }
    }
}

fn rows(dice: &mut Dice, world: &mut World) {
    let permission = |dice: &mut Dice| (*dice.pick(&["ro", "rw", "note"])).to_owned();
    for login in LOGINS {
        for _ in 0..dice.below(3) {
            let account = (*dice.pick(ACCOUNTS)).to_owned();
            let link = UserAccount {
                user: (*login).to_owned(),
                account,
            };
            if !world.user_accounts.contains(&link) {
                world.user_accounts.push(link);
            }
        }
        for _ in 0..dice.below(3) {
            let group = format!("{}", dice.below(4));
            let link = UserGroup {
                user: (*login).to_owned(),
                group,
                permission: permission(dice),
            };
            if !world.user_groups.contains(&link) {
                world.user_groups.push(link);
            }
        }
        if dice.percent(30) {
            world.user_services.push(UserService {
                user: (*login).to_owned(),
                service: format!("{}", dice.below(3)),
            });
        }
    }
    if dice.percent(50) {
        world.user_services.push(UserService {
            user: "<DEFAULT>".to_owned(),
            service: format!("{}", dice.below(3)),
        });
    }
    for account in ACCOUNTS {
        for _ in 0..dice.below(4) {
            let row = AccountGroup {
                account: (*account).to_owned(),
                group: format!("{}", dice.below(4)),
                permission: permission(dice),
                context: *dice.pick(&[Context::Same, Context::Other]),
            };
            if !world.account_groups.contains(&row) {
                world.account_groups.push(row);
            }
        }
    }
}

fn tickets(dice: &mut Dice, world: &mut World) {
    for id in 1..=40 + i64::try_from(dice.below(40)).unwrap_or(0) {
        let kind = dice.below(KINDS.len());
        world.tickets.push(Ticket {
            id,
            number: format!("{}", 1000 + id),
            title: format!("ticket {id}"),
            owner: if dice.percent(80) {
                (*dice.pick(LOGINS)).to_owned()
            } else {
                String::new()
            },
            account: if dice.percent(85) {
                (*dice.pick(ACCOUNTS)).to_owned()
            } else {
                String::new()
            },
            queue: format!("{}", dice.below(6)),
            state: format!("{kind}"),
            state_kind: KINDS[kind].to_owned(),
            ticket_type: format!("{}", dice.below(3)),
            priority: format!("{}", dice.below(3)),
            // Many were created in the same second.
            created: 1_000_000 + i64::try_from(dice.below(20)).unwrap_or(0),
            changed: 2_000_000,
            archived: dice.percent(10),
            ..Ticket::default()
        });
    }
}
