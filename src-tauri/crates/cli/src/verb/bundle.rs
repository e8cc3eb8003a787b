//! `bundle`: all records of the workspace, in files that belong to no desk.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::bundle;
use portico_api::exposure::Work;
use portico_api::session::Session;

use super::{progress, progress_is_over};
use crate::args::Bundle;
use crate::failure::{Ending, Failure};
use crate::output::Output;

pub(super) fn run(args: &Bundle, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let never = Arc::new(AtomicBool::new(false));
    let written = bundle::write_bundle(
        session,
        &args.to,
        &mut Work {
            job: "bundle",
            tell: &mut |p| progress(&p),
            cancelled: &never,
        },
    );
    progress_is_over();
    let written = written?;
    if output.is_json() {
        output.value(&written)?;
    } else {
        output.line(&format!("{}: {} files", written.folder, written.files.len()))?;
        let rows = written
            .records
            .iter()
            .map(|count| vec![count.entity.clone(), count.total.to_string()]);
        output.columns(&rows.collect::<Vec<_>>())?;
    }
    Ok(Ending::Done)
}
