//! The workspace's passphrase: setting, changing and removing it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use portico_core::error::FieldProblem;
use portico_store::import::{CancelFlag, Progress as StoreProgress};
use portico_store::passphrase::{Cost, NotRelocked, Passphrase, Relock};

use crate::error::{ApiError, Code};
use crate::session::{Action, Session};
use crate::types::passphrase::{PassphraseInput, Secret};
use crate::types::transfer::Progress;

/// How long one guess shall take on the machine where the passphrase is set: whoever opens the workspace waits as long.
const ONE_GUESS: Duration = Duration::from_millis(500);

/// A passphrase that was not set, changed or removed.
#[derive(Debug)]
pub struct NotChanged {
    /// Why not.
    pub error: ApiError,
    /// The workspace, open as before; `None` where it could not be opened again.
    pub session: Option<Session>,
}

/// What is wrong with a new passphrase, or worth knowing about it.
pub fn check_passphrase(new: &Secret) -> Option<FieldProblem> {
    portico_core::passphrase::check(new.text())
}

/// Sets, changes or removes the passphrase: closes the workspace, writes its files anew, and opens it again.
///
/// All or nothing. Nobody else may have the workspace open (`busy`).
pub fn change_passphrase(
    session: Session,
    input: &PassphraseInput,
    job: &str,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<Session, Box<NotChanged>> {
    let wanted = session.may(Action::Lock).and_then(|()| Wanted::of(input));
    let wanted = match wanted {
        Ok(wanted) => wanted,
        Err(error) => {
            let session = Some(session);
            return Err(Box::new(NotChanged { error, session }));
        }
    };
    let mut voice = |progress: StoreProgress| {
        tell(Progress {
            job: job.to_owned(),
            phase: progress.phase.to_owned(),
            kind: progress.kind.to_owned(),
            done: progress.done,
        });
    };
    let flag = CancelFlag::from(Arc::clone(cancelled));
    session.reopened(|store| store.relock(wanted.as_told(), &mut voice, &flag))
}

/// What shall be done, with all that it takes.
enum Wanted {
    Set(Passphrase, Cost),
    Change(Passphrase, Passphrase, Cost),
    Remove(Passphrase),
}

impl Wanted {
    fn of(input: &PassphraseInput) -> Result<Self, ApiError> {
        let new = input.new.as_ref().map(acceptable).transpose()?;
        let current = input.current.as_ref().map(|current| {
            let typed = Passphrase::new(current.text());
            typed.map_err(|_| ApiError::new(Code::WrongPassphrase, "this is not the workspace's passphrase"))
        });
        let current = current.transpose()?;
        Ok(match (current, new) {
            (None, Some(new)) => Self::Set(new, Cost::measured(ONE_GUESS)?),
            (Some(current), Some(new)) => Self::Change(current, new, Cost::measured(ONE_GUESS)?),
            (Some(current), None) => Self::Remove(current),
            (None, None) => return Err(ApiError::refused("there is neither a current nor a new passphrase")),
        })
    }

    fn as_told(&self) -> Relock<'_> {
        match self {
            Self::Set(new, cost) => Relock::Set { new, cost: *cost },
            Self::Change(old, new, cost) => Relock::Change { old, new, cost: *cost },
            Self::Remove(old) => Relock::Remove { old },
        }
    }
}

/// A new passphrase that is one.
fn acceptable(new: &Secret) -> Result<Passphrase, ApiError> {
    match portico_core::passphrase::check(new.text()) {
        Some(problem) if !problem.warning => Err(ApiError::invalid(vec![problem])),
        _ => Ok(Passphrase::new(new.text())?),
    }
}

impl From<NotRelocked> for ApiError {
    fn from(not: NotRelocked) -> Self {
        let error = Self::from(not.error);
        if error.code == Code::Busy {
            let message = "the workspace is open elsewhere: close it there, then try again";
            return Self::new(Code::Busy, message);
        }
        error
    }
}
