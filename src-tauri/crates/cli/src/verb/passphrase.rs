//! `passphrase`: setting, changing and removing a workspace's passphrase.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::passphrase;
use portico_api::types::passphrase::{PassphraseInput, Secret};
use portico_core::actor::Actor;
use serde_json::json;

use super::{progress, progress_is_over, work};
use crate::args::{Passphrase, PassphraseAction};
use crate::failure::{Ending, Failure};
use crate::output::{Output, say};
use crate::secret::{NEW_PASSPHRASE, PASSPHRASE, secret};

pub(super) fn run(args: &Passphrase, actor: Actor, output: &mut Output) -> Result<Ending, Failure> {
    let input = PassphraseInput {
        current: match args.action {
            PassphraseAction::Set => None,
            PassphraseAction::Change | PassphraseAction::Remove => Some(needed(
                secret(args.file.passphrase_file.as_deref(), PASSPHRASE)?,
                "--passphrase-file",
                PASSPHRASE,
            )?),
        },
        new: match args.action {
            PassphraseAction::Remove => None,
            PassphraseAction::Set | PassphraseAction::Change => Some(needed(
                secret(args.new_passphrase_file.as_deref(), NEW_PASSPHRASE)?,
                "--new-passphrase-file",
                NEW_PASSPHRASE,
            )?),
        },
    };
    let warning = input
        .new
        .as_ref()
        .and_then(passphrase::check_passphrase)
        .filter(|p| p.warning);
    let session = work(&args.file, actor)?;
    let never = Arc::new(AtomicBool::new(false));
    let changed = passphrase::change_passphrase(session, &input, "passphrase", &mut |p| progress(&p), &never);
    progress_is_over();
    let session = changed.map_err(|not| not.error)?;
    if output.is_json() {
        let warnings: Vec<_> = warning.iter().collect();
        output.value(&json!({ "encrypted": session.is_encrypted(), "warnings": warnings }))?;
    } else {
        output.line(match args.action {
            PassphraseAction::Set => {
                "The workspace has a passphrase now. Nobody can open it without, and nobody can recover it."
            }
            PassphraseAction::Change => "The workspace has another passphrase now.",
            PassphraseAction::Remove => "The workspace has no passphrase any more.",
        })?;
        if let Some(problem) = &warning {
            say(&format!("porticoctl: the new passphrase: {}", problem.message));
        }
    }
    Ok(Ending::look_if(warning.is_some()))
}

fn needed(given: Option<Secret>, option: &str, variable: &str) -> Result<Secret, Failure> {
    given.ok_or_else(|| {
        Failure::Usage(format!(
            "it takes a passphrase: {option} FILE, or the environment variable {variable}"
        ))
    })
}
