//! What `template` takes.

use clap::{Args, Subcommand};

use super::File;

#[derive(Debug, Args)]
pub(crate) struct Template {
    #[command(flatten)]
    pub(crate) file: File,
    #[command(subcommand)]
    pub(crate) what: TemplateWhat,
}

/// What is done with templates.
#[derive(Debug, Subcommand)]
pub(crate) enum TemplateWhat {
    /// List them
    List,
    /// Keep a person's rights under a name; a template of this name is replaced
    Save {
        /// The template's name
        name: String,
        /// The person's login, or # and the desk's key
        #[arg(long, value_name = "LOGIN")]
        user: String,
        /// Only these fields [default: every right that is filled in]
        #[arg(long, value_name = "FIELD,...", value_delimiter = ',')]
        fields: Vec<String>,
    },
    /// Forget one
    Delete {
        /// The template's name
        name: String,
    },
}
