//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use crate::edit::Edit;
use crate::field::Condition;

/// Who may see what in your ticket desk: import, look, edit, export, without a window.
///
/// Exit codes: 0 done; 1 done, and there is something to see (findings, conflicts, operations with --exit-code);
/// 2 wrong usage; 3 failure. Data goes to stdout, messages to stderr.
#[derive(Debug, Parser)]
#[command(
    name = "porticoctl",
    version,
    disable_help_subcommand = true,
    after_help = "Each verb has an example: porticoctl VERB --help"
)]
pub(crate) struct Cli {
    /// Write JSON instead of text
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// To whom changes are attributed [default: the operating system's user]
    #[arg(long = "as", global = true, value_name = "NAME")]
    pub(crate) actor: Option<String>,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// The verbs that stand.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Make a new workspace, empty or with the built-in sample
    #[command(after_help = "Example: porticoctl init support.portico --desk otobo")]
    Init(Init),
    /// Print what an admin runs on the desk's server to get a dump
    #[command(after_help = "Example: porticoctl dump-script --desk otobo --db postgresql > dump.sh")]
    DumpScript(DumpScript),
    /// Read the desk's state, or its settings, into a workspace
    #[command(after_help = "Example: porticoctl import support.portico --from dump.zip --database postgresql")]
    Import(Import),
    /// List external users
    #[command(after_help = "Example: porticoctl users support.portico --search novak --where status=valid")]
    Users(Users),
    /// Show all fields of a person
    #[command(after_help = "Example: porticoctl show support.portico --user jana.novakova")]
    Show(OneUser),
    /// Change fields of one person or of many
    #[command(
        after_help = "Examples:\n  porticoctl set support.portico --user a.nowak accounts-=PRJ-EINVOICE\n  \
        porticoctl set support.portico --users-from logins.txt groups+=finance:ro --dry-run\n\n\
        Lists take += and -=; several entries stand between commas, a comma within a name is written \\, ."
    )]
    Set(Set),
    /// Show the portal as a person sees it
    #[command(after_help = "Example: porticoctl preview support.portico --user jana.novakova")]
    Preview(Preview),
    /// Tell why a person sees a ticket, or not
    #[command(after_help = "Example: porticoctl why support.portico --user a.nowak --ticket 2026111710000012")]
    Why(Why),
    /// Show what an export would do
    #[command(after_help = "Example: porticoctl plan support.portico --exit-code")]
    Plan(Plan),
    /// Write what the desk needs into a folder
    #[command(after_help = "Example: porticoctl export support.portico --to out/")]
    Export(Export),
    /// Show what was done, newest first
    #[command(after_help = "Example: porticoctl log support.portico --limit 20")]
    Log(Log),
    /// Take the last change back, or one that is named
    #[command(after_help = "Example: porticoctl undo support.portico 12")]
    Undo(Undo),
    /// Make a workspace with an invented desk of any size
    #[command(
        after_help = "Example: porticoctl generate big.portico --users 10000 --tickets 100000 --desk otobo --seed 1"
    )]
    Generate(Generate),
    /// Print completions for a shell
    #[command(hide = true)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(hide = true)]
    Man,
}

/// The file that every verb works on.
#[derive(Debug, Args)]
pub(crate) struct File {
    /// The workspace
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) path: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    #[command(flatten)]
    pub(crate) file: File,
    /// The desk it is for, such as otobo
    #[arg(long)]
    pub(crate) desk: String,
    /// The workspace's name [default: the file's]
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Fill it with the built-in sample
    #[arg(long)]
    pub(crate) sample: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DumpScript {
    /// The desk, such as otobo
    #[arg(long)]
    pub(crate) desk: String,
    /// Its database
    #[arg(long)]
    pub(crate) db: DumpDatabase,
}

/// Databases for which there are scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DumpDatabase {
    Postgresql,
    #[value(alias = "mysql")]
    Mariadb,
}

/// How a desk's database compares text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Database {
    Postgresql,
    #[value(alias = "mariadb")]
    Mysql,
}

impl Database {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Postgresql => "postgresql",
            Self::Mysql => "mysql",
        }
    }
}

/// How much of the tickets' texts to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Bodies {
    /// None
    None,
    /// The first 4 KB of each
    Short,
    /// All
    Full,
}

impl Bodies {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Short => "short",
            Self::Full => "full",
        }
    }
}

#[derive(Debug, Args)]
#[group(id = "what", required = true, multiple = true, args = ["from", "settings", "database"])]
pub(crate) struct Import {
    #[command(flatten)]
    pub(crate) file: File,
    /// A folder or .zip with the desk's dump
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) from: Option<PathBuf>,
    /// A JSON file of settings: name to value. Without --from only the settings are taken in
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) settings: Option<PathBuf>,
    /// The desk's database; needed once
    #[arg(long)]
    pub(crate) database: Option<Database>,
    /// How much of the tickets' texts to read
    #[arg(long, default_value = "short", requires = "from")]
    pub(crate) bodies: Bodies,
    /// Read and report, write nothing
    #[arg(long, requires = "from")]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Users {
    #[command(flatten)]
    pub(crate) file: File,
    /// Part of a login, name, e-mail or account
    #[arg(long, value_name = "TEXT")]
    pub(crate) search: Option<String>,
    /// Only people with this value; the same field again means "or"
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    pub(crate) conditions: Vec<Condition>,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct OneUser {
    #[command(flatten)]
    pub(crate) file: File,
    /// The person's login, or # and the desk's key
    #[arg(long, value_name = "LOGIN")]
    pub(crate) user: String,
}

