//! Daktela: lists of its interface come in; changes are kept, for there is no way out yet.

pub(crate) mod openfga;
pub(crate) mod read;

use crate::registry::DeskInfo;

pub(crate) const ID: &str = "daktela";

/// What the desk can do.
pub(crate) const INFO: DeskInfo = DeskInfo {
    can_read: true,
    ..DeskInfo::without_ways(ID, "Daktela")
};
