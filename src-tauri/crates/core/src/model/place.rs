//! Where customers are, and what stands there.

use crate::model::Validity;

/// An address of a customer: a site that people may be given rights to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// The desk's key.
    pub key: String,
    /// The number or short name by which people tell addresses apart; unique.
    pub number: String,
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
    /// Key of the account whose address it is; empty for none.
    pub account: String,
    /// Whether the desk treats it as in force.
    pub validity: Validity,
}

/// A machine at an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Machine {
    /// The desk's key.
    pub key: String,
    /// Serial or inventory number; unique.
    pub number: String,
    /// Its name.
    pub name: String,
    /// A note.
    pub description: String,
    /// Key of the address where it stands; empty for none.
    pub address: String,
    /// Whether the desk treats it as in force.
    pub validity: Validity,
}
