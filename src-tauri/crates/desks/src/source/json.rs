//! The lists of a JSON file, record by record: pages of an interface, or one file that holds them all.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use encoding_rs::UTF_8;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::record::{Item, Record};
use super::{Entry, Files, said, text};
use crate::error::DeskError;
use crate::report::Report;
use crate::said::Said;

/// The most bytes between two records, and of one record. A text that never ends must not fill the memory.
const MAX_RECORD: u64 = 64 << 20;
/// How the JSON reader calls bytes that are no UTF-8; held by a test.
const NOT_UTF_8: &str = "invalid unicode code point";

/// What a desk's JSON looks like around its records.
pub(crate) struct Shape {
    /// Members that only wrap what they hold (`data`, `result`).
    pub(crate) wraps: &'static [&'static str],
    /// Whether a member, or the path of a file, names a list that is read.
    pub(crate) is_list: fn(&str) -> bool,
    /// Members beside a list that say something about the answer, read as they are.
    pub(crate) says: &'static [&'static str],
}

/// Who takes what is found.
pub(crate) trait Taker {
    /// There is such a list; it may hold nothing.
    fn found(&mut self, _list: &str) {}

    /// A record of the list `list`: a path of the source, or the name of a member.
    fn record(&mut self, list: &str, item: &Item<'_>, report: &mut Report) -> Result<(), DeskError>;

    /// A member beside the records.
    fn said(&mut self, file: &str, name: &str, value: &Value, report: &mut Report);
}

/// Counts lines, and the bytes that are left until the next record.
#[derive(Debug, Default)]
struct Meter {
    line: Cell<u64>,
    left: Cell<u64>,
}

struct Metered<R> {
    inner: R,
    meter: Rc<Meter>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(to)?;
        let lines = memchr::memchr_iter(b'\n', &to[..n]).count() as u64;
        self.meter.line.set(self.meter.line.get() + lines);
        let Some(left) = self.meter.left.get().checked_sub(n as u64) else {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "a record is too long"));
        };
        self.meter.left.set(left);
        Ok(n)
    }
}

/// Reads all lists of a file; tells whether it is JSON with a list in it. If not, that is a problem of the report; an
/// error is one of the place or the taker.
pub(crate) fn read(
    files: &Files,
    entry: &Entry,
    shape: &Shape,
    taker: &mut dyn Taker,
    report: &mut Report,
) -> Result<bool, DeskError> {
    files.read(entry, &mut |bytes| {
        let decoded = match text::decoded(bytes, UTF_8) {
            Ok(decoded) => decoded,
            Err(e) => {
                let message = damaged(&e).ok_or_else(|| DeskError::io(&entry.name, e))?;
                report.problem(&entry.name, 1, "", message);
                return Ok(false);
            }
        };
        let meter = Rc::new(Meter::default());
        meter.line.set(1);
        meter.left.set(MAX_RECORD);
        let metered = Metered {
            inner: BufReader::with_capacity(64 << 10, decoded),
            meter: Rc::clone(&meter),
        };
        let mut walk = Walk {
            file: &entry.name,
            shape,
            taker: &mut *taker,
            report: &mut *report,
            meter: &meter,
            failure: None,
            lists: 0,
        };
        let lines = matches!(entry.ending().as_str(), "jsonl" | "ndjson");
        let before = walk.report.count();
        let read = walk.documents(metered, entry.stem(), lines);
        let (failure, lists) = (walk.failure.take(), walk.lists);
        match (failure, read) {
            (Some(failure), _) => Err(failure),
            (None, Err(e)) => broken(&entry.name, e, report).map(|()| false),
            (None, Ok(())) => {
                if lists == 0 && report.count() == before {
                    report.problem(&entry.name, 0, "", said::no_list());
                }
                Ok(lists > 0)
            }
        }
    })
}

/// What is wrong with bytes that cannot be read because of what they are; `None` where the place is to blame.
pub(crate) fn damaged(error: &io::Error) -> Option<Said> {
    match error.kind() {
        io::ErrorKind::FileTooLarge => {
            let most = MAX_RECORD >> 20;
            Some(said::long_record(most))
        }
        io::ErrorKind::Unsupported => Some(said::packed()),
        // What the system says has a number; what the unpacking says has none.
        _ if error.raw_os_error().is_none() => Some(said::damaged()),
        _ => None,
    }
}

/// Says what is wrong with the text; what is wrong with the place is an error.
fn broken(file: &str, error: serde_json::Error, report: &mut Report) -> Result<(), DeskError> {
    use serde_json::error::Category;
    let line = error.line() as u64;
    let message = match error.classify() {
        Category::Io => {
            let error = io::Error::from(error);
            damaged(&error).ok_or_else(|| DeskError::io(file, error))?
        }
        Category::Eof => said::cut(),
        _ if error.to_string().starts_with(NOT_UTF_8) => said::not_utf8(),
        Category::Data => said::no_records(error),
        Category::Syntax => said::no_json(error),
    };
    report.problem(file, line, "", message);
    Ok(())
}

struct Walk<'a> {
    file: &'a str,
    shape: &'a Shape,
    taker: &'a mut dyn Taker,
    report: &'a mut Report,
    meter: &'a Meter,
    failure: Option<DeskError>,
    /// How many lists were found.
    lists: u64,
}

