//! The files of a bundle, record by record.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use portico_core::form::field::Entity;
use serde::Serialize;
use serde_json::Value as Json;

use super::Tables;
use super::records::{Record, fields};
use crate::error::{ApiError, Code};
use crate::lists::file::{Format, Heading, TableFile};

/// What stands before the records.
#[derive(Debug, Serialize)]
pub(super) struct Head<'a> {
    pub(super) format: &'static str,
    pub(super) version: u32,
    pub(super) desk: &'a str,
    /// In UTC, by RFC 3339.
    pub(super) made_at: &'a str,
    pub(super) program: &'a str,
}

pub(super) fn storage(path: &Path) -> impl Fn(std::io::Error) -> ApiError {
    let path = path.display().to_string();
    move |e| ApiError::new(Code::Storage, format!("{path}: {e}"))
}

/// Writes a small file.
pub(super) fn text(path: &Path, text: &str) -> Result<(), ApiError> {
    let mut file = File::create_new(path).map_err(storage(path))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(storage(path))
}

/// `bundle.json`: a line for each record.
pub(super) struct BundleFile {
    path: PathBuf,
    to: BufWriter<File>,
    kinds: usize,
    records: usize,
}

impl BundleFile {
    pub(super) fn create(path: &Path, head: &Head<'_>) -> Result<Self, ApiError> {
        let head = serde_json::to_string(head).map_err(|e| ApiError::refused(e.to_string()))?;
        let mut file = Self {
            path: path.to_owned(),
            to: BufWriter::new(File::create_new(path).map_err(storage(path))?),
            kinds: 0,
            records: 0,
        };
        file.put(head.trim_end_matches('}'))?;
        file.put(",\"records\":{")?;
        Ok(file)
    }

    fn put(&mut self, text: &str) -> Result<(), ApiError> {
        self.to.write_all(text.as_bytes()).map_err(storage(&self.path))
    }

    /// Begins the array of a kind.
    pub(super) fn begin(&mut self, entity: Entity) -> Result<(), ApiError> {
        let comma = if self.kinds == 0 { "" } else { "," };
        (self.kinds, self.records) = (self.kinds + 1, 0);
        self.put(&format!("{comma}\n\"{}\":[", entity.name()))
    }

    pub(super) fn record(&mut self, record: &Record) -> Result<(), ApiError> {
        self.put(if self.records == 0 { "\n" } else { ",\n" })?;
        self.records += 1;
        serde_json::to_writer(&mut self.to, record).map_err(|e| storage(&self.path)(e.into()))
    }

    /// Ends the array.
    pub(super) fn end(&mut self) -> Result<(), ApiError> {
        self.put("]")
    }

    pub(super) fn finish(mut self) -> Result<(), ApiError> {
        self.put("\n}}\n")?;
        let failed = storage(&self.path);
        let file = self.to.into_inner().map_err(|e| failed(e.into_error()))?;
        file.sync_all().map_err(failed)
    }
}

/// A file of JSON, an object a line.
pub(super) struct Lines {
    path: PathBuf,
    to: BufWriter<File>,
    written: u64,
}

impl Lines {
    pub(super) fn create(path: &Path) -> Result<Self, ApiError> {
        Ok(Self {
            path: path.to_owned(),
            to: BufWriter::new(File::create_new(path).map_err(storage(path))?),
            written: 0,
        })
    }

    /// How many lines there are.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    pub(super) fn put(&mut self, value: &impl Serialize) -> Result<(), ApiError> {
        self.written += 1;
        serde_json::to_writer(&mut self.to, value).map_err(|e| storage(&self.path)(e.into()))?;
        self.text("\n")
    }

    fn text(&mut self, text: &str) -> Result<(), ApiError> {
        self.to.write_all(text.as_bytes()).map_err(storage(&self.path))
    }

    /// Ends the file; gives how many lines it has.
    pub(super) fn finish(self) -> Result<u64, ApiError> {
        let failed = storage(&self.path);
        let file = self.to.into_inner().map_err(|e| failed(e.into_error()))?;
        file.sync_all().map_err(failed)?;
        Ok(self.written)
    }
}

