//! Passwords of desks' databases: from a file, the environment, the system's keyring, or whoever sits there.

use std::io::{self, IsTerminal as _};

use portico_api::desk;
use portico_api::error::{ApiError, Code};
use portico_api::types::passphrase::Secret;

use crate::args::Login;
use crate::failure::Failure;
use crate::output::say;
use crate::secret::{DATABASE_PASSWORD, secret};

/// The password for the database that `from` is the address of; `None` where it is none, or lets in without.
pub(super) fn password(from: &str, login: &Login) -> Result<Option<Secret>, Failure> {
    if !desk::is_database(from) {
        if login.password_file.is_some() || login.keep_password || login.forget_password {
            let message = "passwords are for a database: --from postgres://NAME@SERVER/DATABASE";
            return Err(Failure::Usage(message.to_owned()));
        }
        return Ok(None);
    }
    let whose = desk::database_login(from)?;
    if let Some(given) = secret(login.password_file.as_deref(), DATABASE_PASSWORD)? {
        return Ok(Some(given));
    }
    match desk::kept_password(from) {
        Ok(Some(kept)) => return Ok(Some(kept)),
        Ok(None) => {}
        Err(error) => say(&format!("porticoctl: {error}")),
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(None);
    }
    let typed = rpassword::prompt_password(format!("Password of {whose} (empty for none): "))?;
    Ok(Some(typed).filter(|typed| !typed.is_empty()).map(Secret::new))
}

/// Says how a password is given, where there was none.
pub(super) fn explained(mut error: ApiError, password: Option<&Secret>) -> ApiError {
    if error.code == Code::Forbidden && password.is_none() {
        error.detail.push(format!(
            "give the password with --password-file FILE or in the environment variable {DATABASE_PASSWORD}"
        ));
    }
    error
}

/// What becomes of the password, now that it has opened the database.
pub(super) fn after(from: &str, login: &Login, password: Option<&Secret>) -> Result<(), Failure> {
    if login.forget_password && !desk::forget_password(from)? {
        say("porticoctl: the keyring had no password of this database");
    }
    if let Some(password) = password.filter(|_| login.keep_password) {
        desk::keep_password(from, password)?;
    }
    Ok(())
}
