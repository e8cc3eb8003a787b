//! Zoho Desk: lists of its interface come in; calls of it and a worklist go out.

mod calls;
pub(crate) mod openfga;
pub(crate) mod read;
pub(crate) mod rest;
mod ways;
pub(crate) mod write;

use crate::registry::DeskInfo;

pub(crate) const ID: &str = "zoho";

/// The setting that says whether the switches of all contacts and accounts are known.
const SWITCHES: &str = "Portal::AccountSwitches";

/// What the desk can do.
pub(crate) const INFO: DeskInfo = DeskInfo {
    can_read: true,
    can_write: true,
    reads_interface: true,
    ..DeskInfo::without_ways(ID, "Zoho Desk")
};
