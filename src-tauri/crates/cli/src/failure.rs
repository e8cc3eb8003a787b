//! What can go wrong, and the exit code it becomes.

use std::io;

use portico_api::error::{ApiError, Code};

/// Why a verb did not do its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// What was typed makes no sense.
    #[error("{0}")]
    Usage(String),
    /// A use case refused or failed.
    #[error("{0}")]
    Api(#[from] ApiError),
    /// A file that was named cannot be read.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// Nobody takes the output any more.
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    /// Something that was named and is not there.
    pub(crate) fn missing(what: &str, which: &str) -> Self {
        Self::Api(ApiError {
            code: Code::NotFound,
            message: format!("there is no {what} {which:?}"),
            fields: vec![],
            detail: vec![],
            problems: vec![],
        })
    }

    /// 2 for usage, 3 for failure; 0 where only the reader went away.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Self::Api(_) | Self::File { .. } | Self::Output(_) => 3,
        }
    }

    /// Further lines below the message: problems of a source, fields of a form.
    pub(crate) fn lines(&self) -> Vec<String> {
        match self {
            Self::Api(error) => {
                let fields = error.fields.iter().filter(|p| p.message != error.message);
                let fields = fields.map(|p| format!("{}: {}", p.field, p.message));
                fields
                    .chain(error.detail.iter().cloned())
                    .filter(|line| *line != error.message)
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

/// How a verb that did its work ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Nothing more to say.
    Done,
    /// Done, and there is something to see.
    Look,
}

impl Ending {
    /// `Look` where the condition holds.
    pub(crate) fn look_if(condition: bool) -> Self {
        if condition { Self::Look } else { Self::Done }
    }
}
