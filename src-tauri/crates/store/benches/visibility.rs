//! A page of 50 with reasons, an exact count and a "why", over a hundred thousand people and a million tickets, for a
//! typical person, one who sees fifty thousand tickets and one who sees all; those who can see a ticket; accounts
//! against groups.
//!
//! `PORTICO_BENCH_TICKETS` makes the world smaller; the first lines are the 95th percentiles of a warm program.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may panic and prints what it measured"
)]

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use divan::Bencher;
use portico_core::access::model::{AccessModel, Permission};
use portico_core::access::registry;
use portico_core::actor::Actor;
use portico_core::id::ExternalUserId;
use portico_core::model::{
    Account, AccountGroup, Context, DeskSetting, ExternalUser, Group, Queue, SettingOrigin, Ticket, TicketState,
    UserGroup,
};
use portico_core::snapshot::{Batch, Sink};
use portico_store::import::{CancelFlag, ImportOptions};
use portico_store::table::account_people;
use portico_store::visibility::exposure::{Scene, Trial};
use portico_store::visibility::heat::Heat;
use portico_store::visibility::who::{Seers, Watched};
use portico_store::visibility::{CellCache, DirectoryCache, Eyes, PersonFacts, Question, Tab};
use portico_store::{NewWorkspace, Result, Store, StoreError, snapshot};
use tempfile::TempDir;

const GROUPS: i64 = 40;
const QUEUES: i64 = 200;
const KINDS: [&str; 4] = ["new", "open", "closed", "merged"];
const ALL: &str = "all-seeing";
const HEAVY: &str = "heavy";
const TYPICAL: &str = "typical";
const PEOPLE: [&str; 3] = [TYPICAL, HEAVY, ALL];

