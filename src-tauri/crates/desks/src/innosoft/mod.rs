//! Innosoft Field Service Management: its external users are kept; there is no way in or out yet.

pub(crate) mod openfga;

use crate::registry::DeskInfo;

pub(crate) const ID: &str = "innosoft";

/// What the desk can do.
pub(crate) const INFO: DeskInfo = DeskInfo::without_ways(ID, "Innosoft FSM");