impl Walk<'_> {
    fn documents<R: Read>(&mut self, bytes: R, list: &str, lines: bool) -> Result<(), serde_json::Error> {
        let mut json = serde_json::Deserializer::from_reader(bytes);
        if lines && (self.shape.is_list)(list) {
            self.lists += 1;
            self.taker.found(list);
            // One record a line; the end of the file is where no value begins any more.
            while !at_end(&mut json)? {
                self.one(&mut json, list)?;
            }
            return Ok(());
        }
        Level { walk: self, list }.deserialize(&mut json)?;
        json.end()
    }

    /// Takes one record.
    fn one<'de, D: Deserializer<'de>>(&mut self, value: D, list: &str) -> Result<(), D::Error> {
        self.meter.left.set(MAX_RECORD);
        let line = self.meter.line.get();
        let record = Record::deserialize(value)?;
        let item = Item {
            file: self.file,
            line,
            record: &record,
        };
        self.taker.record(list, &item, self.report).map_err(|failure| {
            self.failure = Some(failure);
            D::Error::custom("stopped")
        })
    }
}

/// Whether only blanks are left.
fn at_end<R: Read>(json: &mut serde_json::Deserializer<serde_json::de::IoRead<R>>) -> Result<bool, serde_json::Error> {
    match json.end() {
        Ok(()) => Ok(true),
        Err(e) if e.is_syntax() => Ok(false),
        Err(e) => Err(e),
    }
}

/// A value that may be a list, or hold some.
struct Level<'w, 'a, 'n> {
    walk: &'w mut Walk<'a>,
    list: &'n str,
}

impl<'de> DeserializeSeed<'de> for Level<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records, or an object that holds one")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let shape = self.walk.shape;
        while let Some(name) = map.next_key::<String>()? {
            let walk = &mut *self.walk;
            walk.meter.left.set(MAX_RECORD);
            if shape.wraps.contains(&name.as_str()) {
                map.next_value_seed(Level { walk, list: self.list })?;
            } else if (shape.is_list)(&name) {
                map.next_value_seed(Level { walk, list: &name })?;
            } else if shape.says.contains(&name.as_str()) {
                let value: Value = map.next_value()?;
                walk.taker.said(walk.file, &name, &value, walk.report);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let (walk, list) = (self.walk, self.list);
        if !(walk.shape.is_list)(list) {
            while seq.next_element::<IgnoredAny>()?.is_some() {
                walk.meter.left.set(MAX_RECORD);
            }
            return Ok(());
        }
        walk.lists += 1;
        walk.taker.found(list);
        while seq.next_element_seed(One { walk, list })?.is_some() {}
        Ok(())
    }
}

/// A record of a list.
struct One<'w, 'a, 'n> {
    walk: &'w mut Walk<'a>,
    list: &'n str,
}

impl<'de> DeserializeSeed<'de> for One<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.walk.one(deserializer, self.list)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    const SHAPE: Shape = Shape {
        wraps: &["data", "result"],
        is_list: |name| name.starts_with("contacts") || name.starts_with("accounts"),
        says: &["total"],
    };

    #[derive(Default)]
    struct Found(Vec<String>);

    impl Taker for Found {
        fn record(&mut self, list: &str, item: &Item<'_>, report: &mut Report) -> Result<(), DeskError> {
            self.0.push(format!("{list}:{} {}", item.line, item.text("id", report)));
            Ok(())
        }

        fn said(&mut self, _: &str, name: &str, value: &Value, _: &mut Report) {
            self.0.push(format!("{name}={value}"));
        }
    }

    fn read_as(name: &str, text: &[u8]) -> (Vec<String>, Report) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
        let files = Files::open(&folder.path().join(name), &[]).unwrap();
        let (mut found, mut report) = (Found::default(), Report::default());
        read(&files, &files.entries()[0], &SHAPE, &mut found, &mut report).unwrap();
        (found.0, report)
    }

    fn first_problem(name: &str, text: &[u8]) -> String {
        let problems = read_as(name, text).1.problems;
        problems.first().map(ToString::to_string).unwrap_or_default()
    }

    #[test]
    fn pages_bundles_and_lines_are_read_alike_and_each_record_knows_its_line() {
        let page = b"{\"error\": [], \"result\": {\"data\": [\n{\"id\": 1},\n{\"id\": \"2\"}], \"total\": 2}}";
        let found = read_as("contacts-1.json", page).0;
        assert_eq!(found, ["contacts-1:2 1", "contacts-1:3 2", "total=2"]);
        let bundle = br#"{"contacts": [{"id": 1}], "accounts": {"data": [{"id": 7}]}, "other": [{"id": 9}]}"#;
        assert_eq!(read_as("all.json", bundle).0, ["contacts:1 1", "accounts:1 7"]);
        let lines = b"{\"id\": 1}\n\n{\"id\": 2}\n";
        assert_eq!(read_as("contacts.jsonl", lines).0, ["contacts:1 1", "contacts:3 2"]);
        let units = "\u{feff}[{\"id\":\"Łódź\"}]".encode_utf16();
        let utf_16: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
        assert_eq!(read_as("contacts.json", &utf_16).0, ["contacts:1 Łódź"]);
    }

    #[test]
    fn what_is_wrong_is_said_with_file_and_line() {
        let cut = first_problem("contacts.json", b"[{\"id\": 1},\n{\"id\":");
        assert!(cut.contains("contacts.json:2: ends too early"), "{cut}");
        let wrong = first_problem("contacts.json", b"[{\"id\": 1},\n{\"id\": 1 2}]");
        assert!(wrong.contains("contacts.json:2: is not JSON"), "{wrong}");
        let western = first_problem("contacts.json", b"[{\"id\": 1},\n{\"name\": \"M\xfcller\"}]");
        assert!(western.contains("contacts.json:2: is not UTF-8 here"), "{western}");
        assert!(first_problem("contacts.json", b"[3]").contains("is not a list of records here"));
        assert!(first_problem("contacts.json", b"").contains("ends too early"));
        assert!(first_problem("other.json", b"{\"id\": 1}").contains("holds no list"));
        assert!(first_problem("contacts.json", &b"[".repeat(100_000)).contains("contacts.json:1"));
    }
}
