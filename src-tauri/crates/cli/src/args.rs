//! What can be typed.

mod apply;
mod diff;
mod expect;
mod export;
mod findings;
mod heat;
mod import;
mod login;
mod offboard;
mod overview;
mod passphrase;
mod preview;
mod records;
mod set;
mod template;
mod verify;
mod who;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

pub(crate) use self::apply::Apply;
pub(crate) use self::diff::Diff;
pub(crate) use self::expect::{Check, Expect, ExpectWhat, Seeing, Thing, Whom};
pub(crate) use self::export::{Bundle, BundleForm, Export, Plan};
pub(crate) use self::findings::Findings;
pub(crate) use self::heat::Heat;
pub(crate) use self::import::{Import, Table};
pub(crate) use self::login::Login;
pub(crate) use self::offboard::Offboard;
pub(crate) use self::overview::Overview;
pub(crate) use self::passphrase::{Passphrase, PassphraseAction};
pub(crate) use self::preview::Preview;
pub(crate) use self::records::Records;
pub(crate) use self::set::Set;
pub(crate) use self::template::{Template, TemplateWhat};
pub(crate) use self::verify::{Exports, Verify, Which};
pub(crate) use self::who::Who;
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
    #[command(
        after_help = "Examples:\n  porticoctl import support.portico --from dump.zip --database postgresql\n  \
        porticoctl import support.portico --from postgres://reader@db.example/tickets --keep-password\n  porticoctl import support.portico --from https://northwind.example --password-file token.txt --dry-run"
    )]
    Import(Import),
    /// Tell how the workspace stands: people, licences, what is pending, what is probably not meant
    #[command(after_help = "Example: porticoctl overview support.portico")]
    Overview(Overview),
    /// List external users
    #[command(
        after_help = "Examples:\n  porticoctl users support.portico --search novak --where status=valid\n  \
        porticoctl users support.portico --where groups=finance --xlsx finance.xlsx --columns name,email,account"
    )]
    Users(Users),
    /// List accounts, contacts, groups, queues or another kind of record
    #[command(
        after_help = "Examples:\n  porticoctl records support.portico accounts --search lyon\n  \
        porticoctl records support.portico queues --sort used --descending --csv queues.csv"
    )]
    Records(Records),
    /// Show all fields of a person
    #[command(after_help = "Example: porticoctl show support.portico --user jana.novakova")]
    Show(OneUser),
    /// Change fields of one person or of many, or add a person
    Set(Set),
    /// End the access of people who leave: status, links, last day
    #[command(
        after_help = "Example: porticoctl offboard support.portico --users-from leavers.txt --dry-run\n\n\
        One change, which undo takes back."
    )]
    Offboard(Offboard),
    /// Keep the rights that a role usually has, to give them with `set --template`
    #[command(
        after_help = "Examples:\n  porticoctl template support.portico save Support --user jana.novakova\n  \
        porticoctl template support.portico list"
    )]
    Template(Template),
    /// Show what can be set of the portal, and set it
    #[command(after_help = "Example: porticoctl settings support.portico --set CustomerGroupSupport=true")]
    Settings(crate::verb::settings::Settings),
    /// Show the portal as a person sees it
    #[command(after_help = "Example: porticoctl preview support.portico --user jana.novakova")]
    Preview(Preview),
    /// Tell why a person sees a ticket, or not
    #[command(
        after_help = "Examples:\n  porticoctl why support.portico --user a.nowak --ticket 2026111710000012\n  \
        porticoctl why support.portico --user a.nowak --ticket 2026111710000012 --flips"
    )]
    Why(Why),
    /// Tell who can see a ticket, and why
    #[command(after_help = "Example: porticoctl who support.portico --ticket 2026111710000012 --part openable")]
    Who(Who),
    /// Find what is probably not meant
    #[command(after_help = "Examples:\n  porticoctl findings support.portico\n  \
        porticoctl findings support.portico --kind no_contact --json\n  \
        porticoctl findings support.portico --mute no_sponsor --reason deliberate\n\n\
        Ends with 1 where there is something to see.")]
    Findings(Findings),
    /// Tell who gains and loses what by the changes made here
    Diff(Diff),
    /// Tell how many tickets of each group (or queue) the people of each account see
    #[command(after_help = "Example: porticoctl heat support.portico --xlsx exposure.xlsx")]
    Heat(Heat),
    /// Keep what people are to see, or never to see
    Expect(Expect),
    /// Tell whether expectations hold
    Check(Check),
    /// Show what an export would do
    #[command(after_help = "Example: porticoctl plan support.portico --exit-code")]
    Plan(Plan),
    /// Write what the desk needs into a folder
    #[command(after_help = "Examples:\n  porticoctl export support.portico --to out/\n  \
        porticoctl export support.portico --to out/ --initial-passwords first.csv.age --list-passphrase-file words.txt\n\n\
        age -d first.csv.age opens that list.")]
    Export(Export),
    /// Apply what is pending to the desk's own database: all of it, or nothing
    #[command(
        after_help = "Examples:\n  porticoctl apply support.portico --to postgres://writer@db.example/desk --dry-run\n  \
        porticoctl apply support.portico --to mysql://writer@localhost/desk --yes --password-file password.txt\n\n\
        It shows the plan and asks. All operations run in one transaction, with the guards of the script that `export` \
        writes: what is there already is left as it is, and a value that somebody changed meanwhile refuses everything. \
        Ends with 3 where it is refused."
    )]
    Apply(Apply),
    /// Write all records with all their fields into a new folder, as JSON and CSV that belong to no desk
    #[command(after_help = "Example: porticoctl bundle support.portico --to out/\n\n\
        bundle.json with its JSON Schema, and a CSV file per kind, or what --form says. No passwords.")]
    Bundle(Bundle),
    /// List what was exported
    #[command(after_help = "Example: porticoctl exports support.portico")]
    Exports(Exports),
    /// Tell what became of an export: applied, not applied, changed in the desk
    #[command(after_help = "Examples:\n  porticoctl verify support.portico --from new-dump/\n  \
        porticoctl verify support.portico --from new-dump/ --take-theirs 3,7 --export-again drifted\n\n\
        What the desk has is pending no more. Ends with 1 where something is not applied or was changed in the desk and is not settled, or a file is another.")]
    Verify(Verify),
    /// Show what was done, newest first
    #[command(after_help = "Example: porticoctl log support.portico --limit 20")]
    Log(Log),
    /// Take the last change back, or one that is named
    #[command(after_help = "Example: porticoctl undo support.portico 12")]
    Undo(Undo),
    /// Set, change or remove the workspace's passphrase
    #[command(
        after_help = "Examples:\n  porticoctl passphrase support.portico set --new-passphrase-file new.txt\n  \
        porticoctl passphrase support.portico change --passphrase-file old.txt --new-passphrase-file new.txt\n  \
        porticoctl passphrase support.portico remove --passphrase-file old.txt\n\n\
        Instead of the files, the environment variables PORTICO_PASSPHRASE and PORTICO_NEW_PASSPHRASE can hold them."
    )]
    Passphrase(Passphrase),
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
    // Help that is no Markdown.
    #[arg(
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help = "A file with the workspace's passphrase [default: the environment variable PORTICO_PASSPHRASE]"
    )]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// A file that a verb makes.
