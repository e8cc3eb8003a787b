//! A world in batches.

use portico_core::model::{Activity, Ticket};
use portico_core::snapshot::{Batch, Sink, Stopped};

use super::World;
use super::directory::BIG;
use crate::dice::Dice;
use crate::say::{self, Talk};
use crate::{NOW, otobo, time};

/// Records in a batch.
const BATCH: u64 = 2000;

const TICKET: u64 = 21;
const TALK: u64 = 22;

pub(super) fn hand_over(world: &World, sink: &mut Sink<'_>) -> Result<(), Stopped> {
    sink(Batch::Settings(otobo::settings()))?;
    sink(Batch::Groups((0..world.groups).map(World::group).collect()))?;
    sink(Batch::Queues((0..world.queues).map(|n| world.queue(n)).collect()))?;
    sink(Batch::TicketTypes(otobo::types()))?;
    sink(Batch::TicketStates(otobo::states()))?;
    sink(Batch::TicketPriorities(otobo::priorities()))?;
    sink(Batch::Services(otobo::services()))?;
    batches(world.accounts, |n| Some(world.account(n)), Batch::Accounts, sink)?;
    batches(world.users, |n| Some(world.person(n)), Batch::ExternalUsers, sink)?;
    batches(world.users, |n| world.user_account(n), Batch::UserAccounts, sink)?;
    batches(world.users, |n| world.user_group(n), Batch::UserGroups, sink)?;
    for start in (0..world.accounts).step_by(200) {
        let end = world.accounts.min(start + 200);
        sink(Batch::AccountGroups(
            (start..end).flat_map(|n| world.account_groups(n)).collect(),
        ))?;
    }
    tickets(world, sink)
}

/// Hands things 0 to `count` over in batches; empty batches are left out.
fn batches<T>(
    count: u64,
    make: impl Fn(u64) -> Option<T>,
    wrap: impl Fn(Vec<T>) -> Batch,
    sink: &mut Sink<'_>,
) -> Result<(), Stopped> {
    for start in (0..count).step_by(2000) {
        let batch: Vec<T> = (start..count.min(start + BATCH)).filter_map(&make).collect();
        if !batch.is_empty() {
            sink(wrap(batch))?;
        }
    }
    Ok(())
}

fn tickets(world: &World, sink: &mut Sink<'_>) -> Result<(), Stopped> {
    for start in (0..world.tickets).step_by(2000) {
        let end = world.tickets.min(start + BATCH);
        let mut said: Vec<Activity> = Vec::new();
        let mut batch = Vec::with_capacity(2000);
        for n in start..end {
            let (ticket, topic, owner) = ticket(world, n);
            if world.activities_per_ticket > 0 {
                said.extend(talk(world, n, &ticket, topic, owner));
            }
            batch.push(ticket);
        }
        sink(Batch::Tickets(batch))?;
        if !said.is_empty() {
            sink(Batch::Activities(said))?;
        }
    }
    Ok(())
}

fn talk(world: &World, n: u64, ticket: &Ticket, group: &str, owner: Option<u64>) -> Vec<Activity> {
    let talk = Talk {
        ticket: ticket.id,
        title: &ticket.title,
        group,
        who: owner.map_or(("", ""), |person| world.name(person)),
        created: ticket.created,
        closed: ticket.state_kind == "closed",
    };
    say::conversation(
        &mut Dice::new(world.seed, TALK, n),
        &talk,
        Some(world.activities_per_ticket),
    )
}

/// The account of a ticket: one in 20 is the first's, one in 25, 33, 50 and 100 that of the next four.
fn account(world: &World, n: u64, dice: &mut Dice) -> Option<u64> {
    if n.is_multiple_of(20) {
        return Some(0);
    }
    let drawn = match dice.below(100) {
        0..=3 => 1,
        4..=6 => 2,
        7..=8 => 3,
        9 => 4,
        // Without an account.
        10 => return None,
        _ => BIG + dice.skewed(world.accounts.saturating_sub(BIG)),
    };
    Some(drawn.min(world.accounts - 1))
}

/// A ticket, the topic of its queue and the number of its owner.
fn ticket(world: &World, n: u64) -> (Ticket, &'static str, Option<u64>) {
    let mut dice = Dice::new(world.seed, TICKET, n);
    let account = account(world, n, &mut dice);
    let owner = account.and_then(|account| world.person_of(account, &mut dice));
    let created = time::working_moment(n, world.tickets);
    // A few tickets lie where the account's own people may not look.
    let group = match account {
        Some(0) => world.readable(0, &mut dice),
        Some(account) if dice.chance(94) => world.readable(account, &mut dice),
        _ => dice.below(world.groups),
    };
    let layers = world.queues.saturating_sub(group).div_ceil(world.groups);
    let queue = (group + world.groups * dice.skewed(layers)).min(world.queues - 1);
    let topic = World::topic(world.group_of(queue));
    let (state, kind) = otobo::state(&mut dice, (NOW - created) / 86_400);
    let id = i64::try_from(n).unwrap_or(i64::MAX - 1) + 1;
    let ticket = Ticket {
        id,
        number: format!("{}{id:08}", time::day(created)),
        title: say::title(&mut dice, queue_topic(topic)),
        owner: owner.map(|person| world.login(person)).unwrap_or_default(),
        account: account.map(World::account_key).unwrap_or_default(),
        queue: (queue + 1).to_string(),
        state: state.to_owned(),
        state_kind: kind.to_owned(),
        ticket_type: (1 + dice.weighted(&[20, 45, 25, 6, 4])).to_string(),
        priority: (1 + dice.weighted(&[2, 10, 70, 14, 4])).to_string(),
        service: String::new(),
        created,
        changed: time::after(created, i64::try_from(dice.skewed(12 * 86_400)).unwrap_or(0)),
        archived: false,
    };
    (ticket, topic, owner)
}

/// The list of titles for a topic.
fn queue_topic(topic: &str) -> &'static str {
    match topic {
        "users" => "Misc",
        "network" => "Network",
        "hardware" => "Hardware",
        "finance" => "Finance::Invoices",
        "legal" => "Legal::Contracts",
        "hr" => "HR::Onboarding",
        "warehouse" => "Warehouse",
        "erp" => "ERP",
        "field" => "Field Service",
        "projects" => "Projects",
        _ => "Service Desk",
    }
}
