//! People, accounts, groups and queues of a world, each computed from its number.

use portico_core::model::{
    Account, AccountGroup, Context, ExternalUser, Group, Queue, UserAccount, UserGroup, Validity,
};

use super::World;
use crate::dice::Dice;
use crate::names;

/// The accounts with far more people and tickets than the others.
pub(super) const BIG: u64 = 5;

const TOPICS: [&str; 11] = [
    "users",
    "service-desk",
    "network",
    "hardware",
    "finance",
    "legal",
    "hr",
    "warehouse",
    "erp",
    "field",
    "projects",
];

const TRADES: [&str; 12] = [
    "Logistics",
    "Papír",
    "Strojírna",
    "Optique",
    "Kylteknik",
    "Stahlbau",
    "Têxtil",
    "Bútor",
    "Marine",
    "Tkaniny",
    "Ναυτιλία",
    "Масло",
];

/// Kinds of dice.
mod kind {
    pub(super) const PERSON: u64 = 11;
    pub(super) const LINKS: u64 = 12;
    pub(super) const ACCOUNT: u64 = 13;
}

impl World {
    /// Which account a person belongs to; every hundredth person is of a big one, the first of the last one.
    pub(super) fn account_of(&self, person: u64) -> u64 {
        if person == 0 {
            self.accounts - 1
        } else if person.is_multiple_of(100) {
            (person / 100) % BIG.min(self.accounts)
        } else {
            person % self.accounts
        }
    }

    /// A person of an account, drawn; nobody where none is found at once.
    pub(super) fn person_of(&self, account: u64, dice: &mut Dice) -> Option<u64> {
        for _ in 0..4 {
            let person = if account < BIG && dice.chance(70) {
                100 * (BIG.min(self.accounts) * dice.below(self.users / (100 * BIG) + 1) + account)
            } else {
                account + self.accounts * dice.below(self.users / self.accounts + 1)
            };
            if person < self.users && self.account_of(person) == account {
                return Some(person);
            }
        }
        None
    }

    /// The key of an account.
    pub(super) fn account_key(account: u64) -> String {
        format!("K{account:06}")
    }

    pub(super) fn account(&self, n: u64) -> Account {
        let mut dice = Dice::new(self.seed, kind::ACCOUNT, n);
        let language = dice.pick(names::languages());
        let family = names::draw(&mut dice, language).last;
        let validity = if n > BIG && n % 50 == 7 {
            Validity::Invalid
        } else {
            Validity::Valid
        };
        let name = format!("{family} {} {n}", dice.pick(&TRADES));
        Account {
            key: Self::account_key(n),
            name,
            validity,
            ..Account::default()
        }
    }

    pub(super) fn person(&self, n: u64) -> ExternalUser {
        let mut dice = Dice::new(self.seed, kind::PERSON, n);
        let language = dice.pick(names::languages());
        let name = names::draw(&mut dice, language);
        let login = login(n, name, language);
        ExternalUser {
            key: login.clone(),
            email: format!("{login}@k{}.example", self.account_of(n)),
            login,
            first_name: name.first.to_owned(),
            last_name: name.last.to_owned(),
            phone: format!("+49 30 555 {:06}", n % 1_000_000),
            account: Self::account_key(self.account_of(n)),
            validity: match dice.below(100) {
                0..=5 if n > 0 => Validity::Invalid,
                6..=7 if n > 0 => Validity::InvalidTemporarily,
                _ => Validity::Valid,
            },
            has_password: Some(!dice.chance(1)),
            ..ExternalUser::default()
        }
    }

    /// The login of a person, as in [`World::person`].
    pub(super) fn login(&self, n: u64) -> String {
        let mut dice = Dice::new(self.seed, kind::PERSON, n);
        let language = dice.pick(names::languages());
        let name = names::draw(&mut dice, language);
        login(n, name, language)
    }

    /// Given name and surname of a person, as in [`World::person`].
    pub(super) fn name(&self, n: u64) -> (&'static str, &'static str) {
        let mut dice = Dice::new(self.seed, kind::PERSON, n);
        let language = dice.pick(names::languages());
        let name = names::draw(&mut dice, language);
        (name.first, name.last)
    }

