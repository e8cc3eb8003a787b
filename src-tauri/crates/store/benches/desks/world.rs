//! Worlds of any size, the same in every run, handed over batch by batch.
//!
//! What all desks have in common: accounts of very different sizes, one of them with a tenth of all tickets; a place of
//! its own that nearly everybody is let into; people who stand for the hard cases. What these are in a desk's own links
//! is said by its [`Desk`].

use portico_core::access::registry;
use portico_core::model::{Account, Activity, DeskSetting, ExternalUser, SettingOrigin, Ticket, TicketState};
use portico_core::snapshot::{Batch, Sink};
use portico_store::{Result, StoreError};

/// How many people and tickets.
#[derive(Debug)]
pub(crate) struct Size {
    pub(crate) label: &'static str,
    pub(crate) users: i64,
    pub(crate) tickets: i64,
}

pub(crate) const SIZES: [Size; 3] = [
    Size {
        label: "S",
        users: 10_000,
        tickets: 100_000,
    },
    Size {
        label: "M",
        users: 100_000,
        tickets: 1_000_000,
    },
    Size {
        label: "L",
        users: 1_000_000,
        tickets: 10_000_000,
    },
];

/// The account with a tenth of all tickets.
pub(crate) const BIG: i64 = 0;
/// The place that nearly everybody is let into, with a fiftieth of all tickets.
pub(crate) const COMMON: i64 = 1;
/// The first of the other accounts.
pub(crate) const FIRST: i64 = 2;

/// People who stand for the hard cases: some tickets; a tenth of all; all; five hundred links; let in with everybody.
pub(crate) const ROLES: [&str; 5] = ["typical", "heavy", "all", "links", "crowd"];
/// How many links the person with many has.
pub(crate) const LINKS: i64 = 500;

const KINDS: [&str; 4] = ["new", "open", "closed", "merged"];
const QUEUES: i64 = 50;
const CHUNK: usize = 5_000;

/// A number that looks drawn, never negative, the same for the same input.
pub(crate) fn mixed(n: i64) -> i64 {
    let mut z = n.unsigned_abs().wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    i64::try_from((z ^ (z >> 31)) >> 1).unwrap_or(0)
}

impl Size {
    pub(crate) fn accounts(&self) -> i64 {
        self.users / 10
    }

    /// A hundredth of all people belong to the big account.
    pub(crate) fn people_of_big(&self) -> i64 {
        self.users / 100
    }

    fn others(&self) -> i64 {
        self.accounts() - FIRST
    }

    /// The first person of an account other than the big one.
    pub(crate) fn first_of(&self, account: i64) -> i64 {
        self.people_of_big() + account - FIRST
    }

    pub(crate) fn account_of(&self, person: i64) -> i64 {
        if person < self.people_of_big() {
            return BIG;
        }
        FIRST + (person - self.people_of_big()) % self.others()
    }

    /// The hard case that a person stands for.
    pub(crate) fn role(&self, person: i64) -> Option<&'static str> {
        let places = [
            self.first_of(self.accounts() * 3 / 4),
            0,
            self.first_of(FIRST),
            self.first_of(5),
            self.first_of(self.accounts() / 2),
        ];
        let at = places.iter().position(|place| *place == person)?;
        Some(ROLES[at])
    }

    pub(crate) fn is(&self, person: i64, role: &str) -> bool {
        self.role(person) == Some(role)
    }

    /// The desk's key of a person, who logs in by it too.
    pub(crate) fn key(&self, person: i64) -> String {
        self.role(person).map_or_else(|| format!("user{person}"), str::to_owned)
    }

    /// Where a ticket belongs: few accounts have many, many have few.
    pub(crate) fn place_of(&self, ticket: i64) -> i64 {
        if ticket % 10 == 0 {
            return BIG;
        }
        if ticket % 50 == 1 {
            return COMMON;
        }
        let (drawn, one) = (i128::from(mixed(ticket) % 1_000_000), 1_000_000);
        let squared = drawn * drawn * i128::from(self.others()) / (one * one);
        FIRST + i64::try_from(squared).unwrap_or(0)
    }

    /// Whose ticket it is: somebody of the account.
    pub(crate) fn owner_of(&self, ticket: i64) -> i64 {
        let drawn = mixed(ticket + 3);
        match self.place_of(ticket) {
            BIG => drawn % self.people_of_big(),
            COMMON => drawn % self.users,
            account => self.first_of(account) + self.others() * (drawn % 9),
        }
    }

    /// Tickets of a sort, spread over all of them.
    pub(crate) fn some_tickets(&self, sort: &str) -> Vec<i64> {
        let spread = (1..=40).map(|n| n * (self.tickets / 50_000) * 1_000 + 7 * n);
        spread
            .map(|id| match sort {
                "big" => id - id % 10,
                "common" => id - id % 50 + 1,
                _ => id,
            })
            .collect()
    }
}

pub(crate) fn account_key(n: i64) -> String {
    format!("C{n}")
}

/// The best SQL for a desk's questions, as common table expressions.
pub(crate) struct Hand {
    /// `seen (cell)`: cells of which the person `:login` sees every ticket; `mine (owner)`: whose tickets are her own.
    pub(crate) sees: &'static str,
    /// Which of her own tickets `t` she sees.
    pub(crate) own: &'static str,
    /// `seers (id)`: who sees the ticket of `:owner`, `:account` and `:queue`.
    pub(crate) who: &'static str,
}

