//! Passwords as OTOBO and Znuny keep them in `customer_user.pw`.
//!
//! Which format a desk writes is its setting `Customer::AuthModule::DB::CryptType`; reading, it tells by the shape of
//! what is there. The two SHA-2 formats are the bare digest in lower-case hexadecimal digits; bcrypt stands there as
//! `BCRYPT:cost:salt:digest`, with a salt of 16 characters that are taken as they are, and bcrypt's own base64.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256, Sha512};

use crate::error::DeskError;
use crate::plan::{Change, Fields, PASSWORD, Plan, PlanInput};
use crate::writer::Passwords;

/// The setting that says how the desk keeps passwords.
pub(super) const CRYPT_TYPE: &str = "Customer::AuthModule::DB::CryptType";
/// What bcrypt costs where the desk does not say otherwise: 2^12 rounds.
const COST: u32 = 12;
/// How long a salt is, in characters.
const SALT: usize = 16;
/// How long bcrypt's digest is in its base64, in characters.
const DIGEST: usize = 31;

/// What an export makes of a password.
pub(super) enum Fate {
    /// It stays as it is in the desk.
    Untouched,
    /// It is set.
    Set(Change),
    /// It cannot be set: a key of the catalogue for the reason, and the reason.
    Not(&'static str, &'static str),
}

/// What an export makes of a password that shall become `way`.
pub(super) fn fate(way: &str, current: &Fields, input: &PlanInput) -> Fate {
    let plain = input.setting(CRYPT_TYPE) == Some("\"plain\"");
    let kept = current.get("password_kept").is_some_and(|kept| kept == "1");
    let set = Fate::Set(Change {
        field: PASSWORD.to_owned(),
        old: None,
        new: Some(way.to_owned()),
    });
    match way {
        "" | "unchanged" => Fate::Untouched,
        "typed" | "initial" if plain => Fate::Not(
            "not_exported.password_plain",
            "the desk keeps passwords in clear (CryptType plain), and Portico writes none in clear; set it in the desk",
        ),
        "typed" if kept => set,
        "typed" => Fate::Not(
            "not_exported.password_gone",
            "no typed password is kept for this person; type it again",
        ),
        "initial" if input.initial_passwords => set,
        "initial" => Fate::Not(
            "not_exported.password_initial",
            "initial passwords are made only when the export is asked for them, into a file of their own",
        ),
        _ => Fate::Not(
            "not_exported.password_way",
            "the desk has no such way; set the password in the desk",
        ),
    }
}

/// What goes into `pw` for each operation that sets a password, by the operation's key.
pub(super) fn hashes(plan: &Plan, passwords: &Passwords) -> Result<BTreeMap<String, String>, DeskError> {
    let kind = plan.settings.iter().find(|(name, _)| name == CRYPT_TYPE);
    let kind = kind.map_or("", |(_, value)| value.as_str());
    let mut hashes = BTreeMap::new();
    for operation in plan.operations.iter().filter(|operation| operation.sets_password()) {
        let clear = passwords.get(&operation.key).ok_or_else(|| {
            DeskError::Refused(vec![format!(
                "{}: the password that is to be set is not there",
                operation.key
            )])
        })?;
        hashes.insert(operation.key.clone(), hash(kind, clear)?);
    }
    Ok(hashes)
}

fn hash(kind: &str, clear: &str) -> Result<String, DeskError> {
    match kind {
        "\"bcrypt\"" => bcrypt(clear, salt()?),
        "\"sha512\"" => Ok(hex(&Sha512::digest(clear.as_bytes()))),
        // The other formats are weaker than the desk's default, which it takes whatever it writes itself.
        _ => Ok(hex(&Sha256::digest(clear.as_bytes()))),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn bcrypt(clear: &str, salt: [u8; SALT]) -> Result<String, DeskError> {
    let failed = |e: bcrypt::BcryptError| DeskError::Unwritable(format!("a password: {e}"));
    let usual = bcrypt::hash_with_salt(clear, COST, salt).map_err(failed)?.to_string();
    let digest = usual.get(usual.len().saturating_sub(DIGEST)..).unwrap_or_default();
    Ok(format!("BCRYPT:{COST}:{}:{digest}", String::from_utf8_lossy(&salt)))
}

/// Letters and digits, of which the desk makes its own salts.
fn salt() -> Result<[u8; SALT], DeskError> {
    const SIGNS: &[u8; 64] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01";
    let mut salt = [0; SALT];
    getrandom::fill(&mut salt).map_err(|e| DeskError::Unwritable(format!("no random numbers: {e}")))?;
    Ok(salt.map(|byte| SIGNS[usize::from(byte % 64)]))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use std::process::Command;

    use super::{bcrypt, hash, salt};

    const CLEAR: &str = "Žluť \"o'clock\" $1 \\";

    /// What perl and the C library make of it, as the desk itself is perl; `None` where there is no perl.
    fn perl(program: &str) -> Option<String> {
        let out = Command::new("perl").args(["-e", program, CLEAR]).output().ok()?;
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        Some(String::from_utf8(out.stdout).unwrap())
    }

    #[test]
    fn perl_makes_the_same_of_a_password() {
        for (kind, digest) in [
            ("", "sha256_hex"),
            ("\"sha512\"", "sha512_hex"),
            ("\"md5\"", "sha256_hex"),
        ] {
            let Some(theirs) = perl(&format!("use Digest::SHA; print Digest::SHA::{digest}($ARGV[0])")) else {
                return;
            };
            assert_eq!(hash(kind, CLEAR).unwrap(), theirs, "{kind}");
        }
        // The C library takes the salt in bcrypt's base64, which is the usual one with other signs.
        let ours = bcrypt(CLEAR, *b"ABCDEFGHIJKLMNOP").unwrap();
        let program = r#"use MIME::Base64; my $salt = encode_base64("ABCDEFGHIJKLMNOP", ""); $salt =~ s/=+$//;
            $salt =~ tr|A-Za-z0-9+/|./A-Za-z0-9|; print substr(crypt($ARGV[0], "\$2b\$12\$$salt"), -31)"#;
        let Some(theirs) = perl(program) else { return };
        assert_eq!(ours, format!("BCRYPT:12:ABCDEFGHIJKLMNOP:{theirs}"));
    }

    #[test]
    fn a_bcrypt_password_stands_as_the_desk_reads_it() {
        let kept = hash("\"bcrypt\"", CLEAR).unwrap();
        let parts: Vec<&str> = kept.splitn(4, ':').collect();
        assert_eq!(
            (parts[0], parts[1], parts[2].len(), parts[3].len()),
            ("BCRYPT", "12", 16, 31),
            "{kept}"
        );
        assert!(
            kept.len() <= 128 && parts[2].bytes().all(|c| c.is_ascii_alphanumeric()),
            "{kept}"
        );
        assert_ne!(salt().unwrap(), salt().unwrap());
        assert!(!kept.contains("clock"));
    }
}
