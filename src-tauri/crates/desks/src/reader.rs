//! What every reader of a desk takes and tells.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use portico_core::snapshot::{Scope, Source};

use crate::database::Connection;
use crate::error::DeskError;
use crate::report::Report;
use crate::tables::known::Known;
use crate::tables::mapping::Mapping;

/// How much of the texts of activities to read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Bodies {
    /// None.
    None,
    /// The first 4 KB, cut at a character.
    #[default]
    Short,
    /// All.
    Full,
}

impl Bodies {
    /// `none`, `short` or `full`.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "none" => Some(Self::None),
            "short" => Some(Self::Short),
            "full" => Some(Self::Full),
            _ => None,
        }
    }
}

/// The database below a desk, where its comparisons depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    /// `PostgreSQL`: compares text exactly.
    PostgreSql,
    /// `MySQL` or `MariaDB`: compares text without regard to case by default.
    MySql,
}

impl Database {
    /// `postgresql` or `mysql`, as kept in the settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::PostgreSql => "postgresql",
            Self::MySql => "mysql",
        }
    }

    /// From its name; `mariadb` is `mysql`.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "postgresql" => Some(Self::PostgreSql),
            "mysql" | "mariadb" => Some(Self::MySql),
            _ => None,
        }
    }
}

/// How far a reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'a> {
    /// `checking` (nothing is yielded yet) or `reading`.
    pub phase: &'static str,
    /// The table or file.
    pub what: &'a str,
    /// Rows of it so far.
    pub rows: u64,
}

/// Hears of every few thousand rows; `Break` stops the work with [`portico_core::snapshot::Stopped::Cancelled`].
pub type Watch = Arc<dyn Fn(Step<'_>) -> ControlFlow<()> + Send + Sync>;

/// What to read.
#[derive(Clone, Default)]
pub struct ReadOptions {
    /// A folder or a .zip; empty where it is read from a database.
    pub path: PathBuf,
    /// The desk's own database, instead of a path.
    pub connection: Option<Connection>,
    /// A file of settings; `None` for what lies in the source.
    pub settings: Option<PathBuf>,
    /// The desk's database; `None` where it is known already or not known. Never guessed.
    pub database: Option<Database>,
    /// How much of the texts to read.
    pub bodies: Bodies,
    /// What one table holds; `None` for what the desk itself gives, or tables whose names say it.
    pub table: Option<Mapping>,
    /// What the workspace knows, by which tables speak of other records.
    pub known: Known,
    /// Who hears of progress, and may stop it.
    pub watch: Option<Watch>,
}

/// A source that can tell what it noticed.
pub trait Reader: Source<Error = DeskError> {
    /// What was noticed; complete once [`Source::read`] returned, whether it succeeded or not.
    fn report(&self) -> &Report;

    /// How much of the desk it tells; known before it reads.
    fn scope(&self) -> Scope {
        Scope::default()
    }
}
