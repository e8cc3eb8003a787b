//! `import` and `dump-script`: reading a desk.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::session::Session;
use portico_api::types::transfer::{ImportInput, ImportReport, KindCount, Misfit, TableRows};
use portico_api::types::workspace::SettingInput;
use portico_api::{desk, settings, workspace};
use portico_core::actor::Actor;
use serde_json::{Map, Value, json};

use super::{database, diff, live, progress, progress_is_over, table, work};
use crate::args::{DumpDatabase, DumpScript, Import};
use crate::failure::{Ending, Failure};
use crate::output::Output;

pub(super) fn run(args: &Import, actor: Actor, output: &mut Output) -> Result<Ending, Failure> {
    let session = work(&args.file, actor)?;
    let Some(from) = &args.from else {
        return settings_alone(args, &session, output);
    };
    let look = table::look(args, &session)?;
    if let Some(look) = look.as_ref().filter(|_| args.dry_run && !output.is_json()) {
        table::say(look, output)?;
    }
    let input = ImportInput {
        path: from.display().to_string(),
        settings: args.settings.as_ref().map(|path| path.display().to_string()),
        database: args.database.map(|database| database.name().to_owned()),
        bodies: args.bodies.name().to_owned(),
        dry_run: args.dry_run,
        table: look.as_ref().map(|look| look.mapping.clone()),
    };
    let never = Arc::new(AtomicBool::new(false));
    let password = database::password(&input.path, &args.login)?;
    live::estimate(&session, &input.path, password.as_ref(), true)?;
    let result = desk::import_desk_as(
        &session,
        &input,
        password.as_ref(),
        "import",
        &mut |p| progress(&p),
        &never,
    );
    progress_is_over();
    let report = result.map_err(|error| database::explained(error, &input.path, password.as_ref()))?;
    if output.is_json() {
        let mut value = report_as_json(&report);
        if let (Some(look), Some(value)) = (&look, value.as_object_mut()) {
            value.insert("mapping".to_owned(), table::as_json(&look.mapping));
        }
        output.value(&value)?;
    } else {
        report_as_text(&report, output)?;
    }
    database::after(&input.path, &args.login, password.as_ref())?;
    Ok(Ending::look_if(
        report.conflicts > 0 || !report.findings.is_empty() || !report.misfits.is_empty() || !report.unknown.is_empty(),
    ))
}

/// Takes settings in, and nothing else.
fn settings_alone(args: &Import, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let mut inputs = match &args.settings {
        Some(path) => read_settings(path, session)?,
        None => Vec::new(),
    };
    if let Some(database) = args.database {
        inputs.push(SettingInput {
            name: "database".to_owned(),
            value: Some(json!(database.name()).to_string()),
        });
    }
    let before = workspace::workspace_info(session)?;
    let info = settings::set_settings(session, &inputs)?;
    let value_before = |name: &str| {
        before
            .settings
            .iter()
            .find(|s| s.name == name)
            .and_then(|s| s.value.clone())
    };
    let changed = inputs
        .iter()
        .filter(|input| value_before(&input.name) != input.value)
        .count();
    if output.is_json() {
        output.value(&json!({
            "added": {}, "changed": { "settings": changed }, "removed": {}, "conflicts": info.conflicts,
            "unknown": info.unknown_settings, "problems": [],
        }))?;
    } else {
        output.line(&format!(
            "{} settings taken in, {changed} of them differ from before",
            inputs.len()
        ))?;
        say_unknown(&info.unknown_settings, output)?;
    }
    Ok(Ending::look_if(!info.unknown_settings.is_empty()))
}

/// Reads a file of settings the way an import would; names that decide nothing are left out.
fn read_settings(path: &Path, session: &Session) -> Result<Vec<SettingInput>, Failure> {
    let text = fs::read_to_string(path).map_err(|source| Failure::File {
        path: path.display().to_string(),
        source,
    })?;
    Ok(desk::read_settings(session, &path.display().to_string(), &text)?)
}

fn say_unknown(unknown: &[String], output: &mut Output) -> Result<(), Failure> {
    if unknown.is_empty() {
        return Ok(());
    }
    output.line("Who sees what cannot be told before these settings are given (import --settings):")?;
    for name in unknown {
        output.line(&format!("  {name}"))?;
    }
    Ok(())
}

