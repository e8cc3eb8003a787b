//! The log: a file a day in the program's log folder, for defects and for what foreign programs say.
//!
//! Names, logins and ticket texts do not belong in it: what is logged is the kind of thing that happened.

use std::io::Write;
use std::path::Path;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// Which messages are kept; `PORTICO_LOG` says otherwise.
const KEPT: &str = "warn,portico=info,portico_app=info,portico_api=info,portico_store=info,portico_desks=info";
/// Who writes what goes over the line, tokens too, into the log where everything is asked for: never.
const NEVER: [&str; 2] = ["ureq=off", "ureq_proto=off"];
/// Days whose files stay.
const DAYS: usize = 7;

/// Starts logging into `folder`. A log that cannot be written keeps nobody from working.
pub(crate) fn start(folder: &Path) {
    // The appender complains on the terminal of a folder that is not there, before it makes it.
    let _ = std::fs::create_dir_all(folder);
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("portico")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder);
    let file = match file {
        Ok(file) => file,
        Err(problem) => return last_words(&format!("No log can be written in {}: {problem}", folder.display())),
    };
    let filter = EnvFilter::try_from_env("PORTICO_LOG").unwrap_or_else(|_| EnvFilter::new(KEPT));
    let never = NEVER.iter().filter_map(|target| target.parse().ok());
    let filter = never.fold(filter, EnvFilter::add_directive);
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(file)
        .with_ansi(false)
        .try_init();
    if started.is_ok() {
        tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    }
}

/// Says something on the terminal, where there is neither a window nor a log to say it in.
pub(crate) fn last_words(text: &str) {
    // When even this fails, nobody is left to tell.
    let _ = writeln!(std::io::stderr(), "{text}");
}
