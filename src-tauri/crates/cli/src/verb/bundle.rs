//! `bundle`: all records of the workspace, in files that belong to no desk.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::bundle::{self, Tables};
use portico_api::exposure::Work;
use portico_api::session::Session;

use super::{progress, progress_is_over};
use crate::args::{Bundle, BundleForm};
use crate::failure::{Ending, Failure};
use crate::output::Output;

pub(super) fn run(args: &Bundle, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    if args.xlsx && args.form != BundleForm::Portico {
        return Err(Failure::Usage("--xlsx is for the tables of --form portico".to_owned()));
    }
    let never = Arc::new(AtomicBool::new(false));
    let mut work = Work {
        job: "bundle",
        tell: &mut |p| progress(&p),
        cancelled: &never,
    };
    let tables = if args.xlsx { Tables::Xlsx } else { Tables::Csv };
    let written = match args.form {
        BundleForm::Portico => bundle::write_bundle(session, &args.to, tables, &mut work),
        BundleForm::Scim => bundle::write_scim(session, &args.to, &mut work),
        BundleForm::Openfga => bundle::write_relations(session, &args.to, &mut work),
    };
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
        for note in &written.notes {
            output.line(&format!("Note: {note}"))?;
        }
    }
    Ok(Ending::Done)
}