/// An answer of SCIM to a list: a resource a line, what counts them at the end.
pub(super) struct ListResponse(Lines);

impl ListResponse {
    pub(super) fn create(path: &Path) -> Result<Self, ApiError> {
        let mut lines = Lines::create(path)?;
        lines.text("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"Resources\":[\n")?;
        Ok(Self(lines))
    }

    /// How many resources there are.
    pub(super) fn resources(&self) -> u64 {
        self.0.written()
    }

    pub(super) fn put(&mut self, resource: &serde_json::Value) -> Result<(), ApiError> {
        if self.0.written > 0 {
            self.0.text(",")?;
        }
        self.0.put(resource)
    }

    /// Ends the file; gives how many resources it has.
    pub(super) fn finish(mut self) -> Result<u64, ApiError> {
        let all = self.0.written;
        self.0.text(&format!(
            "],\"totalResults\":{all},\"startIndex\":1,\"itemsPerPage\":{all}}}\n"
        ))?;
        self.0.finish()
    }
}

/// The table of a kind.
pub(super) fn table(folder: &Path, entity: Entity, tables: Tables) -> Result<TableFile, ApiError> {
    let own = ["record_key", "desk_key", "present"].into_iter();
    let rights = (entity == Entity::Account).then_some("rights");
    let titles = own.chain(fields(entity).map(|field| field.name)).chain(rights);
    let heading = |title: &str| Heading {
        title: title.to_owned(),
        number: false,
    };
    let (ending, format) = match tables {
        Tables::Csv => ("csv", Format::Csv(b',')),
        Tables::Xlsx => ("xlsx", Format::Xlsx),
    };
    let path = folder.join(format!("{}.{ending}", entity.name()));
    TableFile::create(&path, format, titles.map(heading).collect())
}

/// A record's line, in the order of the headings.
pub(super) fn row(table: &mut TableFile, entity: Entity, record: &Record) -> Result<(), ApiError> {
    let mut cells = vec![
        record.key.clone(),
        record.desk_key.clone().unwrap_or_default(),
        word(record.present).to_owned(),
    ];
    cells.extend(fields(entity).map(|field| record.fields.get(field.name).map_or_else(String::new, cell)));
    cells.extend(record.rights.as_deref().map(list));
    table.row(cells.iter().map(String::as_str))
}

fn word(on: bool) -> &'static str {
    if on { "yes" } else { "no" }
}

/// As the command line takes it: entries between commas, a comma within one as `\,`.
fn cell(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::Bool(on) => word(*on).to_owned(),
        Json::String(text) => text.clone(),
        Json::Array(entries) => list(entries),
        Json::Object(texts) if texts.is_empty() => String::new(),
        other => other.to_string(),
    }
}

fn list(entries: &[Json]) -> String {
    let texts: Vec<String> = entries.iter().flat_map(entry).collect();
    let escaped = texts.iter().map(|text| text.replace('\\', "\\\\").replace(',', "\\,"));
    escaped.collect::<Vec<_>>().join(",")
}

/// A link, or a link with each of its rights behind a colon.
fn entry(value: &Json) -> Vec<String> {
    let text = |name: &str| value.get(name).and_then(Json::as_str).unwrap_or_default();
    if let Json::String(key) = value {
        return vec![key.clone()];
    }
    if let Some(permissions) = value.get("permissions").and_then(Json::as_array) {
        let each = permissions.iter().filter_map(Json::as_str);
        return each
            .map(|permission| format!("{}:{permission}", text("record")))
            .collect();
    }
    if value.get("group").is_some() {
        return vec![format!("{}:{}:{}", text("group"), text("permission"), text("context"))];
    }
    vec![format!("{}:{}", text("record"), text("level"))]
}
