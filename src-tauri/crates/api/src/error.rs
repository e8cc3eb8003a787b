//! One error for every caller: a closed code, and words for people.

use portico_core::error::FieldProblem;
use portico_core::snapshot::Problem;
use portico_desks::database::DatabaseError;
use portico_desks::error::DeskError;
use portico_desks::rest::RestError;
use portico_store::StoreError;
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
    /// The file needs a passphrase.
    Locked,
    /// The passphrase is another.
    WrongPassphrase,
    /// The key file of a locked workspace is missing, damaged or another's.
    KeyFile,
    /// An export would be unsafe; `detail` names the findings.
    Unsafe,
    /// The disk is full or a file cannot be read or written.
    Storage,
    /// It was cancelled.
    Cancelled,
    /// No workspace is open.
    NoWorkspace,
    /// Portico cannot do this for the workspace's desk yet.
    NotYet,
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
    /// The problems of a source, for those who say them in another language.
    pub problems: Vec<Problem>,
}

impl ApiError {
    /// An error with a code and words.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            fields: Vec::new(),
            detail: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Input that is not acceptable, with the problems beside their fields.
    pub fn invalid(fields: Vec<FieldProblem>) -> Self {
        let told: Vec<String> = fields.iter().map(|p| format!("{}: {}", p.field, p.message)).collect();
        Self {
            code: Code::Invalid,
            message: told.join("; "),
            fields,
            detail: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Input that is not acceptable as a whole.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(Code::Invalid, message)
    }

    /// There is no such thing.
    pub fn not_found(what: &str, which: &str) -> Self {
        Self::new(Code::NotFound, format!("there is no {what} {which}"))
    }

    /// With further lines.
    #[must_use]
    pub fn with_detail(mut self, detail: Vec<String>) -> Self {
        self.detail = detail;
        self
    }
}

/// Reads an id that came over the bridge.
pub(crate) fn id<T: std::str::FromStr>(what: &str, text: &str) -> Result<T, ApiError> {
    text.parse().map_err(|_| ApiError::not_found(what, text))
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::TooNew { .. } => Code::TooNew,
            StoreError::NotAWorkspace(_) | StoreError::Damaged(_) => Code::NotAWorkspace,
            StoreError::Exists(_)
            | StoreError::Conflict { .. }
            | StoreError::NothingToUndo
            | StoreError::BeforeImport(_)
            | StoreError::Reference
            | StoreError::NotTaken { .. }
            | StoreError::HasPassphrase(_)
            | StoreError::NoPassphrase(_) => Code::Conflict,
            StoreError::Busy => Code::Busy,
            StoreError::Locked(_) => Code::Locked,
            StoreError::WrongPassphrase(_) => Code::WrongPassphrase,
            StoreError::KeyFile { .. } => Code::KeyFile,
            StoreError::ReadOnly => Code::Forbidden,
            StoreError::NotFound { .. } => Code::NotFound,
            StoreError::Stale => Code::Stale,
            StoreError::Duplicate { .. } | StoreError::EmptyPassphrase => Code::Invalid,
            StoreError::Full | StoreError::Io { .. } => Code::Storage,
            StoreError::Cancelled => Code::Cancelled,
            StoreError::Migration(_) | StoreError::Sqlite(_) => Code::Internal,
        };
        if code == Code::Internal {
            // The database's own words are for whoever mends Portico, not for whoever uses it.
            tracing::error!(%error, "the store failed");
            return Self::new(
                code,
                "Portico could not use its workspace as it expected; the log has more",
            );
        }
        Self::new(code, error.to_string())
    }
}

fn of_database(error: &DatabaseError) -> Code {
    match error {
        DatabaseError::Address(_) | DatabaseError::Authority { .. } => Code::Invalid,
        DatabaseError::NotThisDesk(_) => Code::NotYet,
        DatabaseError::Unreachable { .. }
        | DatabaseError::NoTls(_)
        | DatabaseError::Untrusted { .. }
        | DatabaseError::Lost { .. }
        | DatabaseError::Unsure { .. }
        | DatabaseError::NotFinal { .. }
        | DatabaseError::NoTransactions(_) => Code::Storage,
        DatabaseError::NoPassword { .. }
        | DatabaseError::Refused { .. }
        | DatabaseError::Unprepared { .. }
        | DatabaseError::Forbidden { .. } => Code::Forbidden,
        DatabaseError::Occupied(_) => Code::Busy,
        DatabaseError::NoDatabase { .. } | DatabaseError::Elsewhere { .. } => Code::NotFound,
        DatabaseError::Query { .. } => Code::BadSource,
    }
}

fn of_interface(error: &RestError) -> Code {
    match error {
        RestError::Address(_) | RestError::Secret(_) | RestError::Authority { .. } | RestError::Pages { .. } => {
            Code::Invalid
        }
        RestError::NotThisDesk(_) => Code::NotYet,
        RestError::NoSecret(_) | RestError::Refused(_) | RestError::Forbidden { .. } => Code::Forbidden,
        RestError::NotThere { .. } => Code::NotFound,
        RestError::Unreachable { .. }
        | RestError::Untrusted { .. }
        | RestError::Busy { .. }
        | RestError::Restless(_)
        | RestError::Failing { .. } => Code::Storage,
        RestError::Elsewhere { .. }
        | RestError::Status { .. }
        | RestError::Garbage { .. }
        | RestError::TooLong { .. }
        | RestError::Endless { .. } => Code::BadSource,
    }
}

impl From<DeskError> for ApiError {
    fn from(error: DeskError) -> Self {
        let message = error.to_string();
        match error {
            DeskError::UnknownDesk(_) => Self::new(Code::NotFound, message),
            DeskError::NotYet { .. } | DeskError::NoDatabase => Self::new(Code::NotYet, message),
            DeskError::UnknownDatabase(_) | DeskError::Unwritable(_) => Self::refused(message),
            DeskError::BadSource { problems, more } => {
                let mut detail: Vec<String> = problems.iter().map(ToString::to_string).collect();
                if more > 0 {
                    detail.push(format!("and {more} more"));
                }
                Self {
                    problems,
                    ..Self::new(Code::BadSource, message).with_detail(detail)
                }
            }
            DeskError::Io { .. } => Self::new(Code::Storage, message),
            DeskError::Archive { .. } | DeskError::Changed(_) => Self::new(Code::BadSource, message),
            DeskError::Stopped(portico_core::snapshot::Stopped::Cancelled) => Self::new(Code::Cancelled, "cancelled"),
            DeskError::Stopped(_) => Self::new(Code::Internal, message),
            DeskError::Database(error) => Self {
                fields: vec![crate::database_problem::problem(&error)],
                ..Self::new(of_database(&error), message)
            },
            DeskError::Rest(error) => Self {
                fields: vec![crate::interface_problem::problem(&error)],
                ..Self::new(of_interface(&error), message)
            },
            DeskError::Refused(reasons) => Self::new(Code::Unsafe, message).with_detail(reasons),
        }
    }
}
