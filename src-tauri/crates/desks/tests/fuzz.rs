//! Readers of lists, over kept files that are spoilt at random: they never panic, and either hand something over or say
//! what is wrong. `PROPTEST_CASES` says how often (`make soak`: for hours).
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod lists;

use lists::{Copy, files, fixture, read};
use portico_desks::error::DeskError;
use proptest::prelude::*;
use proptest::sample::Index;

/// Desks and the folders that are spoilt.
const CORPUS: [(&str, &str); 4] = [
    ("daktela", "daktela-small"),
    ("elma365", "elma365-small"),
    ("innosoft", "innosoft-small"),
    ("zoho", "zoho-small"),
];

/// What is done to a file.
#[derive(Debug, Clone)]
enum Spoil {
    Cut(Index),
    Drop(Index, usize),
    Double(Index, usize),
    Put(Index, Vec<u8>),
    /// One value becomes another: the n-th after a colon.
    Value(Index, &'static str),
}

fn spoil() -> impl Strategy<Value = Spoil> {
    let values = [
        "null",
        "true",
        "0",
        "-1",
        "1e400",
        "\"\"",
        "[]",
        "{}",
        "[[]]",
        "\"0000-00-00 00:00:00\"",
        "99999999999999999999",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "{\"id\": {\"id\": []}}",
    ];
    prop_oneof![
        any::<Index>().prop_map(Spoil::Cut),
        (any::<Index>(), 1_usize..200).prop_map(|(at, n)| Spoil::Drop(at, n)),
        (any::<Index>(), 1_usize..400).prop_map(|(at, n)| Spoil::Double(at, n)),
        (any::<Index>(), prop::collection::vec(any::<u8>(), 1..8)).prop_map(|(at, bytes)| Spoil::Put(at, bytes)),
        (any::<Index>(), prop::sample::select(values.to_vec())).prop_map(|(at, value)| Spoil::Value(at, value)),
    ]
}

fn spoilt(mut bytes: Vec<u8>, how: &Spoil) -> Vec<u8> {
    if bytes.is_empty() {
        return bytes;
    }
    let end = |from: usize, n: usize, len: usize| (from + n).min(len);
    match how {
        Spoil::Cut(at) => bytes.truncate(at.index(bytes.len())),
        Spoil::Drop(at, n) => {
            let from = at.index(bytes.len());
            bytes.drain(from..end(from, *n, bytes.len()));
        }
        Spoil::Double(at, n) => {
            let from = at.index(bytes.len());
            let part = bytes[from..end(from, *n, bytes.len())].to_vec();
            bytes.splice(from..from, part);
        }
        Spoil::Put(at, put) => {
            let from = at.index(bytes.len());
            bytes.splice(from..end(from, put.len(), bytes.len()), put.iter().copied());
        }
        Spoil::Value(at, value) => {
            let colons: Vec<usize> = (0..bytes.len()).filter(|n| bytes[*n] == b':').collect();
            if !colons.is_empty() {
                let from = colons[at.index(colons.len())] + 1;
                let to = (from..bytes.len())
                    .find(|n| b",}\n".contains(&bytes[*n]))
                    .unwrap_or(bytes.len());
                bytes.splice(from..to, value.bytes());
            }
        }
    }
    bytes
}

proptest! {
    #[test]
    fn spoilt_files_never_panic(
        desk in 0..CORPUS.len(),
        edits in prop::collection::vec((any::<Index>(), spoil()), 1..4),
        zipped: bool,
    ) {
        let (desk, folder) = CORPUS[desk];
        let copy = Copy::of(&fixture(folder));
        let names = files(copy.path());
        for (which, how) in &edits {
            let path = copy.path().join(&names[which.index(names.len())]);
            let bytes = spoilt(std::fs::read(&path).unwrap(), how);
            std::fs::write(&path, bytes).unwrap();
        }
        let path = if zipped { copy.zipped() } else { copy.path().to_owned() };
        match read(desk, &path) {
            Ok(read) => prop_assert!(!read.kinds.is_empty() && read.report.problems.is_empty()),
            Err(DeskError::BadSource { problems, .. }) => prop_assert!(!problems.is_empty()),
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn spoilt_archives_never_panic(desk in 0..CORPUS.len(), how in spoil()) {
        let (desk, folder) = CORPUS[desk];
        let path = Copy::of(&fixture(folder));
        let zip = path.zipped();
        std::fs::write(&zip, spoilt(std::fs::read(&zip).unwrap(), &how)).unwrap();
        match read(desk, &zip) {
            Ok(read) => prop_assert!(!read.kinds.is_empty()),
            Err(DeskError::BadSource { .. } | DeskError::Archive { .. }) => {}
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}
