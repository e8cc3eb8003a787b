//! Readers of files, over kept ones that are spoilt at random: they never panic, and either hand something over or say
//! what is wrong. `PORTICO_FUZZ_SECONDS` says for how long each of these tests goes on (10; `make soak`: for hours).
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod budget;
#[path = "../lists/mod.rs"]
mod lists;
mod sheets;
mod spoil;

use std::path::PathBuf;

use budget::for_a_while;
use lists::{Copy, Read, files, fixture, read, read_with};
use portico_desks::error::DeskError;
use portico_desks::reader::ReadOptions;
use portico_desks::registry;
use portico_desks::tables::mapping::Mapping;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestCaseError;
use spoil::{spoil, spoilt};

/// Desks and the folders that are spoilt.
const CORPUS: [(&str, &str); 5] = [
    ("daktela", "daktela-small"),
    ("elma365", "elma365-small"),
    ("innosoft", "innosoft-small"),
    ("otobo", "otobo-small/tables"),
    ("zoho", "zoho-small"),
];

/// Cases that failed once.
const KEPT: &str = "tests/fuzz/regressions.txt";

/// Something came, or it is said what is wrong.
fn answered(read: Result<Read, DeskError>) -> Result<(), TestCaseError> {
    match read {
        Ok(read) => prop_assert!(!read.kinds.is_empty() && read.report.problems.is_empty()),
        Err(DeskError::BadSource { problems, .. }) => prop_assert!(!problems.is_empty()),
        // Packed bytes that are damaged are found out while they are read.
        Err(DeskError::Archive { .. } | DeskError::Io { .. }) => {}
        Err(other) => prop_assert!(false, "{other}"),
    }
    Ok(())
}

#[test]
fn spoilt_files_never_panic() {
    let edits = prop::collection::vec((any::<Index>(), spoil()), 1..4);
    for_a_while(
        KEPT,
        &(0..CORPUS.len(), edits, any::<bool>()),
        |(desk, edits, zipped)| {
            let (desk, folder) = CORPUS[desk];
            let copy = Copy::of(&fixture(folder));
            let names = files(copy.path());
            for (which, how) in &edits {
                let path = copy.path().join(&names[which.index(names.len())]);
                let bytes = spoilt(std::fs::read(&path).unwrap(), how);
                std::fs::write(&path, bytes).unwrap();
            }
            let path = if zipped { copy.zipped() } else { copy.path().to_owned() };
            answered(read(desk, &path))
        },
    );
}

#[test]
fn spoilt_archives_never_panic() {
    let whole: Vec<(Copy, PathBuf)> = CORPUS
        .iter()
        .map(|(_, folder)| {
            let copy = Copy::of(&fixture(folder));
            let zip = copy.zipped();
            (copy, zip)
        })
        .collect();
    for_a_while(KEPT, &(0..CORPUS.len(), spoil()), |(desk, how)| {
        let folder = tempfile::tempdir().unwrap();
        let zip = folder.path().join("spoilt.zip");
        std::fs::write(&zip, spoilt(std::fs::read(&whole[desk].1).unwrap(), &how)).unwrap();
        answered(read(CORPUS[desk].0, &zip))
    });
}

#[test]
fn spoilt_tables_never_panic() {
    let desks: Vec<&str> = registry::desks().iter().map(|desk| desk.id).collect();
    let kinds = ["people", "accounts", "groups", "tickets"];
    let edits = prop::collection::vec((any::<Index>(), spoil()), 0..4);
    for_a_while(
        KEPT,
        &(select(desks), select(kinds.to_vec()), select(&sheets::NAMES[..]), edits),
        |(desk, kind, name, edits)| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(name);
            std::fs::write(&path, sheets::spoilt_table(kind, name, &edits)).unwrap();
            // A table may have a head and no row.
            let read = read_with(
                desk,
                ReadOptions {
                    path,
                    table: Some(Mapping::guessed(kind)),
                    ..ReadOptions::default()
                },
            );
            match read {
                Ok(read) => prop_assert!(read.report.problems.is_empty()),
                wrong => answered(wrong)?,
            }
            Ok(())
        },
    );
}

#[test]
fn spoilt_settings_never_panic() {
    let desks: Vec<&str> = registry::desks().iter().map(|desk| desk.id).collect();
    let kept = [
        r#"{"CustomerGroupSupport": "1", "a": {"b": [1, null, "x"]}, "Ticket::Type": true}"#,
        "name,effective_value\nCustomerGroupSupport,\"--- '1'\n\"\n",
    ];
    let files = ["settings.json", "sysconfig_modified.csv"];
    let edits = prop::collection::vec(spoil(), 0..3);
    for_a_while(
        KEPT,
        &(select(desks), 0..kept.len(), 0..files.len(), edits),
        |(desk, text, file, edits)| {
            let bytes = edits.iter().fold(kept[text].as_bytes().to_vec(), spoilt);
            let text = String::from_utf8_lossy(&bytes);
            if let Err(error) = registry::read_settings(desk, files[file], &text) {
                prop_assert!(!error.to_string().is_empty());
            }
            Ok(())
        },
    );
}
