//! Completions and the manual page, for those who package porticoctl.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Cli;
use crate::failure::{Ending, Failure};
use crate::output::Output;

pub(super) fn completions(shell: Shell, output: &mut Output) -> Result<Ending, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "porticoctl", &mut script);
    output.raw(&script)?;
    Ok(Ending::Done)
}

pub(super) fn man(output: &mut Output) -> Result<Ending, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    output.raw(&page)?;
    Ok(Ending::Done)
}
