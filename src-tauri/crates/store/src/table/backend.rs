//! Back ends that external users come from: a database, a directory server.

use portico_core::id::BackendId;
use portico_core::model::Validity;

use super::Role::{DeskKey, Field, Id, Natural, Present};
use super::row::{entity, row};

pub(crate) const CREATE: &str = "
CREATE TABLE backend (
    id BLOB NOT NULL PRIMARY KEY,
    desk_key TEXT,
    name TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    group_support INTEGER NOT NULL DEFAULT 0,
    validity INTEGER NOT NULL DEFAULT 1,
    present INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX backend_name ON backend (name) WHERE present = 1;
CREATE INDEX backend_desk_key ON backend (desk_key);
";

row! {
    /// A back end.
    backend, key 1, based true {
        id: BackendId = Id,
        desk_key: Option<String> = DeskKey,
        name: String = Natural,
        description: String = Field,
        group_support: bool = Field,
        validity: Validity = Field,
        present: bool = Present,
    }
    derived {}
}

entity!(BackendId);
