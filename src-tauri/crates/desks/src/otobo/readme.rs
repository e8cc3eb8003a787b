//! What lies in an export, in plain words.

use std::fmt::Write as _;

use super::write::{CACHE_WORDS, PASSWORD_WORDS, words};
use super::{DATABASE, quote::comment};
use crate::plan::{Operation, Plan};

const HEAD: &str = "\
Changes for your desk, written by Portico
=========================================

Nothing has been changed yet. Choose one way:

1. SQL (does everything)
   PostgreSQL:        psql -X -v ON_ERROR_STOP=1 -d otobo -f portico-postgresql.sql
   MySQL / MariaDB:   mysql --default-character-set=utf8mb4 otobo < portico-mysql.sql
   Make a backup first. Each script runs in one transaction. If somebody changed one of the values
   meanwhile, it stops and changes nothing: then import the desk again and look at the conflicts.
   It can be run again; what is done already is skipped.

2. The desk's console (does a part)
   bash portico-console.sh
   Run the SQL script after it: it does the rest and skips what is done.

";

/// The text of README.txt.
pub(super) fn readme(plan: &Plan) -> String {
    let mut out = HEAD.to_owned();
    let database = plan
        .settings
        .iter()
        .find(|(name, _)| name == DATABASE)
        .map(|(_, value)| value.as_str());
    match database {
        Some("\"postgresql\"") => {
            out.push_str("Your desk runs on PostgreSQL, as you told Portico: use portico-postgresql.sql.\n\n");
        }
        Some("\"mysql\"") => {
            out.push_str("Your desk runs on MySQL or MariaDB, as you told Portico: use portico-mysql.sql.\n\n");
        }
        _ => {}
    }
    out.push_str("Then, whichever way\n-------------------\n");
    for line in CACHE_WORDS {
        let _ = writeln!(out, "{line}");
    }
    if plan.operations.iter().any(Operation::sets_password) {
        out.push_str("\nPasswords\n---------\nOnly the SQL scripts set them.\n");
        for line in PASSWORD_WORDS {
            let _ = writeln!(out, "{line}");
        }
    }
    let _ = writeln!(out, "\nOperations: {}\n--------------", plan.operations.len());
    for (number, operation) in plan.operations.iter().enumerate() {
        let _ = writeln!(out, "{:4}. {}", number + 1, words(operation));
    }
    if !plan.not_exported.is_empty() {
        let _ = writeln!(out, "\nNot exported: {}\n----------------", plan.not_exported.len());
        for not in &plan.not_exported {
            let _ = writeln!(out, "{}", not.line(comment));
        }
    }
    out
}
