//! A person in the desk's address book, with whom an external user is paired.

/// A contact as a desk knows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// The desk's key.
    pub key: String,
    /// Display name.
    pub title: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
    /// Key of its account; empty for none.
    pub account: String,
    /// Phone number.
    pub phone: String,
    /// Mobile number.
    pub mobile: String,
    /// A note.
    pub description: String,
}
