//! A JSON object as a desk gave it, asked for by name.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::{said, time};
use crate::report::Report;
use crate::said::Said;

/// An object of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Record {
    fields: Map<String, Value>,
    /// Names that stood there twice.
    pub(crate) doubled: Vec<String>,
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Record;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
                let mut record = Record::default();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    if record.fields.insert(name.clone(), value).is_some() {
                        record.doubled.push(name);
                    }
                }
                Ok(record)
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

impl From<Map<String, Value>> for Record {
    fn from(fields: Map<String, Value>) -> Self {
        Self {
            fields,
            doubled: Vec::new(),
        }
    }
}

/// A record at its place in a source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item<'a> {
    pub(crate) file: &'a str,
    /// The line on which it begins.
    pub(crate) line: u64,
    pub(crate) record: &'a Record,
}

impl<'a> Item<'a> {
    /// The value; `None` where it is absent or null.
    pub(crate) fn value(&self, name: &str) -> Option<&'a Value> {
        self.record.fields.get(name).filter(|value| !value.is_null())
    }

    /// Whether there is such a member, be it null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.record.fields.contains_key(name)
    }

    /// A text or number, without blanks around it; empty where it is absent or null. Anything else is a problem.
    pub(crate) fn text(&self, name: &str, report: &mut Report) -> String {
        let Some(value) = self.value(name) else {
            return String::new();
        };
        text_of(value).unwrap_or_else(|| {
            self.problem(name, said::no_text(), report);
            String::new()
        })
    }

    /// A text that must be there; otherwise a problem.
    pub(crate) fn key(&self, name: &str, report: &mut Report) -> Option<String> {
        let Some(value) = self.value(name) else {
            self.problem(name, said::missing(), report);
            return None;
        };
        let text = text_of(value).filter(|text| !text.is_empty());
        if text.is_none() {
            self.problem(name, said::empty(), report);
        }
        text
    }

    /// A switch; `None` where it is absent or null. What is neither true nor false is a problem.
    pub(crate) fn flag(&self, name: &str, report: &mut Report) -> Option<bool> {
        let value = self.value(name)?;
        let flag = flag_of(value);
        if flag.is_none() {
            self.problem(name, said::no_flag(short(value)), report);
        }
        flag
    }

    /// A positive whole number that must be there; otherwise a problem.
    pub(crate) fn number(&self, name: &str, report: &mut Report) -> Option<i64> {
        let text = self.key(name, report)?;
        let number = text.parse::<i64>().ok().filter(|number| *number > 0);
        if number.is_none() {
            let message = said::no_number(short(&Value::String(text)));
            self.problem(name, message, report);
        }
        number
    }

    /// As [`Self::number`], 0 where it is absent or null.
    pub(crate) fn number_or_none(&self, name: &str, report: &mut Report) -> i64 {
        self.value(name)
            .and_then(|_| self.number(name, report))
            .unwrap_or_default()
    }

    /// A time in seconds since 1970-01-01 UTC; `None` where it is absent or null. What is no time, or before 1970, is a
    /// problem.
    pub(crate) fn time(&self, name: &str, report: &mut Report) -> Option<i64> {
        let value = self.value(name)?;
        let seconds = time::seconds(value);
        if seconds.is_none() {
            self.problem(name, said::no_time(short(value)), report);
        }
        seconds
    }

    /// As [`Self::time`], and it must be there.
    pub(crate) fn needed_time(&self, name: &str, report: &mut Report) -> Option<i64> {
        if self.value(name).is_none() {
            self.problem(name, said::missing(), report);
        }
        self.time(name, report)
    }

    /// An object within; an empty one where there is none.
    pub(crate) fn object(&self, name: &str) -> Record {
        let object = self.value(name).and_then(Value::as_object);
        object.cloned().map(Record::from).unwrap_or_default()
    }

    /// Another record at the same place.
    pub(crate) fn within<'b>(&self, record: &'b Record) -> Item<'b>
    where
        'a: 'b,
    {
        Item {
            file: self.file,
            line: self.line,
            record,
        }
    }

    /// Says that a record of the same key came before.
    pub(crate) fn came_before(&self, column: &str, what: &str, key: &dyn fmt::Display, report: &mut Report) {
        self.problem(column, said::again(what, key.to_string()), report);
    }

    /// Says that something of the record makes the source unusable.
    pub(crate) fn problem(&self, column: &str, message: impl Into<Said>, report: &mut Report) {
        report.problem(self.file, self.line, column, message);
    }

    /// Says that something of the record is worth a look.
    pub(crate) fn finding(&self, column: &str, message: impl Into<Said>, report: &mut Report) {
        report.finding(self.file, self.line, column, message);
    }
}

impl Record {
    /// Names of its members.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }

    /// Whether it has no members.
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

/// A value as it stands in a report: never a whole letter.
fn short(value: &Value) -> String {
    const MOST: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A text, number or switch as a text without blanks around it; `None` for lists and objects.
pub(crate) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(on) => Some(on.to_string()),
        Value::Null => Some(String::new()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// Whether what stands under `error` says that there is none.
pub(crate) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
        _ => false,
    }
}

/// Desks write switches as JSON's, as words, and as 0 and 1.
fn flag_of(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(on) => Some(*on),
        Value::Number(number) => match number.as_i64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Value::String(text) => match text.trim() {
            "true" | "1" => Some(true),
            "false" | "0" | "" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
