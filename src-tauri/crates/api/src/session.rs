//! The standing first argument of every use case: whose workspace, who acts, what may be done.

use std::fmt::{self, Debug, Formatter};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use portico_core::actor::Actor;
use portico_store::passphrase::{NotRelocked, Passphrase};
use portico_store::table::external_user::OrderCache;
use portico_store::table::meta;
use portico_store::visibility::{CellCache, DirectoryCache};
use portico_store::{NewWorkspace, Store};

use crate::desk::Verified;
use crate::elsewhere::ElsewhereCache;
use crate::error::{ApiError, Code};
use crate::flips::CopyCache;
use crate::passphrase::NotChanged;
use crate::types::passphrase::Secret;

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
    /// Change the desk itself, in its database.
    Apply,
    /// Undo and redo.
    Undo,
    /// Set, change or remove the passphrase.
    Lock,
}

impl Action {
    fn writes(self) -> bool {
        !matches!(self, Self::Read | Self::Preview | Self::Export)
    }
}

/// The passphrase, where one was typed.
fn typed(passphrase: Option<&Secret>) -> Option<Passphrase> {
    passphrase.and_then(|secret| Passphrase::new(secret.text()).ok())
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
    orders: OrderCache,
    copies: CopyCache,
    elsewhere: ElsewhereCache,
    verified: Mutex<Option<Verified>>,
}

impl Debug for Session {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Session {
    /// Opens a workspace that has no passphrase; `locked` where it has one.
    pub fn open(path: &Path, actor: Actor) -> Result<Self, ApiError> {
        Self::unlock(path, None, actor)
    }

    /// Opens a workspace, with its passphrase where it has one. Takes half a second then.
    pub fn unlock(path: &Path, passphrase: Option<&Secret>, actor: Actor) -> Result<Self, ApiError> {
        let store = Store::unlock(path, typed(passphrase).as_ref())?;
        Self::of(store, path, actor, false)
    }

    /// Opens a workspace that this session will only read; as [`Session::unlock`].
    pub fn unlock_read_only(path: &Path, passphrase: Option<&Secret>, actor: Actor) -> Result<Self, ApiError> {
        let store = Store::unlock_read_only(path, typed(passphrase).as_ref())?;
        Self::of(store, path, actor, false)
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
        crate::invented::create_sample(folder, crate::invented::FIRST, actor)
    }

    /// Makes the sample of a desk anew in a folder and opens it.
    pub fn create_sample_of(desk: &str, folder: &Path, actor: Actor) -> Result<Self, ApiError> {
        crate::invented::create_sample(folder, desk, actor)
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
            orders: OrderCache::default(),
            copies: CopyCache::default(),
            elsewhere: ElsewhereCache::default(),
            verified: Mutex::default(),
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

    /// Closes the workspace for `work`, and goes on with what that opens again.
    pub(crate) fn reopened(
        self,
        work: impl FnOnce(Store) -> Result<Store, Box<NotRelocked>>,
    ) -> Result<Self, Box<NotChanged>> {
        let Self {
            store,
            actor,
            path,
            desk,
            sample,
            ..
        } = self;
        let with = |store| Self {
            store,
            actor,
            path,
            desk,
            sample,
            cells: CellCache::default(),
            directory: DirectoryCache::default(),
            orders: OrderCache::default(),
            copies: CopyCache::default(),
            elsewhere: ElsewhereCache::default(),
            verified: Mutex::default(),
        };
        match work(store) {
            Ok(store) => Ok(with(store)),
            Err(mut not) => {
                let session = not.store.take().map(with);
                let error = ApiError::from(*not);
                Err(Box::new(NotChanged { error, session }))
            }
        }
    }

    /// Whether the workspace has a passphrase.
    pub fn is_encrypted(&self) -> bool {
        self.store.is_encrypted()
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

    /// What the last verification found.
    pub(crate) fn verified(&self) -> MutexGuard<'_, Option<Verified>> {
        self.verified.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Orders of the list of people, until a change.
    pub(crate) fn orders(&self) -> &OrderCache {
        &self.orders
    }

    /// Where changes are tried out, if not in the workspace itself.
    pub(crate) fn copies(&self) -> &CopyCache {
        &self.copies
    }

    /// The workspace in the terms of the desk that was looked at last.
    pub(crate) fn elsewhere(&self) -> &ElsewhereCache {
        &self.elsewhere
    }

    pub(crate) fn is_sample(&self) -> bool {
        self.sample
    }
}