fn tickets() -> i64 {
    std::env::var("PORTICO_BENCH_TICKETS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(1_000_000)
}

/// A number that looks drawn, never negative, the same for the same input.
fn mixed(n: i64) -> i64 {
    let mut z = n.unsigned_abs().wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    i64::try_from(z >> 1).unwrap_or(0)
}

fn account_key(n: i64) -> String {
    format!("C{n}")
}

fn settings() -> Vec<DeskSetting> {
    [
        ("CustomerGroupSupport", "true"),
        ("CustomerGroupAlwaysGroups", "[]"),
        ("CustomerGroupCompanyAlwaysGroups", "[]"),
        ("Ticket::Frontend::CustomerDisableCompanyTicketAccess", "false"),
        ("CustomerGroupPermissionContext###100-CustomerID-other", "true"),
        ("Ticket::Type", "false"),
        ("Ticket::Service", "false"),
        ("database", "\"postgresql\""),
        ("Portico::NothingElseDecides", "true"),
    ]
    .map(|(name, value)| DeskSetting {
        name: name.to_owned(),
        value: value.to_owned(),
        origin: SettingOrigin::Confirmed,
    })
    .to_vec()
}

fn directory(accounts: i64) -> Vec<Batch> {
    let group = |n: i64| Group {
        key: n.to_string(),
        name: format!("group {n}"),
        ..Group::default()
    };
    let queue = |n: i64| Queue {
        key: n.to_string(),
        name: format!("queue {n}"),
        group: (n % GROUPS).to_string(),
        ..Queue::default()
    };
    let state = |(n, kind): (usize, &&str)| TicketState {
        key: n.to_string(),
        name: (*kind).to_owned(),
        kind: (*kind).to_owned(),
        ..TicketState::default()
    };
    let account = |n| Account {
        key: account_key(n),
        name: account_key(n),
        ..Account::default()
    };
    let row = |account: String, group: i64, context| AccountGroup {
        account,
        group: group.to_string(),
        permission: "rw".to_owned(),
        context,
    };
    // Every account has rows of its own on the groups its tickets lie in; one may see all others there, too.
    let own = (0..accounts).flat_map(|n| (0..4).map(move |q| (n, queue_of(n, q) % GROUPS)));
    let same = own.map(|(n, g)| row(account_key(n), g, Context::Same));
    let other = (0..GROUPS).flat_map(|g| [Context::Same, Context::Other].map(|x| row("C1".to_owned(), g, x)));
    vec![
        Batch::Settings(settings()),
        Batch::Groups((0..GROUPS).map(group).collect()),
        Batch::Queues((0..QUEUES).map(queue).collect()),
        Batch::TicketStates(KINDS.iter().enumerate().map(state).collect()),
        Batch::Accounts((0..accounts).map(account).collect()),
        Batch::AccountGroups(same.chain(other).collect()),
    ]
}

/// The four queues of an account.
fn queue_of(account: i64, n: i64) -> i64 {
    mixed(account * 4 + n) % QUEUES
}

/// Account 0 has a twentieth of all tickets.
fn account_of(ticket: i64, accounts: i64) -> i64 {
    if ticket % 20 == 0 {
        0
    } else {
        2 + mixed(ticket) % (accounts - 2)
    }
}

fn user(n: i64, accounts: i64) -> ExternalUser {
    let login = match n {
        0 => HEAVY.to_owned(),
        1 => ALL.to_owned(),
        2 => TYPICAL.to_owned(),
        n => format!("user{n}"),
    };
    ExternalUser {
        key: login.clone(),
        login,
        account: account_key(n % accounts),
        ..ExternalUser::default()
    }
}

fn ticket(id: i64, accounts: i64) -> Ticket {
    let account = account_of(id, accounts);
    let state = (mixed(id + 7) % 4).unsigned_abs();
    let owner = account + accounts * (mixed(id + 3) % 5);
    Ticket {
        id,
        number: id.to_string(),
        title: format!("Ticket {id}"),
        owner: user(owner, accounts).login,
        account: account_key(account),
        queue: queue_of(account, mixed(id + 1) % 4).to_string(),
        state: state.to_string(),
        state_kind: KINDS[usize::try_from(state).unwrap_or(0)].to_owned(),
        created: 1_700_000_000 + id * 60,
        changed: 1_700_000_000 + id * 60,
        ..Ticket::default()
    }
}

fn read(sink: &mut Sink<'_>) -> Result<()> {
    let tickets = tickets();
    let (users, accounts) = (tickets / 10, tickets / 50);
    let mut give = |batch| sink(batch).map_err(|_| StoreError::Cancelled);
    for batch in directory(accounts) {
        give(batch)?;
    }
    let link = |n: i64, g: i64| UserGroup {
        user: user(n, accounts).login,
        group: (g % GROUPS).to_string(),
        permission: "ro".to_owned(),
    };
    for start in (0..users).step_by(5000) {
        let some = start..users.min(start + 5000);
        give(Batch::ExternalUsers(some.clone().map(|n| user(n, accounts)).collect()))?;
        give(Batch::UserGroups(
            some.flat_map(|n| [link(n, n), link(n, n + 1)]).collect(),
        ))?;
    }
    for start in (1..=tickets).step_by(5000) {
        give(Batch::Tickets(
            (start..=tickets.min(start + 4999))
                .map(|id| ticket(id, accounts))
                .collect(),
        ))?;
    }
    Ok(())
}

struct World {
    _folder: TempDir,
    store: Store,
    model: AccessModel,
    cells: CellCache,
    directory: DirectoryCache,
}

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let model = registry::model("otobo").unwrap();
        let new = NewWorkspace {
            name: "Bench".to_owned(),
            desk: model.desk.to_owned(),
        };
        let store = Store::create(&folder.path().join("w.portico"), &new).unwrap();
        let (actor, options) = (Actor::named("bench"), ImportOptions::default());
        let start = Instant::now();
        store
            .import(&actor, model.desk, &mut read, &options, &mut |_| {}, &CancelFlag::new())
            .unwrap();
        println!("import: {:.1} s", start.elapsed().as_secs_f64());
        World {
            _folder: folder,
            store,
            model,
            cells: CellCache::default(),
            directory: DirectoryCache::default(),
        }
    })
}

