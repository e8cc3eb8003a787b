//! A workspace in the terms of another desk: what would be another there, who would see more or less, and such a
//! workspace to look around in.
//!
//! It is made as a workspace of its own, in a private folder that is removed afterwards; one with a passphrase is
//! locked by the same. This one is only read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use portico_core::snapshot::{Batch, Sink, Source};
use portico_core::translate::{DESKS, Told, Translator};
use portico_store::import::CancelFlag;
use portico_store::table::meta;
use portico_store::visibility::exposure::{End, Step, across};
use portico_store::{Connection, NewWorkspace, StoreError, handed, history};
use tempfile::TempDir;

use crate::desk::take_source;
use crate::error::{ApiError, Code};
use crate::exposure::{Work, told, told_of};
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::exposure::Exposure;
use crate::types::translate::{DesksCompared, TranslationStatement, WorkspaceTranslated};
use crate::workspace::workspace_info;

/// The desks to which this workspace can be translated.
pub fn translations(session: &Session) -> Result<Vec<String>, ApiError> {
    session.may(Action::Read)?;
    let to = DESKS.iter().filter(|to| Translator::new(session.desk(), to).is_some());
    Ok(to.map(ToString::to_string).collect())
}

/// What is said of a translation before it is made: nothing is counted yet.
pub fn translation(session: &Session, to: &str) -> Result<Vec<TranslationStatement>, ApiError> {
    session.may(Action::Read)?;
    let translator = translator(session, to)?;
    let all = translator.statements();
    Ok(all
        .into_iter()
        .map(|statement| said(Told { statement, count: None }))
        .collect())
}

/// The same people and tickets by the rules of another desk.
pub fn compare_desks(session: &Session, to: &str, work: &mut Work<'_>) -> Result<DesksCompared, ApiError> {
    session.may(Action::Preview)?;
    let (folder, made) = make_apart(session, to, work)?;
    let compared = made.compare(session, work)?;
    // Who is looked at next is looked at in the same.
    session.elsewhere().keep(Arc::new(Elsewhere::of(folder, made)));
    Ok(compared)
}

/// The same, with a workspace that is kept as a new file; as [`translate_workspace`].
pub fn compare_and_keep(
    session: &Session,
    to: &str,
    path: &Path,
    work: &mut Work<'_>,
) -> Result<DesksCompared, ApiError> {
    session.may(Action::Export)?;
    make_new(session, to, path, work)?.compare(session, work)
}

/// Makes a workspace of another desk of this one, as a new file; refuses one that is there already. Nothing is left
/// of it where it could not be finished.
pub fn translate_workspace(
    session: &Session,
    to: &str,
    path: &Path,
    work: &mut Work<'_>,
) -> Result<WorkspaceTranslated, ApiError> {
    session.may(Action::Export)?;
    let made = make_new(session, to, path, work)?;
    Ok(WorkspaceTranslated {
        path: made.session.path().display().to_string(),
        statements: made.statements,
    })
}

/// Makes it as a new file, all of it or nothing.
fn make_new(session: &Session, to: &str, path: &Path, work: &mut Work<'_>) -> Result<Made, ApiError> {
    if path.exists() {
        return Err(ApiError::new(
            Code::Conflict,
            format!("{} is there already; choose another name", path.display()),
        ));
    }
    make(session, to, path, work).inspect_err(|_| remove(path))
}

/// The workspace in the terms of another desk, as long as this lives.
pub struct Elsewhere {
    /// The workspace.
    pub session: Session,
    stamp: Stamp,
    _folder: TempDir,
}

/// What a workspace was translated of: its newest change, and its tickets.
pub(crate) type Stamp = (i64, Option<String>);

/// The same of a workspace as it is.
pub(crate) fn stamp(c: &Connection) -> Result<Stamp, ApiError> {
    Ok((history::last_id(c)?, meta::get(c, meta::SNAPSHOT)?))
}

impl Elsewhere {
    /// Makes it.
    pub fn new(session: &Session, to: &str, work: &mut Work<'_>) -> Result<Self, ApiError> {
        session.may(Action::Preview)?;
        let (folder, made) = make_apart(session, to, work)?;
        Ok(Self::of(folder, made))
    }

    fn of(folder: TempDir, made: Made) -> Self {
        Self {
            session: made.session,
            stamp: made.of,
            _folder: folder,
        }
    }

    /// What it was made of.
    pub(crate) fn stamp(&self) -> &Stamp {
        &self.stamp
    }
}

/// Makes it in a folder that goes with what is returned. Beside nothing of the user's: the workspace's own folder may be
/// shared, or not be writable.
fn make_apart(session: &Session, to: &str, work: &mut Work<'_>) -> Result<(TempDir, Made), ApiError> {
    let folder = tempfile::Builder::new().prefix("portico-").tempdir();
    let folder = folder.map_err(|e| ApiError::new(Code::Storage, format!("a temporary folder: {e}")))?;
    let made = make(session, to, &folder.path().join("other.portico"), work)?;
    Ok((folder, made))
}

