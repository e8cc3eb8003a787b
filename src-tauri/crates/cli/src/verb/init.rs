//! `init`: a new workspace.

use std::path::Path;

use portico_api::session::Session;
use portico_api::{invented, workspace};
use portico_core::actor::Actor;
use serde_json::json;

use crate::args::Init;
use crate::failure::{Ending, Failure};
use crate::output::Output;

pub(super) fn run(args: &Init, actor: Actor, output: &mut Output) -> Result<Ending, Failure> {
    let path = &args.file.path;
    let session = if args.sample {
        invented::create_sample_at(path, args.name.as_deref(), &args.desk, actor)?
    } else {
        Session::create(
            path,
            &args.name.clone().unwrap_or_else(|| name_of(path)),
            &args.desk,
            actor,
        )?
    };
    let info = workspace::workspace_info(&session)?;
    if output.is_json() {
        // The shape of an import's report: nothing was there before, so all is added.
        output.value(&json!({
            "added": info.counts, "changed": {}, "removed": {}, "conflicts": 0,
            "unknown": info.unknown_settings, "problems": [],
        }))?;
        return Ok(Ending::Done);
    }
    output.line(&format!(
        "{}: workspace “{}” for {}",
        info.path, info.name, info.desk_name
    ))?;
    let counts = info.counts;
    if counts.users > 0 {
        output.line(&format!(
            "{} people, {} accounts, {} groups, {} tickets",
            counts.users, counts.accounts, counts.groups, counts.tickets
        ))?;
    }
    Ok(Ending::Done)
}

/// A workspace's name where none is given: that of the file.
pub(super) fn name_of(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}
