//! What readers say: sentences that are written in one place, each with a code by which the window says it in any language.

/// A sentence that readers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its name, which stays: a key of the catalogue below `source.`.
    pub code: &'static str,
    /// Its English words, as a format of Rust: `{name}`, or `{name:?}` in quotation marks.
    pub text: &'static str,
}

/// A sentence with what stands in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    pub(crate) code: &'static str,
    pub(crate) detail: Vec<(&'static str, String)>,
    pub(crate) message: String,
}

impl From<String> for Said {
    /// Words alone.
    fn from(message: String) -> Self {
        Self {
            message,
            ..Self::default()
        }
    }
}

impl From<&str> for Said {
    fn from(message: &str) -> Self {
        Self::from(message.to_owned())
    }
}

/// Writes a function for each sentence: its name is the last part of the code, its arguments are what stands in it.
macro_rules! sentences {
    ($room:literal: $($name:ident($($value:ident),*): $text:literal;)*) => {
        $(pub(crate) fn $name($($value: impl std::fmt::Display + std::fmt::Debug),*) -> $crate::said::Said {
            #[allow(clippy::useless_format, reason = "some sentences hold no value")]
            let message = format!($text);
            $crate::said::Said {
                code: concat!($room, ".", stringify!($name)),
                detail: vec![$((stringify!($value), $value.to_string())),*],
                message,
            }
        })*

        /// All of the room.
        pub(crate) const SENTENCES: &[$crate::said::Sentence] = &[$($crate::said::Sentence {
            code: concat!($room, ".", stringify!($name)),
            text: $text,
        }),*];
    };
}

pub(crate) use sentences;
