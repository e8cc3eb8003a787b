//! Reading a desk's interface.

use serde::Serialize;

/// How much a reading will ask of a desk.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct ReadEstimate {
    /// How many requests are known to be needed.
    #[specta(type = specta_typescript::Number)]
    pub requests: u64,
    /// Whether there will be more, of which nothing says how many.
    pub open: bool,
    /// By list, in the order in which they are read.
    pub lists: Vec<ListEstimate>,
    /// What the desk allows a day, in English; `None` where nothing says so.
    pub day: Option<String>,
}

/// How much one list will ask.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct ListEstimate {
    /// Its name.
    pub list: String,
    /// How many records there are; `None` where nothing says so.
    #[specta(type = Option<specta_typescript::Number>)]
    pub records: Option<u64>,
    /// Whether that is from the last import, because the desk does not say it.
    pub before: bool,
    /// How many requests it takes; `None` where nothing says so.
    #[specta(type = Option<specta_typescript::Number>)]
    pub requests: Option<u64>,
}
