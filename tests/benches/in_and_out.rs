//! What comes in and goes out in bulk, through the use cases: people and tickets from tables, an import that is stopped, the
//! plan and the export of many changes. `PORTICO_BENCH_PEOPLE` (1,000,000), `PORTICO_BENCH_TICKET_ROWS` (2,000,000) and
//! `PORTICO_BENCH_PENDING` (100,000) say how many.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may panic, and prints its figures"
)]

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portico_api::exposure::Work;
use portico_api::invented::{self, Size};
use portico_api::selection::Selection;
use portico_api::session::Session;
use portico_api::types::bulk::{BulkEdit, FieldEdit};
use portico_api::types::form::FieldValue;
use portico_api::types::transfer::{ImportInput, Progress, TableMapping};
use portico_api::types::users::UserQuery;
use portico_api::{bulk, desk};
use portico_core::actor::Actor;

const ACCOUNTS: u64 = 10_000;
const QUEUES: u64 = 800;
/// How long an import of the asked phase goes on before it is stopped.
const BEFORE_STOP: Duration = Duration::from_millis(700);

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

/// The most memory since the last call, in MB; `None` where the system does not tell.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    // From here on the peak is counted anew.
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    line.trim()
        .trim_end_matches(" kB")
        .parse::<u64>()
        .ok()
        .map(|kb| kb / 1024)
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    peak();
    let started = Instant::now();
    let done = work();
    let (took, most) = (started.elapsed(), peak().unwrap_or_default());
    println!("{what}: {took:.1?}, at most {most} MB");
    done
}

/// Writes a table: its headings, and a row for each number.
fn table(folder: &Path, name: &str, heads: &str, rows: u64, row: impl Fn(&mut dyn Write, u64)) -> PathBuf {
    let path = folder.join(name);
    let mut out = BufWriter::new(std::fs::File::create(&path).unwrap());
    writeln!(out, "{heads}").unwrap();
    (1..=rows).for_each(|n| row(&mut out, n));
    out.flush().unwrap();
    path
}

fn input(path: &Path, kind: &str) -> ImportInput {
    ImportInput {
        path: path.display().to_string(),
        settings: None,
        database: None,
        bodies: "short".to_owned(),
        dry_run: false,
        table: Some(TableMapping {
            kind: kind.to_owned(),
            ..TableMapping::default()
        }),
    }
}

fn never() -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}

/// Imports a table, of which something must be new.
fn import(session: &Session, path: &Path, kind: &str) {
    let report = desk::import_desk(session, &input(path, kind), "bench", &mut |_| (), &never()).unwrap();
    assert!(report.counts.iter().any(|count| count.added > 0));
}

/// The time from asking an import to stop until it has; `None` where it was over before.
fn stopped(session: &Session, path: &Path, kind: &str, phase: &str) -> Option<Duration> {
    let cancelled = never();
    let asked: Arc<Mutex<Option<Instant>>> = Arc::default();
    let mut begun = false;
    let mut tell = |progress: Progress| {
        if progress.phase == phase && !std::mem::replace(&mut begun, true) {
            let (cancelled, asked) = (Arc::clone(&cancelled), Arc::clone(&asked));
            std::thread::spawn(move || {
                std::thread::sleep(BEFORE_STOP);
                *asked.lock().unwrap() = Some(Instant::now());
                cancelled.store(true, Ordering::Relaxed);
            });
        }
    };
    let done = desk::import_desk(session, &input(path, kind), "bench", &mut tell, &cancelled);
    let asked = asked.lock().unwrap().take();
    done.err().and(asked).map(|asked| asked.elapsed())
}

fn say_stops(session: &Session, path: &Path, kind: &str) {
    for phase in ["reading", "indexing", "writing"] {
        match stopped(session, path, kind, phase) {
            Some(took) => println!("import of {kind} stopped while {phase}: {took:.2?}"),
            None => println!("import of {kind}: was over before it could be stopped while {phase}"),
        }
    }
}

