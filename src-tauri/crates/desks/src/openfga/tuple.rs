//! A tuple, and names that OpenFGA takes.

use std::fmt::Write as _;

use serde::Serialize;

/// A relation: `user` has `relation` on `object`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Tuple {
    /// Who: `type:id`, or `type:*` for all of the type.
    pub user: String,
    /// How they are related; a name of the model.
    pub relation: &'static str,
    /// On what: `type:id`.
    pub object: String,
}

/// An object's name: `type:id`, in which all of the id that is neither a letter or digit of ASCII nor `-`, `_`, `.`
/// stands as `%` and two hexadecimal digits a byte, since OpenFGA gives a meaning to colons, blanks, `#` and `*`.
pub fn object(kind: &str, id: &str) -> String {
    let mut name = format!("{kind}:");
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            name.push(char::from(byte));
        } else {
            let _ = write!(name, "%{byte:02X}");
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::object;

    #[test]
    fn different_keys_have_different_names_without_signs_that_mean_something() {
        assert_eq!(object("ticket", "2026-37"), "ticket:2026-37");
        assert_eq!(object("external_user", "*"), "external_user:%2A");
        assert_eq!(object("account", "a b#c:d"), "account:a%20b%23c%3Ad");
        assert_ne!(object("account", "ärger"), object("account", "Ärger"));
        assert_ne!(object("account", "%20"), object("account", " "));
    }
}
