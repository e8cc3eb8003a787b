//! Companies and groups of the sample.

use portico_core::model::{Account, Group, Validity};

use crate::table::{Row, rows};

/// Names and notes of the groups; their keys are numbers from 1.
const GROUPS: [(&str, &str); 12] = [
    ("users", "Everybody: general questions"),
    ("service-desk", "Workplace, accounts, printing"),
    ("network", "Lines, VPN, Wi-Fi"),
    ("hardware", "Devices and their repair"),
    ("finance", "Invoices, dunning, credit"),
    ("legal", "Contracts"),
    ("hr", "New colleagues"),
    ("warehouse", "Stock, gates, scanners"),
    ("erp", "Orders, interfaces, delivery notes"),
    ("field", "Engineers on site"),
    ("projects", "Time-limited work"),
    ("fax", "Ended in 2025"),
];

/// A company as the list has it, with what the sample draws from it.
#[derive(Debug)]
pub(super) struct Company {
    pub(super) key: &'static str,
    pub(super) street: &'static str,
    pub(super) zip: &'static str,
    pub(super) city: &'static str,
    pub(super) country: &'static str,
    pub(super) domain: &'static str,
    pub(super) language: &'static str,
    /// How many people it has.
    pub(super) people: u64,
    pub(super) phone: &'static str,
    /// Groups and permissions for its own tickets.
    pub(super) own: Vec<(&'static str, &'static str)>,
    /// Groups and permissions for the tickets of others.
    pub(super) others: Vec<(&'static str, &'static str)>,
}

/// The key of a group by its name; empty where there is none.
pub(super) fn group_key(name: &str) -> String {
    (1_u32..)
        .zip(GROUPS)
        .find(|(_, (n, _))| *n == name)
        .map(|(key, _)| key.to_string())
        .unwrap_or_default()
}

/// A validity by name; `valid` where the name is none.
pub(super) fn validity(name: &str) -> Validity {
    Validity::from_name(name).unwrap_or_default()
}

/// The groups, one of them out of force.
pub(super) fn groups() -> Vec<Group> {
    GROUPS
        .iter()
        .map(|(name, note)| Group {
            key: group_key(name),
            name: (*name).to_owned(),
            description: (*note).to_owned(),
            validity: if *name == "fax" {
                Validity::Invalid
            } else {
                Validity::Valid
            },
        })
        .collect()
}

fn lines() -> impl Iterator<Item = Row> {
    rows(include_str!("../../data/accounts.txt"))
}

/// The company records.
pub(super) fn all() -> Vec<Account> {
    lines()
        .map(|row| Account {
            key: row.owned(0),
            name: row.owned(1),
            street: row.owned(2),
            zip: row.owned(3),
            city: row.owned(4),
            country: row.owned(5),
            url: format!("https://www.{}", row.text(6)),
            description: row.owned(13),
            validity: validity(row.text(12)),
            ..Account::default()
        })
        .collect()
}

fn rights(text: &'static str) -> Vec<(&'static str, &'static str)> {
    text.split_whitespace()
        .filter_map(|pair| pair.split_once(':'))
        .collect()
}

/// The companies with what the sample draws from them.
pub(super) fn companies() -> Vec<Company> {
    lines()
        .map(|row| Company {
            key: row.text(0),
            street: row.text(2),
            zip: row.text(3),
            city: row.text(4),
            country: row.text(5),
            domain: row.text(6),
            language: row.text(7),
            people: row.number(8),
            phone: row.text(9),
            own: rights(row.text(10)),
            others: rights(row.text(11)),
        })
        .collect()
}
