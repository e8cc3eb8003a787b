//! What `findings` takes.

use clap::Args;

use super::File;

#[derive(Debug, Args)]
#[group(id = "muting", multiple = false, args = ["mute", "unmute"])]
pub(crate) struct Findings {
    #[command(flatten)]
    pub(crate) file: File,
    /// List the findings of this kind one by one
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Stop showing a kind of finding, or one finding by the key that --json gives
    #[arg(long, value_name = "KIND|KEY", conflicts_with = "kind")]
    pub(crate) mute: Option<String>,
    /// Why it is muted
    #[arg(long, value_name = "TEXT", requires = "mute")]
    pub(crate) reason: Option<String>,
    /// Show it again
    #[arg(long, value_name = "KIND|KEY", conflicts_with = "kind")]
    pub(crate) unmute: Option<String>,
}
