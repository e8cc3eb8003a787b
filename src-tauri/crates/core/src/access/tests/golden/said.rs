//! The desks' own sentences, each with those in the small world who show it: tests/golden/said. `> 2, 3. what it says` stands
//! for the second and third sentence of the desk's own text, `> +.` for one from elsewhere; `~ 4. what it says -- reason` says
//! nothing of what somebody sees or may do.

use std::collections::BTreeSet;

use super::ask::{Answers, tables};
use super::{file, world_text::parse};
use crate::access::model::AccessModel;
use crate::access::registry;

/// A sentence in Portico's words, and what it comes to.
struct Sentence {
    /// Which sentences of the desk's text it stands for; none where the vendor says so elsewhere.
    numbers: Vec<usize>,
    says: String,
    /// Checks, each with the records that are added to the world and the settings that are other ones before it.
    checks: Vec<Check>,
}

struct Check {
    records: Vec<String>,
    settings: String,
    line: String,
}

fn sentences(text: &str) -> Vec<Sentence> {
    let mut found: Vec<Sentence> = Vec::new();
    let (mut records, mut settings) = (Vec::new(), String::new());
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(says) = line.strip_prefix("> ") {
            (records, settings) = (Vec::new(), String::new());
            let (numbers, says) = numbered(says);
            found.push(Sentence {
                numbers,
                says: says.to_owned(),
                checks: Vec::new(),
            });
        } else if line.starts_with("~ ") {
            // Of another kind: it shows in no world.
        } else if let Some(record) = line.strip_prefix("record ") {
            records.push(record.to_owned());
        } else if let Some(with) = line.strip_prefix("with ") {
            with.clone_into(&mut settings);
        } else {
            found.last_mut().unwrap().checks.push(Check {
                records: records.clone(),
                settings: settings.clone(),
                line: line.to_owned(),
            });
        }
    }
    found
}

/// How many sentences and checks a desk's text has; none for one that has the text of another.
pub(super) fn count(desk: &str) -> (usize, usize) {
    let path = file(desk, "world")
        .parent()
        .unwrap()
        .join(format!("../said/{desk}.txt"));
    let all = std::fs::read_to_string(path).map_or_else(|_| Vec::new(), |text| sentences(&text));
    (all.len(), all.iter().map(|sentence| sentence.checks.len()).sum())
}

/// `2, 3. what it says`; `+` for what the vendor says elsewhere.
fn numbered(text: &str) -> (Vec<usize>, &str) {
    let (numbers, says) = text.split_once(". ").unwrap_or_else(|| panic!("no number: {text}"));
    let numbers = match numbers {
        "+" => Vec::new(),
        some => some.split(", ").map(|number| number.parse().unwrap()).collect(),
    };
    (numbers, says)
}

/// Sentences that say nothing of what somebody sees or may do: their numbers, each with a reason.
fn of_another_kind(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for line in text.lines().filter_map(|line| line.strip_prefix("~ ")) {
        let (numbers, says) = numbered(line);
        let (sentence, reason) = says.split_once(" -- ").unwrap_or_else(|| panic!("no reason: {line}"));
        assert!(!sentence.is_empty() && !reason.is_empty(), "{line}");
        found.extend(numbers);
    }
    found
}

/// How many sentences each founding text has, as it was read.
const SENTENCES: &[(&str, usize)] = &[
    ("daktela", 24),
    ("elma365", 24),
    ("innosoft", 25),
    ("otobo", 26),
    ("zoho", 13),
];

#[test]
fn every_sentence_of_the_founding_texts_is_shown_or_is_of_another_kind() {
    for (desk, count) in SENTENCES {
        let path = file(desk, "world")
            .parent()
            .unwrap()
            .join(format!("../said/{desk}.txt"));
        let text = std::fs::read_to_string(path).unwrap();
        let shown: BTreeSet<usize> = sentences(&text)
            .into_iter()
            .flat_map(|sentence| sentence.numbers)
            .collect();
        let others: BTreeSet<usize> = of_another_kind(&text).into_iter().collect();
        assert_eq!(shown.intersection(&others).next(), None, "{desk}: both");
        let all: Vec<usize> = shown.union(&others).copied().collect();
        assert_eq!(all, (1..=*count).collect::<Vec<_>>(), "{desk}");
    }
}

