//! A person outside the organisation who may use the portal.

use crate::model::Validity;

/// An external user as a desk knows her. References are the desk's own keys, never ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExternalUser {
    /// The desk's key (its login where that is the key).
    pub key: String,
    /// What the person types to log in.
    pub login: String,
    /// Form of address or display name.
    pub title: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
    /// Phone number.
    pub phone: String,
    /// Mobile number.
    pub mobile: String,
    /// Fax number.
    pub fax: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub zip: String,
    /// City.
    pub city: String,
    /// Country.
    pub country: String,
    /// A note about the person.
    pub description: String,
    /// Key of the primary account; empty for none.
    pub account: String,
    /// Whether the desk treats the person as in force.
    pub validity: Validity,
    /// Whether the desk has a password for the person; `None` where the source does not say.
    pub has_password: Option<bool>,
}
