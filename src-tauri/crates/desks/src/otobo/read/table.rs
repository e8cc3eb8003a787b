//! A table's file, row by row: `PostgreSQL`'s CSV or `MySQL`'s batch output.

use std::cell::Cell;
use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder, Terminator};
use portico_core::snapshot::Stopped;

use super::dump::Dump;
use super::row::{Dialect, Row};
use super::said;
use crate::error::DeskError;
use crate::reader::{Step, Watch};
use crate::report::Report;

/// The longest row. A quote that is never closed makes the rest of the file one row: it must not fill the memory.
const MAX_ROW: u64 = 64 << 20;
/// The longest header line.
const MAX_HEADER: usize = 64 << 10;
/// How often a watch hears of progress, in rows.
const PACE: u64 = 2_000;

/// A table as the reader wants it.
pub(super) struct Spec {
    /// Its name in the database.
    pub(super) table: &'static str,
    /// Columns it must have.
    pub(super) needed: &'static [&'static str],
    /// Columns that are read where they are there.
    pub(super) optional: &'static [&'static str],
}

/// What scanning needs from around it.
pub(super) struct Scanning<'a> {
    pub(super) dump: &'a Dump,
    pub(super) watch: Option<&'a Watch>,
    pub(super) phase: &'static str,
}

/// Counts down the bytes a row may have.
struct Metered<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "row too long"));
        }
        let n = self.inner.read(buf)?;
        self.left.set(self.left.get().saturating_sub(n as u64));
        Ok(n)
    }
}

/// Reads a table's rows. Returns whether the table is there.
pub(super) fn scan(
    on: &Scanning<'_>,
    spec: &Spec,
    report: &mut Report,
    each: &mut dyn FnMut(&Row<'_>, &mut Report) -> Result<(), DeskError>,
) -> Result<bool, DeskError> {
    let Some(file) = on.dump.file_of(spec.table).map(str::to_owned) else {
        return Ok(false);
    };
    if on.dump.endings_of(spec.table).count() > 1 {
        report.problem(&file, 0, "", said::several_files(spec.table));
        return Ok(true);
    }
    on.dump
        .with(&file, &mut |bytes| scan_file(on, spec, &file, bytes, report, each))?;
    Ok(true)
}

fn scan_file(
    on: &Scanning<'_>,
    spec: &Spec,
    file: &str,
    bytes: &mut dyn Read,
    report: &mut Report,
    each: &mut dyn FnMut(&Row<'_>, &mut Report) -> Result<(), DeskError>,
) -> Result<(), DeskError> {
    let mut bytes = io::BufReader::with_capacity(64 << 10, bytes);
    let Some((header, dialect)) = head(&mut bytes, file, report)? else {
        return Ok(());
    };
    // A row that ends in CR LF ends for the reader at the CR: the LF is counted only with the next one.
    let behind = u64::from(dialect == Dialect::Csv && header.ends_with(b"\r\n"));
    let left = Rc::new(Cell::new(MAX_ROW));
    let mut reader = rows_of(Cursor::new(header).chain(bytes), dialect, &left);
    let mut record = ByteRecord::new();
    if !reader.read_byte_record(&mut record).map_err(|e| unreadable(file, e))? {
        return Ok(());
    }
    let width = record.len();
    let Some(columns) = columns(&record, spec, file, report) else {
        return Ok(());
    };
    for rows in 0_u64.. {
        if rows.is_multiple_of(PACE) {
            tell(on, file, rows)?;
        }
        left.set(MAX_ROW);
        let line = reader.position().line() + behind;
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(e) if e.is_io_error() && left.get() == 0 => {
                report.problem(file, line, "", said::endless());
                break;
            }
            Err(e) => return Err(unreadable(file, e)),
        }
        if record.len() != width {
            let found = record.len();
            let message = said::values(found, width);
            report.problem(file, line, "", message);
            continue;
        }
        let row = Row {
            file,
            line,
            dialect,
            columns: &columns,
            record: &record,
        };
        each(&row, report)?;
    }
    Ok(())
}

fn rows_of<R: Read>(bytes: R, dialect: Dialect, left: &Rc<Cell<u64>>) -> csv::Reader<Metered<R>> {
    let metered = Metered {
        inner: bytes,
        left: Rc::clone(left),
    };
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).buffer_capacity(64 << 10);
    if let Dialect::Batch { .. } = dialect {
        builder
            .delimiter(b'\t')
            .quoting(false)
            .terminator(Terminator::Any(b'\n'));
    }
    builder.from_reader(metered)
}

fn tell(on: &Scanning<'_>, what: &str, rows: u64) -> Result<(), DeskError> {
    match on.watch.map(|watch| {
        watch(Step {
            phase: on.phase,
            what,
            rows,
        })
    }) {
        Some(ControlFlow::Break(())) => Err(DeskError::Stopped(Stopped::Cancelled)),
        _ => Ok(()),
    }
}

/// Reads the header line, and tells the dialect by it. `None` where there is nothing to read.
fn head(bytes: &mut dyn Read, file: &str, report: &mut Report) -> Result<Option<(Vec<u8>, Dialect)>, DeskError> {
    let mut header = Vec::new();
    let mut byte = [0_u8; 1];
    while header.len() < MAX_HEADER {
        if bytes.read(&mut byte).map_err(|e| DeskError::io(file, e))? == 0 {
            break;
        }
        header.push(byte[0]);
        if byte[0] == b'\n' {
            break;
        }
    }
    if header.starts_with(&[0xFF, 0xFE]) || header.starts_with(&[0xFE, 0xFF]) {
        report.problem(file, 1, "", said::utf16());
        return Ok(None);
    }
    if header.starts_with(&[0xEF, 0xBB, 0xBF]) {
        header.drain(..3);
    }
    if header.is_empty() {
        // mysql prints nothing at all, not even the header, for a table without rows; psql always prints the header.
        if file.to_ascii_lowercase().ends_with(".csv") {
            report.problem(file, 1, "", said::no_header());
        }
        return Ok(None);
    }
    let dialect = if header.contains(&b'\t') {
        Dialect::Batch {
            carriage_returns: header.ends_with(b"\r\n"),
        }
    } else {
        Dialect::Csv
    };
    Ok(Some((header, dialect)))
}

fn columns(
    header: &ByteRecord,
    spec: &Spec,
    file: &str,
    report: &mut Report,
) -> Option<Vec<(&'static str, Option<usize>)>> {
    let find = |name: &str| {
        header
            .iter()
            .position(|h| h.trim_ascii().eq_ignore_ascii_case(name.as_bytes()))
    };
    let mut complete = true;
    for name in spec.needed {
        if find(name).is_none() {
            complete = false;
            report.problem(file, 1, name, said::no_column(spec.table, name));
        }
    }
    complete.then(|| {
        spec.needed
            .iter()
            .chain(spec.optional)
            .map(|name| (*name, find(name)))
            .collect()
    })
}

fn unreadable(file: &str, error: csv::Error) -> DeskError {
    match error.into_kind() {
        csv::ErrorKind::Io(e) => DeskError::io(file, e),
        other => DeskError::io(file, io::Error::new(io::ErrorKind::InvalidData, format!("{other:?}"))),
    }
}