#[derive(Debug, Args)]
pub(crate) struct NewFile {
    /// The workspace
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) path: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    #[command(flatten)]
    pub(crate) file: NewFile,
    /// The desk it is for: daktela, elma365, innosoft, otobo or zoho
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
pub(crate) struct Users {
    #[command(flatten)]
    pub(crate) file: File,
    /// Part of a login, name, e-mail or account
    #[arg(long, value_name = "TEXT")]
    pub(crate) search: Option<String>,
    /// Only people with this value (days also with < and >); the same field again means "or"
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    pub(crate) conditions: Vec<Condition>,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u32>,
    /// Write the list into a file of comma-separated values, one that is there is replaced
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath, conflicts_with = "xlsx")]
    pub(crate) csv: Option<PathBuf>,
    /// Write the list into a workbook, one that is there is replaced
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(crate) xlsx: Option<PathBuf>,
    /// Columns of the file
    #[arg(
        long,
        value_name = "COLUMN,...",
        value_delimiter = ',',
        default_value = "login,name,email,account_key,status"
    )]
    pub(crate) columns: Vec<String>,
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
pub(crate) struct Why {
    #[command(flatten)]
    pub(crate) file: File,
    /// The person's login, or # and the desk's key
    #[arg(long, value_name = "LOGIN")]
    pub(crate) user: String,
    /// The ticket's number
    #[arg(long, value_name = "NUMBER")]
    pub(crate) ticket: String,
    /// As it was right after this change (see log)
    #[arg(long, value_name = "CHANGE", conflicts_with = "flips")]
    pub(crate) at: Option<u32>,
    /// Tell the smallest changes too that would lead to another answer, and whom else they would touch
    #[arg(long)]
    pub(crate) flips: bool,
    /// Count whom else they would touch, however many people that may be
    #[arg(long, requires = "flips")]
    pub(crate) count_all: bool,
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
    pub(crate) file: NewFile,
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
mod tests;
