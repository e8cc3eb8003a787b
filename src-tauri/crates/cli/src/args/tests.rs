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
    assert!(tried >= 21);
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
