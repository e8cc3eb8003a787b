//! Asking long work to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use crate::error::{Result, StoreError};

/// Shared between the one who works and the one who may want it to stop.
#[derive(Debug, Clone, Default)]
pub struct CancelFlag(Arc<AtomicBool>);

impl From<Arc<AtomicBool>> for CancelFlag {
    /// The flag that somebody else holds too.
    fn from(flag: Arc<AtomicBool>) -> Self {
        Self(flag)
    }
}

impl CancelFlag {
    /// A flag that nobody has raised.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for an end.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Lets the flag stop statements that run for long on this connection.
    pub(crate) fn watch(&self, conn: &Connection) -> Result<()> {
        let flag = self.clone();
        Ok(conn.progress_handler(100_000, Some(move || flag.is_cancelled()))?)
    }

    /// Does something that the flag may stop, statements that run for long included.
    pub fn during<T, E: From<StoreError>>(
        &self,
        conn: &Connection,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        self.watch(conn)?;
        let done = work();
        conn.progress_handler(0, None::<fn() -> bool>)
            .map_err(StoreError::from)?;
        done
    }
}
