//! A company, a customer: what people and tickets belong to.

use crate::model::Validity;

/// An account as a desk knows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// The desk's key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub zip: String,
    /// City.
    pub city: String,
    /// Country.
    pub country: String,
    /// Web address.
    pub url: String,
    /// A note.
    pub description: String,
    /// Whether the desk treats it as in force.
    pub validity: Validity,
    /// E-mail address.
    pub email: String,
    /// Phone number.
    pub phone: String,
}
