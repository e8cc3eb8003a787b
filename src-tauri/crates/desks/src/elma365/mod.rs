//! ELMA365 (BRIX365): its external users are kept; there is no way in or out yet.

pub(crate) mod openfga;

use crate::registry::DeskInfo;

pub(crate) const ID: &str = "elma365";

/// What the desk can do.
pub(crate) const INFO: DeskInfo = DeskInfo::without_ways(ID, "ELMA365");
