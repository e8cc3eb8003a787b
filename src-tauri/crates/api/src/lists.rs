//! Lists as files for a spreadsheet: what is shown, with the columns and in the order in which it is shown.

pub(crate) mod file;
mod writing;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_store::table::user_column::{COLUMNS, Column};
use portico_store::table::user_selection::{self, Order};

use crate::error::{ApiError, Code};
use crate::selection::{selected, sort};
use crate::session::{Action, Session};
use crate::types::lists::{ExportUsers, ListColumn, ListFile};
use crate::types::transfer::Progress;
use file::{Format, Heading, TableFile};
use writing::Writing;

/// The column of the list of people with this key.
pub(crate) fn column(key: &str) -> Result<&'static Column, ApiError> {
    Column::named(key).ok_or_else(|| {
        let keys: Vec<_> = user_columns().collect();
        no_column(key, &keys)
    })
}

/// Refuses columns that a list does not have.
pub(crate) fn only_known(asked: &[ListColumn], known: &[&str]) -> Result<(), ApiError> {
    match asked.iter().find(|column| !known.contains(&column.key.as_str())) {
        Some(unknown) => Err(no_column(&unknown.key, known)),
        None => Ok(()),
    }
}

/// What is said of a column that there is not.
pub(crate) fn no_column(key: &str, known: &[&str]) -> ApiError {
    ApiError::refused(format!("there is no column {key:?}; there are {}", known.join(", ")))
}

/// Keys of all columns that a list of people can have, in the order in which they are offered.
pub fn user_columns() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|column| column.key)
}

/// Writes a list of people. The file is there as a whole or not at all; one that is there already is replaced.
///
/// In a CSV file (UTF-8 with BOM, CRLF) cells that a spreadsheet would take for a formula begin with an apostrophe;
/// in an XLSX file they are texts.
pub fn export_users(
    session: &Session,
    input: &ExportUsers,
    job: &str,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<ListFile, ApiError> {
    session.may(Action::Export)?;
    let columns: Vec<&'static Column> = input.columns.iter().map(|c| column(&c.key)).collect::<Result<_, _>>()?;
    let by = Order {
        sort: sort(&input.sort)?,
        descending: input.descending,
    };
    let people = selected(&input.people)?;
    let format = Format::from_name(&input.format, &input.separator)?;
    let path = Path::new(&input.path);
    spare_workspace(session, path)?;
    let headings = input.columns.iter().zip(&columns).map(|(asked, column)| Heading {
        title: asked.title.clone(),
        number: column.is_number(),
    });
    let file = TableFile::create(path, format, headings.collect())?;
    let mut writing = Writing::new(file, &input.columns, (job, "external_users"), tell, cancelled);
    session
        .store()
        .read(|c| user_selection::each(c, &people, by, &columns, &mut |cells: &[String]| writing.row(cells)))?;
    writing.finish()
}

/// Where a list goes.
pub(crate) struct ListTarget<'a> {
    /// The file.
    pub(crate) path: &'a Path,
    /// `csv` or `xlsx`.
    pub(crate) format: &'a str,
    /// `,` or `;`.
    pub(crate) separator: &'a str,
    /// Whether the column with this key holds numbers.
    pub(crate) is_number: fn(&str) -> bool,
}

/// Begins a list; `who` are the names of the job and of what is written.
pub(crate) fn begin<'a>(
    session: &Session,
    target: &ListTarget<'_>,
    columns: &'a [ListColumn],
    who: (&'a str, &'a str),
    tell: &'a mut dyn FnMut(Progress),
    cancelled: &'a Arc<AtomicBool>,
) -> Result<Writing<'a>, ApiError> {
    let format = Format::from_name(target.format, target.separator)?;
    spare_workspace(session, target.path)?;
    let heading = |column: &ListColumn| Heading {
        title: column.title.clone(),
        number: (target.is_number)(&column.key),
    };
    let file = TableFile::create(target.path, format, columns.iter().map(heading).collect())?;
    Ok(Writing::new(file, columns, who, tell, cancelled))
}

/// A list must not take the place of the workspace it comes from.
fn spare_workspace(session: &Session, path: &Path) -> Result<(), ApiError> {
    let same = |other: &Path| match (path.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    };
    if same(session.path()) {
        return Err(ApiError::new(
            Code::Conflict,
            format!("{} is the workspace itself; choose another name", path.display()),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_there_is_not_is_refused_with_those_that_there_are() {
        let asked = |key: &str| ListColumn {
            key: key.to_owned(),
            title: String::new(),
            words: Vec::new(),
        };
        let known = ["login", "name"];
        assert!(only_known(&[asked("name"), asked("login")], &known).is_ok());
        let refused = only_known(&[asked("login"), asked("shoe")], &known).map_err(|error| error.to_string());
        assert_eq!(
            refused,
            Err("there is no column \"shoe\"; there are login, name".to_owned())
        );
    }
}
