//! The standing first argument of every use case: whose workspace, who acts, what may be done.

use std::path::{Path, PathBuf};

use portico_core::actor::Actor;
use portico_store::table::meta;
use portico_store::visibility::{CellCache, DirectoryCache};
use portico_store::{NewWorkspace, Store};

use crate::error::{ApiError, Code};

/// What a use case does, as far as it needs leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Read people, accounts, groups, settings, the log.
    Read,
    /// Look through a person's eyes.
    Preview,
    /// Change people and links.
    Edit,
    /// Keep a draft.
    Draft,
    /// Change the desk's settings.
    Configure,
    /// Take a desk's state in.
    Import,
    /// Write files for the desk.
    Export,
    /// Undo and redo.
    Undo,
}

impl Action {
    fn writes(self) -> bool {
        !matches!(self, Self::Read | Self::Preview | Self::Export)
    }
}

/// The operating system's user, to whom changes are attributed where nobody says otherwise.
pub fn system_actor() -> Actor {
    Actor::named(whoami::username().unwrap_or_default())
}

/// An open workspace and the one who works in it. Shared between threads.
pub struct Session {
    store: Store,
    actor: Actor,
    path: PathBuf,
    desk: String,
    sample: bool,
    cells: CellCache,
    directory: DirectoryCache,
}

impl Session {
    /// Opens a workspace.
    pub fn open(path: &Path, actor: Actor) -> Result<Self, ApiError> {
        Self::of(Store::open(path)?, path, actor, false)
    }

    /// Opens a workspace that this session will only read.
    pub fn open_read_only(path: &Path, actor: Actor) -> Result<Self, ApiError> {
        Self::of(Store::open_read_only(path)?, path, actor, false)
    }

    /// Makes a new workspace; refuses a file that is there already.
    pub fn create(path: &Path, name: &str, desk: &str, actor: Actor) -> Result<Self, ApiError> {
        if portico_core::form::registry::rules(desk).is_none() {
            return Err(ApiError::not_found("desk", desk));
        }
        if path.exists() {
            return Err(ApiError::new(
                Code::Conflict,
                format!("{} is there already; choose another name", path.display()),
            ));
        }
        let new = NewWorkspace {
            name: name.to_owned(),
            desk: desk.to_owned(),
        };
        Self::of(Store::create(path, &new)?, path, actor, false)
    }

    /// Makes the built-in sample anew in a folder and opens it. What was done in an older copy is gone.
    pub fn create_sample(folder: &Path, actor: Actor) -> Result<Self, ApiError> {
        crate::invented::create_sample(folder, actor)
    }

    pub(crate) fn of(store: Store, path: &Path, actor: Actor, sample: bool) -> Result<Self, ApiError> {
        let desk = store.read(|c| meta::get(c, meta::DESK))?;
        let desk =
            desk.ok_or_else(|| ApiError::new(Code::NotAWorkspace, "the workspace does not say for which desk it is"))?;
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        Ok(Self {
            store,
            actor,
            path,
            desk,
            sample,
            cells: CellCache::default(),
            directory: DirectoryCache::default(),
        })
    }

    /// Whether this session may do something; the error says why not.
    pub fn may(&self, action: Action) -> Result<(), ApiError> {
        if action.writes() && self.store.is_read_only() {
            return Err(ApiError::new(
                Code::Forbidden,
                "this workspace is open for reading only",
            ));
        }
        Ok(())
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// To whom changes are attributed.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The workspace's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The id of the workspace's desk.
    pub fn desk(&self) -> &str {
        &self.desk
    }

    /// The snapshot's cells, loaded once.
    pub(crate) fn cells(&self) -> &CellCache {
        &self.cells
    }

    /// Settings, queues and groups, loaded again after a change.
    pub(crate) fn directory(&self) -> &DirectoryCache {
        &self.directory
    }

    pub(crate) fn is_sample(&self) -> bool {
        self.sample
    }
}
