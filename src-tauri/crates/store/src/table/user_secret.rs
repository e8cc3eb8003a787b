//! Passwords that were typed for people: apart from the configuration, in no changeset, only in a locked workspace.
//!
//! The verifier stays, for the preview's login page; the password itself is sealed by the workspace's own lock until
//! an export has turned it into the desk's format.

use argon2::{Algorithm, Argon2, Params, Version};
use portico_core::id::ExternalUserId;
use rusqlite::{Connection, OptionalExtension};
use zeroize::Zeroizing;

use super::cell;
use crate::error::{Result, StoreError};
use crate::store::Store;
use crate::transact::{Tx, now};

pub(crate) const CREATE: &str = "
CREATE TABLE user_secret (
    user_id BLOB NOT NULL PRIMARY KEY REFERENCES external_user (id) ON DELETE CASCADE,
    verifier TEXT NOT NULL,
    sealed TEXT,
    at INTEGER NOT NULL
) WITHOUT ROWID;
";

/// What one guess at a verifier costs: memory in KiB, passes, lanes.
const COST: (u32, u32, u32) = (19_456, 2, 1);
const SALT: usize = 16;
const HASH: usize = 32;

/// Keeps a password in the place of an older one. Refused in a workspace that is not locked.
pub fn put(store: &Store, tx: &Tx<'_>, user: ExternalUserId, clear: &str) -> Result<()> {
    if !store.is_encrypted() {
        return Err(StoreError::NoPassphrase(store.path().to_owned()));
    }
    tx.execute(
        "INSERT OR REPLACE INTO user_secret (user_id, verifier, sealed, at) VALUES (?1, ?2, ?3, ?4)",
        (user.as_bytes(), verifier(clear)?, clear, now()),
    )?;
    Ok(())
}

/// Whether a password that was typed waits for its export, be it taken back meanwhile or not.
pub fn is_sealed(c: &Connection, user: ExternalUserId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM user_secret WHERE user_id = ?1 AND sealed IS NOT NULL)";
    Ok(c.prepare_cached(sql)?.query_row([user.as_bytes()], |r| r.get(0))?)
}

/// Whether this is the person's password; `None` where none was typed here, or it was taken back.
pub fn fits(c: &Connection, user: ExternalUserId, clear: &str) -> Result<Option<bool>> {
    let sql = "SELECT s.verifier FROM user_secret s JOIN external_user u ON u.id = s.user_id
               WHERE s.user_id = ?1 AND (s.sealed IS NULL OR u.password = 'typed')";
    let kept: Option<String> = c
        .prepare_cached(sql)?
        .query_row([user.as_bytes()], |r| r.get(0))
        .optional()?;
    kept.map(|kept| verifies(&kept, clear)).transpose()
}

