//! A table's file, row by row: `PostgreSQL`'s CSV or `MySQL`'s batch output.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder, Terminator};
use jiff::civil::DateTime;
use jiff::tz::Offset;
use portico_core::model::Validity;
use portico_core::snapshot::Stopped;

use super::dump::Dump;
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// Comma separated, quoted; NULL and the empty text both count as empty.
    Csv,
    /// Tab separated, backslash escapes, NULL as a word.
    Batch { carriage_returns: bool },
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

/// A row, with the means to say where something is wrong.
pub(super) struct Row<'a> {
    file: &'a str,
    line: u64,
    dialect: Dialect,
    columns: &'a [(&'static str, Option<usize>)],
    record: &'a ByteRecord,
}

/// Reads a table's rows. Returns whether the table is there.
pub(super) fn scan(
    on: &Scanning<'_>,
    spec: &Spec,
    report: &mut Report,
    each: &mut dyn FnMut(&Row<'_>, &mut Report) -> Result<(), DeskError>,
) -> Result<bool, DeskError> {
    let Some(file) = on.dump.file_of(spec.table).map(str::to_owned) else { return Ok(false) };
    if on.dump.endings_of(spec.table).count() > 1 {
        report.problem(&file, 0, "", format!("{} is there in several files; keep one", spec.table));
        return Ok(true);
    }
    on.dump.with(&file, &mut |bytes| scan_file(on, spec, &file, bytes, report, each))?;
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
    let Some((header, dialect)) = head(&mut bytes, file, report)? else { return Ok(()) };
    // A row that ends in CR LF ends for the reader at the CR: the LF is counted only with the next one.
    let behind = u64::from(dialect == Dialect::Csv && header.ends_with(b"\r\n"));
    let left = Rc::new(Cell::new(MAX_ROW));
    let metered = Metered { inner: Cursor::new(header).chain(bytes), left: Rc::clone(&left) };
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).buffer_capacity(64 << 10);
    if let Dialect::Batch { .. } = dialect {
        builder.delimiter(b'\t').quoting(false).terminator(Terminator::Any(b'\n'));
    }
    let mut reader = builder.from_reader(metered);
    let mut record = ByteRecord::new();
    if !reader.read_byte_record(&mut record).map_err(|e| unreadable(file, e))? {
        return Ok(());
    }
    let width = record.len();
    let Some(columns) = columns(&record, spec, file, report) else { return Ok(()) };
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
                report.problem(file, line, "", "the row does not end (a quote that is never closed?); make the dump of this table again");
                break;
            }
            Err(e) => return Err(unreadable(file, e)),
        }
        if record.len() != width {
            report.problem(file, line, "", format!("{} values where the header names {width} columns; make the dump of this table again", record.len()));
            continue;
        }
        each(&Row { file, line, dialect, columns: &columns, record: &record }, report)?;
    }
    Ok(())
}

