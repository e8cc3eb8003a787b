//! SHA-256 in hexadecimal.

use std::fmt::{self, Debug, Write};

use sha2::{Digest, Sha256};

/// All 64 digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Of what a value looks like to a programmer, which is never held as a text: it may be large.
pub(crate) fn of_debug(value: &impl Debug) -> String {
    struct Hashed(Sha256);
    impl Write for Hashed {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.update(text.as_bytes());
            Ok(())
        }
    }
    let mut digest = Hashed(Sha256::new());
    // Nothing fails that writes into a digest.
    let _ = write!(digest, "{value:?}");
    hexadecimal(&digest.0.finalize())
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The first 16 digits: enough to notice a difference.
pub(crate) fn short(bytes: &[u8]) -> String {
    sha256(bytes).chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_piece_by_piece_has_the_digest_of_the_whole() {
        let value = vec![(1, "one"), (2, "two")];
        assert_eq!(of_debug(&value), sha256(format!("{value:?}").as_bytes()));
        assert_ne!(of_debug(&value), of_debug(&vec![(1, "one")]));
    }
}
