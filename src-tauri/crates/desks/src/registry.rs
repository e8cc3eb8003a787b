//! Which desks there are, and what each can do. Outside a desk's own folder, only this file names one.

use crate::database::{Connection, DatabaseError, DatabaseLook};
use crate::error::DeskError;
use crate::openfga::Relations;
use crate::reader::{Database, ReadOptions, Reader};
use crate::rest::RestError;
use crate::rest::list::Interface;
use crate::said::Sentence;
use crate::source::pages::Pages;
use crate::tables::Tables;
use crate::writer::Writer;
use crate::{daktela, elma365, innosoft, otobo, settings_file, zoho};

/// All sentences of readers, room by room.
pub const SENTENCES: &[&[Sentence]] = &[
    crate::source::SENTENCES,
    crate::tables::SENTENCES,
    otobo::read::SENTENCES,
    zoho::read::SENTENCES,
    daktela::read::SENTENCES,
    elma365::read::SENTENCES,
];

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
    /// Whether what is read are tables, a file for each kind of record.
    pub reads_tables: bool,
    /// Whether changes can be written for it.
    pub can_write: bool,
    /// Whether there is a script that makes a dump.
    pub can_dump_script: bool,
    /// Whether a world can be written as its dump.
    pub can_write_dump: bool,
    /// Whether it is read from its own database too.
    pub reads_database: bool,
    /// Whether it is read from its own interface too.
    pub reads_interface: bool,
    /// Whether changes are applied to that database too.
    pub applies: bool,
    /// Databases to choose from; empty where it does not matter.
    pub databases: &'static [&'static str],
}

impl DeskInfo {
    /// A desk that can be worked for, and neither read nor written.
    pub(crate) const fn without_ways(id: &'static str, name: &'static str) -> Self {
        Self {
            id,
            name,
            can_read: false,
            reads_tables: false,
            can_write: false,
            can_dump_script: false,
            can_write_dump: false,
            reads_database: false,
            reads_interface: false,
            applies: false,
            databases: &[],
        }
    }

    /// Portico does not do this with the desk yet.
    fn not_yet(&self, what: &'static str) -> DeskError {
        DeskError::NotYet {
            desk: self.name.to_owned(),
            what,
        }
    }
}

static DESKS: [DeskInfo; 5] = [daktela::INFO, elma365::INFO, innosoft::INFO, otobo::INFO, zoho::INFO];

/// All desks, in the order of the alphabet.
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
    let desk = desk(id)?;
    if options.connection.is_some() && !desk.reads_database {
        return Err(DatabaseError::NotThisDesk(desk.name.to_owned()).into());
    }
    match desk.id {
        id if options.table.is_some() => Ok(Box::new(Tables::new(id, options))),
        // It gives no lists but those that people save as tables.
        id @ innosoft::ID => Ok(Box::new(Tables::new(id, options))),
        otobo::ID => Ok(Box::new(otobo::read::TableDump::new(options))),
        daktela::ID => Ok(Box::new(Pages::new(options, daktela::read::Desk::default))),
        elma365::ID => Ok(Box::new(Pages::new(options, elma365::read::Desk::default))),
        zoho::ID => Ok(Box::new(Pages::new(options, zoho::read::Desk::default))),
        _ => Err(desk.not_yet("read")),
    }
}

/// The interface that a desk is read from.
pub(crate) fn interface(id: &str) -> Result<&'static dyn Interface, DeskError> {
    let desk = desk(id)?;
    match desk.id {
        daktela::ID => Ok(&daktela::rest::INTERFACE),
        elma365::ID => Ok(&elma365::rest::INTERFACE),
        zoho::ID => Ok(&zoho::rest::INTERFACE),
        _ => Err(RestError::NotThisDesk(desk.name.to_owned()).into()),
    }
}

/// Opens a desk's database and says what it is; nothing is read.
pub fn look_at_database(id: &str, connection: &Connection) -> Result<DatabaseLook, DeskError> {
    let desk = desk(id)?;
    match desk.id {
        otobo::ID => otobo::read::look(connection),
        _ => Err(DatabaseError::NotThisDesk(desk.name.to_owned()).into()),
    }
}

