//! `heat` as a program: on the sample of every desk, an account's people see as many tickets as their previews have.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Desk, seen};

#[test]
fn an_account_sees_what_the_previews_of_its_people_have() {
    for kind in ["daktela", "elma365", "innosoft", "otobo", "zoho"] {
        let desk = Desk::new();
        desk.ok(&["init", "w.portico", "--desk", kind, "--sample"]);
        let mut account_of: BTreeMap<String, String> = BTreeMap::new();
        for person in desk.json(&["users", "w.portico"])["users"].as_array().unwrap() {
            let text = |name: &str| person[name].as_str().unwrap_or_default().to_owned();
            account_of.insert(text("login"), text("account"));
        }
        let mut expected: BTreeMap<String, (u64, BTreeSet<String>)> = BTreeMap::new();
        let everybody = desk.run(&["preview", "w.portico", "--all", "--json"]).json();
        for (login, preview) in everybody.as_object().unwrap() {
            let of = expected.entry(account_of[login].clone()).or_default();
            of.0 += 1;
            of.1.extend(seen(preview));
        }
        let told = desk.run(&["heat", "w.portico", "--json"]).json();
        let assumed = match kind {
            "daktela" => serde_json::json!(["Portal::Involvement"]),
            "zoho" => serde_json::json!(["Portal::AccountTickets", "Portal::AccountSwitches"]),
            _ => serde_json::json!([]),
        };
        assert_eq!(told["assumed"], assumed, "{kind}");
        let rows = told["rows"].as_array().unwrap();
        let found: BTreeMap<String, (u64, u64)> = rows
            .iter()
            .map(|row| {
                let numbers = (row["people"].as_u64().unwrap(), row["tickets"].as_u64().unwrap());
                (row["key"].as_str().unwrap().to_owned(), numbers)
            })
            .collect();
        let expected: BTreeMap<String, (u64, u64)> = expected
            .into_iter()
            .map(|(account, (people, tickets))| (account, (people, tickets.len() as u64)))
            .collect();
        if kind == "daktela" || kind == "innosoft" {
            // There people belong to accounts by their contacts and addresses, which the list of people does not say.
            let people = expected[""].0;
            assert!(
                found.len() > 3 && found.values().map(|(n, _)| n).sum::<u64>() >= people,
                "{kind}: {found:?}"
            );
        } else {
            assert_eq!(found, expected, "{kind}");
        }
        assert!(found.values().any(|(_, tickets)| *tickets > 0), "{kind}");
        let (by, columns) = match kind {
            "daktela" => ("category", vec!["Complaints", "Support"]),
            "elma365" => ("app", vec!["files", "requests"]),
            "innosoft" => ("address", vec!["Brno Paper Works, main site"]),
            "zoho" => ("department", vec!["Support"]),
            _ => ("group", vec!["users"]),
        };
        assert_eq!(told["by"], by, "{kind}");
        let all = told["columns"].as_array().unwrap();
        assert!(
            all.len() > 1 && all.iter().all(|column| column["name"] != ""),
            "{kind}: {all:?}"
        );
        for name in columns {
            assert!(all.iter().any(|column| column["name"] == name), "{kind}: {all:?}");
        }
        for row in rows {
            let sum: u64 = row["cells"]
                .as_array()
                .unwrap()
                .iter()
                .map(|c| c["tickets"].as_u64().unwrap())
                .sum();
            assert_eq!(row["tickets"], sum, "{kind}: {row}");
        }
    }
}

#[test]
fn rows_files_and_what_is_wrong() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo", "--sample"]);
    let all = desk.run(&["heat", "w.portico", "--json"]).json();
    let rows = all["rows"].as_array().unwrap();
    let some = desk.run(&["heat", "w.portico", "--limit", "2", "--json"]).json();
    assert_eq!(some["rows"].as_array().unwrap(), &rows[..2]);
    let name = rows[1]["account"].as_str().unwrap();
    let one = desk.run(&["heat", "w.portico", "--search", name, "--json"]).json();
    assert_eq!(one["rows"].as_array().unwrap()[0], rows[1]);
    let text = desk.run(&["heat", "w.portico"]).out;
    assert!(text.contains(&format!("{name}: ")), "{text}");
    let written = desk.run(&["heat", "w.portico", "--csv", "heat.csv"]);
    assert_eq!(written.code, 0, "{written:?}");
    let file = desk.read("heat.csv");
    assert_eq!(file.lines().count(), 1 + rows.len(), "{file}");
    let heading = file.lines().next().unwrap();
    assert!(heading.contains("key,account,people,unknown,tickets,"), "{heading}");
    assert_eq!(
        heading.split(',').count(),
        5 + all["columns"].as_array().unwrap().len(),
        "{heading}"
    );
    let tickets = rows[1]["tickets"].as_u64().unwrap();
    assert!(
        file.lines()
            .any(|line| line.contains(name) && line.contains(&format!(",{tickets},"))),
        "{file}"
    );
    assert_eq!(
        desk.run(&["heat", "w.portico", "--csv", "a.csv", "--limit", "1"]).code,
        2
    );
    assert_eq!(desk.run(&["heat", "nothing.portico"]).code, 3);
}
