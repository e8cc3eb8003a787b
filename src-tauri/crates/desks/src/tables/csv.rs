//! Text with something between its cells: comma, semicolon, tab or bar; in any of the usual encodings and line ends.

use std::cell::Cell;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use portico_core::spreadsheet;

use super::row::{How, Ragged, Taker};
use super::said;
use crate::error::DeskError;
use crate::report::Report;
use crate::source::{Entry, Files, json, text};

/// What may stand between two cells, the likelier first.
const BETWEEN: [u8; 4] = [b';', b',', b'\t', b'|'];
/// How much is looked at to tell what stands between cells.
const LOOK: u64 = 64 << 10;
/// How many rows of that are compared.
const ROWS: usize = 20;
/// The most bytes of one row. A quote that never ends must not fill the memory.
const MAX_ROW: u64 = 16 << 20;

pub(super) fn read(
    files: &Files,
    entry: &Entry,
    cells: Option<char>,
    taker: &mut dyn Taker,
    report: &mut Report,
) -> Result<(), DeskError> {
    let wrong = |e| DeskError::io(&entry.name, e);
    let (encoding, first) = beginning(files, entry)?;
    if first.contains(&0) {
        report.problem(&entry.name, 0, "", said::no_text());
        return Ok(());
    }
    if encoding == WINDOWS_1252 {
        report.finding(&entry.name, 0, "", said::windows());
    }
    let (told, named) = between(&first);
    let between = asked(cells).unwrap_or(told);
    files.read(entry, &mut |bytes| {
        let decoded = text::decoded(bytes, encoding).map_err(wrong)?;
        rows(&entry.name, decoded, (between, named), &mut *taker, &mut *report)
    })
}

/// What stands between the cells, as asked for or told from the beginning; `None` where it is no text.
pub(super) fn cells(files: &Files, entry: &Entry, how: How<'_>) -> Result<Option<char>, DeskError> {
    let (_, first) = beginning(files, entry)?;
    let told = || char::from(asked(how.cells).unwrap_or(between(&first).0));
    Ok((!first.contains(&0)).then(told))
}

fn asked(cells: Option<char>) -> Option<u8> {
    let asked = u8::try_from(cells?).ok()?;
    BETWEEN.contains(&asked).then_some(asked)
}

/// The encoding, and as much of the text as tells what stands between cells.
fn beginning(files: &Files, entry: &Entry) -> Result<(&'static Encoding, Vec<u8>), DeskError> {
    let wrong = |e| DeskError::io(&entry.name, e);
    let encoding = files.read(entry, &mut |bytes| encoding(bytes).map_err(wrong))?;
    let first = files.read(entry, &mut |bytes| {
        let mut first = Vec::new();
        let decoded = text::decoded(bytes, encoding).map_err(wrong)?;
        decoded.take(LOOK).read_to_end(&mut first).map_err(wrong)?;
        Ok(first)
    })?;
    Ok((encoding, first))
}

/// UTF-8 where all of it is; otherwise the one that spreadsheets of Western Europe write. Marks and UTF-16 come first, see
/// [`text::decoded`].
fn encoding(bytes: &mut dyn Read) -> io::Result<&'static Encoding> {
    let (mut buffer, mut held) = (vec![0; 64 << 10], 0);
    loop {
        let n = bytes.read(&mut buffer[held..])?;
        let all = held + n;
        if n == 0 {
            return Ok(if held == 0 { UTF_8 } else { WINDOWS_1252 });
        }
        match std::str::from_utf8(&buffer[..all]) {
            Ok(_) => held = 0,
            Err(e) if e.error_len().is_some() => return Ok(WINDOWS_1252),
            Err(e) => {
                let from = e.valid_up_to();
                buffer.copy_within(from..all, 0);
                held = all - from;
            }
        }
    }
}