    /// The name of a group: the topics first, then teams.
    pub(super) fn group_name(n: u64) -> String {
        usize::try_from(n)
            .ok()
            .and_then(|n| TOPICS.get(n))
            .map_or_else(|| format!("team-{n}"), |t| (*t).to_owned())
    }

    /// The topic of a group: what its tickets are about.
    pub(super) fn topic(n: u64) -> &'static str {
        usize::try_from(n % TOPICS.len() as u64)
            .ok()
            .and_then(|n| TOPICS.get(n))
            .copied()
            .unwrap_or_default()
    }

    pub(super) fn group(n: u64) -> Group {
        let (key, name) = ((n + 1).to_string(), Self::group_name(n));
        Group {
            key,
            name,
            description: String::new(),
            validity: Validity::Valid,
        }
    }

    /// The group of a queue.
    pub(super) fn group_of(&self, queue: u64) -> u64 {
        queue % self.groups
    }

    pub(super) fn queue(&self, n: u64) -> Queue {
        let group = self.group_of(n);
        let name = Self::group_name(group);
        Queue {
            key: (n + 1).to_string(),
            name: if n < self.groups {
                name
            } else {
                format!("{name}::{}", n / self.groups)
            },
            group: (group + 1).to_string(),
            follow_up: ["possible", "reject", "new ticket", "possible"][usize::from(n.to_le_bytes()[0] & 3)].to_owned(),
            validity: if n > 8 && n % 25 == 9 {
                Validity::Invalid
            } else {
                Validity::Valid
            },
            ..Queue::default()
        }
    }

    /// How many groups an account may read; the first and the last may read all.
    fn breadth(&self, account: u64) -> u64 {
        if account == 0 || account == self.accounts - 1 {
            return self.groups;
        }
        let mut dice = Dice::new(self.seed, kind::ACCOUNT, account);
        1 + if account < BIG {
            self.groups * 3 / 4
        } else {
            dice.skewed(self.groups.min(8))
        }
    }

    /// One of the groups that an account may read, from 0 below [`World::groups`].
    pub(super) fn readable(&self, account: u64, dice: &mut Dice) -> u64 {
        (account + dice.below(self.breadth(account))) % self.groups
    }

    /// The rights of an account.
    pub(super) fn account_groups(&self, account: u64) -> Vec<AccountGroup> {
        let link = |group: u64, permission: &str, context| AccountGroup {
            account: Self::account_key(account),
            group: (group + 1).to_string(),
            permission: permission.to_owned(),
            context,
        };
        let all_seeing = account == self.accounts - 1;
        let mut links: Vec<AccountGroup> = (0..self.breadth(account))
            .map(|i| {
                let permission = if all_seeing || (account + i).is_multiple_of(3) {
                    "rw"
                } else {
                    "ro"
                };
                link((account + i) % self.groups, permission, Context::Same)
            })
            .collect();
        if all_seeing {
            links.extend((0..self.groups).map(|group| link(group, "rw", Context::Other)));
        } else if account % 200 == 13 {
            links.push(link(account % self.groups, "ro", Context::Other));
        }
        links
    }

    /// A further account of a person, where she has one: every twentieth.
    pub(super) fn user_account(&self, n: u64) -> Option<UserAccount> {
        let mut dice = Dice::new(self.seed, kind::LINKS, n);
        (n > 0 && dice.chance(5)).then(|| UserAccount {
            user: self.login(n),
            account: Self::account_key(dice.below(self.accounts)),
        })
    }

    /// A right of a person herself, where she has one: every tenth.
    pub(super) fn user_group(&self, n: u64) -> Option<UserGroup> {
        let mut dice = Dice::new(self.seed, kind::LINKS, n + self.users);
        (n > 0 && dice.chance(10)).then(|| UserGroup {
            user: self.login(n),
            group: (dice.below(self.groups) + 1).to_string(),
            permission: dice.pick(&["ro", "rw"]).to_owned(),
        })
    }
}

/// A login that only this person has.
fn login(n: u64, name: names::Name, language: &str) -> String {
    format!(
        "{}.{}.{n}",
        names::plain(name.first, language),
        names::plain(name.last, language)
    )
}
