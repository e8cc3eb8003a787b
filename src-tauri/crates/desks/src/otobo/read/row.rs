//! A row's values, each with the means to say where it is wrong.

use std::borrow::Cow;

use csv::ByteRecord;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use portico_core::model::Validity;

use super::said;
use crate::report::Report;

/// Something was wrong, and has been reported.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reported;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Comma separated, quoted; NULL and the empty text both count as empty.
    Csv,
    /// Tab separated, backslash escapes, NULL as a word.
    Batch { carriage_returns: bool },
}

/// A row, with the means to say where something is wrong.
pub(super) struct Row<'a> {
    pub(super) file: &'a str,
    pub(super) line: u64,
    pub(super) dialect: Dialect,
    pub(super) columns: &'a [(&'static str, Option<usize>)],
    pub(super) record: &'a ByteRecord,
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
        self.columns
            .iter()
            .find(|(name, _)| *name == column)
            .and_then(|(_, at)| *at)
    }

    fn raw(&self, column: &str) -> &[u8] {
        let raw = self
            .index(column)
            .and_then(|at| self.record.get(at))
            .unwrap_or_default();
        match self.dialect {
            Dialect::Csv => raw,
            Dialect::Batch { carriage_returns } => {
                let last = self.index(column) == Some(self.record.len() - 1);
                let raw = if carriage_returns && last {
                    raw.strip_suffix(b"\r").unwrap_or(raw)
                } else {
                    raw
                };
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
            report.problem(self.file, self.line, column, said::not_utf8());
            return None;
        };
        Some(if matches!(self.dialect, Dialect::Batch { .. }) {
            unescape(text)
        } else {
            Cow::Borrowed(text)
        })
    }

    /// A text that must not be empty.
    pub(super) fn key(&self, column: &str, report: &mut Report) -> Option<Cow<'_, str>> {
        let text = self.text(column, report)?;
        if text.is_empty() {
            report.problem(self.file, self.line, column, said::empty(column));
            return None;
        }
        Some(text)
    }

    /// A positive number that must be there.
    pub(super) fn id(&self, column: &str, report: &mut Report) -> Option<i64> {
        let id = self.optional_id(column, report).ok()?;
        if id.is_none() {
            let message = said::empty_id(column);
            report.problem(self.file, self.line, column, message);
        }
        id
    }

    /// A positive number or nothing (NULL).
    pub(super) fn optional_id(&self, column: &str, report: &mut Report) -> Result<Option<i64>, Reported> {
        let raw = self.raw(column);
        if raw.is_empty() {
            return Ok(None);
        }
        let id = std::str::from_utf8(raw)
            .ok()
            .and_then(|t| t.trim().parse::<i64>().ok())
            .filter(|id| *id > 0);
        if id.is_none() {
            report.problem(self.file, self.line, column, said::no_id(shown(raw)));
            return Err(Reported);
        }
        Ok(id)
    }

    /// A whole number.
    pub(super) fn number(&self, column: &str, report: &mut Report) -> Option<i64> {
        let raw = self.raw(column);
        let parsed = std::str::from_utf8(raw).ok().and_then(|t| t.trim().parse::<i64>().ok());
        if parsed.is_none() {
            report.problem(self.file, self.line, column, said::no_number(shown(raw)));
        }
        parsed
    }

    /// A time without zone, taken as UTC, in seconds since 1970.
    pub(super) fn time(&self, column: &str, report: &mut Report) -> Option<i64> {
        let raw = self.raw(column);
        let parsed = std::str::from_utf8(raw)
            .ok()
            .and_then(|t| t.trim().parse::<DateTime>().ok());
        let seconds = parsed
            .and_then(|time| Offset::UTC.to_timestamp(time).ok())
            .map(Timestamp::as_second);
        if seconds.is_none() {
            report.problem(self.file, self.line, column, said::no_time(shown(raw)));
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
