//! docs/proof.md: how much of the access models is held against what, counted.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::golden;
use crate::access::registry::DESKS;

const HEADING: &str = "Access models (src-tauri/crates/core and store)";

/// Where readers of access models are held against one another.
const FOLDERS: [&str; 2] = ["core/src/access", "store/src/visibility"];

/// A property that is tried on so many random worlds.
struct Property {
    file: String,
    name: String,
    cases: String,
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// The properties of a source, in its order.
fn properties(file: &str, text: &str) -> Vec<Property> {
    let mut found = Vec::new();
    for block in text
        .split("\nproptest! {")
        .skip(1)
        .chain(text.split("\n    proptest! {").skip(1))
    {
        let (block, _) = block.split_once("\n}").unwrap();
        let after = |what: &str| block.split_once(what).map(|(_, rest)| rest);
        let cases = after("with_cases(").or_else(|| after("cases: "));
        let cases = cases.map_or("256", |rest| rest.split(|c: char| !c.is_ascii_digit()).next().unwrap());
        for part in block.split("#[test]").skip(1) {
            let (_, name) = part.split_once("fn ").unwrap();
            let (name, _) = name.split_once('(').unwrap();
            found.push(Property {
                file: file.to_owned(),
                name: name.replace('_', " "),
                cases: cases.to_owned(),
            });
        }
    }
    found
}

fn all_properties() -> Vec<Property> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    for folder in FOLDERS {
        sources(&crates.join(folder), &mut files);
    }
    let read = |path: &PathBuf| {
        let name = path.strip_prefix(crates).unwrap().to_str().unwrap().replace('\\', "/");
        properties(&name, &std::fs::read_to_string(path).unwrap())
    };
    files.iter().flat_map(read).collect()
}

fn section() -> String {
    let mut text = String::from(
        "Small worlds written by hand (tests/golden/access): who sees what, by which rule, a cell a person and thing. What the\ndesks say of themselves (tests/golden/said), each sentence with checks in those worlds.\n\n| desk | scenes | cells | sentences | checks of sentences |\n|---|--:|--:|--:|--:|\n",
    );
    for desk in DESKS {
        let count = golden::count(desk);
        let _ = writeln!(
            text,
            "| {desk} | {} | {} | {} | {} |",
            count.scenes, count.cells, count.sentences, count.checks
        );
    }
    text.push_str("\nProperties, each tried on so many random worlds in every run:\n\n| property | where | worlds |\n|---|---|--:|\n");
    for Property { file, name, cases } in all_properties() {
        let _ = writeln!(text, "| {name} | {file} | {cases} |");
    }
    text
}

#[test]
fn the_proof_counts_what_is_compared() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/proof.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let head = format!("\n## {HEADING}\n");
    let (before, rest) = page.split_once(&head).unwrap();
    let (old, after) = rest.split_once("\n## ").unwrap();
    let fresh = section();
    if std::env::var_os("PORTICO_WRITE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{head}{}\n\n## {after}", fresh.trim())).unwrap();
    } else {
        assert_eq!(
            old.trim(),
            fresh.trim(),
            "run this test with PORTICO_WRITE_DOCS=1 to count anew"
        );
    }
}

#[test]
fn properties_are_found_in_sources() {
    let text = "\nproptest! {\n    #![proptest_config(ProptestConfig::with_cases(7))]\n\n    #[test]\n    fn one_holds(seed: u64) {}\n\n    #[test]\n    fn two_hold(seed: u64) {}\n}\n\nproptest! {\n    #[test]\n    fn three_hold(seed: u64) {}\n}\n";
    let found: Vec<_> = properties("a.rs", text)
        .into_iter()
        .map(|p| format!("{} {}", p.name, p.cases))
        .collect();
    assert_eq!(found, ["one holds 7", "two hold 7", "three hold 256"]);
}