/// What stands between cells, and whether a first line `sep=;` says it.
fn between(first: &[u8]) -> (u8, bool) {
    let start = first.strip_prefix("\u{feff}".as_bytes()).unwrap_or(first);
    if let Some(said) = start.strip_prefix(b"sep=").and_then(|rest| rest.first())
        && BETWEEN.contains(said)
    {
        return (*said, true);
    }
    let mut rows: Vec<[usize; 4]> = vec![[0; 4]];
    let mut quoted = false;
    for byte in start {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted && rows.last().is_some_and(|row| row.iter().any(|n| *n > 0)) => {
                if rows.len() == ROWS {
                    break;
                }
                rows.push([0; 4]);
            }
            _ if !quoted => {
                if let (Some(at), Some(row)) = (BETWEEN.iter().position(|one| one == byte), rows.last_mut()) {
                    row[at] += 1;
                }
            }
            _ => {}
        }
    }
    let heads = rows[0];
    let alike = |at: usize| rows.iter().filter(|row| row[at] == heads[at]).count();
    let best = (0..BETWEEN.len())
        .rev()
        .filter(|at| heads[*at] > 0)
        .max_by_key(|at| (alike(*at), heads[*at]));
    (best.map_or(b',', |at| BETWEEN[at]), false)
}

fn rows(
    file: &str,
    bytes: impl Read,
    (between, said): (u8, bool),
    taker: &mut dyn Taker,
    report: &mut Report,
) -> Result<(), DeskError> {
    let left = Rc::new(Cell::new(MAX_ROW));
    let lines = Lines::new(bytes, Rc::clone(&left));
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(between)
        .has_headers(false)
        .flexible(true)
        .from_reader(lines);
    let (mut record, mut cells) = (::csv::ByteRecord::new(), Vec::new());
    let mut ragged = Ragged::new(file, taker);
    let mut skip = said;
    loop {
        left.set(MAX_ROW);
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(e) => {
                let line = reader.position().line();
                let error = io::Error::from(e);
                let message = if error.kind() == io::ErrorKind::FileTooLarge {
                    said::long_row()
                } else {
                    json::damaged(&error).ok_or_else(|| DeskError::io(file, error))?
                };
                report.problem(file, line, "", message);
                return Ok(());
            }
        }
        let within = memchr::memchr_iter(b'\n', record.as_slice()).count() as u64;
        let line = reader.position().line().saturating_sub(1 + within).max(1);
        if std::mem::take(&mut skip) {
            continue;
        }
        cells.clear();
        for cell in &record {
            let Ok(cell) = std::str::from_utf8(cell) else {
                report.problem(file, line, "", said::not_utf8());
                return Ok(());
            };
            let cell = if cells.is_empty() && !ragged.began() {
                cell.trim_start_matches('\u{feff}')
            } else {
                cell
            };
            cells.push(spreadsheet::plain(cell).trim().to_owned());
        }
        if let ControlFlow::Break(()) = ragged.row(line, &mut cells, true, report)? {
            return Ok(());
        }
    }
    if !ragged.began() {
        report.problem(file, 0, "", said::no_headings());
    }
    Ok(())
}

/// Text whose lines all end in a line feed, the last one too; of a row it yields no more than may be left of one.
struct Lines<R> {
    inner: R,
    left: Rc<Cell<u64>>,
    last: u8,
    over: bool,
}

impl<R: Read> Lines<R> {
    fn new(inner: R, left: Rc<Cell<u64>>) -> Self {
        Self {
            inner,
            left,
            last: b'\n',
            over: false,
        }
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while !self.over && !to.is_empty() {
            let n = self.inner.read(to)?;
            if n == 0 {
                self.over = true;
                if self.last != b'\n' && self.last != b'\r' {
                    to[0] = b'\n';
                    return Ok(1);
                }
                break;
            }
            let Some(left) = self.left.get().checked_sub(n as u64) else {
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, "a row is too long"));
            };
            self.left.set(left);
            let mut kept = 0;
            for at in 0..n {
                let byte = to[at];
                if !(byte == b'\n' && self.last == b'\r') {
                    to[kept] = if byte == b'\r' { b'\n' } else { byte };
                    kept += 1;
                }
                self.last = byte;
            }
            if kept > 0 {
                return Ok(kept);
            }
        }
        Ok(0)
    }
}
