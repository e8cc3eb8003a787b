//! The year's tickets.

use portico_core::model::{Activity, ExternalUser, Ticket};

use super::accounts::{Company, companies};
use super::{Place, SEED, kind, links, story};
use crate::dice::Dice;
use crate::say::{self, Talk};
use crate::{NOW, otobo, time};

/// All tickets of the year.
const TICKETS: usize = 6000;

/// A ticket with what is said on it, or what its conversation is drawn from.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) ticket: Ticket,
    group: &'static str,
    who: (String, String),
    told: Vec<Activity>,
}

impl Drawn {
    /// What is said on it, in order.
    pub(super) fn activities(&self) -> Vec<Activity> {
        if !self.told.is_empty() {
            return self
                .told
                .iter()
                .map(|a| Activity {
                    ticket: self.ticket.id,
                    ..a.clone()
                })
                .collect();
        }
        let mut dice = Dice::new(SEED, kind::TALK, self.ticket.id.unsigned_abs());
        let talk = Talk {
            ticket: self.ticket.id,
            title: &self.ticket.title,
            group: self.group,
            who: (&self.who.0, &self.who.1),
            created: self.ticket.created,
            closed: self.ticket.state_kind == "closed",
        };
        say::conversation(&mut dice, &talk, None)
    }
}

/// All tickets in the order of time, numbered.
pub(super) fn all(people: &[ExternalUser], places: &[Place]) -> Vec<Drawn> {
    let companies = companies();
    let mut drawn: Vec<Drawn> = story::told().into_iter().map(|told| of_story(told, places)).collect();
    let whole = (TICKETS - drawn.len()) as u64;
    drawn.extend((0..whole).map(|n| draw(n, whole, people, places, &companies)));
    drawn.sort_by_key(|d| d.ticket.created);
    number(&mut drawn);
    drawn
}

/// Gives ids and numbers: day, the desk's number, a counter that begins anew each day.
fn number(drawn: &mut [Drawn]) {
    let (mut today, mut count) = (String::new(), 0);
    for (id, item) in (1_i64..).zip(drawn) {
        let day = time::day(item.ticket.created);
        count = if day == today { count + 1 } else { 1 };
        item.ticket.id = id;
        item.ticket.number = format!("{day}10{count:06}");
        today = day;
    }
}

fn of_story(told: story::Told, places: &[Place]) -> Drawn {
    let place = places.iter().find(|p| p.queue.name == told.queue);
    Drawn {
        ticket: Ticket {
            title: told.title.to_owned(),
            owner: told.owner.to_owned(),
            account: told.account.to_owned(),
            queue: place.map(|p| p.queue.key.clone()).unwrap_or_default(),
            state: told.state.to_owned(),
            state_kind: otobo::kind_of(told.state).to_owned(),
            ticket_type: "2".to_owned(),
            priority: told.priority.to_owned(),
            created: told.created,
            changed: told.said.last().map_or(told.created, |a| a.created),
            ..Ticket::default()
        },
        group: place.map_or("", |p| p.group),
        who: (String::new(), String::new()),
        told: told.said,
    }
}

/// Who asks: few people ask much, most ask little.
fn asker<'a>(dice: &mut Dice, people: &'a [ExternalUser]) -> Option<&'a ExternalUser> {
    // The people with a part stand first; without a shuffle they would ask everything.
    let at = dice.skewed(people.len() as u64).wrapping_mul(101) % people.len().max(1) as u64;
    people.get(usize::try_from(at).unwrap_or(0))
}

/// A queue for a ticket of an account: mostly one that its people may read.
fn place<'a>(dice: &mut Dice, company: Option<&Company>, places: &'a [Place]) -> Option<&'a Place> {
    let weights: Vec<u64> = places
        .iter()
        .map(|place| {
            let usual =
                place.group == "users" || company.is_none_or(|c| c.own.iter().any(|(group, _)| *group == place.group));
            place.weight * if usual { 12 } else { 1 }
        })
        .collect();
    places.get(dice.weighted(&weights))
}

fn draw(n: u64, whole: u64, people: &[ExternalUser], places: &[Place], companies: &[Company]) -> Drawn {
    let mut dice = Dice::new(SEED, kind::TICKETS, n);
    let created = time::working_moment(n, whole);
    let person = asker(&mut dice, people);
    let (owner, account) = person.map_or(("", ""), |p| (p.login.as_str(), p.account.as_str()));
    let company = companies.iter().find(|c| c.key.eq_ignore_ascii_case(account));
    let place = place(&mut dice, company, places);
    let (state, state_kind) = otobo::state(&mut dice, (NOW - created) / 86_400);
    let (owner, account) = odd(n, owner, account);
    Drawn {
        ticket: Ticket {
            title: say::title(&mut dice, place.map_or("", |p| &p.queue.name)),
            owner,
            account,
            queue: place.map(|p| p.queue.key.clone()).unwrap_or_default(),
            state: state.to_owned(),
            state_kind: state_kind.to_owned(),
            ticket_type: (1 + dice.weighted(&[20, 45, 25, 6, 4])).to_string(),
            priority: (1 + dice.weighted(&[2, 10, 70, 14, 4])).to_string(),
            service: if dice.chance(20) {
                (1 + dice.below(6)).to_string()
            } else {
                String::new()
            },
            created,
            changed: time::after(created, i64::try_from(dice.skewed(12 * 86_400)).unwrap_or(0)),
            ..Ticket::default()
        },
        group: place.map_or("", |p| p.group),
        who: person.map_or_else(Default::default, |p| (p.first_name.clone(), p.last_name.clone())),
        told: Vec::new(),
    }
}

/// What desks tolerate on tickets: logins that are gone or written otherwise, no customer, a key in another case.
fn odd(n: u64, owner: &str, account: &str) -> (String, String) {
    match n % 400 {
        7 => (links::GONE.to_owned(), "BRNO-PAPIR".to_owned()),
        93 => (String::new(), String::new()),
        171 => (owner.to_uppercase(), account.to_owned()),
        243 => (owner.to_owned(), account.to_lowercase()),
        311 => (owner.to_owned(), String::new()),
        377 => ("unknown@mail.example".to_owned(), "UTRECHT-OUD".to_owned()),
        _ => (owner.to_owned(), account.to_owned()),
    }
}
