//! `diff` as a program, held against previews before and after.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::collections::BTreeSet;

use common::{Desk, seen};
use serde_json::{Value, json};

const DESKS: [&str; 5] = ["daktela", "elma365", "innosoft", "otobo", "zoho"];

fn sample(kind: &str) -> Desk {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", kind, "--sample"]);
    desk
}

fn of(desk: &Desk, login: &str) -> BTreeSet<String> {
    seen(&desk.run(&["preview", "w.portico", "--user", login, "--json"]).json())
}

/// The first people of the list who see a ticket, with what they see.
fn seeing(desk: &Desk, count: usize) -> Vec<(String, BTreeSet<String>)> {
    let users = desk.json(&["users", "w.portico"]);
    let logins = users["users"].as_array().unwrap().iter();
    let all = logins.map(|user| user["login"].as_str().unwrap().to_owned());
    let found = all
        .map(|login| (of(desk, &login), login))
        .filter(|(seen, _)| !seen.is_empty());
    found.map(|(seen, login)| (login, seen)).take(count).collect()
}

fn diff(desk: &Desk, arguments: &[&str]) -> Value {
    desk.run(&[&["diff", "w.portico", "--json"], arguments].concat()).json()
}

fn sums(told: &Value) -> (u64, u64) {
    (told["gained"].as_u64().unwrap(), told["lost"].as_u64().unwrap())
}

fn newest(desk: &Desk) -> String {
    desk.json(&["log", "w.portico", "--limit", "1"])["changes"][0]["id"].to_string()
}

#[test]
fn what_is_told_as_a_setting_is_assumed_says_so() {
    for (kind, assumed) in [
        ("daktela", &["Portal::Involvement"][..]),
        ("zoho", &["Portal::AccountTickets", "Portal::AccountSwitches"]),
        ("elma365", &[]),
        ("otobo", &[]),
    ] {
        let desk = sample(kind);
        assert_eq!(diff(&desk, &[])["assumed"], json!(assumed), "{kind}");
        let text = desk.run(&["diff", "w.portico"]).out;
        assert_eq!(text.contains("[assumed]"), !assumed.is_empty(), "{kind}: {text}");
    }
    let desk = sample("daktela");
    desk.run(&["settings", "w.portico", "--set", "Portal::Involvement=\"contact\""]);
    assert_eq!(diff(&desk, &[])["assumed"], json!([]));
}

#[test]
fn what_was_done_is_what_the_preview_lost_and_taking_it_back_gives_it_again() {
    for kind in DESKS {
        let desk = sample(kind);
        let start = newest(&desk);
        assert_eq!(sums(&diff(&desk, &["--since", &start])), (0, 0), "{kind}");
        let own = sums(&diff(&desk, &[]));
        let (login, before) = seeing(&desk, 1).remove(0);
        desk.run(&["offboard", "w.portico", "--user", &login, "--until", "2026-11-26"]);
        let after = of(&desk, &login);
        let lost = before.difference(&after).count() as u64;
        assert!(lost > 0, "{kind}: nothing was lost");

        let since = diff(&desk, &["--since", &start]);
        assert_eq!((sums(&since), &since["people"]), ((0, lost), &json!(1)), "{kind}");
        let undo = diff(&desk, &["--undo", &newest(&desk)]);
        assert_eq!(
            (sums(&undo), &undo["examples"][0]["login"]),
            ((lost, 0), &json!(login)),
            "{kind}"
        );
        // Where the sample has nothing pending of its own, all that is pending is this.
        if own == (0, 0) {
            assert_eq!(sums(&diff(&desk, &[])), (0, lost), "{kind}");
        }
        let then = desk.run(&["preview", "w.portico", "--user", &login, "--at", &start, "--json"]);
        assert_eq!(seen(&then.json()), before, "{kind}: the preview of that time");
        assert_eq!(of(&desk, &login), after, "{kind}: looking back changed something");
    }
}

#[test]
fn two_people_differ_by_what_their_previews_differ() {
    for kind in DESKS {
        let desk = sample(kind);
        let mut people = seeing(&desk, 4);
        // And one who sees nothing at all.
        let users = desk.json(&["users", "w.portico"]);
        let logins = users["users"].as_array().unwrap().iter();
        let mut logins = logins.map(|user| user["login"].as_str().unwrap().to_owned());
        let blind = logins.find(|login| of(&desk, login).is_empty());
        people.extend(blind.map(|login| (login, BTreeSet::new())));
        let mut differed = 0;
        for pair in people.windows(2) {
            let [(first, a), (second, b)] = pair else { continue };
            let told = diff(&desk, &["--users", &format!("{first},{second}")]);
            for (side, count, only) in [
                ("first_tickets", "only_first", a - b),
                ("second_tickets", "only_second", b - a),
            ] {
                let numbers = told[side].as_array().unwrap().iter();
                let named: BTreeSet<String> = numbers.map(|number| number.as_str().unwrap().to_owned()).collect();
                assert_eq!(told[count], json!(only.len()), "{kind}: {first}, {second}");
                // At most fifty are named.
                assert!(
                    named.is_subset(&only) && named.len() == only.len().min(50),
                    "{kind}: {told}"
                );
                differed += only.len();
            }
        }
        assert!(differed > 0, "{kind}: nobody differs");
    }
}

