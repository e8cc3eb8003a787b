//! The only place that writes to the terminal: data to stdout, messages to stderr.

use std::io::{self, BufWriter, StdoutLock, Write};

use serde::Serialize;

use crate::failure::Failure;

/// Where a verb writes its data.
pub(crate) struct Output {
    json: bool,
    to: BufWriter<StdoutLock<'static>>,
}

/// Text of a desk is only ever text: what a terminal would take for a command, or what would turn the line
/// around, becomes a question mark in a box.
pub(crate) fn harmless(text: &str) -> String {
    let harmful = |c: char| {
        (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if harmful(c) { '\u{fffd}' } else { c }).collect()
}

impl Output {
    /// Data as JSON or as text.
    pub(crate) fn new(json: bool) -> Self {
        Self {
            json,
            to: BufWriter::new(io::stdout().lock()),
        }
    }

    /// Whether JSON was asked for.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Writes a line of text.
    pub(crate) fn line(&mut self, text: &str) -> Result<(), Failure> {
        Ok(writeln!(self.to, "{}", harmless(text))?)
    }

    /// Writes text as it is, for scripts and the manual page.
    pub(crate) fn raw(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        Ok(self.to.write_all(bytes)?)
    }

    /// Writes a value as JSON, for people to read too.
    pub(crate) fn value(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer_pretty(&mut self.to, value).map_err(io::Error::from)?;
        Ok(writeln!(self.to)?)
    }

    /// Writes a member of an object that is written as a stream; `first` begins it.
    pub(crate) fn member(&mut self, first: bool, name: &str, value: &impl Serialize) -> Result<(), Failure> {
        self.to.write_all(if first { b"{\n" } else { b",\n" })?;
        serde_json::to_writer(&mut self.to, name).map_err(io::Error::from)?;
        self.to.write_all(b": ")?;
        serde_json::to_writer(&mut self.to, value).map_err(io::Error::from)?;
        Ok(())
    }

    /// Ends an object that is written as a stream; `empty` where it has no member.
    pub(crate) fn end(&mut self, empty: bool) -> Result<(), Failure> {
        Ok(self.to.write_all(if empty { b"{}\n" } else { b"\n}\n" })?)
    }

    /// Writes rows with their columns below each other.
    pub(crate) fn columns(&mut self, rows: &[Vec<String>]) -> Result<(), Failure> {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |at: usize| {
            rows.iter()
                .filter_map(|row| row.get(at))
                .map(|c| c.chars().count())
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in rows {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
            self.line(cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        Ok(())
    }

    /// Hands everything over.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        Ok(self.to.flush()?)
    }
}

/// Says something beside the data. Where nobody listens there is nobody to tell.
pub(crate) fn say(text: &str) {
    let _nobody_listens = writeln!(io::stderr(), "{}", harmless(text));
}

/// Says how far long work is, where a person watches.
pub(crate) fn say_progress(text: &str) {
    let mut to = io::stderr();
    if io::IsTerminal::is_terminal(&to) {
        let _nobody_listens = write!(to, "\r\x1b[K{}", harmless(text));
    }
}

/// A number and what it counts: `1 ticket`, `2 tickets`.
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn text_of_a_desk_cannot_command_a_terminal() {
        assert_eq!(
            harmless("a\u{1b}[2Jb\u{202e}c\r\n\td"),
            "a\u{fffd}[2Jb\u{fffd}c\u{fffd}\n\td"
        );
        assert_eq!(harmless("Łucja Žák ’ 漢"), "Łucja Žák ’ 漢");
    }
}
