//! One error for every caller: a closed code, and words for people.

use portico_core::error::FieldProblem;
use serde::Serialize;

/// What kind of thing went wrong. Callers decide by this, never by the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The input is not acceptable; `fields` says where.
    Invalid,
    /// The input is not acceptable because of what a source contains; `detail` holds the problems.
    BadSource,
    /// There is no such thing.
    NotFound,
    /// Somebody changed it meanwhile.
    Stale,
    /// It cannot be done while something else contradicts it.
    Conflict,
    /// The session may not do this.
    Forbidden,
    /// Another process holds the workspace.
    Busy,
    /// The file is newer than this program.
    TooNew,
    /// The file is not a workspace, or is damaged.
    NotAWorkspace,
    /// The file needs a passphrase, or the one given is wrong.
    Locked,
    /// An export would be unsafe; `detail` names the findings.
    Unsafe,
    /// The disk is full or a file cannot be read or written.
    Storage,
    /// It was cancelled.
    Cancelled,
    /// No workspace is open.
    NoWorkspace,
    /// A defect of Portico; the log has more.
    Internal,
}

/// What every use case returns when it cannot do its work.
#[derive(Debug, Clone, Serialize, specta::Type, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// What kind of thing went wrong.
    pub code: Code,
    /// What happened, where, and what to do, in English. The window has its own words for each code.
    pub message: String,
    /// Problems beside fields, where the input was a form.
    pub fields: Vec<FieldProblem>,
    /// Further lines: problems of a source, names of findings.
    pub detail: Vec<String>,
}
