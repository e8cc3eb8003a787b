//! The same people by the rules of another desk.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::error::ApiError;
use portico_api::exposure::Work;
use portico_api::session::Session;
use portico_api::translate::{self, Elsewhere};
use portico_api::types::translate::{Effect, TranslationStatement};

use super::{diff, progress, progress_is_over};
use crate::failure::{Ending, Failure};
use crate::output::Output;

fn watched<T>(look: impl FnOnce(&mut Work<'_>) -> Result<T, ApiError>) -> Result<T, Failure> {
    let never = Arc::new(AtomicBool::new(false));
    let found = look(&mut Work {
        job: "translate",
        tell: &mut |told| progress(&told),
        cancelled: &never,
    });
    progress_is_over();
    Ok(found?)
}

/// The workspace in the terms of another desk, for a verb that looks.
pub(super) fn elsewhere(session: &Session, desk: &str) -> Result<Elsewhere, Failure> {
    watched(|work| Elsewhere::new(session, desk, work))
}

/// What does not translate, then who gains and loses what.
pub(super) fn compare(
    desk: &str,
    keep: Option<&Path>,
    session: &Session,
    output: &mut Output,
) -> Result<Ending, Failure> {
    let found = watched(|work| match keep {
        Some(path) => translate::compare_and_keep(session, desk, path, work),
        None => translate::compare_desks(session, desk, work),
    })?;
    if output.is_json() {
        let mut value = diff::as_json(&found.exposure);
        value["desk"] = desk.into();
        value["statements"] = serde_json::to_value(&found.statements).unwrap_or_default();
        output.value(&value)?;
    } else {
        for statement in &found.statements {
            output.line(&said(statement))?;
        }
        output.line("")?;
        diff::as_text(&found.exposure, output)?;
    }
    Ok(Ending::look_if(found.exposure.affected > 0 || !found.exposure.complete))
}

fn said(of: &TranslationStatement) -> String {
    let effect = match of.effect {
        Effect::More => "more",
        Effect::Less => "less",
        Effect::Lost => "lost",
        Effect::Same => "same",
    };
    let count = of.count.map_or_else(String::new, |count| format!(" ({count})"));
    format!("{effect:5} {}{count}", of.text)
}