/// Looks through a person's eyes, as a use case does: facts anew, cells and directory kept.
fn look<T>(login: &str, ask: impl FnOnce(&rusqlite::Connection, &Eyes<'_>) -> Result<T>) -> T {
    let world = world();
    world
        .store
        .read(|c| {
            let (cells, directory) = (world.cells.get(c)?, world.directory.get(c, &world.model)?);
            let facts = PersonFacts::load(c, ExternalUserId::from_desk(world.model.desk, login), &world.model)?;
            let eyes = Eyes::new(c, &world.model, &directory, &facts, Arc::as_ref(&cells))?;
            ask(c, &eyes)
        })
        .unwrap()
}

fn company() -> Question {
    Question::List("CompanyTickets".to_owned())
}

fn ask_page(login: &str) -> usize {
    look(login, |_, eyes| Ok(eyes.rows(&company(), Tab::All, None, 50)?.len()))
}

fn ask_count(login: &str) -> u64 {
    look(login, |_, eyes| Ok(eyes.count(&company())?.all))
}

fn ask_why(login: &str) -> usize {
    look(login, |c, eyes| {
        let ticket = snapshot::ticket_by_number(c, "777")?.unwrap();
        let questions = [
            company(),
            Question::Openable(Permission::Ro),
            Question::Openable(Permission::Rw),
            Question::Reply,
        ];
        let mut facts = 0;
        for question in questions {
            facts += eyes.explain(&eyes.tree(&question)?, &ticket)?.decided().facts.len();
        }
        Ok(facts)
    })
}

#[divan::bench(args = PEOPLE)]
fn page(bencher: Bencher<'_, '_>, login: &str) {
    bencher.bench(|| ask_page(login));
}

#[divan::bench(args = PEOPLE)]
fn count(bencher: Bencher<'_, '_>, login: &str) {
    bencher.bench(|| ask_count(login));
}

#[divan::bench(args = PEOPLE)]
fn why(bencher: Bencher<'_, '_>, login: &str) {
    bencher.bench(|| ask_why(login));
}

/// What it would do to give a further account to every tenth person (10,000 of 100,000): who gains, how many tickets.
fn ask_exposure() -> (u64, u64) {
    let world = world();
    let cancel = CancelFlag::new();
    let trial = Trial {
        store: &world.store,
        desk: world.model.desk,
        directory: &world.directory,
        cells: &world.cells,
        cancel: &cancel,
        but: None,
        backwards: false,
    };
    let give = "INSERT OR IGNORE INTO user_account (user_id, account_id)
                SELECT s.user_id, a.id FROM user_search s JOIN account a ON a.key = 'C5' WHERE s.key % 10 = 0";
    let outcome = trial.run(
        |tx| tx.execute(give, []).map(drop).map_err(StoreError::from),
        &mut |_| {},
    );
    let outcome = outcome.unwrap().unwrap();
    (outcome.gaining, outcome.gained)
}

/// First page and counts of those who can see a ticket: how many there are, and how many stand on the page.
fn ask_who(number: i64) -> (u64, usize) {
    let world = world();
    world
        .store
        .read(|c| {
            let directory = world.directory.get(c, &world.model)?;
            let ticket = snapshot::ticket_by_number(c, &number.to_string())?.unwrap();
            let watched = Watched::new(c, &world.model, &directory, &ticket, None);
            Ok::<_, StoreError>((watched.counts()?.all, watched.page(Seers::All, None, 50)?.len()))
        })
        .unwrap()
}

/// Every hundred tickets another one; an account with a twentieth of all tickets has every second of them.
fn who_can_see() {
    let (mut number, mut most) = (0, 0);
    let time = p95(|| {
        number += 110;
        most = most.max(ask_who(number).0);
    });
    println!("who can see a ticket, first page and counts: {time:.2?} (at most {most} people)");
}

/// A hundred accounts from a place against all groups: people, cells with tickets.
fn ask_heat(offset: u64) -> (u64, usize) {
    let world = world();
    world
        .store
        .read(|c| {
            let scene = Scene::load(c, world.model.desk, &world.directory)?.unwrap();
            let cells = world.cells.get(c)?;
            let heat = Heat::new(c, &cells, &scene);
            let (mut people, mut seen) = (0, 0);
            for account in account_people::accounts(c, "", offset, 100)? {
                let row = heat.row(Some(account.id), &mut || Ok(()))?;
                people += row.people;
                seen += row.cells.len();
            }
            Ok::<_, StoreError>((people, seen))
        })
        .unwrap()
}

/// Tickets found by their beginning, and by a word that none has.
fn search() {
    let find = |text: &str, budget| {
        let found = world().store.read(|c| snapshot::search(c, text, None, budget, 50));
        divan::black_box(found.unwrap().ids.len());
    };
    println!(
        "tickets by number {:.2?}, 50,000 tickets looked at in vain {:.2?}",
        p95(|| find("77", 50_000)),
        p95(|| find("no such words", 50_000))
    );
}

fn p95(mut ask: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..100)
        .map(|_| {
            let start = Instant::now();
            ask();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[94]
}

fn main() {
    let start = Instant::now();
    let cells = world().store.read(|c| world().cells.get(c)).unwrap();
    println!(
        "cells: {}, loaded in {:.2} s",
        cells.len(),
        start.elapsed().as_secs_f64()
    );
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!(
        "p95 on {cores} cores, {} tickets: page of 50 with reasons, exact count, why",
        tickets()
    );
    for _ in 0..3 {
        let start = Instant::now();
        let (people, gained) = ask_exposure();
        println!(
            "exposure of a further account for every tenth person: {people} gain {gained}, {:.2?}",
            start.elapsed()
        );
    }
    who_can_see();
    search();
    for offset in [0, 5_000] {
        let start = Instant::now();
        let (people, seen) = ask_heat(offset);
        println!(
            "a hundred accounts against groups: {people} people, {seen} cells, {:.2?}",
            start.elapsed()
        );
    }
    for login in PEOPLE {
        let start = Instant::now();
        let visible = ask_count(login);
        let first = start.elapsed();
        let page = p95(|| {
            divan::black_box(ask_page(login));
        });
        let count = p95(|| {
            divan::black_box(ask_count(login));
        });
        let why = p95(|| {
            divan::black_box(ask_why(login));
        });
        println!("{login:>10}: {visible:>8} visible, {page:.2?}, {count:.2?}, {why:.2?} (first count {first:.2?})");
    }
    divan::main();
}
