//! Rights of groups on objects of the portal.

use portico_core::id::{GroupId, PortalObjectId};

use super::row::right_link;

pub(crate) const CREATE: &str = "
CREATE TABLE group_object (
    group_id BLOB NOT NULL REFERENCES permission_group (id),
    object_id BLOB NOT NULL REFERENCES portal_object (id),
    level TEXT NOT NULL,
    copies INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (group_id, object_id, level)
) WITHOUT ROWID;
CREATE INDEX group_object_object_id ON group_object (object_id, level);
";

right_link! {
    /// A group's right on an object.
    group_object, group_id: GroupId = "permission_group", object_id: PortalObjectId = "portal_object", level
}