/// The writer of changes for a desk.
pub fn writer(id: &str) -> Result<Box<dyn Writer>, DeskError> {
    let desk = desk(id)?;
    match desk.id {
        otobo::ID => Ok(Box::new(otobo::write::Scripts)),
        daktela::ID => Ok(Box::new(daktela::ways::WRITER)),
        elma365::ID => Ok(Box::new(elma365::ways::WRITER)),
        innosoft::ID => Ok(Box::new(innosoft::ways::WRITER)),
        zoho::ID => Ok(Box::new(zoho::write::Calls)),
        _ => Err(desk.not_yet("written")),
    }
}

/// How the desk's rules are told to OpenFGA; `None` where they cannot be: two keys that are equal but for case are
/// two objects there.
pub fn relations(id: &str) -> Result<Option<Relations>, DeskError> {
    Ok(match desk(id)?.id {
        daktela::ID => Some(daktela::openfga::RELATIONS),
        elma365::ID => Some(elma365::openfga::RELATIONS),
        innosoft::ID => Some(innosoft::openfga::RELATIONS),
        zoho::ID => Some(zoho::openfga::RELATIONS),
        _ => None,
    })
}

/// Reads a file of a desk's settings alone, as an import reads them; `file` names it in problems.
pub fn read_settings(id: &str, file: &str, text: &str) -> Result<Vec<portico_core::model::DeskSetting>, DeskError> {
    let desk = desk(id)?;
    match desk.id {
        otobo::ID => otobo::read::settings_alone(file, text),
        id => settings_file::read(id, file, text),
    }
}

/// What an admin runs on the desk's server to get a dump.
pub fn dump_script(id: &str, database: Database) -> Result<String, DeskError> {
    let desk = desk(id)?;
    match desk.id {
        otobo::ID => Ok(otobo::dump_script::dump_script(database)),
        _ => Err(desk.not_yet("read")),
    }
}

/// Writes a world as the desk's dump into an empty or new folder.
pub fn write_dump<S>(id: &str, world: &mut S, folder: &std::path::Path) -> Result<(), WriteDumpError<S::Error>>
where
    S: portico_core::snapshot::Source,
{
    let desk = desk(id).map_err(WriteDumpError::Desk)?;
    match desk.id {
        otobo::ID => otobo::write_dump::write_dump(world, folder),
        _ => Err(WriteDumpError::Desk(desk.not_yet("read"))),
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
    use super::{desk, desks, dump_script, interface, reader, writer};
    use crate::error::DeskError;
    use crate::plan::Plan;
    use crate::reader::{Database, ReadOptions};
    use crate::writer::{Occasion, Passwords};

    #[test]
    fn every_desk_in_the_list_keeps_what_its_description_promises() {
        for info in desks() {
            assert_eq!(desk(info.id).unwrap().name, info.name);
            assert_eq!(
                reader(info.id, ReadOptions::default()).is_ok(),
                info.can_read,
                "{}",
                info.id
            );
            let writes = writer(info.id)
                .unwrap()
                .write(&Plan::default(), &Passwords::new(), &Occasion::default());
            assert_eq!(
                !matches!(writes, Err(DeskError::NotYet { .. })),
                info.can_write,
                "{}",
                info.id
            );
            assert_eq!(interface(info.id).is_ok(), info.reads_interface, "{}", info.id);
            let statements =
                writer(info.id)
                    .unwrap()
                    .statements(&Plan::default(), &Passwords::new(), Database::PostgreSql);
            assert_eq!(statements.is_ok(), info.applies, "{}", info.id);
            let script = dump_script(info.id, Database::PostgreSql);
            assert_eq!(script.is_ok(), info.can_dump_script, "{}", info.id);
        }
    }

    #[test]
    fn every_desk_with_forms_is_in_the_list_and_no_other() {
        let known: Vec<_> = desks().iter().map(|info| info.id).collect();
        assert_eq!(known, portico_core::form::registry::DESKS);
        assert!(reader("nowhere", ReadOptions::default()).is_err());
        assert!(writer("nowhere").is_err());
    }
}
