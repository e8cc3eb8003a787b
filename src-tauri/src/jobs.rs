//! Long work: how far it is, and stopping it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use portico_api::types::transfer::Progress;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;

use crate::bindings::ProgressEvent;
use crate::state::Opened;

/// The window hears of progress ten times a second at most: more is work for nothing.
const PAUSE: Duration = Duration::from_millis(100);

/// A job under way. It is forgotten when this is dropped, however the work ended.
pub(crate) struct Job {
    app: AppHandle,
    name: String,
    cancelled: Arc<AtomicBool>,
    told: Throttle,
}

impl Job {
    /// Begins a job under a name that the window chose.
    pub(crate) fn begin(app: &AppHandle, name: String) -> Self {
        let cancelled = app.state::<Opened>().begin(&name);
        Self {
            app: app.clone(),
            name,
            cancelled,
            told: Throttle::default(),
        }
    }

    /// The name the window chose.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The switch that the window turns to cancel.
    pub(crate) fn cancelled(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancelled)
    }

    /// Tells the window how far the work is, unless it has just been told.
    pub(crate) fn tell(&mut self, progress: Progress) {
        if self.told.due(Instant::now())
            && let Err(problem) = ProgressEvent(progress).emit(&self.app)
        {
            tracing::debug!(%problem, "the window did not hear of progress");
        }
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.app.state::<Opened>().end(&self.name);
    }
}

/// Lets something through once in a while.
#[derive(Default)]
struct Throttle(Option<Instant>);

impl Throttle {
    fn due(&mut self, now: Instant) -> bool {
        let due = self.0.is_none_or(|before| now.duration_since(before) >= PAUSE);
        if due {
            self.0 = Some(now);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_ten_a_second_pass() {
        let (mut throttle, start) = (Throttle::default(), Instant::now());
        let passed = (0..1000)
            .filter(|ms| throttle.due(start + Duration::from_millis(*ms)))
            .count();
        assert_eq!(passed, 10);
    }
}
