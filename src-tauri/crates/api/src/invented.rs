//! Workspaces with invented desks: the built-in sample, and worlds of any size.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use portico_core::actor::Actor;
use portico_core::snapshot::Source;
use portico_sample::World;
use portico_store::{NewWorkspace, Store};

use crate::error::{ApiError, Code};
use crate::session::Session;
use crate::types::transfer::Progress;

/// The desk whose sample comes first.
pub(crate) const FIRST: &str = portico_sample::DESK;

/// The sample's file in its folder.
const FILE: &str = "Northwind Support.portico";

/// How large an invented world is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// External users.
    pub users: u64,
    /// Tickets.
    pub tickets: u64,
    /// The same seed gives the same world.
    pub seed: u64,
}

/// How long an older copy of the sample is left alone: another window may have it open.
const LEFT_ALONE: Duration = Duration::from_hours(24);

/// Makes the sample of a desk anew in a folder of its own below `folder` and opens it. Copies of earlier days go.
pub(crate) fn create_sample(folder: &Path, desk: &str, actor: Actor) -> Result<Session, ApiError> {
    let storage = |e: std::io::Error| ApiError::new(Code::Storage, format!("{}: {e}", folder.display()));
    std::fs::create_dir_all(folder).map_err(storage)?;
    for entry in std::fs::read_dir(folder).map_err(storage)?.flatten() {
        let old = entry
            .metadata()
            .and_then(|about| about.modified())
            .is_ok_and(|at| at.elapsed().is_ok_and(|age| age > LEFT_ALONE));
        if old && entry.path().join(FILE).is_file() {
            // What cannot be removed now is in the way of nothing; the next start tries again.
            if let Err(problem) = std::fs::remove_dir_all(entry.path()) {
                tracing::warn!(%problem, "an old copy of the sample stays");
            }
        }
    }
    let own = folder.join(uuid::Uuid::now_v7().to_string());
    std::fs::create_dir_all(&own).map_err(storage)?;
    create_sample_at(&own.join(FILE), None, desk, actor)
}

/// Makes the built-in sample as a workspace of its own; refuses a file that is there already.
pub fn create_sample_at(path: &Path, name: Option<&str>, desk: &str, actor: Actor) -> Result<Session, ApiError> {
    let small = portico_sample::small(desk);
    if desk != portico_sample::DESK && small.is_none() {
        return Err(ApiError::not_found("sample of the desk", desk));
    }
    if path.exists() {
        return Err(ApiError::new(
            Code::Conflict,
            format!("{} is there already; choose another name", path.display()),
        ));
    }
    let name = name.unwrap_or(portico_sample::NAME);
    match small {
        None => sample(path, name, actor),
        Some(mut world) => filled(path, name, desk, &mut world, actor),
    }
}

fn sample(path: &Path, name: &str, actor: Actor) -> Result<Session, ApiError> {
    filled(path, name, portico_sample::DESK, &mut portico_sample::built_in(), actor)
}

/// A new workspace with an invented world in it.
fn filled<S: Source>(path: &Path, name: &str, desk: &str, world: &mut S, actor: Actor) -> Result<Session, ApiError> {
    let new = NewWorkspace {
        name: name.to_owned(),
        desk: desk.to_owned(),
    };
    let session = Session::of(Store::create(path, &new)?, path, actor, true)?;
    let never = Arc::new(AtomicBool::new(false));
    crate::desk::take_in(&session, world, &mut |_| (), &never)?;
    Ok(session)
}

/// Makes a workspace with an invented desk of any size; refuses a file that is there already.
pub fn generate(
    path: &Path,
    name: &str,
    desk: &str,
    size: &Size,
    actor: Actor,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<Session, ApiError> {
    let session = Session::create(path, name, desk, actor)?;
    let mut source = source(desk, size)?;
    crate::desk::take_in(&session, &mut source, tell, cancelled)?;
    Ok(session)
}

fn source(desk: &str, size: &Size) -> Result<portico_sample::WorldSource, ApiError> {
    let world = World {
        desk: desk.to_owned(),
        ..World::sized(size.users, size.tickets, size.seed)
    };
    world.source().map_err(|unknown| ApiError::refused(unknown.to_string()))
}

/// Writes an invented desk as its dump into an empty or new folder, to be imported.
pub fn generate_dump(folder: &Path, desk: &str, size: &Size) -> Result<(), ApiError> {
    let written = portico_desks::registry::write_dump(desk, &mut source(desk, size)?, folder);
    written.map_err(|error| match error {
        portico_desks::registry::WriteDumpError::Desk(error) => error.into(),
        portico_desks::registry::WriteDumpError::World(never) => match never {},
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_second_window_leaves_the_sample_of_the_first_alone() {
        let folder = tempfile::tempdir().unwrap();
        let first = create_sample(folder.path(), portico_sample::DESK, Actor::named("test")).unwrap();
        let second = create_sample(folder.path(), portico_sample::DESK, Actor::named("test")).unwrap();
        assert_ne!(first.path(), second.path());
        assert!(first.path().is_file());
        let people = |session: &Session| crate::workspace::workspace_info(session).unwrap().counts.users;
        assert_eq!(people(&first), people(&second));
    }
}