/// The counts of one side, by kind of record; kinds without any are left out.
fn counts(report: &ImportReport, count: impl Fn(&KindCount) -> u64) -> Value {
    let some = report
        .counts
        .iter()
        .map(|kind| (kind, count(kind)))
        .filter(|(_, n)| *n > 0);
    Value::Object(
        some.map(|(kind, n)| (kind.kind.clone(), json!(n)))
            .collect::<Map<_, _>>(),
    )
}

fn report_as_json(report: &ImportReport) -> Value {
    json!({
        "added": counts(report, |kind| kind.added),
        "changed": counts(report, |kind| kind.changed),
        "removed": counts(report, |kind| kind.removed),
        "conflicts": report.conflicts,
        "unknown": report.unknown,
        "problems": report.findings,
        "more_problems": report.more_findings,
        "misfits": report.misfits,
        "as_of": report.as_of,
        "tables": report.tables,
        "dry_run": report.dry_run,
        "exposure": report.exposure.as_ref().map(diff::as_json),
    })
}

fn report_as_text(report: &ImportReport, output: &mut Output) -> Result<(), Failure> {
    let mut rows = vec![["", "added", "changed", "removed"].map(ToOwned::to_owned).to_vec()];
    for kind in report
        .counts
        .iter()
        .filter(|kind| kind.added + kind.changed + kind.removed > 0)
    {
        rows.push(vec![
            kind.kind.clone(),
            kind.added.to_string(),
            kind.changed.to_string(),
            kind.removed.to_string(),
        ]);
    }
    if rows.len() == 1 {
        output.line("Nothing differs from the last import.")?;
    } else {
        output.columns(&rows)?;
    }
    for table in &report.tables {
        let TableRows {
            kind,
            all,
            known,
            changed,
        } = table;
        output.line(&format!(
            "{kind}: {all} rows, {known} of records that were there, {changed} of these differ"
        ))?;
    }
    if let Some(as_of) = &report.as_of {
        output.line(&format!("Tickets as of {as_of}"))?;
    }
    if report.conflicts > 0 {
        output.line(&format!(
            "{} conflicts: fields changed here and in the desk",
            report.conflicts
        ))?;
    }
    say_unknown(&report.unknown, output)?;
    for finding in &report.findings {
        let place = if finding.line > 0 {
            format!("{}:{}", finding.file, finding.line)
        } else {
            finding.file.clone()
        };
        let column = if finding.column.is_empty() {
            String::new()
        } else {
            format!(" {}", finding.column)
        };
        output.line(&format!("{place}{column}: {}", finding.message))?;
    }
    if report.more_findings > 0 {
        output.line(&format!("and {} more like these", report.more_findings))?;
    }
    say_misfits(&report.misfits, output)?;
    if let Some(exposure) = &report.exposure {
        output.line(
            "With the tickets that are here now; new tickets, and tickets that moved in the desk, are not compared:",
        )?;
        diff::as_text(exposure, output)?;
    }
    if report.dry_run {
        output.line("Nothing was written (--dry-run).")?;
    }
    Ok(())
}

/// What the desk has and its form would not take.
fn say_misfits(misfits: &[Misfit], output: &mut Output) -> Result<(), Failure> {
    for misfit in misfits {
        let Misfit {
            entity,
            problem,
            count,
            examples,
        } = misfit;
        let more = if *count > examples.len() as u64 { ", …" } else { "" };
        let who = examples.join(", ");
        output.line(&format!(
            "{entity} {}: {} ({count}: {who}{more})",
            problem.field, problem.message
        ))?;
    }
    Ok(())
}

/// `dump-script`: what an admin runs on the desk's server.
pub(super) fn dump_script(args: &DumpScript, output: &mut Output) -> Result<Ending, Failure> {
    let database = match args.db {
        DumpDatabase::Postgresql => "postgresql",
        DumpDatabase::Mariadb => "mysql",
    };
    let script = desk::dump_script(&args.desk, database)?;
    if output.is_json() {
        output.value(&json!({ "script": script }))?;
    } else {
        output.raw(script.as_bytes())?;
    }
    Ok(Ending::Done)
}
