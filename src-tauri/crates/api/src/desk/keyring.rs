//! Passwords of databases and tokens of interfaces in the operating system's keyring: the Secret Service, Apple's keychain,
//! Windows' credentials.

use std::sync::{Mutex, PoisonError};

use keyring_core::{Entry, Error};
use portico_desks::database::address::{Address, is_address};
use portico_desks::error::DeskError;
use portico_desks::rest::address as rest;

use crate::error::{ApiError, Code};
use crate::types::passphrase::Secret;

/// The name under which the keyring shows the passwords.
const SERVICE: &str = "Portico: database";
/// And the tokens.
const INTERFACE: &str = "Portico: desk";

/// Whether a source is the address of a database, and no path.
pub fn is_database(source: &str) -> bool {
    is_address(source)
}

/// Whom and where a database's password is for, in words; an address that makes no sense is refused.
pub fn database_login(address: &str) -> Result<String, ApiError> {
    let address = Address::parse(address).map_err(DeskError::from)?;
    Ok(format!("{} on {}", address.user, address.server()))
}

/// The password that the keyring has for a database, or the token for an interface; `None` where it has none, or there is
/// no keyring.
pub fn kept_password(address: &str) -> Result<Option<Secret>, ApiError> {
    let Some(entry) = entry(address)? else {
        return Ok(None);
    };
    match entry.get_password() {
        Ok(password) => Ok(Some(Secret::new(password))),
        Err(Error::NoEntry) => Ok(None),
        Err(e) => Err(failed(&e)),
    }
}

/// Keeps a database's password, or an interface's token, in the keyring.
pub fn keep_password(address: &str, password: &Secret) -> Result<(), ApiError> {
    let Some(entry) = entry(address)? else {
        let message = "this system has no keyring that answers; the password was not kept";
        return Err(ApiError::new(Code::Storage, message));
    };
    entry.set_password(password.text()).map_err(|e| failed(&e))
}

/// Takes a database's password, or an interface's token, out of the keyring. Whether there was one.
pub fn forget_password(address: &str) -> Result<bool, ApiError> {
    let Some(entry) = entry(address)? else {
        return Ok(false);
    };
    match entry.delete_credential() {
        Ok(()) => Ok(true),
        Err(Error::NoEntry) => Ok(false),
        Err(e) => Err(failed(&e)),
    }
}

/// The keyring's words name no password.
fn failed(error: &Error) -> ApiError {
    ApiError::new(Code::Storage, format!("the keyring does not do its work: {error}"))
}

fn entry(address: &str) -> Result<Option<Entry>, ApiError> {
    static OPENING: Mutex<()> = Mutex::new(());
    let (service, name) = if rest::is_address(address) {
        (
            INTERFACE,
            rest::Address::parse(address).map_err(DeskError::from)?.to_string(),
        )
    } else {
        (SERVICE, Address::parse(address).map_err(DeskError::from)?.to_string())
    };
    let _only_one = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
    if keyring_core::get_default_store().is_none() {
        match store() {
            Ok(store) => keyring_core::set_default_store(store),
            Err(error) => {
                tracing::info!(%error, "there is no keyring");
                return Ok(None);
            }
        }
    }
    Entry::new(service, &name).map(Some).map_err(|e| failed(&e))
}

fn store() -> Result<std::sync::Arc<keyring_core::CredentialStore>, Error> {
    #[cfg(target_os = "macos")]
    let store = apple_native_keyring_store::keychain::Store::new()?;
    #[cfg(windows)]
    let store = windows_native_keyring_store::Store::new()?;
    #[cfg(not(any(target_os = "macos", windows)))]
    let store = dbus_secret_service_keyring_store::Store::new()?;
    Ok(store)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::{forget_password, keep_password, kept_password};
    use crate::types::passphrase::Secret;

    #[test]
    fn a_password_is_kept_for_one_login_of_one_database() {
        keyring_core::set_default_store(keyring_core::mock::Store::new().unwrap());
        let (here, there) = ("postgres://r@db/otobo?ca=/x.pem", "postgres://r@db/znuny");
        keep_password(here, &Secret::new("hunter2".to_owned())).unwrap();
        let kept = |address: &str| kept_password(address).unwrap().map(|secret| secret.text().to_owned());
        // How it is reached is no other login.
        assert_eq!(kept("postgresql://r@db:5432/otobo?tls=off").as_deref(), Some("hunter2"));
        assert_eq!(kept(there), None);
        assert_eq!(kept("postgres://other@db/otobo"), None);
        assert!(forget_password(here).unwrap() && !forget_password(here).unwrap());
        assert_eq!(kept(here), None);
        // A token is kept for a desk, however much of it is read.
        let desk = "https://desk.example?orgId=7&also=conversations";
        keep_password(desk, &Secret::new("hunter2".to_owned())).unwrap();
        assert_eq!(
            kept("https://desk.example/?orgId=7&pages=/x").as_deref(),
            Some("hunter2")
        );
        assert_eq!(kept("https://desk.example?orgId=8"), None);
        assert!(forget_password(desk).unwrap());
        let error = keep_password("postgres://r:hunter2@db/x", &Secret::new("y".to_owned())).unwrap_err();
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}