pub(crate) fn translator(session: &Session, to: &str) -> Result<Translator, ApiError> {
    Translator::new(session.desk(), to).ok_or_else(|| {
        let others = translations(session).unwrap_or_default();
        ApiError::refused(match others.as_slice() {
            [] => "the rules of this desk cannot be translated to those of another one".to_owned(),
            some => format!(
                "{to}: there is no translation to it; there is one to {}",
                some.join(", ")
            ),
        })
    })
}

/// The records of a workspace, on their way to another desk.
struct Moving<'a> {
    session: &'a Session,
    translator: Translator,
    /// The state that they were read of.
    of: Stamp,
}

enum Left {
    Stopped,
    Store(StoreError),
}

impl From<StoreError> for Left {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Source for Moving<'_> {
    type Error = Left;

    fn read(&mut self, sink: &mut Sink<'_>) -> Result<(), Left> {
        let translator = &mut self.translator;
        let mut pass = |batches: Vec<Batch>| batches.into_iter().try_for_each(&mut *sink).map_err(|_| Left::Stopped);
        let of = &mut self.of;
        self.session.store().read(|c| {
            *of = (history::last_id(c)?, meta::get(c, meta::SNAPSHOT)?);
            handed::records(c, &mut |batch| pass(translator.take(batch)))
        })?;
        pass(translator.finish())
    }
}

/// A workspace that was made of another.
struct Made {
    session: Session,
    statements: Vec<TranslationStatement>,
    /// The state of the other that is in it.
    of: Stamp,
}

impl Made {
    fn compare(&self, of: &Session, work: &mut Work<'_>) -> Result<DesksCompared, ApiError> {
        let exposure = compared(of, self, work)?;
        let statements = self.statements.clone();
        Ok(DesksCompared { statements, exposure })
    }
}

fn make(session: &Session, to: &str, path: &Path, work: &mut Work<'_>) -> Result<Made, ApiError> {
    let mut moving = Moving {
        session,
        translator: translator(session, to)?,
        of: (0, None),
    };
    let new = NewWorkspace {
        name: workspace_info(session)?.name,
        desk: to.to_owned(),
    };
    let store = session.store().create_alike(path, &new)?;
    let made = Session::of(store, path, session.actor().clone(), false)?;
    let job = work.job;
    take_source(&made, &mut moving, job, work.tell, work.cancelled, |left| match left {
        Some(Left::Store(error)) => error.into(),
        _ => ApiError::new(Code::Internal, "the translated records could not be taken in"),
    })?;
    Ok(Made {
        session: made,
        statements: moving.translator.told().into_iter().map(said).collect(),
        of: moving.of,
    })
}

fn said(told: Told) -> TranslationStatement {
    TranslationStatement {
        id: told.statement.id.to_owned(),
        effect: told.statement.effect,
        text: told.statement.text.to_owned(),
        count: told.count.map(small),
    }
}

/// A workspace as it is compared.
pub(crate) fn end<'a>(session: &'a Session, c: &'a Connection) -> End<'a> {
    End {
        c,
        desk: session.desk(),
        directory: session.directory(),
        cells: session.cells(),
    }
}

fn compared(here: &Session, made: &Made, work: &mut Work<'_>) -> Result<Exposure, ApiError> {
    let cancel = CancelFlag::from(Arc::clone(work.cancelled));
    let job = work.job;
    let mut watch = |step: Step| (work.tell)(told_of(job, step));
    let there = &made.session;
    let outcome = here.store().read(|c| {
        // Two states of different times would differ by more than the rules.
        if stamp(c)? != made.of {
            let message = "somebody changed the workspace while it was translated; compare again";
            return Err(ApiError::new(Code::Busy, message));
        }
        let compared = there
            .store()
            .read(|d| across(&end(here, c), &end(there, d), &cancel, &mut watch));
        Ok(compared?)
    })?;
    outcome
        .map(told)
        .ok_or_else(|| ApiError::refused("there is no access model of this desk: nothing can be compared"))
}

/// Removes what an unfinished workspace left behind.
fn remove(path: &Path) {
    let beside = ["portico-wal", "portico-shm", "portico-tickets", "portico-key"];
    let files = std::iter::once(path.to_owned()).chain(beside.iter().map(|end| path.with_extension(end)));
    for file in files.collect::<Vec<PathBuf>>() {
        match std::fs::remove_file(&file) {
            Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => {
                tracing::warn!(%problem, file = %file.display(), "an unfinished workspace stays");
            }
            _ => {}
        }
    }
}
