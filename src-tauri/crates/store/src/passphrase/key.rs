//! From a passphrase to the key that the files are locked with.

use std::fmt::{self, Debug, Formatter, Write};
use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::error::{Result, StoreError};

/// Bytes of the key.
const KEY: usize = 32;
/// Bytes of the salt; so many stand at the beginning of a locked file.
pub(crate) const SALT: usize = 16;
/// Bytes that tell a right passphrase from a wrong one.
pub(super) const CHECK: usize = 16;

/// Below this, one guess is too cheap: 64 MiB in three passes, what RFC 9106 asks of a machine with little memory.
const LEAST_MEMORY_KIB: u32 = 64 * 1024;
const LEAST_PASSES: u32 = 3;
/// Measuring chooses no more memory than this, so that a smaller machine can open the workspace too.
const MOST_MEASURED_KIB: u32 = 256 * 1024;
/// A key file that asks for more than this was not written by us.
const MOST_MEMORY_KIB: u32 = 2 * 1024 * 1024;
const MOST_PASSES: u32 = 1024;
const MOST_LANES: u32 = 16;

/// What people type. Wiped when it goes; never printed.
#[derive(Clone, ZeroizeOnDrop)]
pub struct Passphrase(String);

impl Passphrase {
    /// The passphrase, whichever way its letters were composed on the keyboard; `EmptyPassphrase` where nothing was typed.
    pub fn new(text: &str) -> Result<Self> {
        if text.trim().is_empty() {
            return Err(StoreError::EmptyPassphrase);
        }
        // Room for all of it from the start: a text that grows leaves pieces of itself behind.
        let mut composed = String::with_capacity(text.len() * 3);
        composed.extend(text.nfc());
        Ok(Self(composed))
    }
}

impl Debug for Passphrase {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(..)")
    }
}

/// What one guess costs: argon2id's parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// How often the memory is gone through.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// What takes this machine about `target`, and never less than 64 MiB in three passes.
    pub fn measured(target: Duration) -> Result<Self> {
        let probe = Self {
            memory_kib: LEAST_MEMORY_KIB,
            passes: 1,
            lanes: 1,
        };
        // The quicker of two: what else the machine does must not make the key cheaper.
        let pass = Self::time(probe)?.min(Self::time(probe)?);
        Ok(Self::within(target, pass))
    }

    fn time(cost: Self) -> Result<Duration> {
        let (begun, worked) = (Instant::now(), time_at_work());
        derive(&Passphrase("measure".to_owned()), [0; SALT], cost)?;
        let elapsed = begun.elapsed();
        // A busy machine must not make the key cheaper; nor a clock that stands make it too dear.
        let work = worked
            .zip(time_at_work())
            .map(|(before, after)| after.saturating_sub(before));
        Ok(work.map_or(elapsed, |work| work.clamp(elapsed / 16, elapsed)))
    }

    /// The dearest that fits into `target` where one pass over the least memory takes `pass`: memory goes before passes.
    fn within(target: Duration, pass: Duration) -> Self {
        let fit = target.as_micros() / pass.as_micros().max(1);
        let fit = u32::try_from(fit).unwrap_or(u32::MAX);
        let (mut memory_kib, mut passes) = (LEAST_MEMORY_KIB, fit);
        while memory_kib < MOST_MEASURED_KIB && passes / 2 >= LEAST_PASSES {
            memory_kib *= 2;
            passes /= 2;
        }
        Self {
            memory_kib,
            passes: passes.clamp(LEAST_PASSES, MOST_PASSES),
            lanes: 1,
        }
    }

    /// Whether it is a cost that this program could have chosen: a file must not make it take all memory.
    pub(super) fn is_sane(self) -> bool {
        self.memory_kib <= MOST_MEMORY_KIB && self.passes <= MOST_PASSES && self.lanes <= MOST_LANES
    }

    fn params(self) -> Option<Params> {
        Params::new(self.memory_kib, self.passes, self.lanes, Some(KEY + CHECK)).ok()
    }
}

/// How long this thread has had a processor so far, where the system tells.
fn time_at_work() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = told.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// The key of a workspace's files. Wiped when it goes; never printed.
#[derive(Clone, ZeroizeOnDrop)]
pub(crate) struct Key {
    bytes: [u8; KEY],
    salt: [u8; SALT],
}

