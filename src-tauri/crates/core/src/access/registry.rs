//! The desks whose access models are known.

use super::group_rights::GroupRights;
use super::model::AccessModel;
use super::{daktela, elma365, innosoft, otobo, zoho};

/// The names of all desks with a model.
pub const DESKS: &[&str] = &["daktela", "elma365", "innosoft", "otobo", "znuny", "zoho"];

/// The model of a workspace's desk, where settings (value as JSON text by name) say which of a family it is.
pub fn model_of<'s>(desk: &str, setting: impl Fn(&str) -> Option<&'s str>) -> Option<AccessModel> {
    match desk {
        "otobo" if setting("Portico::Flavour") == Some("\"znuny\"") => model("znuny"),
        desk => model(desk),
    }
}

/// The model of a desk; `None` for a desk that is not known.
pub fn model(desk: &str) -> Option<AccessModel> {
    match desk {
        "daktela" => Some(daktela::model()),
        "elma365" => Some(elma365::model()),
        "innosoft" => Some(innosoft::model()),
        "zoho" => Some(zoho::model()),
        "otobo" => Some(otobo::model(&otobo::OTOBO)),
        "znuny" => Some(otobo::model(&otobo::ZNUNY)),
        _ => None,
    }
}

/// How a desk gives rights on groups.
pub fn group_rights(desk: &str) -> GroupRights {
    match desk {
        "otobo" | "znuny" => otobo::GROUP_RIGHTS,
        _ => GroupRights::default(),
    }
}
