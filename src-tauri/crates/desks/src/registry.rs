//! Which desks there are, and what each can do. Outside a desk's own folder, only this file names one.

use crate::error::DeskError;
use crate::otobo;
use crate::reader::{Database, ReadOptions, Reader};
use crate::writer::Writer;

/// What a desk can do.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing a caller asks about")]
#[derive(Debug, Clone, Copy)]
pub struct DeskInfo {
    /// Its id in files and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// Whether a dump can be read.
    pub can_read: bool,
    /// Whether changes can be written for it.
    pub can_write: bool,
    /// Whether there is a script that makes a dump.
    pub can_dump_script: bool,
    /// Whether a world can be written as its dump.
    pub can_write_dump: bool,
    /// Databases to choose from; empty where it does not matter.
    pub databases: &'static [&'static str],
    /// The settings that decide who sees what; visibility is unknown while one of them is.
    pub settings: &'static [SettingInfo],
}

/// What kind of value a setting has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingKind {
    /// `true` or `false`.
    Switch,
    /// A list of group names.
    Groups,
    /// One of [`SettingInfo::choices`].
    Choice,
}

impl SettingKind {
    /// `switch`, `groups` or `choice`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Switch => "switch",
            Self::Groups => "groups",
            Self::Choice => "choice",
        }
    }
}

/// A setting of a desk.
#[derive(Debug, Clone, Copy)]
pub struct SettingInfo {
    /// The desk's own name.
    pub name: &'static str,
    /// What kind of value it has.
    pub kind: SettingKind,
    /// The desk's default as JSON text, to be offered but never taken silently; `None` where it has none.
    pub default: Option<&'static str>,
    /// The values of a [`SettingKind::Choice`].
    pub choices: &'static [&'static str],
}

static DESKS: [DeskInfo; 1] = [otobo::INFO];

/// All desks.
pub fn desks() -> &'static [DeskInfo] {
    &DESKS
}

/// A desk by its id.
pub fn desk(id: &str) -> Result<&'static DeskInfo, DeskError> {
    DESKS
        .iter()
        .find(|desk| desk.id == id)
        .ok_or_else(|| DeskError::UnknownDesk(id.to_owned()))
}

/// A reader for a desk's dump. Nothing is opened before it reads.
pub fn reader(id: &str, options: ReadOptions) -> Result<Box<dyn Reader>, DeskError> {
    match desk(id)?.id {
        otobo::ID => Ok(Box::new(otobo::read::TableDump::new(options))),
        other => Err(DeskError::UnknownDesk(other.to_owned())),
    }
}

/// The writer of changes for a desk.
pub fn writer(id: &str) -> Result<Box<dyn Writer>, DeskError> {
    match desk(id)?.id {
        otobo::ID => Ok(Box::new(otobo::write::Scripts)),
        other => Err(DeskError::UnknownDesk(other.to_owned())),
    }
}

/// Reads a file of a desk's settings alone; `file` names it in problems.
pub fn read_settings(id: &str, file: &str, text: &str) -> Result<Vec<portico_core::model::DeskSetting>, DeskError> {
    match desk(id)?.id {
        otobo::ID => otobo::read::settings_alone(file, text),
        other => Err(DeskError::UnknownDesk(other.to_owned())),
    }
}

/// What an admin runs on the desk's server to get a dump.
pub fn dump_script(id: &str, database: Database) -> Result<String, DeskError> {
    match desk(id)?.id {
        otobo::ID => Ok(otobo::dump_script::dump_script(database)),
        other => Err(DeskError::UnknownDesk(other.to_owned())),
    }
}

/// Writes a world as the desk's dump into an empty or new folder.
pub fn write_dump<S>(id: &str, world: &mut S, folder: &std::path::Path) -> Result<(), WriteDumpError<S::Error>>
where
    S: portico_core::snapshot::Source,
{
    match desk(id).map_err(WriteDumpError::Desk)?.id {
        otobo::ID => otobo::write_dump::write_dump(world, folder),
        other => Err(WriteDumpError::Desk(DeskError::UnknownDesk(other.to_owned()))),
    }
}

/// Why a world could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteDumpError<E> {
    /// The world failed.
    #[error("the world could not be read")]
    World(E),
    /// The dump failed.
    #[error(transparent)]
    Desk(DeskError),
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::{desk, desks, reader, writer};
    use crate::reader::ReadOptions;

    #[test]
    fn every_desk_in_the_list_can_be_built_and_no_other() {
        for info in desks() {
            assert_eq!(desk(info.id).unwrap().name, info.name);
            assert!(reader(info.id, ReadOptions::default()).is_ok());
            assert!(writer(info.id).is_ok());
        }
        assert!(reader("nowhere", ReadOptions::default()).is_err());
        assert!(writer("nowhere").is_err());
    }
}