impl Debug for Key {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

impl Key {
    /// What the files locked with it begin with.
    pub(super) fn salt(&self) -> [u8; SALT] {
        self.salt
    }

    /// As SQLCipher takes a key that it shall not derive itself: `x'<key><salt>'`.
    pub(crate) fn spec(&self) -> Zeroizing<String> {
        let mut spec = Zeroizing::new(String::with_capacity(3 + 2 * (KEY + SALT)));
        spec.push_str("x'");
        push_hex(&mut spec, &self.bytes);
        push_hex(&mut spec, &self.salt);
        spec.push('\'');
        spec
    }
}

/// Appends the bytes as hexadecimal digits.
pub(super) fn push_hex(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        // Writing into a text cannot fail.
        let _written = write!(text, "{byte:02x}");
    }
}

/// The key, and bytes by which the passphrase is known again.
///
/// The bytes tell nothing that the locked file would not: both come out of argon2id, one behind the other, and
/// neither can be computed from the other.
pub(super) fn derive(passphrase: &Passphrase, salt: [u8; SALT], cost: Cost) -> Result<(Key, [u8; CHECK])> {
    let params = cost
        .params()
        .ok_or_else(|| StoreError::Damaged(format!("no key can be derived with {cost:?}")))?;
    let mut out = [0_u8; KEY + CHECK];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let derived = argon.hash_password_into(passphrase.0.as_bytes(), &salt, &mut out);
    derived.map_err(|e| StoreError::Damaged(format!("no key can be derived: {e}")))?;
    let mut key = Key { bytes: [0; KEY], salt };
    let mut check = [0; CHECK];
    key.bytes.copy_from_slice(&out[..KEY]);
    check.copy_from_slice(&out[KEY..]);
    out.zeroize();
    Ok((key, check))
}

/// A salt that was never used before.
pub(super) fn fresh_salt() -> Result<[u8; SALT]> {
    let mut salt = [0; SALT];
    getrandom::fill(&mut salt).map_err(|e| StoreError::Damaged(format!("the system gives no random numbers: {e}")))?;
    Ok(salt)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    const CHEAP: Cost = Cost {
        memory_kib: 64,
        passes: 1,
        lanes: 1,
    };

    fn spec(text: &str, salt: u8) -> String {
        let (key, _) = derive(&Passphrase::new(text).unwrap(), [salt; SALT], CHEAP).unwrap();
        key.spec().to_string()
    }

    #[test]
    fn the_key_depends_on_passphrase_and_salt_and_not_on_how_a_letter_was_composed() {
        assert_eq!(
            spec("Žluťoučký kůň", 1),
            spec("Z\u{30c}lut\u{30c}ouc\u{30c}ky\u{301} ku\u{30a}n\u{30c}", 1)
        );
        assert_ne!(spec("secret", 1), spec("secret ", 1));
        assert_ne!(spec("secret", 1), spec("secret", 2));
        assert_eq!(spec("secret", 1).len(), 3 + 96);
        assert!(spec("secret", 0x5a).ends_with(&format!("{}'", "5a".repeat(16))));
    }

    #[test]
    fn nothing_is_no_passphrase() {
        for nothing in ["", " ", "\t\n"] {
            assert!(matches!(Passphrase::new(nothing), Err(StoreError::EmptyPassphrase)));
        }
    }

    #[test]
    fn secrets_do_not_print() {
        let passphrase = Passphrase::new("correct horse").unwrap();
        let (key, _) = derive(&passphrase, [7; SALT], CHEAP).unwrap();
        assert_eq!(format!("{passphrase:?} {key:?}"), "Passphrase(..) Key(..)");
    }

    #[test]
    fn the_cost_fills_the_time_with_memory_first_and_never_falls_below_the_least() {
        let at = |pass_ms: u64| {
            let cost = Cost::within(Duration::from_millis(500), Duration::from_millis(pass_ms));
            (cost.memory_kib / 1024, cost.passes)
        };
        assert_eq!(at(400), (64, 3));
        assert_eq!(at(100), (64, 5));
        assert_eq!(at(60), (128, 4));
        assert_eq!(at(20), (256, 6));
        assert_eq!(at(1), (256, 125));
        assert_eq!(
            Cost::within(Duration::from_hours(1), Duration::ZERO).passes,
            MOST_PASSES
        );
    }
}
