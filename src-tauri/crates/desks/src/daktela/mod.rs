//! Daktela: lists of its interface come in; a worklist goes out.

pub(crate) mod openfga;
pub(crate) mod read;
pub(crate) mod ways;

use crate::registry::DeskInfo;

pub(crate) const ID: &str = "daktela";

/// What the desk can do.
pub(crate) const INFO: DeskInfo = DeskInfo {
    can_read: true,
    can_write: true,
    ..DeskInfo::without_ways(ID, "Daktela")
};
