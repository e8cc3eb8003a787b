//! What a person waits for, through the use cases: 100,000 people and 1,000,000 tickets
//! (`PORTICO_BENCH_USERS` and `PORTICO_BENCH_TICKETS` make it smaller).

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may panic, and prints its figures"
)]

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use portico_api::invented::{self, Size};
use portico_api::session::Session;
use portico_api::types::preview::{PageQuery, Viewer};
use portico_api::types::records::RecordQuery;
use portico_api::types::transfer::ImportInput;
use portico_api::types::users::UserQuery;
use portico_api::{desk, findings, preview, records, users, workspace};
use portico_core::actor::Actor;
use tempfile::TempDir;

/// Needles of every length, with and without hits.
const NEEDLES: [&str; 6] = ["a", "no", "nov", "marek", "example", "zzzz"];

struct Place {
    session: Session,
    _folder: TempDir,
}

static PLACE: LazyLock<Place> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let size = Size {
        users: number("PORTICO_BENCH_USERS", 100_000),
        tickets: number("PORTICO_BENCH_TICKETS", 1_000_000),
        seed: 1,
    };
    let never = Arc::new(AtomicBool::new(false));
    let path = folder.path().join("bench.portico");
    let started = Instant::now();
    let session = invented::generate(
        &path,
        "bench",
        "otobo",
        &size,
        Actor::named("bench"),
        &mut |_| (),
        &never,
    )
    .unwrap();
    println!(
        "{} people, {} tickets taken in in {:?}",
        size.users,
        size.tickets,
        started.elapsed()
    );
    Place {
        session,
        _folder: folder,
    }
});

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

fn session() -> &'static Session {
    &PLACE.session
}

fn search(needle: &str) -> UserQuery {
    UserQuery {
        search: needle.to_owned(),
        ..UserQuery::default()
    }
}

/// A person with a saved form: the last of the list.
fn somebody() -> Viewer {
    let page = users::list_users(
        session(),
        &UserQuery {
            descending: true,
            ..UserQuery::default()
        },
        0,
        1,
    )
    .unwrap();
    Viewer {
        id: Some(page.rows[0].id.clone()),
        draft: None,
        at: None,
        desk: None,
    }
}

/// The same with a draft that gives her every group.
fn drafted() -> Viewer {
    let viewer = somebody();
    let detail = users::get_user(session(), viewer.id.as_deref().unwrap()).unwrap();
    let mut form = detail.form;
    form.groups = detail
        .groups
        .iter()
        .map(|group| portico_api::types::users::GroupRight {
            group: group.id.clone(),
            permissions: vec!["ro".to_owned()],
        })
        .collect();
    Viewer {
        draft: Some(form),
        ..viewer
    }
}

/// Columns of the list of people, of every kind: text, flag, number of links, another record.
const SORTS: [&str; 12] = [
    "name",
    "login",
    "account",
    "status",
    "email",
    "city",
    "description",
    "external",
    "groups",
    "further_accounts",
    "contact_person",
    "changed",
];

/// A stretch of the list sorted by a column: asked for the first time, since something changed, and again.
fn sorted(column: &str, offset: u32) -> [Duration; 2] {
    let query = UserQuery {
        sort: column.to_owned(),
        ..UserQuery::default()
    };
    let ask = || {
        let started = Instant::now();
        drop(users::list_users(session(), &query, offset, 50).unwrap());
        started.elapsed()
    };
    let first = ask();
    let mut times: Vec<Duration> = (0..10).map(|_| ask()).collect();
    times.sort();
    [first, times[9]]
}

/// The time that 95 of 100 calls stay below.
fn p95(mut call: impl FnMut()) -> Duration {
    call();
    let mut times: Vec<Duration> = (0..100)
        .map(|_| {
            let started = Instant::now();
            call();
            started.elapsed()
        })
        .collect();
    times.sort();
    times[94]
}

fn figures() {
    println!("cores: {}", std::thread::available_parallelism().map_or(0, usize::from));
    for needle in NEEDLES {
        let time = p95(|| drop(users::list_users(session(), &search(needle), 0, 50).unwrap()));
        println!("search {needle:>8}: p95 {time:?}");
    }
    let time = p95(|| drop(users::user_facets(session(), &UserQuery::default()).unwrap()));
    println!("facets of everybody: p95 {time:?}");
    let time = p95(|| drop(users::list_users(session(), &UserQuery::default(), 90_000, 50).unwrap()));
    println!("list at row 90,000: p95 {time:?}");
    for (place, offset) in [("first", 0), ("row 90,000", 90_000)] {
        let times: Vec<([Duration; 2], &str)> = SORTS.iter().map(|sort| (sorted(sort, offset), *sort)).collect();
        for (n, asked) in ["for the first time", "again"].iter().enumerate() {
            let mut slow: Vec<(Duration, &str)> = times.iter().map(|(times, sort)| (times[n], *sort)).collect();
            slow.sort();
            let (median, worst) = (slow[slow.len() / 2], slow[slow.len() - 1]);
            println!("sorted by each column, {place}, asked {asked}: median {median:?}, worst {worst:?}");
        }
    }
    for entity in ["account", "permission_group", "queue"] {
        let query = RecordQuery {
            sort: "used".to_owned(),
            descending: true,
            ..RecordQuery::default()
        };
        let time = p95(|| drop(records::list_records(session(), entity, &query, 0, 50).unwrap()));
        println!("{entity} by how often it is used: p95 {time:?}");
    }
    let person = somebody().id.unwrap();
    let time = p95(|| drop(findings::findings_of_user(session(), &person).unwrap()));
    println!("findings about one person: p95 {time:?}");
    let time = p95(|| drop(workspace::workspace_info(session()).unwrap()));
    println!("what the title bar shows: p95 {time:?}");
    for (name, viewer) in [("saved", somebody()), ("draft", drafted())] {
        let time = p95(|| drop(preview::preview(session(), &viewer).unwrap()));
        let query = PageQuery {
            list: "CompanyTickets".to_owned(),
            tab: "all".to_owned(),
            object: None,
            after: None,
            changed: false,
        };
        let page = p95(|| drop(preview::preview_page(session(), &viewer, &query).unwrap()));
        println!("preview of a {name} person: front p95 {time:?}, page of 50 p95 {page:?}");
    }
}

/// A real desk's small dump, from nothing to a workspace.
fn small_import() {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create(
        &folder.path().join("small.portico"),
        "small",
        "otobo",
        Actor::named("bench"),
    )
    .unwrap();
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/otobo-small/tables");
    let input = ImportInput {
        path: tables.display().to_string(),
        settings: None,
        database: Some("postgresql".to_owned()),
        bodies: "short".to_owned(),
        dry_run: false,
        table: None,
    };
    desk::import_desk(
        &session,
        &input,
        "bench",
        &mut |_| (),
        &Arc::new(AtomicBool::new(false)),
    )
    .unwrap();
}

fn main() {
    figures();
    divan::main();
}

#[divan::bench]
fn import_of_a_small_desk() {
    small_import();
}

#[divan::bench(args = NEEDLES)]
fn user_search(needle: &str) {
    drop(users::list_users(session(), &search(needle), 0, 50).unwrap());
}

#[divan::bench]
fn preview_of_a_draft(bencher: divan::Bencher<'_, '_>) {
    let viewer = drafted();
    bencher.bench(|| preview::preview(session(), &viewer).unwrap());
}
