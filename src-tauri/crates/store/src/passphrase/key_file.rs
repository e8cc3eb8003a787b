//! The file beside a locked workspace that says how its passphrase becomes its key. Nothing in it is secret.
//!
//! It belongs to the workspace whose first bytes are its salt; so it can be found again whatever happened to the
//! files in the middle of a change.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::key::{self, CHECK, Cost, Key, Passphrase, SALT};
use crate::error::{KeyFileProblem, Result, StoreError};

/// The version of its shape.
const VERSION: u32 = 1;
/// How much of it is read: it has some hundred bytes.
const LONGEST: u64 = 4096;

/// `name.portico-key` beside `name.portico`.
pub(crate) fn path_of(workspace: &Path) -> PathBuf {
    workspace.with_extension("portico-key")
}

/// Where the next one waits until the workspace that it opens is in its place.
pub(super) fn part_of(workspace: &Path) -> PathBuf {
    with_suffix(workspace, ".part")
}

fn with_suffix(workspace: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = path_of(workspace).into_os_string();
    name.push(suffix);
    name.into()
}

#[derive(Serialize, Deserialize)]
struct Written {
    portico_key: u32,
    kdf: String,
    #[serde(flatten)]
    cost: Cost,
    salt: String,
    check: String,
}

/// How a passphrase becomes a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyFile {
    cost: Cost,
    salt: [u8; SALT],
    check: [u8; CHECK],
}

impl KeyFile {
    /// A new one for this passphrase, and the key.
    pub(super) fn fresh(passphrase: &Passphrase, cost: Cost) -> Result<(Self, Key)> {
        let salt = key::fresh_salt()?;
        let (key, check) = key::derive(passphrase, salt, cost)?;
        Ok((Self { cost, salt, check }, key))
    }

    /// The key; `WrongPassphrase` for another passphrase than it was made for.
    pub(super) fn unlock(&self, passphrase: &Passphrase, workspace: &Path) -> Result<Key> {
        let (key, check) = key::derive(passphrase, self.salt, self.cost)?;
        if check == self.check {
            Ok(key)
        } else {
            Err(StoreError::WrongPassphrase(workspace.to_owned()))
        }
    }

    /// Reads one; `None` where there is none.
    fn read(path: &Path) -> Result<Option<Self>> {
        let mut text = String::new();
        match std::fs::File::open(path).and_then(|f| f.take(LONGEST).read_to_string(&mut text)) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) if e.kind() != std::io::ErrorKind::InvalidData => return Err(StoreError::io(path, e)),
            _ => {}
        }
        let damaged = || StoreError::KeyFile {
            path: path.to_owned(),
            problem: KeyFileProblem::Damaged,
        };
        let written: Written = serde_json::from_str(&text).map_err(|_| damaged())?;
        if written.portico_key > VERSION {
            return Err(StoreError::KeyFile {
                path: path.to_owned(),
                problem: KeyFileProblem::TooNew,
            });
        }
        match (bytes(&written.salt), bytes(&written.check)) {
            (Some(salt), Some(check)) if written.kdf == "argon2id" && written.cost.is_sane() => Ok(Some(Self {
                cost: written.cost,
                salt,
                check,
            })),
            _ => Err(damaged()),
        }
    }

    /// Writes it and brings it to the disk.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        let written = Written {
            portico_key: VERSION,
            kdf: "argon2id".to_owned(),
            cost: self.cost,
            salt: hex(&self.salt),
            check: hex(&self.check),
        };
        let mut text = serde_json::to_vec_pretty(&written).map_err(|e| StoreError::io(path, e.into()))?;
        text.push(b'\n');
        let file = std::fs::File::create(path).and_then(|mut f| f.write_all(&text).and_then(|()| f.sync_all()));
        file.map_err(|e| StoreError::io(path, e))
    }

    /// The one that belongs to the workspace whose first bytes are `salt`.
    pub(super) fn find(workspace: &Path, salt: [u8; SALT]) -> Result<Self> {
        let mut problem = KeyFileProblem::Missing;
        for path in [path_of(workspace), part_of(workspace), set_aside(workspace, salt)] {
            match Self::read(&path) {
                Ok(Some(found)) if found.salt == salt => return Ok(found),
                Ok(Some(_)) if path == path_of(workspace) => problem = KeyFileProblem::Other,
                Err(StoreError::KeyFile { path: at, problem: is }) if at == path_of(workspace) => problem = is,
                // Half of one, from a change that was interrupted.
                Ok(_) | Err(StoreError::KeyFile { .. }) => {}
                Err(other) => return Err(other),
            }
        }
        Err(StoreError::KeyFile {
            path: path_of(workspace),
            problem,
        })
    }

    /// Whether there is one at `path`, and it belongs to the workspace whose first bytes are `salt`.
    pub(super) fn belongs(path: &Path, salt: [u8; SALT]) -> bool {
        Self::read(path).is_ok_and(|found| found.is_some_and(|found| found.salt == salt))
    }

    /// Gives the next one its final name, in the place of the one that opened the workspace `before`.
    ///
    /// A file with that name that opens another workspace is set aside: without it the other could never be opened.
    pub(super) fn settle(workspace: &Path, before: Option<[u8; SALT]>) -> Result<()> {
        let (part, last) = (part_of(workspace), path_of(workspace));
        if !part.exists() {
            return Ok(());
        }
        if let Ok(Some(there)) = Self::read(&last)
            && before.is_none_or(|salt| salt != there.salt)
        {
            let aside = set_aside(workspace, there.salt);
            std::fs::rename(&last, &aside).map_err(|e| StoreError::io(&aside, e))?;
        }
        match std::fs::rename(&part, &last) {
            // Somebody who opened the workspace meanwhile has done it.
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
            other => other.map_err(|e| StoreError::io(&part, e)),
        }
    }
}

/// Where a key file goes that was in the way and opens another workspace.
fn set_aside(workspace: &Path, salt: [u8; SALT]) -> PathBuf {
    with_suffix(workspace, &format!(".{}", hex(&salt[..4])))
}

fn hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(2 * bytes.len());
    key::push_hex(&mut hex, bytes);
    hex
}

pub(super) fn bytes<const N: usize>(hex: &str) -> Option<[u8; N]> {
    if hex.len() != 2 * N || !hex.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}
