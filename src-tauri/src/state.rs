//! What the window has open, and the long work under way.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use portico_api::error::{ApiError, Code};
use portico_api::session::Session;

/// The open session and the running jobs. A lock lasts for a pointer's copy, never for a use case.
#[derive(Default)]
pub(crate) struct Opened {
    session: RwLock<Option<Arc<Session>>>,
    jobs: Mutex<HashMap<String, Arc<AtomicBool>>>,
}

impl Opened {
    /// The session that is open, if any.
    pub(crate) fn session(&self) -> Option<Arc<Session>> {
        self.session.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The session that is open, or an error that says so.
    pub(crate) fn need(&self) -> Result<Arc<Session>, ApiError> {
        self.session()
            .ok_or_else(|| ApiError::new(Code::NoWorkspace, "No workspace is open. Open one first."))
    }

    /// Puts a session in the place of the one before; `None` closes.
    pub(crate) fn replace(&self, session: Option<Arc<Session>>) {
        *self.session.write().unwrap_or_else(PoisonError::into_inner) = session;
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn without_a_workspace_the_error_says_so() {
        assert_eq!(Opened::default().need().err().unwrap().code, Code::NoWorkspace);
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
}
