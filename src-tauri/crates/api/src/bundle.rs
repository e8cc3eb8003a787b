//! A workspace's configuration in a form that belongs to no desk: all records with all fields of their forms, as one
//! JSON file with its schema, and as a table per kind.
//!
//! Passwords, and what is to become of them, are left out; so are tickets.

mod records;
mod relations;
mod schema;
mod scim;
mod write;

use std::path::Path;
use std::sync::atomic::Ordering;

use portico_core::form::field::Entity;
use portico_store::Connection;
use portico_store::table::record;

use crate::error::{ApiError, Code};
use crate::exposure::Work;
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::records::EntityCount;
use crate::types::transfer::Progress;
use records::{Keys, Record};
pub use relations::write_relations;
pub use schema::schema;
pub use scim::write_scim;
use write::{BundleFile, Head};

/// The name of a bundle's form, in the bundle.
pub const FORMAT: &str = "portico-bundle";
/// The version of a bundle's form: raised when something is taken away or means something else.
pub const VERSION: u32 = 1;
/// Records read at a time.
const PAGE: u32 = 500;

/// A bundle that was written.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Bundle {
    /// The folder.
    pub folder: String,
    /// Its files, by name.
    pub files: Vec<String>,
    /// How many records it has of each kind, placeholders among them.
    pub records: Vec<EntityCount>,
    /// What it could not take, or not as it is, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// What the tables of a bundle are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tables {
    /// Text (UTF-8 with BOM, commas, CRLF).
    #[default]
    Csv,
    /// Workbooks; refused where there are more records of a kind than a sheet takes.
    Xlsx,
}

impl Tables {
    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// Writes a bundle into a new folder, which is there as a whole or not at all; `Conflict` where something is there
/// already. Only the record at hand is kept in memory.
pub fn write_bundle(session: &Session, folder: &Path, tables: Tables, work: &mut Work<'_>) -> Result<Bundle, ApiError> {
    session.may(Action::Export)?;
    let counts = whole(folder, |part| {
        session
            .store()
            .read(|c| write_files(c, session.desk(), part, tables, work))
    })?;
    let names = counts
        .iter()
        .map(|count| format!("{}.{}", count.entity, tables.ending()));
    Ok(Bundle {
        folder: folder.display().to_string(),
        files: ["bundle.json".to_owned(), "bundle.schema.json".to_owned()]
            .into_iter()
            .chain(names)
            .collect(),
        records: counts,
        notes: Vec::new(),
    })
}

/// Makes a new folder that is there as a whole or not at all.
fn whole<T>(folder: &Path, write: impl FnOnce(&Path) -> Result<T, ApiError>) -> Result<T, ApiError> {
    if folder.symlink_metadata().is_ok() {
        let message = format!("{} is there already; choose another name", folder.display());
        return Err(ApiError::new(Code::Conflict, message));
    }
    let around = match folder.parent() {
        Some(around) if !around.as_os_str().is_empty() => around,
        _ => Path::new("."),
    };
    let part = tempfile::Builder::new()
        .prefix(".portico-bundle-")
        .tempdir_in(around)
        .map_err(write::storage(folder))?;
    let written = write(part.path())?;
    std::fs::rename(part.path(), folder).map_err(write::storage(folder))?;
    // It has another name now: there is nothing left to remove.
    let _elsewhere = part.keep();
    Ok(written)
}

fn cancelled() -> ApiError {
    ApiError::new(Code::Cancelled, "cancelled; nothing was written")
}

fn write_files(
    c: &Connection,
    desk: &str,
    folder: &Path,
    tables: Tables,
    work: &mut Work<'_>,
) -> Result<Vec<EntityCount>, ApiError> {
    write::text(&folder.join("bundle.schema.json"), &schema::text()?)?;
    let mut file = BundleFile::create(
        &folder.join("bundle.json"),
        &Head {
            format: FORMAT,
            version: VERSION,
            desk,
            made_at: &jiff::Timestamp::now().to_string(),
            program: env!("CARGO_PKG_VERSION"),
        },
    )?;
    let mut keys = Keys::default();
    let mut counts = Vec::new();
    for entity in kinds(c, desk)? {
        let mut table = write::table(folder, entity, tables)?;
        file.begin(entity)?;
        each(c, entity, &mut keys, work, &mut |record| {
            file.record(record)?;
            write::row(&mut table, entity, record)
        })?;
        file.end()?;
        counts.push(EntityCount {
            entity: entity.name().to_owned(),
            total: small(table.rows()),
        });
        table.finish()?;
    }
    file.finish()?;
    Ok(counts)
}

/// The kinds that the desk has, and those of which there are records none the less: links may name them.
fn kinds(c: &Connection, desk: &str) -> Result<Vec<Entity>, ApiError> {
    let rules = crate::forms::rules(desk)?;
    let mut kinds = Vec::new();
    for entity in Entity::ALL {
        let known = entity == Entity::ExternalUser || rules.of(entity).is_some();
        if known || !record::ids_after(c, entity, None, 1)?.is_empty() {
            kinds.push(entity);
        }
    }
    Ok(kinds)
}

fn each(
    c: &Connection,
    entity: Entity,
    keys: &mut Keys,
    work: &mut Work<'_>,
    take: &mut dyn FnMut(&Record) -> Result<(), ApiError>,
) -> Result<(), ApiError> {
    let (mut after, mut done) = (None, 0);
    loop {
        let ids = record::ids_after(c, entity, after, PAGE)?;
        if work.cancelled.load(Ordering::Relaxed) {
            return Err(cancelled());
        }
        (work.tell)(Progress {
            job: work.job.to_owned(),
            phase: "writing".to_owned(),
            kind: entity.name().to_owned(),
            done,
        });
        let Some(last) = ids.last() else {
            return Ok(());
        };
        for id in &ids {
            take(&records::read(c, entity, *id, keys)?)?;
        }
        done += ids.len() as u64;
        after = Some(*last);
    }
}

#[cfg(test)]
mod tests;
