//! Agents: people inside who answer tickets.

use portico_core::id::AgentId;
use portico_core::model::Validity;

use super::Role::{DeskKey, Field, Id, Natural, Present};
use super::row::{entity, row};

pub(crate) const CREATE: &str = "
CREATE TABLE agent (
    id BLOB NOT NULL PRIMARY KEY,
    desk_key TEXT,
    login TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    validity INTEGER NOT NULL DEFAULT 1,
    present INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX agent_login ON agent (login) WHERE present = 1;
CREATE INDEX agent_desk_key ON agent (desk_key);
";

row! {
    /// An agent.
    agent, key 1, based true {
        id: AgentId = Id,
        desk_key: Option<String> = DeskKey,
        login: String = Natural,
        name: String = Field,
        email: String = Field,
        validity: Validity = Field,
        present: bool = Present,
    }
    derived {}
}

entity!(AgentId);
