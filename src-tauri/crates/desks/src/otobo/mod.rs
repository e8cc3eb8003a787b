//! OTOBO 11 and Znuny: dumps of their tables in, SQL and console commands out.

use crate::registry::DeskInfo;

mod columns;
mod console;
pub mod dump_script;
mod dump_tables;
mod mysql;
mod password;
mod plan;
mod postgresql;
pub mod quote;
pub mod read;
mod readme;
mod refusal;
mod refuse;
mod statements;
pub mod write;
pub mod write_dump;

/// The desk's id.
pub const ID: &str = "otobo";

/// Name of the setting that says whether it is OTOBO (`"otobo"`) or Znuny (`"znuny"`): they name one
/// table differently and their portals sort states into Open and Closed differently.
pub const FLAVOUR: &str = "Portico::Flavour";
/// Name of the setting that says that nothing which is not modelled decides (archive, access control
/// lists, processes, further back ends, further permission modules).
pub const NOTHING_ELSE: &str = "Portico::NothingElseDecides";
/// Name of the setting that switches rights on other customers' tickets on.
pub const OTHER_CONTEXT: &str = "CustomerGroupPermissionContext###100-CustomerID-other";
/// Name of the setting that says which database the desk has.
pub const DATABASE: &str = "database";

/// What the desk can do.
pub(crate) const INFO: DeskInfo = DeskInfo {
    id: ID,
    name: "OTOBO / Znuny",
    can_read: true,
    reads_tables: false,
    can_write: true,
    can_dump_script: true,
    can_write_dump: true,
    reads_database: true,
    reads_interface: false,
    applies: true,
    databases: &["postgresql", "mysql"],
};