#[derive(Debug, Args)]
pub(crate) struct Set {
    #[command(flatten)]
    pub(crate) file: File,
    /// The person's login, or # and the desk's key
    #[arg(
        long,
        value_name = "LOGIN",
        required_unless_present = "users_from",
        conflicts_with = "users_from"
    )]
    pub(crate) user: Option<String>,
    /// A file with one login a line, or - for stdin
    #[arg(long, value_name = "LIST", value_hint = ValueHint::FilePath)]
    pub(crate) users_from: Option<PathBuf>,
    /// What to change: field=value, list+=entry, list-=entry
    #[arg(value_name = "CHANGE", required = true)]
    pub(crate) edits: Vec<Edit>,
    /// Check and report, write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
#[group(id = "whom", required = true, multiple = false, args = ["user", "all"])]
pub(crate) struct Preview {
    #[command(flatten)]
    pub(crate) file: File,
    /// The person's login, or # and the desk's key
    #[arg(long, value_name = "LOGIN")]
    pub(crate) user: Option<String>,
    /// Everybody
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Why {
    #[command(flatten)]
    pub(crate) file: File,
    /// The person's login, or # and the desk's key
    #[arg(long, value_name = "LOGIN")]
    pub(crate) user: String,
    /// The ticket's number
    #[arg(long, value_name = "NUMBER")]
    pub(crate) ticket: String,
}

#[derive(Debug, Args)]
pub(crate) struct Plan {
    #[command(flatten)]
    pub(crate) file: File,
    /// End with 1 where there are operations
    #[arg(long)]
    pub(crate) exit_code: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) file: File,
    /// The folder to write into
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) to: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Log {
    #[command(flatten)]
    pub(crate) file: File,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u32,
}

#[derive(Debug, Args)]
pub(crate) struct Undo {
    #[command(flatten)]
    pub(crate) file: File,
    /// The change's number in the log [default: the last one in force]
    #[arg(value_name = "CHANGE")]
    pub(crate) change: Option<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    pub(crate) file: File,
    /// How many external users
    #[arg(long, value_name = "N")]
    pub(crate) users: u64,
    /// How many tickets
    #[arg(long, value_name = "N")]
    pub(crate) tickets: u64,
    /// The desk, such as otobo
    #[arg(long)]
    pub(crate) desk: String,
    /// The same seed gives the same world
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Write a dump of the desk into the folder FILE, to be imported, instead of a workspace
    #[arg(long)]
    pub(crate) dump: bool,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use clap::{CommandFactory, Parser};

    use super::{Cli, Verb};

    #[test]
    fn the_definitions_hold_together_and_each_verb_has_an_example() {
        let mut command = Cli::command();
        command.build();
        command.clone().debug_assert();
        for verb in command.get_subcommands().filter(|verb| !verb.is_hide_set()) {
            let after = verb.get_after_help().map(ToString::to_string).unwrap_or_default();
            let example = format!("porticoctl {} ", verb.get_name());
            assert!(after.contains(&example), "{} has no example", verb.get_name());
        }
    }

    #[test]
    fn the_examples_can_be_typed() {
        let mut tried = 0;
        for verb in Cli::command().get_subcommands() {
            let after = verb.get_after_help().map(ToString::to_string).unwrap_or_default();
            for line in after
                .lines()
                .filter_map(|line| line.split_once("porticoctl ").map(|(_, typed)| typed))
            {
                let typed = line.split(" > ").next().unwrap_or_default().split_whitespace();
                Cli::try_parse_from(std::iter::once("porticoctl").chain(typed)).unwrap();
                tried += 1;
            }
        }
        assert_eq!(tried, 14);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let refused = |line: &str| Cli::try_parse_from(line.split(' ')).unwrap_err().exit_code() == 2;
        assert!(refused("porticoctl import a.portico"));
        assert!(refused("porticoctl import a.portico --settings s.json --dry-run"));
        assert!(refused("porticoctl preview a.portico"));
        assert!(refused("porticoctl preview a.portico --user x --all"));
        assert!(refused("porticoctl set a.portico --user x"));
        assert!(refused("porticoctl set a.portico --user x --users-from y status=valid"));
        assert!(refused("porticoctl set a.portico --user x shoe_size=44"));
        assert!(refused("porticoctl users a.portico --where nothing"));
        assert!(refused("porticoctl fly"));
    }

    #[test]
    fn an_actor_can_be_named_after_the_verb() {
        let cli = Cli::try_parse_from(["porticoctl", "log", "a.portico", "--as", "Marta", "--json"]).unwrap();
        assert_eq!((cli.actor.as_deref(), cli.json), (Some("Marta"), true));
        assert!(matches!(cli.verb, Verb::Log(log) if log.limit == 50));
    }
}