#[test]
fn states_that_are_not_kept_are_refused() {
    let desk = sample("otobo");
    let none = desk.run(&["diff", "w.portico", "--since", "9999"]);
    assert!(none.code > 1 && none.err.contains("9999"), "{none:?}");
    let one = desk.run(&["diff", "w.portico", "--users", "jana.novakova"]);
    assert!(one.code > 1 && one.err.contains("two logins"), "{one:?}");
}

#[test]
fn everybody_is_in_the_file_and_accounts_are_told_of() {
    let desk = sample("otobo");
    let start = newest(&desk);
    desk.ok(&["settings", "w.portico", "--set", "CustomerGroupSupport=false"]);
    let told = diff(&desk, &["--since", &start]);
    assert!(
        told["people"].as_u64().unwrap() > 50,
        "more than are told of one by one"
    );
    assert_eq!(told["examples"].as_array().unwrap().len(), 50);
    for (option, file) in [("--csv", "all.csv"), ("--xlsx", "all.xlsx")] {
        let written = desk.run(&["diff", "w.portico", "--json", "--since", &start, option, file]);
        assert_eq!(written.json()["rows"], told["people"]);
        assert!(desk.path(file).metadata().unwrap().len() > 1_000);
    }
    let file = desk.read("all.csv");
    let mut lines = file.trim_start_matches('\u{feff}').lines();
    assert_eq!(
        lines.next(),
        Some("login,name,account,gained,lost,login_change,unknown")
    );
    // No name of the sample holds a comma.
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == 7));
    let sum = |at: usize| rows.iter().map(|row| row[at].parse::<u64>().unwrap()).sum::<u64>();
    assert_eq!((sum(3), sum(4)), sums(&told));
    let examples = told["examples"].as_array().unwrap();
    let first: BTreeSet<&str> = rows[..50].iter().map(|row| row[0]).collect();
    let weights = |of: &Value| of["gained_count"].as_u64().unwrap() + of["lost_count"].as_u64().unwrap();
    let last = examples.iter().map(weights).min().unwrap();
    let more = examples.iter().filter(|of| weights(of) > last);
    assert!(more.into_iter().all(|of| first.contains(of["login"].as_str().unwrap())));

    let accounts = told["accounts"].as_array().unwrap();
    assert_eq!(told["accounts_total"], json!(accounts.len()), "few enough to name all");
    let of_account = |name: &str| {
        let rows = rows.iter().filter(|row| row[2] == name);
        rows.map(|row| row[3].parse::<u64>().unwrap()).sum::<u64>()
    };
    for account in accounts {
        assert_eq!(
            account["gained"],
            of_account(account["name"].as_str().unwrap()),
            "{account}"
        );
    }
    let text = desk.run(&["diff", "w.portico", "--since", &start]).out;
    assert!(text.contains("by account, tickets summed over people:"), "{text}");

    let queues = told["queues"].as_array().unwrap();
    assert_eq!(told["queues_total"], json!(queues.len()), "few enough to name all");
    let (_, named) = text.split_once("by queue, each ticket once:\n").unwrap();
    let lines: Vec<&str> = named.lines().take_while(|line| line.starts_with("  ")).collect();
    let first = |of: &Value| format!("  {}: +{} -{}", of["queue"].as_str().unwrap(), of["gained"], of["lost"]);
    assert_eq!(lines[0], first(&queues[0]));
    let beyond = queues.len().saturating_sub(10);
    assert!(beyond > 0, "the text names all queues");
    assert_eq!((lines.len(), lines[10]), (11, format!("  and {beyond} more").as_str()));
}

#[test]
fn what_cannot_be_told_is_not_told_as_nothing() {
    let desk = sample("otobo");
    let start = newest(&desk);
    let setting = "Ticket::Frontend::CustomerDisableCompanyTicketAccess";
    assert_eq!(desk.run(&["settings", "w.portico", "--forget", setting]).code, 1);
    let told = diff(&desk, &["--since", &start]);
    assert_eq!((sums(&told), &told["people"]), ((0, 0), &json!(0)), "{told}");
    assert!(told["unknown"].as_u64().unwrap() > 20);
    assert_eq!(told["doubtful"].as_array().unwrap().len(), 20);
    let text = desk.run(&["diff", "w.portico", "--since", &start]).out;
    assert!(text.starts_with("Nobody gains or loses for certain; of "), "{text}");
    assert!(!text.contains("0 people"), "{text}");
}
