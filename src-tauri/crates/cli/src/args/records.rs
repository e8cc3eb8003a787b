//! Arguments of `records`.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use portico_core::form::field::Entity;

use super::File;
use crate::edit::noun;

#[derive(Debug, Args)]
pub(crate) struct Records {
    #[command(flatten)]
    pub(crate) file: File,
    /// Which: accounts, contacts, groups, queues, portal-objects, ...
    #[arg(value_name = "KIND", value_parser = kind)]
    pub(crate) kind: Entity,
    /// Part of a name, key or number
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub(crate) search: String,
    /// Only records that differ from what the desk has
    #[arg(long)]
    pub(crate) changed: bool,
    /// The column to sort by
    #[arg(long, value_name = "COLUMN", default_value = "name")]
    pub(crate) sort: String,
    /// Backwards
    #[arg(long)]
    pub(crate) descending: bool,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u32>,
    /// Write the list into a file of comma-separated values, one that is there is replaced
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath, conflicts_with = "xlsx")]
    pub(crate) csv: Option<PathBuf>,
    /// Write the list into a workbook, one that is there is replaced
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(crate) xlsx: Option<PathBuf>,
    /// Columns [default: the name, the fields that the desk has, and how many use the record]
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,
}

/// What several of a kind are called: `ticket-types`, `addresses`.
fn several(entity: Entity) -> String {
    let one = noun(entity).replace(' ', "-");
    match one.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if one.ends_with('s') => format!("{one}es"),
        None => format!("{one}s"),
    }
}

fn kind(text: &str) -> Result<Entity, String> {
    let typed = text.to_lowercase().replace(['_', ' '], "-");
    let mut kinds = Entity::ALL.into_iter().filter(|kind| *kind != Entity::ExternalUser);
    let names = |kind: &Entity| {
        [
            several(*kind),
            noun(*kind).replace(' ', "-"),
            kind.name().replace('_', "-"),
        ]
    };
    kinds.clone().find(|kind| names(kind).contains(&typed)).ok_or_else(|| {
        let all: Vec<String> = kinds.by_ref().map(several).collect();
        format!("there are {}", all.join(", "))
    })
}
