//! Which desks can be read into the middle form and written from it.

use super::{Half, Statement, daktela, innosoft, otobo, zoho};

/// Desks that are translated, from each to each.
pub const DESKS: &[&str] = &["daktela", "innosoft", "otobo", "zoho"];

/// All statements, by half.
pub const STATEMENTS: &[&[Statement]] = &[
    daktela::READ,
    daktela::WRITE,
    innosoft::READ,
    innosoft::WRITE,
    otobo::READ,
    otobo::WRITE,
    zoho::READ,
    zoho::WRITE,
];

/// The half that reads a desk.
pub(super) fn reads(desk: &str) -> Option<Box<dyn Half>> {
    Some(match desk {
        "daktela" => Box::<daktela::Read>::default(),
        "innosoft" => Box::<innosoft::Read>::default(),
        "otobo" => Box::<otobo::Read>::default(),
        "zoho" => Box::<zoho::Read>::default(),
        _ => return None,
    })
}

/// The half that writes a desk.
pub(super) fn writes(desk: &str) -> Option<Box<dyn Half>> {
    Some(match desk {
        "daktela" => Box::<daktela::Write>::default(),
        "innosoft" => Box::<innosoft::Write>::default(),
        "otobo" => Box::<otobo::Write>::default(),
        "zoho" => Box::<zoho::Write>::default(),
        _ => return None,
    })
}
