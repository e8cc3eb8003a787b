//! A file per verb.

mod export;
mod extra;
mod generate;
mod history;
mod import;
mod init;
mod plan;
mod preview;
mod set;
mod show;
mod users;
mod why;

use std::path::Path;

use portico_api::session::Session;
use portico_api::types::transfer::Progress;
use portico_core::actor::Actor;

use crate::args::{Cli, Verb};
use crate::failure::{Ending, Failure};
use crate::output::{Output, say_progress};

/// Runs what was typed.
pub(crate) fn run(cli: Cli, output: &mut Output) -> Result<Ending, Failure> {
    let actor = cli.actor.map_or_else(portico_api::session::system_actor, Actor::named);
    match cli.verb {
        Verb::Init(args) => init::run(&args, actor, output),
        Verb::DumpScript(args) => import::dump_script(&args, output),
        Verb::Import(args) => import::run(&args, actor, output),
        Verb::Users(args) => users::run(&args, &look(&args.file.path, actor)?, output),
        Verb::Show(args) => show::run(&args, &look(&args.file.path, actor)?, output),
        Verb::Set(args) => set::run(&args, actor, output),
        Verb::Preview(args) => preview::run(&args, &look(&args.file.path, actor)?, output),
        Verb::Why(args) => why::run(&args, &look(&args.file.path, actor)?, output),
        Verb::Plan(args) => plan::run(&args, &look(&args.file.path, actor)?, output),
        Verb::Export(args) => export::run(&args, &work(&args.file.path, actor)?, output),
        Verb::Log(args) => history::log(&args, &look(&args.file.path, actor)?, output),
        Verb::Undo(args) => history::undo(&args, &work(&args.file.path, actor)?, output),
        Verb::Generate(args) => generate::run(&args, actor, output),
        Verb::Completions { shell } => extra::completions(shell, output),
        Verb::Man => extra::man(output),
    }
}

/// Opens a workspace for a verb that only looks.
fn look(path: &Path, actor: Actor) -> Result<Session, Failure> {
    Ok(Session::open_read_only(path, actor)?)
}

/// Opens a workspace for a verb that changes it.
fn work(path: &Path, actor: Actor) -> Result<Session, Failure> {
    Ok(Session::open(path, actor)?)
}

/// Says how far long work is.
fn progress(progress: &Progress) {
    say_progress(&format!("{} {}: {}", progress.phase, progress.kind, progress.done));
}

/// Takes the line of [`progress`] away.
fn progress_is_over() {
    say_progress("");
}
