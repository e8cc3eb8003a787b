//! Stretches of the groups matrix, its columns' counts and places in it: a hundred thousand people and twenty thousand
//! accounts, five hundred groups, ten rights a row.
//!
//! `PORTICO_BENCH_PEOPLE` makes the world smaller. The lines are the 95th percentiles of a warm program.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may panic and prints what it measured"
)]

use std::time::{Duration, Instant};

use portico_core::actor::Actor;
use portico_core::id::GroupId;
use portico_core::model::{Account, AccountGroup, Context, ExternalUser, Group, UserGroup};
use portico_core::snapshot::{Batch, Sink};
use portico_store::import::{CancelFlag, ImportOptions};
use portico_store::table::matrix::{self, MatrixQuery, Side};
use portico_store::{Connection, NewWorkspace, Result, Store, StoreError};

const GROUPS: u64 = 500;
const RIGHTS: u64 = 10;
const STRETCH: u64 = 100;
const TIMES: usize = 40;

fn people() -> u64 {
    let wanted = std::env::var("PORTICO_BENCH_PEOPLE");
    wanted.ok().and_then(|n| n.parse().ok()).unwrap_or(100_000)
}

/// A number that looks drawn, the same for the same input.
fn mixed(n: u64) -> u64 {
    let mut z = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The groups on which the owner of a number has rights; a fifth of them have none.
fn groups_of(owner: u64) -> impl Iterator<Item = (u64, &'static str)> {
    let some = if owner.is_multiple_of(5) { 0 } else { RIGHTS };
    (0..some).map(move |n| {
        let drawn = mixed(owner * RIGHTS + n);
        (drawn % GROUPS, if drawn & 1024 == 0 { "ro" } else { "rw" })
    })
}

fn user(n: u64, accounts: u64) -> ExternalUser {
    let login = format!("user{n}");
    ExternalUser {
        key: login.clone(),
        login,
        first_name: format!("Given{}", mixed(n) % 500),
        last_name: format!("Family{}", mixed(n + 1) % 20_000),
        account: format!("C{}", n % accounts),
        ..ExternalUser::default()
    }
}

fn account(n: u64) -> Account {
    Account {
        key: format!("C{n}"),
        name: format!("Company {}", mixed(n) % 100_000),
        ..Account::default()
    }
}

fn read(sink: &mut Sink<'_>) -> Result<()> {
    let (people, accounts) = (people(), people() / 5);
    let mut give = |batch| sink(batch).map_err(|_| StoreError::Cancelled);
    let group = |n: u64| Group {
        key: n.to_string(),
        name: format!("group {n}"),
        ..Group::default()
    };
    let of_account = |n: u64| {
        groups_of(n).map(move |(group, permission)| AccountGroup {
            account: format!("C{n}"),
            group: group.to_string(),
            permission: permission.to_owned(),
            context: Context::Same,
        })
    };
    let of_user = |n: u64| {
        groups_of(n).map(move |(group, permission)| UserGroup {
            user: format!("user{n}"),
            group: group.to_string(),
            permission: permission.to_owned(),
        })
    };
    give(Batch::Groups((0..GROUPS).map(group).collect()))?;
    for start in (0..accounts).step_by(5000) {
        let some = start..accounts.min(start + 5000);
        give(Batch::Accounts(some.clone().map(account).collect()))?;
        give(Batch::AccountGroups(some.flat_map(of_account).collect()))?;
    }
    for start in (0..people).step_by(5000) {
        let some = start..people.min(start + 5000);
        give(Batch::ExternalUsers(some.clone().map(|n| user(n, accounts)).collect()))?;
        give(Batch::UserGroups(some.flat_map(of_user).collect()))?;
    }
    Ok(())
}

fn p95(mut ask: impl FnMut()) -> Duration {
    ask();
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let start = Instant::now();
            ask();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[TIMES * 95 / 100 - 1]
}

fn asked<T>(store: &Store, ask: impl FnOnce(&Connection) -> Result<T>) -> T {
    store.read(ask).unwrap()
}

/// Measures the reads that the window makes with a query.
fn measure(store: &Store, name: &str, query: &MatrixQuery) {
    let total = asked(store, |c| matrix::count(c, query));
    println!("{name}: {total} rows");
    let line = |what: &str, took: Duration| println!("    {what:<22} {:>8.1} ms", took.as_secs_f64() * 1e3);
    let stretches = [
        ("first stretch", 0),
        ("in the middle", total / 2),
        ("last stretch", total.saturating_sub(STRETCH)),
    ];
    for (what, offset) in stretches {
        // As the use case asks: the stretch, and how many there are.
        let ask = |c: &Connection| Ok((matrix::page(c, query, offset, STRETCH)?, matrix::count(c, query)?));
        line(what, p95(|| assert!(!asked(store, ask).0.is_empty())));
    }
    let last = asked(store, |c| matrix::page(c, query, total - 1, 1))[0].id;
    let place = || assert_eq!(asked(store, |c| matrix::place(c, query, last)), Some(total - 1));
    line("place of the last", p95(place));
    let find = || {
        asked(store, |c| matrix::find(c, query, "family7"));
    };
    line("a name typed", p95(find));
    let columns = || assert!(!asked(store, |c| matrix::columns(c, query)).is_empty());
    line("counts of all columns", p95(columns));
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let new = NewWorkspace {
        name: "Bench".to_owned(),
        desk: portico_sample::DESK.to_owned(),
    };
    let store = Store::create(&folder.path().join("w.portico"), &new).unwrap();
    let (actor, options) = (Actor::named("bench"), ImportOptions::default());
    let flag = CancelFlag::new();
    store
        .import(&actor, portico_sample::DESK, &mut read, &options, &mut |_| {}, &flag)
        .unwrap();
    let group = Some(GroupId::from_desk(portico_sample::DESK, "7"));
    let sides = [
        ("people", Side::Users, "family7"),
        ("accounts", Side::Accounts(Context::Same), "company 7"),
    ];
    for (name, side, search) in sides {
        let all = MatrixQuery {
            side,
            search: String::new(),
            status: Vec::new(),
            with_people: false,
            with_right: false,
            on_group: None,
            by_group: None,
            permissions: vec!["ro".to_owned(), "rw".to_owned()],
        };
        measure(&store, name, &all);
        let found = MatrixQuery {
            search: search.to_owned(),
            ..all.clone()
        };
        measure(&store, &format!("{name}, searched"), &found);
        let with_right = MatrixQuery {
            with_right: true,
            ..all.clone()
        };
        measure(&store, &format!("{name}, with a right"), &with_right);
        let ordered = MatrixQuery {
            by_group: group,
            ..all.clone()
        };
        measure(&store, &format!("{name}, by a column"), &ordered);
        measure(
            &store,
            &format!("{name}, on a group"),
            &MatrixQuery { on_group: group, ..all },
        );
    }
}
