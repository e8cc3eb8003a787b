//! Small invented desks of the kinds that are not OTOBO: about sixty people each, a year of tickets, and a story to find.

mod daktela;
mod elma365;
mod innosoft;
mod said;
mod zoho;

use std::convert::Infallible;

use portico_core::model::{Account, Agent, DeskSetting, ExternalUser, SettingOrigin, Ticket, TicketState, Validity};
use portico_core::snapshot::{Batch, Sink, Source, Stopped};

use said::{Said, Way};

use crate::dice::Dice;
use crate::{NOW, names, say, time};

/// How many people each has.
const PEOPLE: u64 = 60;
/// How many tickets each has.
const TICKETS: u64 = 240;

/// What the dice of a ticket's conversation are thrown for; those of people and tickets are 1 and 2.
const SEED_OF_TALK: u64 = 3;

/// Languages of the people, in turn.
const LANGUAGES: [&str; 3] = ["cs", "de", "pl"];

/// Keys and names of the accounts.
const ACCOUNTS: [(&str, &str); 8] = [
    ("AACHEN", "Aachen Cold Storage"),
    ("BRNO", "Brno Paper Works"),
    ("GDANSK", "Gdańsk Port Freight"),
    ("LINZ", "Linz Rolling Mill"),
    ("LODZ", "Łódź Textiles"),
    ("PLZEN", "Plzeň Machine Tools"),
    ("UTRECHT", "Utrecht Bulbs"),
    ("WIEN", "Wiener Backwaren"),
];

/// A small invented desk as a source of records.
#[derive(Debug)]
pub struct SmallDesk(fn() -> Vec<Batch>);

/// The sample of a desk; `None` where there is none of this size.
pub fn small(desk: &str) -> Option<SmallDesk> {
    Some(SmallDesk(match desk {
        "daktela" => daktela::batches,
        "elma365" => elma365::batches,
        "innosoft" => innosoft::batches,
        "zoho" => zoho::batches,
        _ => return None,
    }))
}

impl Source for SmallDesk {
    type Error = Infallible;

    /// Hands the whole desk over; ends early, without an error, where the sink stops.
    fn read(&mut self, sink: &mut Sink<'_>) -> Result<(), Infallible> {
        // The one who stopped the stream knows why.
        let _stopped: Result<(), Stopped> = (self.0)().into_iter().try_for_each(sink);
        Ok(())
    }
}

/// A person as every desk knows her; number `n` of the desk with this seed.
fn person(seed: u64, n: u64) -> ExternalUser {
    let mut dice = Dice::new(seed, 1, n);
    let language = LANGUAGES[usize::try_from(n).unwrap_or(0) % LANGUAGES.len()];
    let name = names::draw(&mut dice, language);
    let (first, last) = (names::plain(name.first, language), names::plain(name.last, language));
    let (account, _) = account_of(n);
    let login = format!("{first}.{last}{n}@{}.example", account.to_lowercase());
    ExternalUser {
        key: format!("{}", 1000 + n),
        email: login.clone(),
        login,
        title: format!("{} {}", name.first, name.last),
        first_name: name.first.to_owned(),
        last_name: name.last.to_owned(),
        language: language.to_owned(),
        validity: if dice.chance(8) {
            Validity::Invalid
        } else {
            Validity::Valid
        },
        ..ExternalUser::default()
    }
}

/// Key and name of the account of person `n`: the first accounts have more people.
fn account_of(n: u64) -> (&'static str, &'static str) {
    let at = usize::try_from(n * n / 7 + n).unwrap_or(0) % ACCOUNTS.len();
    ACCOUNTS[at]
}

fn accounts() -> Vec<Account> {
    let account = |(key, name): &(&str, &str)| Account {
        key: (*key).to_owned(),
        name: (*name).to_owned(),
        ..Account::default()
    };
    ACCOUNTS.iter().map(account).collect()
}

fn agents() -> Vec<Agent> {
    let agent = |(login, name): &(&str, &str)| Agent {
        key: (*login).to_owned(),
        login: (*login).to_owned(),
        name: (*name).to_owned(),
        email: format!("{login}@northwind.example"),
        validity: Validity::Valid,
    };
    [
        ("marta", "Marta Lindqvist"),
        ("jakub", "Jakub Zeman"),
        ("ida", "Ida Holm"),
        ("ruben", "Ruben Ortega"),
    ]
    .iter()
    .map(agent)
    .collect()
}

/// States by key, name and kind.
fn states(all: &[(&str, &str, &str)]) -> Vec<TicketState> {
    let state = |(key, name, kind): &(&str, &str, &str)| TicketState {
        key: (*key).to_owned(),
        name: (*name).to_owned(),
        kind: (*kind).to_owned(),
        validity: Validity::Valid,
    };
    all.iter().map(state).collect()
}

/// Settings by name and JSON value, as read from the desk.
fn settings(all: &[(&str, &str)]) -> Vec<DeskSetting> {
    let setting = |(name, value): &(&str, &str)| DeskSetting {
        name: (*name).to_owned(),
        value: (*value).to_owned(),
        origin: SettingOrigin::Confirmed,
    };
    all.iter().map(setting).collect()
}

/// The tickets, and what is said on them in the ways of the desk.
fn tickets_and_talk(seed: u64, tickets: Vec<Ticket>, way: impl Fn(Said, &mut Dice) -> Option<Way>) -> [Batch; 2] {
    let said = said::activities(seed, &tickets, way);
    [Batch::Tickets(tickets), Batch::Activities(said)]
}

/// The year's tickets in the order of time; `of` says whose each is (owner, account) and in which queue it lies.
fn tickets(
    seed: u64,
    open: (&str, &str),
    closed: (&str, &str),
    of: impl Fn(u64, &mut Dice) -> (String, String, String),
) -> Vec<Ticket> {
    (0..TICKETS)
        .map(|n| {
            let mut dice = Dice::new(seed, 2, n);
            let created = time::working_moment(n, TICKETS);
            let (owner, account, queue) = of(n, &mut dice);
            let recent = (NOW - created) / 86_400 < 20;
            let (state, kind) = if recent { open } else { closed };
            Ticket {
                id: i64::try_from(n).unwrap_or(0) + 1,
                number: format!("{}{n:04}", time::day(created)),
                title: say::title(&mut dice, "Service Desk"),
                owner,
                account,
                queue,
                state: state.to_owned(),
                state_kind: kind.to_owned(),
                created,
                changed: time::after(created, 86_400),
                ..Ticket::default()
            }
        })
        .collect()
}
