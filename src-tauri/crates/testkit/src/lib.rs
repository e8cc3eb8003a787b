//! Workspaces for tests: in a folder that goes with them, with a desk in them, and somebody who acts.
//!
//! A test that cannot set its scene has failed: these functions panic instead of returning errors.

#![warn(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "only tests use this, and a test may panic"
)]

use std::convert::Infallible;
use std::path::PathBuf;

use portico_core::actor::Actor;
use portico_core::snapshot::{Batch, Sink, Source};
use portico_sample::World;
use portico_store::history::Intent;
use portico_store::import::{CancelFlag, ImportOptions, ImportOutcome};
use portico_store::{NewWorkspace, Result, Store, StoreError, Tx};
use tempfile::TempDir;

/// Who acts in tests.
pub fn actor() -> Actor {
    Actor::named("Ada Admin")
}

/// A workspace in a temporary folder, removed with it.
pub struct TempWorkspace {
    /// The workspace.
    pub store: Store,
    folder: TempDir,
    desk: String,
}

impl TempWorkspace {
    /// A workspace of the sample's desk with nothing in it.
    pub fn empty() -> Self {
        Self::empty_of(portico_sample::DESK)
    }

    /// A workspace of a desk with nothing in it.
    pub fn empty_of(desk: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let new = NewWorkspace {
            name: portico_sample::NAME.to_owned(),
            desk: desk.to_owned(),
        };
        let store = Store::create(&folder.path().join("test.portico"), &new).unwrap();
        Self {
            store,
            folder,
            desk: desk.to_owned(),
        }
    }

    /// The built-in sample.
    pub fn northwind() -> Self {
        let workspace = Self::empty();
        workspace.import(&mut portico_sample::built_in());
        workspace
    }

    /// An invented world with so many people and tickets, always the same.
    pub fn world(users: u64, tickets: u64) -> Self {
        let workspace = Self::empty();
        workspace.import(&mut World::sized(users, tickets, 1).source().unwrap());
        workspace
    }

    /// A workspace with what these batches hold.
    pub fn with(batches: &[Batch]) -> Self {
        let workspace = Self::empty();
        workspace.import(&mut Batches(batches.to_vec()));
        workspace
    }

    /// Takes a source in, as the desk has it now.
    pub fn import(&self, source: &mut dyn Source<Error = Infallible>) -> ImportOutcome {
        let mut read = |sink: &mut Sink<'_>| source.read(sink).map_err(|e| match e {});
        let (options, cancel) = (ImportOptions::default(), CancelFlag::new());
        let outcome: Result<_, StoreError> =
            self.store
                .import(&actor(), &self.desk, &mut read, &options, &mut |_| {}, &cancel);
        outcome.unwrap()
    }

    /// Writes as [`actor`].
    pub fn write<T>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> T {
        self.store.transact(&actor(), &Intent::new("test"), work).unwrap().0
    }

    /// A path in the workspace's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Batches as a source.
pub struct Batches(
    /// The batches, in order.
    pub Vec<Batch>,
);

impl Source for Batches {
    type Error = Infallible;

    fn read(&mut self, sink: &mut Sink<'_>) -> Result<(), Infallible> {
        for batch in &self.0 {
            if sink(batch.clone()).is_err() {
                break;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portico_store::table::external_user;
    use portico_store::{base, snapshot};

    #[test]
    fn the_worlds_are_there_and_always_the_same() {
        let world = TempWorkspace::world(50, 200);
        assert_eq!(world.store.read(external_user::count).unwrap(), 50);
        assert_eq!(world.store.read(snapshot::count).unwrap(), 200);
        assert_eq!(world.store.read(base::count).unwrap(), 0);
        let again = world.import(&mut World::sized(50, 200, 1).source().unwrap());
        assert!(
            again
                .counts
                .iter()
                .all(|c| (c.added, c.changed, c.removed) == (0, 0, 0)),
            "{again:?}"
        );
        assert!(TempWorkspace::northwind().store.read(external_user::count).unwrap() > 100);
    }
}
