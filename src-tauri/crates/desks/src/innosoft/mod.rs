//! Innosoft Field Service Management: tables come in (no interface is documented), and a worklist goes out.

pub(crate) mod openfga;
pub(crate) mod ways;

use crate::registry::DeskInfo;

pub(crate) const ID: &str = "innosoft";

/// What the desk can do.
pub(crate) const INFO: DeskInfo = DeskInfo {
    can_read: true,
    reads_tables: true,
    can_write: true,
    ..DeskInfo::without_ways(ID, "Innosoft FSM")
};
