//! Machines at the addresses of customers.

use portico_core::id::{AddressId, MachineId};
use portico_core::model::Validity;

use rusqlite::Connection;

use super::Role::{DeskKey, Field, Id, Natural, Present, Reference};
use super::row::{self, entity, row};
use crate::error::Result;

pub(crate) const CREATE: &str = "
CREATE TABLE machine (
    id BLOB NOT NULL PRIMARY KEY,
    desk_key TEXT,
    number TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    address_id BLOB REFERENCES address (id),
    validity INTEGER NOT NULL DEFAULT 1,
    present INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX machine_number ON machine (number) WHERE present = 1;
CREATE INDEX machine_desk_key ON machine (desk_key);
CREATE INDEX machine_address ON machine (address_id);
";

row! {
    /// A machine.
    machine, key 1, based true {
        id: MachineId = Id,
        desk_key: Option<String> = DeskKey,
        number: String = Natural,
        name: String = Field,
        description: String = Field,
        address_id: Option<AddressId> = Reference("address"),
        validity: Validity = Field,
        present: bool = Present,
    }
    derived {}
}

entity!(MachineId);

/// The valid machines at an address, by the desk's key of it, or its id where the desk does not have it yet.
pub fn at_address(c: &Connection, address: &str) -> Result<Vec<Row>> {
    let condition = "present = 1 AND validity = 1
        AND address_id IN (SELECT id FROM address WHERE desk_key = ?1 UNION ALL SELECT id FROM address WHERE id = unhex(?1) AND desk_key IS NULL)
        ORDER BY number";
    row::many(c, &TABLE, condition, &[&address], Row::read)
}
