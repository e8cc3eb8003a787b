//! Workbooks: one sheet, cell by cell.

use std::io::{Cursor, Read};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};

use super::row::{MAX_COLUMNS, Ragged, Taker};
use super::said;
use crate::error::DeskError;
use crate::report::Report;
use crate::source::{Entry, Files};

/// The most bytes that a workbook may have, packed and unpacked.
const MAX_FILE: u64 = 256 << 20;
const MAX_UNPACKED: u64 = 2 << 30;

/// The rows that a sheet can have.
const MAX_ROWS: u32 = 1_048_576;

type Book = Xlsx<Cursor<Vec<u8>>>;

/// Asks the library something; a text where the workbook is broken. It reckons with what a damaged workbook says
/// without looking at it, and panics where that is too large (in a release build too: see the profile in Cargo.toml).
fn ask<T>(question: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(question)) {
        Ok(answer) => answer.map_err(|e| e.to_string()),
        Err(_) => Err("it is damaged; save it again".to_owned()),
    }
}

/// The names of a workbook's sheets; none where it is no workbook.
pub(super) fn sheets(files: &Files, entry: &Entry) -> Result<Vec<String>, DeskError> {
    let book = open(files, entry, &mut Report::default())?;
    Ok(book.map(|book| book.sheet_names().clone()).unwrap_or_default())
}

pub(super) fn read(
    files: &Files,
    entry: &Entry,
    sheet: Option<&str>,
    taker: &mut dyn Taker,
    report: &mut Report,
) -> Result<(), DeskError> {
    let Some(mut book) = open(files, entry, report)? else {
        return Ok(());
    };
    let names = book.sheet_names().clone();
    let name = match sheet {
        Some(asked) => names.iter().find(|name| *name == asked),
        None => names.first(),
    };
    let Some(name) = name else {
        let message = match sheet {
            Some(asked) => said::no_such_sheet(asked, names.join(", ")),
            None => said::no_sheet(),
        };
        report.problem(&entry.name, 0, "", message);
        return Ok(());
    };
    let mut ragged = Ragged::new(&entry.name, taker);
    if let Err(message) = cells(&mut book, name, &mut ragged, report)? {
        report.problem(&entry.name, 0, name, said::bad_sheet(message));
    } else if !ragged.began() {
        report.problem(&entry.name, 0, name, said::no_headings());
    }
    Ok(())
}

fn open(files: &Files, entry: &Entry, report: &mut Report) -> Result<Option<Book>, DeskError> {
    let mut bytes = Vec::new();
    files.read(entry, &mut |from| {
        let read = from.take(MAX_FILE + 1).read_to_end(&mut bytes);
        read.map(|_| ()).map_err(|e| DeskError::io(&entry.name, e))
    })?;
    let large = bytes.len() as u64 > MAX_FILE;
    let unpacked = |bytes: &[u8]| -> Option<u64> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
        let sizes = (0..archive.len()).map(|n| archive.by_index_raw(n).map_or(0, |entry| entry.size()));
        Some(sizes.fold(0, u64::saturating_add))
    };
    let message = match unpacked(&bytes) {
        _ if large => said::large(),
        None => said::incomplete(),
        Some(size) if size > MAX_UNPACKED => said::unpacked(),
        Some(_) => match ask(|| Xlsx::new(Cursor::new(bytes))) {
            Ok(book) => return Ok(Some(book)),
            Err(e) => said::no_workbook(e),
        },
    };
    report.problem(&entry.name, 0, "", message);
    Ok(None)
}

/// Hands over the rows; a text where the sheet is broken.
fn cells(
    book: &mut Book,
    sheet: &str,
    ragged: &mut Ragged<'_>,
    report: &mut Report,
) -> Result<Result<(), String>, DeskError> {
    let mut cells = match ask(|| book.worksheet_cells_reader(sheet)) {
        Ok(cells) => cells,
        Err(message) => return Ok(Err(message)),
    };
    let (mut at, mut row): (u32, Vec<String>) = (0, Vec::new());
    loop {
        let next = match ask(|| cells.next_cell()) {
            Ok(next) => next,
            Err(message) => return Ok(Err(message)),
        };
        let place = next.as_ref().map(calamine::Cell::get_position);
        if place.is_none_or(|(line, _)| line != at) {
            let line = u64::from(at) + 1;
            if let ControlFlow::Break(()) = ragged.row(line, &mut row, false, report)? {
                return Ok(Ok(()));
            }
            row.clear();
        }
        let (Some((line, column)), Some(cell)) = (place, next) else {
            return Ok(Ok(()));
        };
        if line < at || line >= MAX_ROWS {
            let (here, above) = (u64::from(line) + 1, u64::from(at) + 1);
            return Ok(Err(format!("row {here} stands below row {above}; save it again")));
        }
        at = line;
        let column = column as usize;
        let text = words(cell.get_value());
        if text.is_empty() || column >= 4 * MAX_COLUMNS {
            continue;
        }
        if let DataRef::Error(error) = cell.get_value() {
            let message = said::cell_error(column + 1, error);
            report.problem(ragged.file, u64::from(line) + 1, "", message);
        }
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row[column] = text;
    }
}

/// A cell as a text, as its desk would write it.
fn words(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(on) => on.to_string(),
        DataRef::DateTime(at) => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) == (0, 0, 0) {
                date
            } else {
                format!("{date} {hour:02}:{minute:02}:{second:02}")
            }
        }
        DataRef::Error(error) => error.to_string(),
    }
}
