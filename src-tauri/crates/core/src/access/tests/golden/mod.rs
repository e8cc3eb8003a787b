//! Who sees what, by which rule, in a small world of each desk: tables for people to read, in tests/golden/access.
//! `<desk>.world` is written by hand, `<desk>.txt` by this test with `PORTICO_WRITE_GOLDEN` set.

mod ask;
mod said;
mod world_text;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use crate::access::explain::{Explained, Verdict};
use crate::access::registry;
use crate::access::rule::Node;
use ask::{Answers, tables};
use world_text::parse;

fn file(desk: &str, end: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../../../tests/golden/access/{desk}.{end}"))
}

/// How often each rule passed and blocked.
#[derive(Default)]
struct Seen(BTreeMap<&'static str, (usize, usize)>);

impl Seen {
    fn take(&mut self, answer: &Explained) {
        if let Some(rule) = answer.rule {
            let count = self.0.entry(rule.id).or_default();
            match answer.verdict {
                Verdict::Passed => count.0 += 1,
                Verdict::Blocked => count.1 += 1,
                Verdict::Skipped | Verdict::Unknown => {}
            }
        }
        answer.children.iter().for_each(|child| self.take(child));
    }
}

/// A table as text: a row a thing, a column a person.
fn grid(people: &[String], rows: &[(String, Vec<String>)]) -> String {
    let wide = |texts: &mut dyn Iterator<Item = &str>| texts.map(|t| t.chars().count()).max().unwrap_or(0);
    let first = wide(&mut rows.iter().map(|(name, _)| name.as_str()));
    let columns: Vec<usize> = (0..people.len())
        .map(|n| {
            wide(
                &mut rows
                    .iter()
                    .map(|(_, cells)| cells[n].as_str())
                    .chain([people[n].as_str()]),
            )
        })
        .collect();
    let mut text = String::new();
    let names = (String::new(), people.to_vec());
    for (name, cells) in std::iter::once(&names).chain(rows) {
        let mut line = format!("{name:first$}");
        for (cell, width) in cells.iter().zip(&columns) {
            let _ = write!(line, "  {cell:width$}");
        }
        let _ = writeln!(text, "    {}", line.trim_end());
    }
    text
}

/// All tables of a scene, by question; those that say the same are under one heading.
fn page(answers: &Answers) -> Vec<(String, String)> {
    let mut found: Vec<(Vec<String>, String)> = Vec::new();
    for (question, rows) in &answers.tables {
        let text = grid(&answers.people, rows);
        match found.iter_mut().find(|(_, same)| *same == text) {
            Some((questions, _)) => questions.push(question.clone()),
            None => found.push((vec![question.clone()], text)),
        }
    }
    found
        .into_iter()
        .map(|(questions, text)| (questions.join(", "), text))
        .collect()
}

fn whole(desk: &str, seen: &mut Seen) -> String {
    let (world, scenes) = parse(&std::fs::read_to_string(file(desk, "world")).unwrap());
    let model = registry::model(desk).unwrap();
    let mut text = format!(
        "# {desk}: who sees what, and the rule that decided\n# The world is {desk}.world. A scene after the first shows what is other than in the first.\n# yes, no, ? (cannot be told); * an assumed rule decides.\n"
    );
    let mut first: Option<Vec<(String, String)>> = None;
    for scene in scenes {
        let world = scene.of(&world);
        let page = page(&tables(&model, &world, &mut |answer| seen.take(answer)));
        let _ = write!(text, "\n== {}\n", scene.title);
        for table in page
            .iter()
            .filter(|table| first.as_ref().is_none_or(|first| !first.contains(table)))
        {
            let _ = write!(text, "\n{}\n{}", table.0, table.1);
        }
        first.get_or_insert(page);
    }
    text
}

/// How much the tables and sentences of a desk compare.
pub(super) struct Compared {
    pub(super) scenes: usize,
    pub(super) cells: usize,
    pub(super) sentences: usize,
    pub(super) checks: usize,
}

/// Counts it.
pub(super) fn count(desk: &str) -> Compared {
    let (world, scenes) = parse(&std::fs::read_to_string(file(desk, "world")).unwrap());
    let model = registry::model(desk).unwrap();
    let (sentences, checks) = said::count(desk);
    let mut cells = 0;
    for scene in &scenes {
        let answers = tables(&model, &scene.of(&world), &mut |_| {});
        let rows = answers.tables.iter().flat_map(|(_, rows)| rows);
        cells += rows.map(|(_, cells)| cells.len()).sum::<usize>();
    }
    Compared {
        scenes: scenes.len(),
        cells,
        sentences,
        checks,
    }
}

/// Rules that say the same always, wherever they are asked: that it is so, or that it is not.
fn constant(model: &crate::access::model::AccessModel, what: &Node) -> BTreeSet<&'static str> {
    fn walk(node: &Node, what: &Node, found: &mut BTreeSet<&'static str>) {
        match node {
            Node::Rule(rule, body) => {
                if **body == *what {
                    found.insert(rule.id);
                }
                walk(body, what, found);
            }
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|n| walk(n, what, found)),
            Node::Not(node) => walk(node, what, found),
            Node::Switch(_, branches) => branches.iter().for_each(|(_, n)| walk(n, what, found)),
            Node::True | Node::False | Node::Unknown(_) | Node::Is(_) => {}
        }
    }
    let mut found = BTreeSet::new();
    model.trees().iter().for_each(|(_, tree)| walk(tree, what, &mut found));
    found
}

#[test]
fn every_rule_of_every_desk_passes_and_blocks_as_the_tables_say() {
    for desk in registry::DESKS {
        let mut seen = Seen::default();
        let text = whole(desk, &mut seen);
        if std::env::var_os("PORTICO_WRITE_GOLDEN").is_some() {
            std::fs::write(file(desk, "txt"), &text).unwrap();
        }
        let model = registry::model(desk).unwrap();
        let (always, never) = (constant(&model, &Node::True), constant(&model, &Node::False));
        let mut missing = Vec::new();
        for (_, tree) in model.trees() {
            tree.rules(&mut |rule| {
                let (passed, blocked) = seen.0.get(rule.id).copied().unwrap_or_default();
                if passed == 0 && !never.contains(rule.id) {
                    missing.push(format!("{} never passes", rule.id));
                }
                if blocked == 0 && !always.contains(rule.id) {
                    missing.push(format!("{} never blocks", rule.id));
                }
            });
        }
        missing.sort();
        missing.dedup();
        assert!(missing.is_empty(), "{desk}: {missing:#?}");
        let kept = std::fs::read_to_string(file(desk, "txt")).unwrap_or_default();
        assert!(
            kept == text,
            "{desk}: the tables have changed; read what is other with PORTICO_WRITE_GOLDEN=1 and git diff"
        );
    }
}
