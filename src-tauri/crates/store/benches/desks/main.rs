//! Who sees what, at every size, on every desk: pages with reasons, exact counts, why, who can see a ticket, the
//! exposure of a bulk edit, all findings, memory; each question beside the best SQL we can write for it by hand
//! (`hand/*.sql`), whose answers must be the same.
//!
//! Each world is made, asked and asked by hand in a process of its own, so that memory is that of the asking alone.
//!
//! * `PORTICO_BENCH_DESKS`: names of desks, by comma; all that are known otherwise.
//! * `PORTICO_BENCH_SIZES`: `S` (10,000 people, 100,000 tickets), `M` (ten times as much), `L` (a hundred times);
//!   `S,M` otherwise. L takes about 5 GB and a quarter of an hour for each desk.
//! * `PORTICO_BENCH_WATCH`: tells every figure as soon as it is measured.
//! * `PORTICO_BENCH_FOLDER`: where worlds are kept for the next run; otherwise they are made anew and removed.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench may panic and prints what it measured"
)]

mod ask;
mod daktela;
mod elma365;
mod hand;
mod innosoft;
mod otobo;
mod report;
mod tables;
mod timing;
mod world;
mod zoho;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use portico_core::access::registry;
use portico_core::actor::Actor;
use portico_store::import::{CancelFlag, ImportOptions};
use portico_store::{NewWorkspace, Store};

use timing::Figures;
use world::{Desk, SIZES, Size};

/// What this process is to do, and with which world: `make otobo M /tmp/...`, `ask`, `hand`, or, of the asking only
/// what concerns many people at once, `many`, or who sees tickets, `who`.
const STEP: &str = "PORTICO_BENCH_STEP";

fn desk(name: &str) -> Option<&'static dyn Desk> {
    Some(match name {
        "otobo" => &otobo::Otobo("otobo"),
        "znuny" => &otobo::Otobo("znuny"),
        "zoho" => &zoho::Zoho,
        "daktela" => &daktela::Daktela,
        "innosoft" => &innosoft::Innosoft,
        "elma365" => &elma365::Elma365,
        _ => return None,
    })
}

fn wanted(name: &str, otherwise: &str) -> Vec<String> {
    let text = std::env::var(name).unwrap_or_else(|_| otherwise.to_owned());
    text.split(',').map(|word| word.trim().to_owned()).collect()
}

fn size(label: &str) -> &'static Size {
    let known = SIZES.iter().find(|size| size.label == label);
    known.unwrap_or_else(|| panic!("no size {label}: there are S, M and L"))
}

fn file(folder: &Path, desk: &str, size: &Size) -> PathBuf {
    folder.join(format!("{desk}-{}.portico", size.label))
}

/// Makes a world, if it is not there from an earlier run.
fn make(desk: &dyn Desk, size: &Size, folder: &Path) {
    let (path, unfinished) = (file(folder, desk.name(), size), folder.join("unfinished.portico"));
    if path.exists() {
        return;
    }
    let clear =
        |path: &Path| ["portico", "portico-wal", "portico-shm"].map(|e| std::fs::remove_file(path.with_extension(e)));
    let _ = clear(&unfinished);
    let new = NewWorkspace {
        name: format!("{} {}", desk.name(), size.label),
        desk: desk.name().to_owned(),
    };
    let store = Store::create(&unfinished, &new).unwrap();
    let (actor, options) = (Actor::named("bench"), ImportOptions::default());
    let start = std::time::Instant::now();
    let mut read = |sink: &mut portico_core::snapshot::Sink<'_>| world::read(desk, size, sink);
    store
        .import(
            &actor,
            desk.name(),
            &mut read,
            &options,
            &mut |_| {},
            &CancelFlag::new(),
        )
        .unwrap();
    drop(store);
    std::fs::rename(
        unfinished.with_extension("portico-tickets"),
        path.with_extension("portico-tickets"),
    )
    .unwrap();
    std::fs::rename(&unfinished, &path).unwrap();
    eprintln!("{} {}: made in {:.0?}", desk.name(), size.label, start.elapsed());
}

/// Runs a step in a process of its own and reads the figures that it prints.
fn step(what: &str, desk: &str, size: &Size, folder: &Path) -> Figures {
    let child = Command::new(std::env::current_exe().unwrap())
        .env(STEP, format!("{what} {desk} {} {}", size.label, folder.display()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{what} {desk} {} failed", size.label);
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().last().map_or_else(Figures::default, Figures::from_line)
}

fn one_step(said: &str) {
    let parts: Vec<&str> = said.splitn(4, ' ').collect();
    let [what, name, label, folder] = parts.as_slice() else {
        panic!("{STEP}: {said}");
    };
    let (desk, size, folder) = (desk(name).unwrap(), size(label), Path::new(folder));
    let figures = match *what {
        "make" => {
            make(desk, size, folder);
            Figures::default()
        }
        "ask" => ask::ask(desk, size, &file(folder, name, size)),
        "many" => ask::many(desk, size, &file(folder, name, size)),
        "who" => ask::who(desk, size, &file(folder, name, size)),
        _ => hand::ask(desk, size, &file(folder, name, size)),
    };
    println!("{}", figures.line());
}

fn main() {
    if let Ok(said) = std::env::var(STEP) {
        return one_step(&said);
    }
    let temporary = tempfile::tempdir().unwrap();
    let kept = std::env::var_os("PORTICO_BENCH_FOLDER").map(PathBuf::from);
    let folder = kept.as_deref().unwrap_or(temporary.path());
    std::fs::create_dir_all(folder).unwrap();
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!("{cores} cores; times are 95th percentiles of a warm program, in ms");
    let sizes: Vec<&Size> = wanted("PORTICO_BENCH_SIZES", "S,M")
        .iter()
        .map(|label| size(label))
        .collect();
    for name in wanted("PORTICO_BENCH_DESKS", &registry::DESKS.join(",")) {
        assert!(desk(&name).is_some(), "no desk {name}");
        let mut found = Vec::new();
        for size in &sizes {
            step("make", &name, size, folder);
            let mine = step("ask", &name, size, folder);
            let hand = step("hand", &name, size, folder);
            report::same_answers(&name, size, &mine, &hand);
            found.push((*size, mine, hand));
            if kept.is_none() {
                let path = file(folder, &name, size);
                for extension in ["portico", "portico-tickets"] {
                    std::fs::remove_file(path.with_extension(extension)).unwrap();
                }
            }
        }
        report::print(&name, &found);
    }
}
