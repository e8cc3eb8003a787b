//! What readers say: sentences that are written in one place, each with a code by which the window says it in any language.

use portico_core::error::FieldProblem;
use portico_core::snapshot::Problem;

/// A sentence that readers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its name, which stays: a key of the catalogue (`source.table.flag`).
    pub code: &'static str,
    /// Its English words, as a format of Rust: `{name}`, or `{name:?}` in quotation marks.
    pub text: &'static str,
}

/// A sentence with what stands in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    pub(crate) code: String,
    pub(crate) detail: Vec<(String, String)>,
    pub(crate) message: String,
}

impl Said {
    /// The problem of saying so at a place: of the whole file without a line, of the whole line without a column.
    pub(crate) fn at(self, file: &str, line: u64, column: &str) -> Problem {
        Problem {
            file: file.to_owned(),
            line,
            column: column.to_owned(),
            code: self.code,
            detail: self.detail,
            message: self.message,
        }
    }
}

impl From<FieldProblem> for Said {
    fn from(problem: FieldProblem) -> Self {
        Self {
            code: problem.code,
            detail: problem.detail,
            message: problem.message,
        }
    }
}

#[cfg(test)]
impl From<&str> for Said {
    /// Words alone.
    fn from(message: &str) -> Self {
        Self {
            message: message.to_owned(),
            ..Self::default()
        }
    }
}

/// Writes a function for each sentence: its name is the last part of the code, its arguments are what stands in it.
macro_rules! sentences {
    ($room:literal: $($name:ident($($value:ident),*): $text:literal;)*) => {
        $(pub(crate) fn $name($($value: impl std::fmt::Display + std::fmt::Debug),*) -> $crate::said::Said {
            #[allow(clippy::useless_format, reason = "some sentences hold no value")]
            let message = format!($text);
            $crate::said::Said {
                code: concat!("source.", $room, ".", stringify!($name)).to_owned(),
                detail: vec![$((stringify!($value).to_owned(), $value.to_string())),*],
                message,
            }
        })*

        /// All of the room.
        pub(crate) const SENTENCES: &[$crate::said::Sentence] = &[$($crate::said::Sentence {
            code: concat!("source.", $room, ".", stringify!($name)),
            text: $text,
        }),*];
    };
}

pub(crate) use sentences;
