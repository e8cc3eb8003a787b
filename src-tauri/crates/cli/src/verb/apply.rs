//! `apply`: what is pending, into the desk's own database.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::desk;
use portico_api::error::{ApiError, Code};
use portico_api::session::Session;
use portico_api::types::apply::{ApplyInput, ApplyReport};
use serde_json::json;

use super::{database, export, plan, progress, progress_is_over};
use crate::args::Apply;
use crate::failure::{Ending, Failure};
use crate::output::{Output, counted};

pub(super) fn run(args: &Apply, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let whose = desk::database_login(&args.to)?;
    let pending = desk::plan(session)?;
    if !output.is_json() {
        plan::as_text(&pending, output)?;
    }
    if !args.dry_run && !args.yes && !pending.operations.is_empty() && pending.refused.is_empty() {
        let operations = counted(pending.operations.len() as u64, "operation", "operations");
        if !agreed(&format!("Apply {operations} as {whose}?"), output)? {
            output.line("Nothing was changed.")?;
            return Ok(Ending::Look);
        }
    }
    let input = ApplyInput {
        to: args.to.clone(),
        initial: export::initial(args.initial_passwords.as_deref(), args.list_passphrase_file.as_deref())?,
        dry_run: args.dry_run,
        agreed: Some(pending.mark),
    };
    let password = database::password(&args.to, &args.login)?;
    let never = Arc::new(AtomicBool::new(false));
    let result = desk::apply_desk(
        session,
        &input,
        password.as_ref(),
        "apply",
        &mut |p| progress(&p),
        &never,
    );
    progress_is_over();
    let report = result.map_err(|error| database::explained(error, &args.to, password.as_ref()))?;
    database::after(&args.to, &args.login, password.as_ref())?;
    if output.is_json() {
        output.value(&json!(report))?;
    } else {
        as_text(&report, output)?;
    }
    if let Some(refused) = &report.refused {
        let advice = "Import the desk again, and settle what differs.".to_owned();
        let error = ApiError::new(Code::Conflict, desk::refusal_in_words(refused)).with_detail(vec![advice]);
        return Err(error.into());
    }
    Ok(Ending::look_if(report.not_exported > 0))
}

fn agreed(question: &str, output: &Output) -> Result<bool, Failure> {
    if output.is_json() || !io::stdin().is_terminal() {
        let message = "nobody can be asked here: say --yes to apply the changes, or --dry-run to carry them out and take them back";
        return Err(Failure::Usage(message.to_owned()));
    }
    let mut asked = io::stderr();
    write!(asked, "{question} [y/N] ")?;
    asked.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn as_text(report: &ApplyReport, output: &mut Output) -> Result<(), Failure> {
    if report.refused.is_some() {
        return Ok(());
    }
    let place = format!("{} on {}", report.database, report.server);
    let told = match (report.dry_run, report.applied) {
        (true, _) => format!("{place}: {} would be applied", report.applied),
        (false, 0) => format!("{place}: nothing to do, all of it is there"),
        (false, _) => format!("{place}: {} applied", report.applied),
    };
    let there = match report.there {
        0 => String::new(),
        there => format!(", {there} there already"),
    };
    output.line(&format!("{told}{there}"))?;
    if report.dry_run {
        output.line("All of it was taken back: nothing is changed.")?;
        return Ok(());
    }
    if report.passwords > 0 {
        output.line(&format!("{} passwords; typed ones are forgotten now", report.passwords))?;
    }
    if let Some(list) = &report.initial_passwords {
        output.line(&format!(
            "Initial passwords are listed in {list}; open it with: age -d {list}"
        ))?;
    }
    if report.not_exported > 0 {
        output.line(&format!(
            "{} changes cannot be exported; porticoctl plan says why",
            report.not_exported
        ))?;
    }
    for left in report.left.iter().filter(|_| report.applied > 0) {
        output.line(&format!("Left to do on the server. {}", left.words))?;
        output.line(&format!("    {}", left.command))?;
    }
    output.line("It stays pending here until verify or import has read the desk again.")
}
