//! porticoctl: Portico's use cases without a window.

mod args;
mod edit;
mod failure;
mod field;
mod output;
mod people;
mod secret;
mod verb;

use std::process::ExitCode;

use clap::Parser;

use crate::args::Cli;
use crate::failure::{Ending, Failure};
use crate::output::{Output, say};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut output = Output::new(cli.json);
    let result = verb::run(cli, &mut output).and_then(|ending| output.finish().map(|()| ending));
    match result {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::Look) => ExitCode::from(1),
        Err(failure) => {
            // What was written before stays written: a stream that breaks off is no valid JSON, which is right.
            let _already_failing = output.finish();
            tell(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

fn tell(failure: &Failure) {
    if failure.exit_code() == 0 {
        return;
    }
    say(&format!("porticoctl: {failure}"));
    for line in failure.lines() {
        say(&format!("  {line}"));
    }
}
