//! Tables that people made or a desk gave: CSV, XLSX and JSON, whatever their columns are called.
//!
//! A [`Mapping`] says which kind of record a table holds and which column is which field of the desk's form. What it does
//! not say is guessed from the headings. Nothing that a table does not tell changes: neither other kinds of record, nor
//! fields without a column, nor records without a row.

mod build;
mod csv;
mod fields;
pub mod first;
mod guess;
mod head;
mod json;
pub mod known;
pub mod look;
pub mod mapping;
mod read;
mod row;
mod said;
mod slots;
mod ticket;
mod value;
mod words;
mod xlsx;

pub use fields::{KINDS, RowKind, choices, fields, keys, kind, kind_name, needed};
pub(crate) use read::Tables;
pub(crate) use said::SENTENCES;

/// Endings of files that are tables.
pub(crate) const ENDINGS: [&str; 7] = ["csv", "tsv", "txt", "xlsx", "json", "jsonl", "ndjson"];
