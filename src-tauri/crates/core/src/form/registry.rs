//! Which desk demands what.

use super::{FormRules, otobo};

/// The rules of a desk; `None` for a desk that Portico does not know.
pub fn rules(desk: &str) -> Option<&'static FormRules> {
    match desk {
        "otobo" => Some(&otobo::RULES),
        _ => None,
    }
}
