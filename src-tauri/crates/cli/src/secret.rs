//! Passphrases come from files or the environment, never from arguments: those can be read by every process.

use std::fs;
use std::path::Path;

use portico_api::types::passphrase::Secret;

use crate::failure::Failure;

/// The environment variable with a workspace's passphrase.
pub(crate) const PASSPHRASE: &str = "PORTICO_PASSPHRASE";
/// The environment variable with the passphrase that a workspace shall get.
pub(crate) const NEW_PASSPHRASE: &str = "PORTICO_NEW_PASSPHRASE";
/// The environment variable with the passphrase of a list of initial passwords.
pub(crate) const LIST_PASSPHRASE: &str = "PORTICO_LIST_PASSPHRASE";

/// The environment variable with the password of a desk's database.
pub(crate) const DATABASE_PASSWORD: &str = "PORTICO_DATABASE_PASSWORD";

/// The environment variable with the token of a desk's interface.
pub(crate) const DESK_TOKEN: &str = "PORTICO_DESK_TOKEN";

/// The passphrase from the file that was named, or else from the environment.
pub(crate) fn secret(file: Option<&Path>, variable: &str) -> Result<Option<Secret>, Failure> {
    if let Some(file) = file {
        return from_file(file).map(Some);
    }
    let Some(value) = std::env::var_os(variable).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let text = value
        .into_string()
        .map_err(|_| Failure::Usage(format!("{variable} is not valid UTF-8")))?;
    Ok(Some(Secret::new(text)))
}

/// The secret that a file holds.
pub(crate) fn from_file(file: &Path) -> Result<Secret, Failure> {
    let mut text = fs::read_to_string(file).map_err(|source| Failure::File {
        path: file.display().to_string(),
        source,
    })?;
    // The end of the line is the editor's, not the secret's.
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(Secret::new(text))
}
