//! Whether both ways give the same answers, and the table of a desk.

use crate::ask::SORTS;
use crate::timing::Figures;
use crate::world::{ROLES, Size};

/// A desk's worlds: what the engine took, and what SQL by hand took.
pub(crate) type Found<'a> = [(&'a Size, Figures, Figures)];

/// What SQLite may keep of the files: two connections of 32 MB with 2 MB for the tickets each.
const CACHE: f64 = 68.0;

/// How much longer than SQL by hand a question may take.
const AT_MOST: f64 = 1.5;

/// What the processor worked is counted in larger steps than this many milliseconds, spread over the questions.
const TOLD: f64 = 0.5;

pub(crate) fn same_answers(desk: &str, size: &Size, mine: &Figures, hand: &Figures) {
    let questions = ROLES
        .iter()
        .flat_map(|role| [format!("count {role}"), format!("page {role}")]);
    for question in questions.chain(SORTS.iter().map(|sort| format!("who {sort}"))) {
        let (mine, hand) = (&mine.answers[&question], &hand.answers[&question]);
        assert_eq!(mine, hand, "{desk} {}: {question} differs from SQL by hand", size.label);
    }
    for role in ROLES {
        assert_eq!(
            mine.answers[&format!("page {role}")],
            mine.answers[&format!("pick {role}")]
        );
    }
}

fn line(found: &Found<'_>, what: &str, bar: Option<f64>, by_hand: Option<(&str, &str)>) {
    let times: Vec<f64> = found.iter().map(|(_, mine, _)| mine.numbers[what]).collect();
    let growth: Vec<String> = times.windows(2).map(|two| format!("x{:.1}", two[1] / two[0])).collect();
    let last = times.last().copied().unwrap_or(f64::NAN);
    let mut cells: Vec<String> = found
        .iter()
        .zip(&times)
        .map(
            |((_, mine, _), time)| match mine.numbers.get(&format!("{what}, work")) {
                Some(work) => format!("{} ({})", rounded(*time), rounded(*work)),
                None => rounded(*time),
            },
        )
        .collect();
    cells.push(growth.join(" "));
    cells.push(bar.map_or_else(String::new, |bar| format!("{bar:.0}{}", over(last > bar))));
    let held = by_hand.and_then(|(bare, hand)| {
        let (_, mine, by_hand) = found.last()?;
        let ratio = ratio(mine, bare, by_hand, hand);
        Some([
            rounded(by_hand.numbers[hand]),
            format!("{ratio:.2}{}", over(ratio > AT_MOST)),
        ])
    });
    cells.extend(held.unwrap_or_default());
    println!("| {what} | {} |", cells.join(" | "));
}

/// By what the processor worked, where that is enough to be told; otherwise by the times.
fn ratio(mine: &Figures, bare: &str, by_hand: &Figures, hand: &str) -> f64 {
    let worked = |of: &Figures, name: &str| of.numbers.get(&format!("{name}, work")).copied();
    match (worked(mine, bare), worked(by_hand, hand)) {
        (Some(mine), Some(by_hand)) if mine.min(by_hand) >= TOLD => mine / by_hand,
        _ => mine.numbers[bare] / by_hand.numbers[hand],
    }
}

fn over(is: bool) -> &'static str {
    if is { " OVER" } else { "" }
}

fn rounded(number: f64) -> String {
    if number < 10.0 {
        format!("{number:.2}")
    } else {
        format!("{number:.0}")
    }
}

/// The table of a desk; the limits are held against the largest size.
pub(crate) fn print(desk: &str, found: &Found<'_>) {
    let labels: Vec<&str> = found.iter().map(|(size, ..)| size.label).collect();
    println!("\n## {desk}: 95th percentiles in ms (in brackets what the processor worked in the mean)");
    println!(
        "| what | {} | growth | limit | SQL by hand | ratio |",
        labels.join(" | ")
    );
    println!("|{}", "---|".repeat(labels.len() + 5));
    for role in ROLES {
        let at = |question: &str| format!("{question} {role}");
        line(found, &at("page"), Some(10.0), None);
        line(found, &at("pick"), None, Some((&at("pick"), &at("page"))));
        let limit = if role == "all" { 20.0 } else { 5.0 };
        line(found, &at("count"), Some(limit), Some((&at("count"), &at("count"))));
        line(found, &at("why"), Some(5.0), None);
        // Before anything is kept of her.
        line(found, &format!("count {role}, first"), None, None);
    }
    for sort in SORTS {
        line(found, &format!("seers {sort}, first"), None, None);
        line(found, &format!("who {sort}"), Some(50.0), None);
        line(
            found,
            &format!("seers {sort}"),
            None,
            Some((&format!("seers {sort}"), &format!("who {sort}"))),
        );
    }
    line(found, "tickets by number", Some(100.0), None);
    line(found, "tickets in vain", Some(100.0), None);
    line(found, "heat", None, None);
    line(found, "heat, further down", None, None);
    line(found, "exposure", Some(2_000.0), None);
    line(found, "findings", Some(10_000.0), None);
    line(found, "findings, stopped after", None, None);
    line(found, "memory, asking", Some(200.0 + CACHE), None);
    line(found, "memory", Some(200.0 + CACHE), None);
    line(found, "cells", None, None);
    line(found, "cells read", None, None);
    for (size, mine, _) in found {
        let seen: Vec<String> = ROLES
            .iter()
            .map(|role| format!("{role} {}", mine.answers[&format!("count {role}")]))
            .collect();
        println!(
            "\n{}: tickets seen: {}; findings: {}",
            size.label,
            seen.join(", "),
            mine.answers["findings"]
        );
        for sort in SORTS {
            let who = mine.answers[&format!("who {sort}")].as_array().into_iter().flatten();
            let most = who.filter_map(|one| one[0].as_u64()).max().unwrap_or(0);
            println!("{}: at most {most} people see a ticket ({sort})", size.label);
        }
    }
}
