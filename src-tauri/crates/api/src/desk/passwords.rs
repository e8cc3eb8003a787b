//! Passwords on their way into an export: those that were typed, and those that it makes.

use std::collections::HashMap;
use std::io::{self, Write};

use age::secrecy::SecretString;
use portico_core::form::check::check_password;
use portico_core::id::ExternalUserId;
use portico_core::spreadsheet::harmless;
use portico_desks::plan::{PASSWORD, Plan};
use portico_desks::writer::Passwords;
use portico_store::Connection;
use portico_store::history::Intent;
use portico_store::table::{external_user, user_secret};
use zeroize::Zeroizing;

use super::plan::People;
use crate::error::{ApiError, Code, id};
use crate::session::Session;
use crate::types::passphrase::Secret;

/// What a form says of a password that the export makes.
const INITIAL: &str = "initial";
/// Signs of passwords that are made: none that looks like another one.
const SIGNS: &[u8; 54] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ234567";
/// Groups of four signs in one: 92 bits, and hyphens that help whoever types it.
const GROUPS: usize = 4;

/// A password that goes out.
pub(super) struct Leaving {
    user: ExternalUserId,
    /// The key of the operation that sets it.
    key: String,
    clear: Zeroizing<String>,
    /// Whether it was made for this export.
    made: bool,
}

/// The passwords that a plan sets: as they were typed, or made now. None is forgotten by this.
pub(super) fn leaving(c: &Connection, desk: &str, plan: &Plan, people: &People) -> Result<Vec<Leaving>, ApiError> {
    let setting = plan.operations.iter().filter(|operation| operation.sets_password());
    let mut typed: HashMap<_, _> = user_secret::sealed(c)?.into_iter().collect();
    let mut all = Vec::new();
    for operation in setting {
        let person = people.get(&(operation.entity.clone(), operation.key.clone()));
        let user: ExternalUserId = id("external user", person.map(String::as_str).unwrap_or_default())?;
        let made = operation.new_value(PASSWORD) == INITIAL;
        let clear = if made { Some(make(desk)?) } else { typed.remove(&user) };
        let gone = || ApiError::new(Code::Conflict, format!("{}: type the password again", operation.key));
        all.push(Leaving {
            user,
            key: operation.key.clone(),
            clear: clear.ok_or_else(gone)?,
            made,
        });
    }
    Ok(all)
}

/// As the desk's writer takes them.
pub(super) fn for_writer(leaving: &[Leaving]) -> Passwords {
    leaving.iter().map(|one| (one.key.clone(), one.clear.clone())).collect()
}

/// Forgets what went out: the forms say `unchanged` from then on; verifiers stay, for the preview's login page. What
/// was typed anew meanwhile waits for the next export.
pub(super) fn forget(session: &Session, leaving: &[Leaving]) -> Result<(), ApiError> {
    if leaving.is_empty() {
        return Ok(());
    }
    let intent = Intent::new("intent.take_passwords").with("count", leaving.len().to_string());
    session.store().transact(session.actor(), &intent, |tx| {
        user_secret::forget_taken_back(tx)?;
        for one in leaving {
            let Some(row) = external_user::find(tx, one.user)? else {
                continue;
            };
            let over = if one.made {
                row.password == INITIAL
            } else {
                user_secret::unseal(tx, one.user, &one.clear)?
            };
            if over {
                let password = "unchanged".to_owned();
                external_user::update(tx, &external_user::Row { password, ..row })?;
            }
        }
        Ok::<_, ApiError>(())
    })?;
    Ok(())
}

/// How many of them were made for this export.
pub(super) fn made(leaving: &[Leaving]) -> usize {
    leaving.iter().filter(|one| one.made).count()
}

/// The list of those that were made, as comma-separated values that only the passphrase opens (age).
pub(super) fn write_list(
    c: &Connection,
    leaving: &[Leaving],
    passphrase: &Secret,
    out: &mut dyn Write,
) -> Result<(), ApiError> {
    let failed = |e: &dyn std::fmt::Display| ApiError::new(Code::Storage, format!("the list of passwords: {e}"));
    let passphrase = SecretString::from(passphrase.text().to_owned());
    let sealed = age::Encryptor::with_user_passphrase(passphrase)
        .wrap_output(out)
        .map_err(|e| failed(&e))?;
    let mut list = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(sealed);
    let mut row = |cells: [&str; 4]| {
        list.write_record(cells.map(|cell| harmless(cell).into_owned()))
            .map_err(|e| failed(&e))
    };
    row(["login", "name", "email", "password"])?;
    for one in leaving.iter().filter(|one| one.made) {
        let person = external_user::get(c, one.user)?;
        let name = format!("{} {}", person.first_name, person.last_name);
        row([&person.login, name.trim(), &person.email, &one.clear])?;
    }
    let sealed = list.into_inner().map_err(|e| failed(e.error()))?;
    sealed.finish().map_err(|e: io::Error| failed(&e))?;
    Ok(())
}

/// A password that nobody guesses and the desk takes.
fn make(desk: &str) -> Result<Zeroizing<String>, ApiError> {
    let rule = &crate::forms::rules(desk)?.password;
    loop {
        let mut made = Zeroizing::new(String::new());
        while made.chars().count() < (5 * GROUPS - 1).max(rule.min) {
            if made.len() % 5 == 4 {
                made.push('-');
            }
            made.push(sign()?);
        }
        if check_password(rule, &made).is_empty() && made.chars().any(|c| c.is_ascii_digit()) {
            return Ok(made);
        }
    }
}

/// One sign, each as likely as the others.
fn sign() -> Result<char, ApiError> {
    let fair = 256 - 256 % SIGNS.len();
    loop {
        let mut byte = [0];
        getrandom::fill(&mut byte).map_err(|e| ApiError::new(Code::Internal, format!("no random numbers: {e}")))?;
        let number = usize::from(byte[0]);
        if number < fair {
            return Ok(char::from(SIGNS[number % SIGNS.len()]));
        }
    }
}
