//! `export`: what the desk needs, as files.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::desk;
use portico_api::session::Session;
use serde_json::json;

use super::{progress, progress_is_over};
use crate::args::Export;
use crate::failure::{Ending, Failure};
use crate::output::Output;

pub(super) fn run(args: &Export, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let never = Arc::new(AtomicBool::new(false));
    let result = desk::export_desk(session, &args.to, "export", &mut |p| progress(&p), &never);
    progress_is_over();
    let report = result?;
    if output.is_json() {
        output.value(&json!(report))?;
    } else {
        output.line(&format!("{}: {} operations", report.folder, report.operations))?;
        let rows = report
            .files
            .iter()
            .map(|file| vec![file.name.clone(), format!("{} bytes", file.bytes), file.sha256.clone()]);
        output.columns(&rows.collect::<Vec<_>>())?;
        if report.not_exported > 0 {
            output.line(&format!(
                "{} changes cannot be exported; porticoctl plan says why",
                report.not_exported
            ))?;
        }
    }
    Ok(Ending::look_if(report.not_exported > 0))
}
