//! Innosoft Field Service Management: its external users are kept, and a worklist goes out; there is no way in yet.

pub(crate) mod openfga;
pub(crate) mod ways;

use crate::registry::DeskInfo;

pub(crate) const ID: &str = "innosoft";

/// What the desk can do.
pub(crate) const INFO: DeskInfo = DeskInfo {
    can_write: true,
    ..DeskInfo::without_ways(ID, "Innosoft FSM")
};