/// How a desk lets people see tickets.
pub(crate) trait Desk {
    fn name(&self) -> &'static str;

    /// Settings that have no assumed value, as JSON text.
    fn settings(&self) -> &'static [(&'static str, &'static str)];

    /// What is there before people are.
    fn directory(&self, size: &Size) -> Vec<Batch>;

    /// Fills in what is the desk's own of a person.
    fn person(&self, size: &Size, n: i64, person: &mut ExternalUser);

    /// The links of some people, as batches of one kind each.
    fn links(&self, size: &Size, people: &[i64]) -> Vec<Batch>;

    /// Fills in whom a ticket belongs to, and where it lies.
    fn ticket(&self, size: &Size, ticket: &mut Ticket);

    /// What gives something to the first `?1` people by id, as a statement.
    fn edit(&self) -> &'static str;

    /// The questions by hand.
    fn hand(&self) -> Hand;
}

fn settings(desk: &dyn Desk) -> Vec<DeskSetting> {
    let model = registry::model(desk.name()).unwrap();
    let given = desk.settings();
    let assumed = model
        .settings
        .iter()
        .filter(|needed| !given.iter().any(|(name, _)| *name == needed.name));
    let assumed = assumed.map(|needed| (needed.name, needed.default.unwrap_or("null")));
    given
        .iter()
        .copied()
        .chain(assumed)
        .map(|(name, value)| DeskSetting {
            name: name.to_owned(),
            value: value.to_owned(),
            origin: SettingOrigin::Confirmed,
        })
        .collect()
}

fn person(desk: &dyn Desk, size: &Size, n: i64) -> ExternalUser {
    let key = size.key(n);
    let mut person = ExternalUser {
        login: key.clone(),
        first_name: format!("Given{}", mixed(n) % 500),
        last_name: format!("Family{}", mixed(n + 1) % 20_000),
        email: format!("{key}@example.org"),
        key,
        account: account_key(size.account_of(n)),
        ..ExternalUser::default()
    };
    desk.person(size, n, &mut person);
    person
}

fn ticket(desk: &dyn Desk, size: &Size, id: i64) -> Ticket {
    let state = usize::try_from(mixed(id + 7) % 4).unwrap_or(0);
    let mut ticket = Ticket {
        id,
        number: id.to_string(),
        title: format!("Ticket {id}"),
        owner: size.key(size.owner_of(id)),
        account: account_key(size.place_of(id)),
        state: state.to_string(),
        state_kind: KINDS[state].to_owned(),
        created: 1_500_000_000 + id * 30,
        changed: 1_500_000_000 + id * 30,
        ..Ticket::default()
    };
    desk.ticket(size, &mut ticket);
    ticket
}

/// A mail that the customer sees, and a comment that she does not.
fn activities(ticket: i64) -> [Activity; 2] {
    [("EMAIL", true), ("COMMENT", false)].map(|(channel, visible)| Activity {
        ticket,
        position: if visible { 1 } else { 2 },
        channel: channel.to_owned(),
        sender: "customer".to_owned(),
        visible,
        subject: format!("About {ticket}"),
        created: 1_500_000_000 + ticket * 30,
        ..Activity::default()
    })
}

/// Four of the desk's queues, by account.
pub(crate) fn queue_of(account: i64, ticket: i64, queues: i64) -> i64 {
    mixed(account * 4 + mixed(ticket + 1) % 4) % queues
}

/// The queue of a ticket where queues decide nothing.
pub(crate) fn some_queue(size: &Size, ticket: i64) -> String {
    queue_of(size.place_of(ticket), ticket, QUEUES).to_string()
}

/// Accounts by number.
pub(crate) fn accounts(size: &Size) -> Batch {
    let account = |n| Account {
        key: account_key(n),
        name: format!("Company {n}"),
        ..Account::default()
    };
    Batch::Accounts((0..size.accounts()).map(account).collect())
}

/// Queues without rights.
pub(crate) fn queues() -> Batch {
    let queue = |n: i64| portico_core::model::Queue {
        key: n.to_string(),
        name: format!("queue {n}"),
        ..portico_core::model::Queue::default()
    };
    Batch::Queues((0..QUEUES).map(queue).collect())
}

/// Hands over a whole world.
pub(crate) fn read(desk: &dyn Desk, size: &Size, sink: &mut Sink<'_>) -> Result<()> {
    let mut give = |batch| sink(batch).map_err(|_| StoreError::Cancelled);
    let state = |(n, kind): (usize, &&str)| TicketState {
        key: n.to_string(),
        name: (*kind).to_owned(),
        kind: (*kind).to_owned(),
        ..TicketState::default()
    };
    give(Batch::Settings(settings(desk)))?;
    give(Batch::TicketStates(KINDS.iter().enumerate().map(state).collect()))?;
    for batch in desk.directory(size) {
        give(batch)?;
    }
    let people: Vec<i64> = (0..size.users).collect();
    for some in people.chunks(CHUNK) {
        give(Batch::ExternalUsers(
            some.iter().map(|n| person(desk, size, *n)).collect(),
        ))?;
        for batch in desk.links(size, some) {
            give(batch)?;
        }
    }
    let mut id = 1;
    while id <= size.tickets {
        let some = id..(id + 5_000).min(size.tickets + 1);
        give(Batch::Tickets(some.clone().map(|id| ticket(desk, size, id)).collect()))?;
        give(Batch::Activities(some.flat_map(activities).collect()))?;
        id += 5_000;
    }
    Ok(())
}
