//! What the window has open, and the long work under way.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use portico_api::error::{ApiError, Code};
use portico_api::session::Session;
use tokio::sync::{RwLock, RwLockWriteGuard};

/// How long a change of passphrase waits for questions under way.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long it waits before it looks again.
const A_MOMENT: Duration = Duration::from_millis(10);

/// The open session and the running jobs. A lock lasts for a pointer's copy, never for a use case; only a change of
/// passphrase, during which no session is open, makes everybody wait.
#[derive(Default)]
pub(crate) struct Opened {
    session: RwLock<Option<Arc<Session>>>,
    locked: Mutex<Option<PathBuf>>,
    jobs: Mutex<HashMap<String, Arc<AtomicBool>>>,
}

impl Opened {
    /// The session that is open, if any.
    pub(crate) async fn session(&self) -> Option<Arc<Session>> {
        self.session.read().await.clone()
    }

    /// The session that is open, or an error that says so.
    pub(crate) async fn need(&self) -> Result<Arc<Session>, ApiError> {
        self.session().await.ok_or_else(nothing_open)
    }

    /// Puts a session in the place of the one before; `None` closes.
    pub(crate) async fn replace(&self, session: Option<Arc<Session>>) {
        *self.locked.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.session.write().await = session;
    }

    /// Notes the workspace that was named at the start and needs its passphrase.
    pub(crate) fn note_locked(&self, path: PathBuf) {
        *self.locked.lock().unwrap_or_else(PoisonError::into_inner) = Some(path);
    }

    /// The workspace that was named at the start and needs its passphrase, until another is opened.
    pub(crate) fn locked(&self) -> Option<PathBuf> {
        self.locked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes the session out for work that closes it; `busy` while other work holds it. Everybody else waits until
    /// the place is given back.
    pub(crate) async fn take(&self) -> Result<(RwLockWriteGuard<'_, Option<Arc<Session>>>, Session), ApiError> {
        let mut place = self.session.write().await;
        let mut session = place.take().ok_or_else(nothing_open)?;
        let begun = Instant::now();
        loop {
            session = match Arc::try_unwrap(session) {
                Ok(session) => return Ok((place, session)),
                Err(held) => held,
            };
            if begun.elapsed() > PATIENCE {
                *place = Some(session);
                return Err(ApiError::new(
                    Code::Busy,
                    "the workspace is being worked on: wait until that is done, then try again",
                ));
            }
            tokio::time::sleep(A_MOMENT).await;
        }
    }

    /// Notes a job and returns the switch that cancels it.
    pub(crate) fn begin(&self, job: &str) -> Arc<AtomicBool> {
        let switch = Arc::new(AtomicBool::new(false));
        self.jobs
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(job.to_owned(), Arc::clone(&switch));
        switch
    }

    /// Cancels a job. One that has ended meanwhile is nothing to complain about.
    pub(crate) fn cancel(&self, job: &str) {
        if let Some(switch) = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).get(job) {
            switch.store(true, Ordering::Relaxed);
        }
    }

    /// Forgets a job that has ended.
    pub(crate) fn end(&self, job: &str) {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).remove(job);
    }
}

fn nothing_open() -> ApiError {
    ApiError::new(Code::NoWorkspace, "No workspace is open. Open one first.")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn without_a_workspace_the_error_says_so() {
        let need = tauri::async_runtime::block_on(async { Opened::default().need().await.err() });
        assert_eq!(need.unwrap().code, Code::NoWorkspace);
    }

    #[test]
    fn a_job_is_cancelled_by_name_until_it_ends() {
        let opened = Opened::default();
        let (one, other) = (opened.begin("one"), opened.begin("other"));
        opened.cancel("one");
        assert!(one.load(Ordering::Relaxed));
        assert!(!other.load(Ordering::Relaxed));
        opened.end("other");
        opened.cancel("other");
        assert!(!other.load(Ordering::Relaxed));
    }

    fn sample() -> (tempfile::TempDir, Arc<Session>) {
        let folder = tempfile::tempdir().unwrap();
        let session = Session::create_sample(folder.path(), portico_api::session::system_actor()).unwrap();
        (folder, Arc::new(session))
    }

    #[test]
    fn who_asks_while_the_session_is_taken_out_waits_until_it_is_back() {
        let (_folder, session) = sample();
        tauri::async_runtime::block_on(async {
            let opened = Arc::new(Opened::default());
            opened.replace(Some(Arc::clone(&session))).await;
            // A question under way still holds it.
            let question = tauri::async_runtime::spawn_blocking(move || {
                std::thread::sleep(Duration::from_millis(50));
                drop(session);
            });
            let (mut place, session) = opened.take().await.unwrap();
            question.await.unwrap();
            let asked = Arc::clone(&opened);
            let asked = tauri::async_runtime::spawn(async move { asked.need().await.is_ok() });
            tokio::time::sleep(A_MOMENT).await;
            *place = Some(Arc::new(session));
            drop(place);
            assert!(asked.await.unwrap());
        });
    }

    #[test]
    fn a_locked_workspace_is_remembered_until_another_is_opened() {
        let opened = Opened::default();
        opened.note_locked("a.portico".into());
        assert_eq!(opened.locked(), Some("a.portico".into()));
        tauri::async_runtime::block_on(opened.replace(None));
        assert_eq!(opened.locked(), None);
    }
}
