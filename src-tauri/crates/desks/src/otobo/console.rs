//! The console commands, where the desk has one.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::FLAVOUR;
use super::quote::shell;
use super::write::{CACHE_WORDS, words};
use crate::plan::{Kind, Operation, Plan};

const HEAD: &str = r#"#!/usr/bin/env bash
# Changes for the desk through its own console, written by Portico.
# Run as the desk's own user (otobo):  bash portico-console.sh
# As root, set  ALLOW_ROOT=--allow-root.  Another folder or console: OTOBO_HOME, CONSOLE.
#
# The console knows no command for some operations; they are named below and stand only in the SQL
# script. Run that one after this: it skips what was done here. This script cannot be run twice (a
# login that is there already ends it); the SQL script can.
set -euo pipefail
cd "${OTOBO_HOME:-/opt/otobo}"
"#;

/// The console itself, in the desk's folder.
pub(super) fn program(plan: &Plan) -> &'static str {
    let znuny = plan
        .settings
        .iter()
        .any(|(name, value)| name == FLAVOUR && value == "\"znuny\"");
    if znuny {
        "bin/otrs.Console.pl"
    } else {
        "bin/otobo.Console.pl"
    }
}

/// The whole script.
pub(super) fn script(plan: &Plan) -> String {
    let mut out = HEAD.to_owned();
    let console = program(plan);
    let _ = writeln!(
        out,
        "console() {{ local command=$1; shift; \"${{CONSOLE:-{console}}}\" \"$command\" ${{ALLOW_ROOT:-}} \"$@\"; }}\n"
    );
    let mut later: HashSet<(&str, &str)> = HashSet::new();
    for (number, operation) in plan.operations.iter().enumerate() {
        let _ = writeln!(out, "# {}. {}", number + 1, words(operation));
        if let Some(command) = command(operation, &later) {
            let _ = writeln!(out, "console {command}");
        } else {
            if operation.kind == Kind::Create {
                later.insert((&operation.entity, operation.new_value(key_field(&operation.entity))));
            }
            out.push_str("#    the console has no command for all of it: only in the SQL script\n");
        }
    }
    out.push('\n');
    for line in CACHE_WORDS {
        let _ = writeln!(out, "# {line}");
    }
    out.push_str("# (Run it again after the SQL script.)\nconsole Maint::Cache::Delete\n");
    out
}

fn key_field(entity: &str) -> &'static str {
    match entity {
        "external_user" => "login",
        "account" => "key",
        _ => "name",
    }
}

fn command(operation: &Operation, later: &HashSet<(&str, &str)>) -> Option<String> {
    match (operation.kind, operation.entity.as_str()) {
        (Kind::Create, "permission_group") => create(
            operation,
            "Admin::Group::Add",
            &[("name", "--name"), ("description", "--comment")],
        ),
        (Kind::Create, "account") => create(
            operation,
            "Admin::CustomerCompany::Add",
            &[
                ("key", "--customer-id"),
                ("name", "--name"),
                ("street", "--street"),
                ("zip", "--zip"),
                ("city", "--city"),
                ("country", "--country"),
                ("url", "--url"),
                ("description", "--comment"),
            ],
        ),
        (Kind::Create, "external_user") => create(
            operation,
            "Admin::CustomerUser::Add",
            &[
                ("login", "--user-name"),
                ("first_name", "--first-name"),
                ("last_name", "--last-name"),
                ("email", "--email-address"),
                ("account", "--customer-id"),
            ],
        ),
        (Kind::Link, "user_group") => {
            let known = ["ro", "rw"].contains(&operation.value("permission"));
            let waits = later.contains(&("external_user", operation.value("user")))
                || later.contains(&("permission_group", operation.value("group")));
            let options = [
                ("user", "--customer-user-login"),
                ("group", "--group-name"),
                ("permission", "--permission"),
            ];
            (known && !waits)
                .then(|| arguments(operation, &options))
                .flatten()
                .map(|a| format!("Admin::Group::CustomerLink{a}"))
        }
        _ => None,
    }
}

/// A new record, if the command has an option for everything that it holds.
fn create(operation: &Operation, command: &str, options: &[(&str, &str)]) -> Option<String> {
    let covered = operation.changes.iter().all(|change| match change.new.as_deref() {
        None | Some("") => true,
        Some("valid") if change.field == "status" => true,
        Some(_) => options.iter().any(|(field, _)| *field == change.field),
    });
    covered
        .then(|| arguments(operation, options))
        .flatten()
        .map(|a| format!("{command}{a}"))
}

fn arguments(operation: &Operation, options: &[(&str, &str)]) -> Option<String> {
    let mut out = String::new();
    for (field, option) in options {
        let value = operation.value(field);
        if value.starts_with('-') {
            return None; // The console would take it for an option.
        }
        if !value.is_empty() {
            let _ = write!(out, " {option} {}", shell(value));
        }
    }
    Some(out)
}
