//! Daktela: lists of its interface come in, as files or live; a worklist goes out.

pub(crate) mod openfga;
pub(crate) mod read;
pub(crate) mod rest;
pub(crate) mod ways;

use crate::registry::DeskInfo;

pub(crate) const ID: &str = "daktela";

/// What the desk can do.
pub(crate) const INFO: DeskInfo = DeskInfo {
    can_read: true,
    can_write: true,
    reads_interface: true,
    ..DeskInfo::without_ways(ID, "Daktela")
};