fn in_from_tables(folder: &Path) {
    let (people, tickets) = (
        number("PORTICO_BENCH_PEOPLE", 1_000_000),
        number("PORTICO_BENCH_TICKET_ROWS", 2_000_000),
    );
    let create = |name: &str| {
        let session = Session::create(&folder.join(name), "bench", "otobo", Actor::named("bench")).unwrap();
        let accounts = table(folder, "accounts.csv", "key;name", ACCOUNTS, |out, n| {
            writeln!(out, "K{n};Customer number {n} Ltd").unwrap();
        });
        import(&session, &accounts, "accounts");
        session
    };
    let heads = "login;first_name;last_name;email;phone;account;city;status";
    let path = table(folder, "people.csv", heads, people, |out, n| {
        let account = n * 7 % ACCOUNTS + 1;
        writeln!(
            out,
            "user.{n};First{};Last{};user.{n}@customer{account}.example;+49 30 {n:07};K{account};City {};valid",
            n % 997,
            n % 9_973,
            n % 211
        )
        .unwrap();
    });
    let session = create("people.portico");
    timed(&format!("{people} people from a table"), || {
        import(&session, &path, "people");
    });
    timed("the same again, nothing having changed", || {
        desk::import_desk(&session, &input(&path, "people"), "bench", &mut |_| (), &never()).unwrap();
    });
    // After the others: one that is over before it is asked to stop has taken everything in.
    say_stops(&session, &path, "people");
    let queues = table(folder, "queues.csv", "name", QUEUES, |out, n| {
        writeln!(out, "Queue {n}").unwrap();
    });
    import(&session, &queues, "queues");
    let heads = "number;title;person;account;queue;state;priority;created;changed;archived";
    let path = table(folder, "tickets.csv", heads, tickets, |out, n| {
        let person = n * 31 % people + 1;
        let (account, queue) = (person * 7 % ACCOUNTS + 1, n * 13 % QUEUES + 1);
        writeln!(
            out,
            "2026{n:012};What customer {person} writes about case {n};user.{person};K{account};Queue {queue};{};3 normal;\
             20{:02}-{:02}-{:02} {:02}:{:02}:00;;{}",
            if n % 5 == 0 { "open" } else { "closed successful" },
            n * 15 / (tickets + 1) + 10,
            n % 12 + 1,
            n % 28 + 1,
            n % 24,
            n % 60,
            if n % 5 > 2 { "y" } else { "n" }
        )
        .unwrap();
    });
    timed(&format!("{tickets} tickets from a table"), || {
        import(&session, &path, "tickets");
    });
    timed("the same again, nothing having changed", || {
        desk::import_desk(&session, &input(&path, "tickets"), "bench", &mut |_| (), &never()).unwrap();
    });
    say_stops(&session, &path, "tickets");
}

fn out_of_the_workspace(folder: &Path) {
    let pending = number("PORTICO_BENCH_PENDING", 100_000);
    let size = Size {
        users: pending,
        tickets: 1_000,
        seed: 1,
    };
    let path = folder.join("pending.portico");
    let session = invented::generate(
        &path,
        "bench",
        "otobo",
        &size,
        Actor::named("bench"),
        &mut |_| (),
        &never(),
    )
    .unwrap();
    let edit = BulkEdit {
        people: Selection {
            all: Some(UserQuery::default()),
            ..Selection::default()
        },
        edits: vec![FieldEdit {
            field: "city".to_owned(),
            how: "set".to_owned(),
            value: FieldValue::Text("Elsewhere".to_owned()),
        }],
        skip_invalid: true,
    };
    let mut work = Work {
        job: "bench",
        tell: &mut |_| (),
        cancelled: &never(),
    };
    timed(&format!("edit of {pending} people"), || {
        bulk::bulk_save(&session, &edit, None, &mut work).unwrap();
    });
    let plan = timed("its plan", || desk::plan(&session).unwrap());
    println!("operations: {}", plan.operations.len());
    timed("its export", || {
        desk::export_desk(&session, &folder.join("export"), None, "bench", &mut |_| (), &never()).unwrap();
    });
}

fn main() {
    println!("cores: {}", std::thread::available_parallelism().map_or(0, usize::from));
    let folder = tempfile::tempdir().unwrap();
    out_of_the_workspace(folder.path());
    in_from_tables(folder.path());
}
