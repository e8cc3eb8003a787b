//! What the core refuses.

use serde::Serialize;

/// A value that a desk would not take, beside the field it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct FieldProblem {
    /// The field's name, as in the form.
    pub field: String,
    /// What is wrong; a key of the catalogue (`problem.login.too_long`).
    pub code: String,
    /// Values for the text, name and value.
    pub detail: Vec<(String, String)>,
    /// What is wrong in English, for the command line and the log.
    pub message: String,
    /// A warning can be saved, an error cannot.
    pub warning: bool,
}
