//! Rights of people on objects of the portal.

use portico_core::id::{ExternalUserId, PortalObjectId};

use super::row::right_link;

pub(crate) const CREATE: &str = "
CREATE TABLE user_object (
    user_id BLOB NOT NULL REFERENCES external_user (id),
    object_id BLOB NOT NULL REFERENCES portal_object (id),
    level TEXT NOT NULL,
    copies INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, object_id, level)
) WITHOUT ROWID;
CREATE INDEX user_object_object_id ON user_object (object_id, level);
";

right_link! {
    /// A person's right on an object.
    user_object, user_id: ExternalUserId = "external_user", object_id: PortalObjectId = "portal_object", level
}
