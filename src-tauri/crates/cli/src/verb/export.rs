//! `export`: what the desk needs, as files.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::desk;
use portico_api::session::Session;
use portico_api::types::transfer::InitialPasswords;
use serde_json::json;

use super::{progress, progress_is_over};
use crate::args::Export;
use crate::failure::{Ending, Failure};
use crate::output::{Output, counted};
use crate::secret::{LIST_PASSPHRASE, secret};

pub(super) fn run(args: &Export, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let never = Arc::new(AtomicBool::new(false));
    let initial = initial(args.initial_passwords.as_deref(), args.list_passphrase_file.as_deref())?;
    let result = desk::export_desk(
        session,
        &args.to,
        initial.as_ref(),
        "export",
        &mut |p| progress(&p),
        &never,
    );
    progress_is_over();
    let report = result?;
    if output.is_json() {
        output.value(&json!(report))?;
    } else {
        let operations = counted(report.operations.into(), "operation", "operations");
        output.line(&format!("{}: {operations}", report.folder))?;
        let rows = report
            .files
            .iter()
            .map(|file| vec![file.name.clone(), format!("{} bytes", file.bytes), file.sha256.clone()]);
        output.columns(&rows.collect::<Vec<_>>())?;
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
    }
    Ok(Ending::look_if(report.not_exported > 0))
}

/// The initial passwords that are asked for.
pub(super) fn initial(list: Option<&Path>, passphrase: Option<&Path>) -> Result<Option<InitialPasswords>, Failure> {
    let Some(path) = list else {
        return Ok(None);
    };
    let passphrase = secret(passphrase, LIST_PASSPHRASE)?;
    let passphrase = passphrase.ok_or_else(|| {
        Failure::Usage(format!(
            "the list of initial passwords takes a passphrase: --list-passphrase-file FILE, or the environment variable \
             {LIST_PASSPHRASE}"
        ))
    })?;
    Ok(Some(InitialPasswords {
        path: path.display().to_string(),
        passphrase,
    }))
}
