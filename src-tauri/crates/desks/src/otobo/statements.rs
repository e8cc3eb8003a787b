//! The scripts, whole and in pieces: both are made of the same texts, so that a file and a connection do the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::plan::groups_table;
use super::write::{CACHE_WORDS, PASSWORD_WORDS, words};
use super::{FLAVOUR, mysql, postgresql};
use crate::plan::{Operation, Plan};
use crate::reader::Database;
use crate::writer::{ExportFile, Statements};

/// Password hashes by the key of the operation that sets each.
pub(super) type Hashes = BTreeMap<String, String>;

/// What stands around the operations of a script.
pub(super) struct Frame {
    /// All that comes first; it ends by beginning the transaction.
    pub(super) head: &'static str,
    /// It begins by ending the transaction.
    pub(super) foot: &'static str,
}

fn frame(database: Database) -> &'static Frame {
    match database {
        Database::PostgreSql => &postgresql::FRAME,
        Database::MySql => &mysql::FRAME,
    }
}

/// The statements of each operation, in lines.
fn operations(plan: &Plan, hashes: &Hashes, database: Database) -> Vec<String> {
    let flavour = plan.settings.iter().find(|(name, _)| name == FLAVOUR);
    let groups = groups_table(flavour.map(|(_, value)| value.as_str()));
    let of = match database {
        Database::PostgreSql => postgresql::statements,
        Database::MySql => mysql::statements,
    };
    let hash = |operation: &Operation| hashes.get(&operation.key).filter(|_| operation.sets_password());
    plan.operations
        .iter()
        .map(|operation| of(operation, groups, hash(operation)))
        .collect()
}

/// The whole script.
pub(super) fn script(plan: &Plan, hashes: &Hashes, database: Database) -> ExportFile {
    let frame = frame(database);
    let mut text = frame.head.to_owned();
    let numbered = plan.operations.iter().zip(operations(plan, hashes, database));
    for (number, (operation, statements)) in numbered.enumerate() {
        let _ = write!(text, "\n-- {}. {}\n{statements}", number + 1, words(operation));
    }
    text.push_str(frame.foot);
    for line in PASSWORD_WORDS.iter().filter(|_| !hashes.is_empty()) {
        let _ = writeln!(text, "-- {line}");
    }
    for line in CACHE_WORDS {
        let _ = writeln!(text, "-- {line}");
    }
    ExportFile {
        name: match database {
            Database::PostgreSql => "portico-postgresql.sql",
            Database::MySql => "portico-mysql.sql",
        },
        text,
    }
}

/// The script in pieces.
pub(super) fn statements(plan: &Plan, hashes: &Hashes, database: Database) -> Statements {
    let frame = frame(database);
    let (mut before, mut begin) = (pieces(frame.head), Vec::new());
    match database {
        // Its functions are the transaction's own: all of the head belongs to it.
        Database::PostgreSql => std::mem::swap(&mut before, &mut begin),
        Database::MySql => begin.extend(before.pop()),
    }
    // The first ends the transaction, which is for the caller to decide.
    let after = pieces(frame.foot).into_iter().skip(1).collect();
    let lines = |text: String| text.lines().map(str::to_owned).collect();
    Statements {
        script: script(plan, hashes, database),
        tables: plan
            .operations
            .iter()
            .map(|operation| operation.target.clone())
            .collect(),
        before,
        begin,
        operations: operations(plan, hashes, database).into_iter().map(lines).collect(),
        after,
    }
}

/// The statements of a frame: each ends at a line's end, with a semicolon or what `DELIMITER` says, and comments stand in
/// lines of their own. In the `PostgreSQL` frame, bodies of functions hold semicolons too and end with their mark.
fn pieces(frame: &str) -> Vec<String> {
    let (mut all, mut now, mut end, mut in_body) = (Vec::new(), String::new(), ";", false);
    for line in frame.lines() {
        if let Some(new) = line.strip_prefix("DELIMITER ") {
            end = if new == ";" { ";" } else { "//" };
            continue;
        }
        if now.is_empty() && (line.is_empty() || line.starts_with("--")) {
            continue;
        }
        in_body ^= line.contains("$portico$");
        now.push_str(line);
        if line.ends_with(end) && !in_body {
            now.truncate(now.len() - end.len());
            all.push(std::mem::take(&mut now));
        } else {
            now.push('\n');
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Database, frame, pieces};

    #[test]
    fn a_frame_is_cut_into_its_statements() {
        let head = pieces(frame(Database::PostgreSql).head);
        assert_eq!(head.first().map(String::as_str), Some("begin"));
        assert!(
            head.iter()
                .skip(3)
                .all(|piece| piece.starts_with("create or replace function pg_temp."))
        );
        assert_eq!(head.len(), 11);
        assert_eq!(pieces(frame(Database::PostgreSql).foot), ["commit"]);
        let head = pieces(frame(Database::MySql).head);
        assert_eq!(head.last().map(String::as_str), Some("START TRANSACTION"));
        let procedures = head.iter().filter(|piece| piece.starts_with("CREATE PROCEDURE "));
        assert!(procedures.clone().all(|piece| piece.ends_with("\nEND")));
        assert_eq!((procedures.count(), head.len()), (8, 21));
        let foot = pieces(frame(Database::MySql).foot);
        assert_eq!(foot.first().map(String::as_str), Some("COMMIT"));
        assert!(foot.iter().filter(|piece| piece.starts_with("DROP PROCEDURE ")).count() == 8);
    }
}
