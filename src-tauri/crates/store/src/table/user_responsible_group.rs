//! Groups that may answer for a person's tickets.

use portico_core::id::GroupId;

use super::row::user_link;

pub(crate) const CREATE: &str = "
CREATE TABLE user_responsible_group (
    user_id BLOB NOT NULL REFERENCES external_user (id),
    group_id BLOB NOT NULL REFERENCES permission_group (id),
    copies INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, group_id)
) WITHOUT ROWID;
CREATE INDEX user_responsible_group_group_id ON user_responsible_group (group_id);
";

user_link! {
    /// A group that may answer for a person's tickets.
    user_responsible_group, group_id: GroupId = "permission_group"
}
