//! Agents who may answer for a person's tickets.

use portico_core::id::AgentId;

use super::row::user_link;

pub(crate) const CREATE: &str = "
CREATE TABLE user_responsible_agent (
    user_id BLOB NOT NULL REFERENCES external_user (id),
    agent_id BLOB NOT NULL REFERENCES agent (id),
    copies INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, agent_id)
) WITHOUT ROWID;
CREATE INDEX user_responsible_agent_agent_id ON user_responsible_agent (agent_id);
";

user_link! {
    /// An agent who may answer for a person's tickets.
    user_responsible_agent, agent_id: AgentId = "agent"
}
