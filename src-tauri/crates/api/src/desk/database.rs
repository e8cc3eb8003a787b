//! The desk's database, asked for by a form: what opens it, and whether it is the right one.

use portico_desks::registry as desks;

use super::import::connection;
use super::keyring::{is_database, keep_password, kept_password};
use super::live::is_interface;
use crate::error::ApiError;
use crate::session::{Action, Session};
use crate::types::database::{DatabaseLogin, DatabaseSeen};
use crate::types::passphrase::Secret;

/// Connects to a database and says what it is; nothing is read into the workspace. The password is put into the keyring
/// where that was asked for.
pub fn look_at_database(session: &Session, address: &str, login: &DatabaseLogin) -> Result<DatabaseSeen, ApiError> {
    session.may(Action::Import)?;
    let password = database_password(address, Some(login))?;
    let look = desks::look_at_database(session.desk(), &connection(address, password.as_ref())?)?;
    Ok(DatabaseSeen {
        server: look.server,
        version: look.version,
        product: look.product.to_owned(),
        people: look.people,
        tickets: look.tickets,
        kept: keep_if_asked(address, Some(login)),
    })
}

/// Whether a source is an address that a secret opens: of a database, or of an interface.
fn opens_by_secret(source: &str) -> bool {
    is_database(source) || is_interface(source)
}

/// The password of the database that a source is the address of, or the token for an interface: as it was typed, else the keyring's; `None` where there
/// is neither, or the source is none.
pub fn database_password(source: &str, login: Option<&DatabaseLogin>) -> Result<Option<Secret>, ApiError> {
    if !opens_by_secret(source) {
        return Ok(None);
    }
    let typed = login.and_then(|login| login.password.clone());
    if let Some(typed) = typed.filter(|typed| !typed.text().is_empty()) {
        return Ok(Some(typed));
    }
    kept_password(source)
}

/// Puts a typed password into the keyring where that was asked for, now that it has opened the database. Whether that
/// was done: a keyring that does not answer holds nothing up.
pub fn keep_if_asked(source: &str, login: Option<&DatabaseLogin>) -> bool {
    let asked = login.filter(|login| login.keep && opens_by_secret(source));
    let Some(typed) = asked
        .and_then(|login| login.password.as_ref())
        .filter(|typed| !typed.text().is_empty())
    else {
        return false;
    };
    keep_password(source, typed)
        .inspect_err(|error| tracing::warn!(%error, "the keyring did not take a password"))
        .is_ok()
}
