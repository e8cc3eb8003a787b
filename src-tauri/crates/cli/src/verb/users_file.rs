//! `users --csv`, `users --xlsx`: a list of people as a file.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::lists;
use portico_api::selection::Selection;
use portico_api::session::Session;
use portico_api::types::lists::ExportUsers;

use super::{progress, progress_is_over, table_file};
use crate::args::Users;
use crate::failure::{Ending, Failure};
use crate::output::Output;

/// Writes these people; the headings are the columns' keys.
pub(super) fn write(
    args: &Users,
    people: Selection,
    path: &Path,
    format: &str,
    session: &Session,
    output: &mut Output,
) -> Result<Ending, Failure> {
    let known: Vec<&str> = lists::user_columns().collect();
    if let Some(unknown) = args.columns.iter().find(|key| !known.contains(&key.as_str())) {
        let known = known.join(", ");
        return Err(Failure::Usage(format!(
            "there is no column {unknown:?}; there are {known}"
        )));
    }
    let input = ExportUsers {
        people,
        sort: String::new(),
        descending: false,
        columns: table_file::columns(&args.columns),
        format: format.to_owned(),
        separator: ",".to_owned(),
        path: path.display().to_string(),
    };
    let never = Arc::new(AtomicBool::new(false));
    let result = lists::export_users(session, &input, "users", &mut |p| progress(&p), &never);
    progress_is_over();
    table_file::done(&result?, "people", output)
}