/// The answers in the world with the records and settings of a check.
fn answers(world: &str, model: &AccessModel, check: &Check) -> Answers {
    let kept = world.lines().filter(|line| !line.starts_with("scene "));
    let added = check.records.iter().map(String::as_str);
    let text = kept.chain(added).collect::<Vec<_>>().join("\n");
    let (mut world, scenes) = parse(&format!("{text}\nscene said | {}", check.settings));
    for (name, value) in scenes.into_iter().flat_map(|scene| scene.settings) {
        assert!(
            model.settings.iter().any(|needed| needed.name == name),
            "no setting {name}"
        );
        world.settings.set(name, value.unwrap());
    }
    tables(model, &world, &mut |_| {})
}

/// What the desk says to a question about a thing and a person: `yes`, `no` or `?`.
fn answer<'a>(answers: &'a Answers, question: &str, thing: &str, person: &str) -> Option<&'a str> {
    let (_, rows) = answers.tables.iter().find(|(name, _)| name == question)?;
    let (_, cells) = rows.iter().find(|(name, _)| name == thing)?;
    let column = answers.people.iter().position(|name| name == person)?;
    Some(word(&cells[column]))
}

/// The answer in a cell of a table, without what decided.
fn word(cell: &str) -> &str {
    cell.split(' ').next().unwrap_or_default().trim_end_matches('*')
}

fn holds(world: &str, model: &AccessModel, check: &Check) -> Result<(), String> {
    let parts: Vec<&str> = check.line.split('|').map(str::trim).collect();
    let answers = answers(world, model, check);
    match parts.as_slice() {
        ["never", question] => match answers.tables.iter().find(|(name, _)| name == question) {
            Some((_, rows)) if rows.iter().flat_map(|(_, cells)| cells).any(|cell| word(cell) != "no") => {
                Err(format!("{question}: the desk has it"))
            }
            _ => Ok(()),
        },
        ["fields", fields] if model.attributes.join(", ") == *fields => Ok(()),
        ["fields", _] => Err(format!("the fields are {}", model.attributes.join(", "))),
        [question, thing, person] => {
            let (person, expected) = person.split_once(" = ").ok_or("no answer is given")?;
            match answer(&answers, question, thing, person) {
                Some(told) if told == expected => Ok(()),
                other => Err(format!(
                    "{}: {}",
                    check.line,
                    other.unwrap_or("there is no such question")
                )),
            }
        }
        _ => Err(format!("{}: cannot be read", check.line)),
    }
}

#[test]
fn what_the_desks_say_of_themselves_is_so() {
    let (mut wrong, mut desks) = (Vec::new(), 0);
    for desk in registry::DESKS {
        let model = registry::model(desk).unwrap();
        let path = file(desk, "world");
        let said = path.parent().unwrap().join(format!("../said/{desk}.txt"));
        // Two desks of one family have one text.
        let Ok(text) = std::fs::read_to_string(&said) else {
            continue;
        };
        desks += 1;
        let world = std::fs::read_to_string(&path).unwrap();
        let all = sentences(&text);
        assert!(all.len() >= 9, "{desk}: {} sentences", all.len());
        for sentence in &all {
            assert!(!sentence.checks.is_empty(), "{desk}: nothing shows: {}", sentence.says);
            for check in &sentence.checks {
                if let Err(error) = holds(&world, &model, check) {
                    wrong.push(format!("{desk}: {} -- {error}", sentence.says));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(desks, 5, "each of the five texts");
}

#[test]
fn a_sentence_that_is_not_so_is_found() {
    let world = std::fs::read_to_string(file("zoho", "world")).unwrap();
    let model = registry::model("zoho").unwrap();
    let check = |line: &str| {
        let check = Check {
            records: Vec::new(),
            settings: String::new(),
            line: line.to_owned(),
        };
        holds(&world, &model, &check)
    };
    assert_eq!(check("home shows Forums | | anna = no"), Ok(()));
    assert!(check("home shows Forums | | anna = yes").is_err());
    assert!(check("home shows Forums | | nobody = no").is_err(), "nobody is there");
    assert!(check("home shows Cats | | anna = no").is_err(), "no such question");
    assert!(check("never | may log in").is_err());
    assert!(check("fields | queue").is_err());
}
