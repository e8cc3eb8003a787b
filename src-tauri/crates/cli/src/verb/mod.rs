//! A file per verb.

mod apply;
mod bundle;
mod database;
mod diff;
mod expect;
mod export;
mod extra;
mod findings;
mod flips;
mod generate;
mod heat;
mod history;
mod import;
mod init;
mod live;
mod offboard;
mod overview;
mod passphrase;
mod plan;
mod preview;
mod records;
mod set;
pub(crate) mod settings;
mod show;
mod table;
mod table_file;
mod template;
mod translate;
mod users;
mod users_file;
mod verify;
mod who;
mod why;

use portico_api::error::{ApiError, Code};
use portico_api::session::Session;
use portico_api::types::transfer::Progress;
use portico_core::actor::Actor;

use crate::args::{Cli, File, Verb};
use crate::failure::{Ending, Failure};
use crate::output::{Output, say_progress};
use crate::secret::{PASSPHRASE, secret};

/// Runs what was typed.
pub(crate) fn run(cli: Cli, output: &mut Output) -> Result<Ending, Failure> {
    let actor = cli.actor.map_or_else(portico_api::session::system_actor, Actor::named);
    match cli.verb {
        Verb::Init(args) => init::run(&args, actor, output),
        Verb::DumpScript(args) => import::dump_script(&args, output),
        Verb::Import(args) => import::run(&args, actor, output),
        Verb::Overview(args) => overview::run(&args, &look(&args.file, actor)?, output),
        Verb::Users(args) => users::run(&args, &look(&args.file, actor)?, output),
        Verb::Records(args) => records::run(&args, &look(&args.file, actor)?, output),
        Verb::Show(args) => show::run(&args, &look(&args.file, actor)?, output),
        Verb::Set(args) => set::run(&args, actor, output),
        Verb::Offboard(args) => offboard::run(&args, actor, output),
        Verb::Template(args) => template::run(&args, actor, output),
        Verb::Settings(args) => settings::run(&args, actor, output),
        // What is tried out is taken back, but it takes the place of a writer.
        Verb::Preview(args) if args.at.is_some() => preview::run(&args, &work(&args.file, actor)?, output),
        Verb::Preview(args) => preview::run(&args, &look(&args.file, actor)?, output),
        Verb::Why(args) if args.flips || args.at.is_some() => why::run(&args, &work(&args.file, actor)?, output),
        Verb::Why(args) => why::run(&args, &look(&args.file, actor)?, output),
        Verb::Who(args) => who::run(&args, &look(&args.file, actor)?, output),
        Verb::Expect(args) => expect::run(&args, actor, output),
        Verb::Check(args) => expect::check(&look(&args.file, actor)?, output),
        Verb::Findings(args) => findings::run(&args, actor, output),
        Verb::Diff(args) => diff::run(&args, &work(&args.file, actor)?, output),
        Verb::Heat(args) => heat::run(&args, &look(&args.file, actor)?, output),
        Verb::Plan(args) => plan::run(&args, &look(&args.file, actor)?, output),
        Verb::Export(args) => export::run(&args, &work(&args.file, actor)?, output),
        Verb::Apply(args) => apply::run(&args, &work(&args.file, actor)?, output),
        Verb::Bundle(args) => bundle::run(&args, &look(&args.file, actor)?, output),
        Verb::Exports(args) => verify::list(&args, &look(&args.file, actor)?, output),
        // Only the files of an export take no place of a writer.
        Verb::Verify(args) if args.from.is_none() => verify::verify(&args, &look(&args.file, actor)?, output),
        Verb::Verify(args) => verify::verify(&args, &work(&args.file, actor)?, output),
        Verb::Log(args) => history::log(&args, &look(&args.file, actor)?, output),
        Verb::Undo(args) => history::undo(&args, &work(&args.file, actor)?, output),
        Verb::Passphrase(args) => passphrase::run(&args, actor, output),
        Verb::Generate(args) => generate::run(&args, actor, output),
        Verb::Completions { shell } => extra::completions(shell, output),
        Verb::Man => extra::man(output),
    }
}

/// Opens a workspace for a verb that only looks.
fn look(file: &File, actor: Actor) -> Result<Session, Failure> {
    let passphrase = secret(file.passphrase_file.as_deref(), PASSPHRASE)?;
    opened(Session::unlock_read_only(&file.path, passphrase.as_ref(), actor))
}

/// Opens a workspace for a verb that changes it.
fn work(file: &File, actor: Actor) -> Result<Session, Failure> {
    let passphrase = secret(file.passphrase_file.as_deref(), PASSPHRASE)?;
    opened(Session::unlock(&file.path, passphrase.as_ref(), actor))
}

/// Says how a passphrase is given where one is needed.
fn opened(session: Result<Session, ApiError>) -> Result<Session, Failure> {
    session.map_err(|mut error| {
        if error.code == Code::Locked {
            error.detail.push(format!(
                "give it with --passphrase-file FILE or in the environment variable {PASSPHRASE}"
            ));
        }
        error.into()
    })
}

/// Says how far long work is.
fn progress(progress: &Progress) {
    say_progress(&format!("{} {}: {}", progress.phase, progress.kind, progress.done));
}

/// Takes the line of [`progress`] away.
fn progress_is_over() {
    say_progress("");
}