/// The passwords that wait for an export, by person; not those that were taken back.
pub fn sealed(c: &Connection) -> Result<Vec<(ExternalUserId, Zeroizing<String>)>> {
    let mut statement = c.prepare_cached(
        "SELECT s.user_id, s.sealed FROM user_secret s JOIN external_user u ON u.id = s.user_id
         WHERE s.sealed IS NOT NULL AND u.password = 'typed'",
    )?;
    let rows = statement.query_map([], |r| Ok((cell::column(r, 0)?, Zeroizing::new(r.get(1)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Forgets a password that an export has turned into the desk's format; its verifier stays. Whether it was still that
/// one: another that was typed meanwhile waits for the next export.
pub fn unseal(tx: &Tx<'_>, user: ExternalUserId, clear: &str) -> Result<bool> {
    let sql = "UPDATE user_secret SET sealed = NULL WHERE user_id = ?1 AND sealed = ?2";
    Ok(tx.execute(sql, (user.as_bytes(), clear))? > 0)
}

/// Forgets altogether what was typed and then taken back.
pub fn forget_taken_back(tx: &Tx<'_>) -> Result<()> {
    tx.execute(
        "DELETE FROM user_secret WHERE sealed IS NOT NULL
         AND user_id NOT IN (SELECT id FROM external_user WHERE password = 'typed')",
        [],
    )?;
    Ok(())
}

/// Leaves nothing of any password in the new file `part`, which is about to go without a lock.
pub(crate) fn wipe(conn: &Connection, part: &str) -> Result<()> {
    let kept = format!("SELECT count(*) FROM {part}.sqlite_schema WHERE name = 'user_secret'");
    if conn.query_row(&kept, [], |r| r.get::<_, i64>(0))? > 0 {
        conn.execute_batch(&format!(
            "PRAGMA {part}.secure_delete = ON; DELETE FROM {part}.user_secret"
        ))?;
    }
    Ok(())
}

/// The argon2id hash of a password in the usual form, `$argon2id$v=19$m=..,t=..,p=..$salt$hash`.
fn verifier(clear: &str) -> Result<String> {
    let mut salt = [0; SALT];
    getrandom::fill(&mut salt).map_err(|e| StoreError::Damaged(format!("the system gives no random numbers: {e}")))?;
    let (memory, passes, lanes) = COST;
    let hash = hashed(clear, &salt, COST)?;
    Ok(format!(
        "$argon2id$v=19$m={memory},t={passes},p={lanes}${}${}",
        base64(&salt),
        base64(hash.as_slice())
    ))
}

fn verifies(kept: &str, clear: &str) -> Result<bool> {
    let damaged = || StoreError::Damaged("a kept password cannot be read".to_owned());
    let parts: Vec<&str> = kept.split('$').collect();
    let ["", "argon2id", "v=19", cost, salt, hash] = parts[..] else {
        return Err(damaged());
    };
    let numbers: Vec<u32> = cost.split(',').filter_map(|part| part.get(2..)?.parse().ok()).collect();
    let [memory, passes, lanes] = numbers[..] else {
        return Err(damaged());
    };
    let salt = unbase64(salt).ok_or_else(damaged)?;
    let found = base64(hashed(clear, &salt, (memory, passes, lanes))?.as_slice());
    // All of it is looked at, so that the time it takes tells nothing.
    let differs =
        found.len() != hash.len() || found.bytes().zip(hash.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) != 0;
    Ok(!differs)
}

fn hashed(clear: &str, salt: &[u8], (memory, passes, lanes): (u32, u32, u32)) -> Result<Zeroizing<[u8; HASH]>> {
    let failed = |e: argon2::Error| StoreError::Damaged(format!("a password cannot be hashed: {e}"));
    let params = Params::new(memory, passes, lanes, Some(HASH)).map_err(failed)?;
    let mut hash = Zeroizing::new([0; HASH]);
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon
        .hash_password_into(clear.as_bytes(), salt, hash.as_mut())
        .map_err(failed)?;
    Ok(hash)
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 without padding, as in such hashes.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for part in bytes.chunks(3) {
        let at = |n: usize| u32::from(part.get(n).copied().unwrap_or(0));
        let number = at(0) << 16 | at(1) << 8 | at(2);
        for n in 0..=part.len() {
            let digit = (number >> (18 - 6 * n)) & 63;
            text.push(char::from(DIGITS[digit as usize]));
        }
    }
    text
}

fn unbase64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for part in text.as_bytes().chunks(4) {
        let mut number = 0_u32;
        for n in 0..4 {
            let digit = part.get(n).map_or(Some(0), |c| DIGITS.iter().position(|d| d == c))?;
            number = number << 6 | u32::try_from(digit).ok()?;
        }
        let whole = number.to_be_bytes();
        bytes.extend_from_slice(&whole[1..part.len().max(1)]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::{base64, unbase64, verifier, verifies};

    #[test]
    fn a_verifier_knows_its_password_and_no_other() {
        let kept = verifier("Žluť-kobyla-1!").unwrap();
        assert!(
            kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && !kept.contains("kobyla"),
            "{kept}"
        );
        assert!(verifies(&kept, "Žluť-kobyla-1!").unwrap());
        assert!(!verifies(&kept, "Žluť-kobyla-1").unwrap());
        assert_ne!(kept, verifier("Žluť-kobyla-1!").unwrap(), "a salt of its own");
        assert!(verifies("$argon2id$v=19$m=1", "x").is_err());
        // Made by the reference program: argon2 somesalt -id -t 2 -m 16 -p 1, of "password".
        let theirs = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assert!(verifies(theirs, "password").unwrap());
    }

    #[test]
    fn base64_goes_both_ways() {
        for length in 0..20_u8 {
            let bytes: Vec<u8> = (0..length).map(|n| n.wrapping_mul(73)).collect();
            assert_eq!(unbase64(&base64(&bytes)).unwrap(), bytes);
        }
        assert_eq!(base64(b"somesalt"), "c29tZXNhbHQ");
        assert_eq!(unbase64("c29t*"), None);
    }
}
