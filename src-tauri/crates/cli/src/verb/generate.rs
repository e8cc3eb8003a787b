//! `generate`: a workspace with an invented desk of any size.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::invented::{self, Size};
use portico_api::workspace;
use portico_core::actor::Actor;
use serde_json::json;

use super::{init, progress, progress_is_over};
use crate::args::Generate;
use crate::failure::{Ending, Failure};
use crate::output::Output;

pub(super) fn run(args: &Generate, actor: Actor, output: &mut Output) -> Result<Ending, Failure> {
    let size = Size {
        users: args.users,
        tickets: args.tickets,
        seed: args.seed,
    };
    if args.dump {
        invented::generate_dump(&args.file.path, &args.desk, &size)?;
        let folder = args.file.path.display();
        if output.is_json() {
            output.value(
                &json!({ "path": folder.to_string(), "counts": { "users": args.users, "tickets": args.tickets } }),
            )?;
        } else {
            output.line(&format!(
                "{folder}: a dump of {} people and {} tickets",
                args.users, args.tickets
            ))?;
        }
        return Ok(Ending::Done);
    }
    let name = init::name_of(&args.file.path);
    let never = Arc::new(AtomicBool::new(false));
    let made = invented::generate(
        &args.file.path,
        &name,
        &args.desk,
        &size,
        actor,
        &mut |p| progress(&p),
        &never,
    );
    progress_is_over();
    let info = workspace::workspace_info(&made?)?;
    if output.is_json() {
        output.value(&json!({ "path": info.path, "counts": info.counts }))?;
    } else {
        let counts = info.counts;
        output.line(&format!(
            "{}: {} people, {} accounts, {} tickets",
            info.path, counts.users, counts.accounts, counts.tickets
        ))?;
    }
    Ok(Ending::Done)
}
