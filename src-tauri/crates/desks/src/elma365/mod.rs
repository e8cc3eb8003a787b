//! ELMA365 (BRIX365): its external users are kept, and a worklist goes out; there is no way in yet.

pub(crate) mod openfga;
pub(crate) mod ways;

use crate::registry::DeskInfo;

pub(crate) const ID: &str = "elma365";

/// What the desk can do.
pub(crate) const INFO: DeskInfo = DeskInfo {
    can_write: true,
    ..DeskInfo::without_ways(ID, "ELMA365")
};
