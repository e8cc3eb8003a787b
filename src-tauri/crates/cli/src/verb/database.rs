//! Passwords of desks' databases and tokens of their interfaces: from a file, the environment, the system's keyring, or whoever sits there.

use std::io::{self, IsTerminal as _};

use portico_api::desk;
use portico_api::error::{ApiError, Code};
use portico_api::types::passphrase::Secret;

use crate::args::Login;
use crate::failure::Failure;
use crate::output::say;
use crate::secret::{DATABASE_PASSWORD, DESK_TOKEN, secret};

/// The password for the database, or the token for the interface, that `from` is the address of; `None` where it is
/// neither, or nothing was given.
pub(super) fn password(from: &str, login: &Login) -> Result<Option<Secret>, Failure> {
    let (asked, variable) = if desk::is_interface(from) {
        (format!("Token for {}", desk::interface_name(from)?), DESK_TOKEN)
    } else if desk::is_database(from) {
        let whose = desk::database_login(from)?;
        (format!("Password of {whose} (empty for none)"), DATABASE_PASSWORD)
    } else if login.password_file.is_some() || login.keep_password || login.forget_password {
        let message = "passwords are for a database (--from postgres://NAME@SERVER/DATABASE) or an interface (--from https://SERVER)";
        return Err(Failure::Usage(message.to_owned()));
    } else {
        return Ok(None);
    };
    if let Some(given) = secret(login.password_file.as_deref(), variable)? {
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
    let typed = rpassword::prompt_password(format!("{asked}: "))?;
    Ok(Some(typed).filter(|typed| !typed.is_empty()).map(Secret::new))
}

/// Says how a password or a token is given, where there was none.
pub(super) fn explained(mut error: ApiError, from: &str, password: Option<&Secret>) -> ApiError {
    if error.code == Code::Forbidden && password.is_none() {
        let (what, variable) = if desk::is_interface(from) {
            ("token", DESK_TOKEN)
        } else {
            ("password", DATABASE_PASSWORD)
        };
        error.detail.push(format!(
            "give the {what} with --password-file FILE or in the environment variable {variable}"
        ));
    }
    error
}

/// What becomes of the password or the token, now that it has opened what it is for.
pub(super) fn after(from: &str, login: &Login, password: Option<&Secret>) -> Result<(), Failure> {
    if login.forget_password && !desk::forget_password(from)? {
        say("porticoctl: the keyring had none for this address");
    }
    if let Some(password) = password.filter(|_| login.keep_password) {
        desk::keep_password(from, password)?;
    }
    Ok(())
}
