//! The files of an export.

use super::quote::comment;
use super::{console, password, plan, readme, refusal, statements};
use crate::error::DeskError;
use crate::plan::{Kind, Operation, Plan, PlanInput};
use crate::reader::Database;
use crate::writer::{ExportFile, Left, Occasion, Passwords, Refusal, Said, Statements, Writer};

/// What a second run does to passwords, and what the files hold of them.
pub(super) const PASSWORD_WORDS: [&str; 3] = [
    "Passwords are set: a second run sets them again, also over one that the person chose meanwhile.",
    "They stand here as the desk keeps them, hashed. A short one can be guessed from that:",
    "delete these files once they were applied.",
];

/// Why the last step of every way in is to clear the cache.
pub(super) const CACHE_WORDS: [&str; 4] = [
    "Now clear the desk's cache, as the desk's own user in its folder:",
    "    bin/otobo.Console.pl Maint::Cache::Delete",
    "Until then, people who are logged in keep their old rights, revoked ones included.",
    "Clearing it slows the desk down for a while.",
];

/// Writes SQL for both databases and console commands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scripts;

impl Writer for Scripts {
    fn plan(&self, input: &PlanInput) -> Plan {
        plan::plan(input)
    }

    fn write(&self, plan: &Plan, passwords: &Passwords, _occasion: &Occasion) -> Result<Vec<ExportFile>, DeskError> {
        if !plan.refused.is_empty() {
            return Err(DeskError::Refused(plan.refused.clone()));
        }
        let hashes = password::hashes(plan, passwords)?;
        Ok(vec![
            ExportFile {
                name: "README.txt",
                text: readme::readme(plan),
            },
            statements::script(plan, &hashes, Database::PostgreSql),
            statements::script(plan, &hashes, Database::MySql),
            ExportFile {
                name: "portico-console.sh",
                text: console::script(plan),
            },
        ])
    }

    fn statements(&self, plan: &Plan, passwords: &Passwords, database: Database) -> Result<Statements, DeskError> {
        if !plan.refused.is_empty() {
            return Err(DeskError::Refused(plan.refused.clone()));
        }
        let hashes = password::hashes(plan, passwords)?;
        Ok(statements::statements(plan, &hashes, database))
    }

    fn refusal(&self, operation: &Operation, said: &Said) -> Refusal {
        refusal::refusal(operation, said)
    }

    fn left(&self, plan: &Plan) -> Vec<Left> {
        vec![Left {
            code: "left.cache",
            words: "Clear the desk's cache, as the desk's own user in its folder; until then, people who are logged in keep \
                    their old rights, revoked ones included:",
            command: format!("{} Maint::Cache::Delete", console::program(plan)),
        }]
    }
}

/// An operation in one line that can stand in any comment.
pub(super) fn words(operation: &Operation) -> String {
    let mut what = Vec::new();
    for change in &operation.changes {
        let text = match operation.kind {
            Kind::Create | Kind::Link | Kind::Unlink => format!("{}={}", change.field, operation.value(&change.field)),
            Kind::Update | Kind::Deactivate => change.field.clone(),
        };
        what.push(text);
    }
    let subject = if operation.subject.is_empty() {
        String::new()
    } else {
        format!(" ({})", operation.subject)
    };
    comment(&format!(
        "{} {} {}{subject}: {}",
        operation.kind.name(),
        operation.entity,
        operation.key,
        what.join(", ")
    ))
}

/// Fields of a link and their columns, in the table's order; `value` is the constant 1.
pub(super) fn link_columns(entity: &str) -> &'static [(&'static str, &'static str)] {
    match entity {
        "user_account" => &[("user", "user_id"), ("account", "customer_id")],
        "user_group" => &[
            ("user", "user_id"),
            ("group", "group_id"),
            ("permission", "permission_key"),
            ("value", "permission_value"),
        ],
        "account_group" => &[
            ("account", "customer_id"),
            ("group", "group_id"),
            ("permission", "permission_key"),
            ("value", "permission_value"),
            ("context", "permission_context"),
        ],
        "user_service" => &[("user", "customer_user_login"), ("service", "service_id")],
        _ => &[],
    }
}
