//! What `expect` and `check` take.

use std::str::FromStr;

use clap::{Args, Subcommand, ValueEnum};

use super::File;

const EXAMPLES: &str = "Examples:
  porticoctl expect support.portico add everyone never queue=Legal
  porticoctl expect support.portico from --user jana.novakova --dry-run";

const CHECK_EXAMPLES: &str = "Example: porticoctl check support.portico

Ends with 1 where one is broken, or cannot be told.";

#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) file: File,
}

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Expect {
    #[command(flatten)]
    pub(crate) file: File,
    #[command(subcommand)]
    pub(crate) what: ExpectWhat,
}

/// What is done with expectations.
#[derive(Debug, Subcommand)]
pub(crate) enum ExpectWhat {
    /// List them
    List,
    /// Add one
    Add {
        /// everyone, user=LOGIN or account=KEY
        who: Whom,
        /// Whether they see it
        seeing: Seeing,
        /// ticket=NUMBER, queue=NAME, account=KEY, address=NUMBER, object=PATH or field=NAME
        what: Thing,
    },
    /// Remove one
    Remove {
        /// Its id, as list shows it
        id: String,
    },
    /// Add what a person sees today, and what she does not
    From {
        /// The person's login, or # and the desk's key
        #[arg(long, value_name = "LOGIN")]
        user: String,
        /// Show them, add nothing
        #[arg(long)]
        dry_run: bool,
    },
}

/// Whether something is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Seeing {
    Sees,
    Never,
}

/// Whom an expectation is about, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Whom {
    Everyone,
    User(String),
    Account(String),
}

impl FromStr for Whom {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            None if text == "everyone" => Ok(Self::Everyone),
            Some(("user", login)) if !login.is_empty() => Ok(Self::User(login.to_owned())),
            Some(("account", key)) if !key.is_empty() => Ok(Self::Account(key.to_owned())),
            _ => Err("it is everyone, user=LOGIN or account=KEY".to_owned()),
        }
    }
}

/// What an expectation is about, as it is typed: its kind and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Thing {
    pub(crate) kind: &'static str,
    pub(crate) name: String,
}

impl FromStr for Thing {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const KINDS: [(&str, &str); 6] = [
            ("ticket", "ticket"),
            ("queue", "queue"),
            ("account", "account"),
            ("address", "address"),
            ("object", "portal_object"),
            ("field", "field"),
        ];
        let split = text.split_once('=').filter(|(_, name)| !name.is_empty());
        let found = split.and_then(|(word, name)| {
            let (_, kind) = KINDS.iter().find(|(known, _)| *known == word)?;
            Some(Self {
                kind,
                name: name.to_owned(),
            })
        });
        found.ok_or_else(|| {
            "it is ticket=NUMBER, queue=NAME, account=KEY, address=NUMBER, object=PATH or field=NAME".to_owned()
        })
    }
}
