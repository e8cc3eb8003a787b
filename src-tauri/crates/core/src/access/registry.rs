//! The desks whose access models are known.

use super::model::AccessModel;
use super::otobo;

/// The names of all desks with a model.
pub const DESKS: &[&str] = &["otobo", "znuny"];

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
        "otobo" => Some(otobo::model(&otobo::OTOBO)),
        "znuny" => Some(otobo::model(&otobo::ZNUNY)),
        _ => None,
    }
}
