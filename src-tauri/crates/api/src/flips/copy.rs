//! Where changes are tried out: in the workspace itself, or, where it is open for reading only, in a copy that goes with
//! the session, or as soon as the workspace has changed.

use std::sync::{Arc, Mutex, PoisonError};

use portico_store::history;
use portico_store::table::meta;
use tempfile::TempDir;

use crate::error::{ApiError, Code};
use crate::session::Session;

/// A copy of a workspace.
struct Copy {
    /// The newest change that is in it, and its tickets.
    of: (i64, Option<String>),
    session: Session,
    _folder: TempDir,
}

/// The copy that was made last.
#[derive(Default)]
pub(crate) struct CopyCache(Mutex<Option<Arc<Copy>>>);

/// Does the work where things can be tried out. A write there is always taken back; nothing of it leads here.
pub(super) fn with<T>(session: &Session, work: impl FnOnce(&Session) -> Result<T, ApiError>) -> Result<T, ApiError> {
    if session.store().is_read_only() {
        work(&copy(session)?.session)
    } else {
        work(session)
    }
}

fn copy(session: &Session) -> Result<Arc<Copy>, ApiError> {
    let mut kept = session.copies().0.lock().unwrap_or_else(PoisonError::into_inner);
    let state = |session: &Session| {
        session
            .store()
            .read(|c| Ok::<_, ApiError>((history::last_id(c)?, meta::get(c, meta::SNAPSHOT)?)))
    };
    let now = state(session)?;
    if let Some(copy) = kept.as_ref().filter(|copy| copy.of == now) {
        return Ok(Arc::clone(copy));
    }
    let folder = tempfile::Builder::new().prefix("portico-").tempdir();
    let folder = folder.map_err(|e| ApiError::new(Code::Storage, format!("a temporary folder: {e}")))?;
    let path = folder.path().join("copy.portico");
    let store = session.store().copy_apart(&path)?;
    let made = Session::of(store, &path, session.actor().clone(), false)?;
    let copy = Arc::new(Copy {
        // Somebody else may have written between the look and the copy.
        of: state(&made)?,
        session: made,
        _folder: folder,
    });
    *kept = Some(Arc::clone(&copy));
    Ok(copy)
}
