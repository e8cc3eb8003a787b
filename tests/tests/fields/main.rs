//! The golden field table: every field that the five desks have, where it is kept, where it is edited, and whether it
//! comes in and goes out. What can be known from the program is compared with it; a gap that says no reason fails.
//!
//! `UPDATE_GOLDEN=1 cargo test -p portico-tests --test fields` writes what the program says; what a desk calls a field,
//! and the notes, are written by hand.
#![allow(
    clippy::unwrap_used,
    clippy::single_match_else,
    reason = "a test may panic, and names and compares alike"
)]

mod program;

use std::collections::BTreeSet;
use std::path::PathBuf;

use portico_core::access::registry as access;
use portico_core::form::registry;

use crate::program::{is_by_hand, known};

const HEAD: &str =
    "# The field table. desk | what the desk calls it | field | kept in | form | porticoctl | import | export | note
# A cell that begins with `none:` is a gap with its reason. The first, the second and the last are written by hand.
# The field of a person is that of `porticoctl set`, `show` and `users --where`, named under porticoctl.
";

/// A line of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Line {
    desk: String,
    label: String,
    field: String,
    kept: String,
    form: String,
    cli: String,
    import: String,
    export: String,
    note: String,
}

impl Line {
    fn read(text: &str) -> Self {
        let cells: Vec<String> = text.split('|').map(|cell| cell.trim().to_owned()).collect();
        let [desk, label, field, kept, form, cli, import, export, note] = cells
            .try_into()
            .unwrap_or_else(|cells: Vec<_>| panic!("{} cells: {text}", cells.len()));
        Self {
            desk,
            label,
            field,
            kept,
            form,
            cli,
            import,
            export,
            note,
        }
    }

    fn cells(&self) -> [&str; 9] {
        [
            &self.desk,
            &self.label,
            &self.field,
            &self.kept,
            &self.form,
            &self.cli,
            &self.import,
            &self.export,
            &self.note,
        ]
    }

    fn write(&self) -> String {
        self.cells().join(" | ").trim_end().to_owned()
    }

    fn key(&self) -> (String, String) {
        (self.desk.clone(), self.field.clone())
    }
}

fn path() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/golden/fields.txt"))
}

fn committed() -> Vec<Line> {
    let text = std::fs::read_to_string(path()).unwrap();
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(Line::read)
        .collect()
}

#[test]
fn every_setting_that_decides_who_sees_what_is_in_the_table() {
    let lines = committed();
    for desk in registry::DESKS {
        for setting in access::model(desk).map(|model| model.settings).unwrap_or_default() {
            let field = format!("setting {}", setting.name);
            assert!(
                lines.iter().any(|line| line.desk == *desk && line.field == field),
                "{desk}: {field}"
            );
        }
    }
}

#[test]
fn the_table_says_what_the_program_does_and_every_gap_has_a_reason() {
    let by_hand = committed();
    let known = known();
    let hand = |line: &Line| by_hand.iter().find(|old| old.key() == line.key());
    let mut ours: Vec<Line> = known
        .iter()
        .map(|line| {
            let old = hand(line).cloned().unwrap_or_default();
            Line {
                label: old.label,
                note: old.note,
                ..line.clone()
            }
        })
        .collect();
    // What a desk has and the program has no field for: written by hand as a whole.
    let keys: BTreeSet<_> = known.iter().map(Line::key).collect();
    ours.extend(
        by_hand
            .iter()
            .filter(|line| is_by_hand(line) && !keys.contains(&line.key()))
            .cloned(),
    );
    ours.sort_by_key(|line| (line.desk == "all", line.desk.clone()));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let text: String = ours.iter().map(|line| line.write() + "\n").collect();
        std::fs::write(path(), format!("{HEAD}{text}")).unwrap();
    }
    let theirs = committed();
    for line in &ours {
        assert!(
            theirs.contains(line),
            "the table lacks, or says otherwise: {}\nLook at it, then run with UPDATE_GOLDEN=1",
            line.write()
        );
        for (n, cell) in line.cells()[..8].iter().enumerate() {
            assert!(
                !cell.is_empty() && *cell != "-" && *cell != "none:",
                "a gap without a reason in cell {}: {}",
                n + 1,
                line.write()
            );
        }
    }
    assert_eq!(theirs.len(), ours.len(), "the table has lines that no program knows");
}

#[test]
fn every_desk_has_the_fields_of_its_own_manual() {
    let lines = committed();
    // Counted in the manuals' own tables; fewer lines mean that something was left out.
    for (desk, least) in [
        ("daktela", 30),
        ("elma365", 30),
        ("innosoft", 55),
        ("otobo", 60),
        ("zoho", 45),
    ] {
        let count = lines.iter().filter(|line| line.desk == desk).count();
        assert!(count >= least, "{desk}: {count}");
    }
}
