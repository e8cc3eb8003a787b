//! Rows of a client library as a stream of comma-separated values.

use std::io::{self, Read};

/// Gives the next row's values; `None` at the end.
pub(super) type Next<'a> = dyn FnMut() -> io::Result<Option<Vec<Option<Vec<u8>>>>> + 'a;

/// A header, and then rows as they are asked for: never more than one of them in memory.
pub(super) struct Rows<'a> {
    next: &'a mut Next<'a>,
    line: Vec<u8>,
    at: usize,
}

impl<'a> Rows<'a> {
    pub(super) fn new(header: Vec<Option<Vec<u8>>>, next: &'a mut Next<'a>) -> Self {
        let mut line = Vec::new();
        write(&mut line, header);
        Self { next, line, at: 0 }
    }
}

/// As `PostgreSQL` writes them: what is NULL is nothing, what is empty is a pair of quotes.
fn write(line: &mut Vec<u8>, values: Vec<Option<Vec<u8>>>) {
    line.clear();
    for (n, value) in values.into_iter().enumerate() {
        if n > 0 {
            line.push(b',');
        }
        let Some(value) = value else { continue };
        line.push(b'"');
        for byte in value {
            if byte == b'"' {
                line.push(b'"');
            }
            line.push(byte);
        }
        line.push(b'"');
    }
    line.push(b'\n');
}

impl Read for Rows<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.line.len() {
            self.at = 0;
            match (self.next)()? {
                Some(values) => write(&mut self.line, values),
                None => self.line.clear(),
            }
        }
        let rest = &self.line[self.at..];
        let taken = rest.len().min(into.len());
        into[..taken].copy_from_slice(&rest[..taken]);
        self.at += taken;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::Rows;
    use std::io::Read as _;

    #[test]
    fn nothing_and_an_empty_text_are_told_apart_and_quotes_survive() {
        let some = |text: &str| Some(text.as_bytes().to_vec());
        let mut rows = vec![vec![some("a\"b\n,"), None], vec![some(""), some("z")]].into_iter();
        let mut next = || Ok(rows.next());
        let mut text = String::new();
        Rows::new(vec![some("x"), some("y")], &mut next)
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, "\"x\",\"y\"\n\"a\"\"b\n,\",\n\"\",\"z\"\n");
    }
}