fn tell(on: &Scanning<'_>, what: &str, rows: u64) -> Result<(), DeskError> {
    match on.watch.map(|watch| watch(Step { phase: on.phase, what, rows })) {
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
        report.problem(file, 1, "", "is UTF-16; save it as UTF-8 (a redirection in PowerShell does this: run the script in a Unix shell)");
        return Ok(None);
    }
    if header.starts_with(&[0xEF, 0xBB, 0xBF]) {
        header.drain(..3);
    }
    if header.is_empty() {
        // mysql prints nothing at all, not even the header, for a table without rows; psql always prints the header.
        if file.to_ascii_lowercase().ends_with(".csv") {
            report.problem(file, 1, "", "is empty, without even a line of column names; make the dump of this table again");
        }
        return Ok(None);
    }
    let dialect = if header.contains(&b'\t') {
        Dialect::Batch { carriage_returns: header.ends_with(b"\r\n") }
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
    let find = |name: &str| header.iter().position(|h| h.trim_ascii().eq_ignore_ascii_case(name.as_bytes()));
    let mut complete = true;
    for name in spec.needed {
        if find(name).is_none() {
            complete = false;
            report.problem(file, 1, name, format!("{} has no column {name}; dump the table with it (porticoctl dump-script prints how)", spec.table));
        }
    }
    complete.then(|| spec.needed.iter().chain(spec.optional).map(|name| (*name, find(name))).collect())
}

fn unreadable(file: &str, error: csv::Error) -> DeskError {
    match error.into_kind() {
        csv::ErrorKind::Io(e) => DeskError::io(file, e),
        other => DeskError::io(file, io::Error::new(io::ErrorKind::InvalidData, format!("{other:?}"))),
    }
}

impl Row<'_> {
    /// The file's name.
    pub(super) fn file(&self) -> &str {
        self.file
    }

    /// The line, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Whether the table has the column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.index(column).is_some()
    }

    fn index(&self, column: &str) -> Option<usize> {
        self.columns.iter().find(|(name, _)| *name == column).and_then(|(_, at)| *at)
    }

    fn raw(&self, column: &str) -> &[u8] {
        let raw = self.index(column).and_then(|at| self.record.get(at)).unwrap_or_default();
        match self.dialect {
            Dialect::Csv => raw,
            Dialect::Batch { carriage_returns } => {
                let last = self.index(column) == Some(self.record.len() - 1);
                let raw = if carriage_returns && last { raw.strip_suffix(b"\r").unwrap_or(raw) } else { raw };
                if raw == b"NULL" { b"" } else { raw }
            }
        }
    }

    /// Whether a value is empty, without looking at what it is.
    pub(super) fn is_empty(&self, column: &str) -> bool {
        self.raw(column).is_empty()
    }

    /// A text; empty for NULL and for a column that is not there.
    pub(super) fn text(&self, column: &str, report: &mut Report) -> Option<Cow<'_, str>> {
        let raw = self.raw(column);
        let Ok(text) = std::str::from_utf8(raw) else {
            report.problem(self.file, self.line, column, "is not valid UTF-8; dump with the client encoding UTF8 (utf8mb4)");
            return None;
        };
        Some(if matches!(self.dialect, Dialect::Batch { .. }) { unescape(text) } else { Cow::Borrowed(text) })
    }

    /// A text that must not be empty.
    pub(super) fn key(&self, column: &str, report: &mut Report) -> Option<Cow<'_, str>> {
        let text = self.text(column, report)?;
        if text.is_empty() {
            report.problem(self.file, self.line, column, format!("{column} is empty; the desk itself would refuse that, so the dump is damaged: make it again"));
            return None;
        }
        Some(text)
    }

    /// A positive number that must be there.
    pub(super) fn id(&self, column: &str, report: &mut Report) -> Option<i64> {
        match self.optional_id(column, report)? {
            Some(id) => Some(id),
            None => {
                report.problem(self.file, self.line, column, format!("{column} is empty; make the dump of this table again"));
                None
            }
        }
    }

    /// A positive number or nothing (NULL).
    pub(super) fn optional_id(&self, column: &str, report: &mut Report) -> Option<Option<i64>> {
        let raw = self.raw(column);
        if raw.is_empty() {
            return Some(None);
        }
        match std::str::from_utf8(raw).ok().and_then(|t| t.trim().parse::<i64>().ok()).filter(|id| *id > 0) {
            Some(id) => Some(Some(id)),
            None => {
                report.problem(self.file, self.line, column, format!("{:?} is no number of a row", shown(raw)));
                None
            }
        }
    }

    /// A whole number.
    pub(super) fn number(&self, column: &str, report: &mut Report) -> Option<i64> {
        let raw = self.raw(column);
        let parsed = std::str::from_utf8(raw).ok().and_then(|t| t.trim().parse::<i64>().ok());
        if parsed.is_none() {
            report.problem(self.file, self.line, column, format!("{:?} is no number", shown(raw)));
        }
        parsed
    }

    /// A time without zone, taken as UTC, in seconds since 1970.
    pub(super) fn time(&self, column: &str, report: &mut Report) -> Option<i64> {
        let raw = self.raw(column);
        let parsed = std::str::from_utf8(raw).ok().and_then(|t| t.trim().parse::<DateTime>().ok());
        let seconds = parsed.and_then(|time| Offset::UTC.to_timestamp(time).ok()).map(|t| t.as_second());
        if seconds.is_none() {
            report.problem(self.file, self.line, column, format!("{:?} is no time (2026-11-22 16:50:29)", shown(raw)));
        }
        seconds
    }

    /// A validity. A number that only this desk knows counts as invalid, as the desk treats it.
    pub(super) fn validity(&self, report: &mut Report) -> Option<Validity> {
        let number = self.number("valid_id", report)?;
        Some(Validity::from_number(number).unwrap_or(Validity::Invalid))
    }
}

fn shown(raw: &[u8]) -> String {
    String::from_utf8_lossy(raw).chars().take(60).collect()
}

/// Undoes what `mysql --batch` does to line ends, tabs, backslashes and NUL.
fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('0') => out.push('\0'),
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn batch_escapes_are_undone() {
        assert_eq!(unescape(r"a\tb\nc\\n\0"), "a\tb\nc\\n\0");
        assert_eq!(unescape("plain"), "plain");
        assert_eq!(unescape("end\\"), "end\\");
    }
}
