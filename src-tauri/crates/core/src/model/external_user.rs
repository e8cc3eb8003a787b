//! A person outside the organisation who may use the portal.

use crate::model::Validity;

/// An external user as a desk knows her. References are the desk's own keys, never ids.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in the desk's form"
)]
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
    /// Language of the portal for the person (`de`, `en-US`).
    pub language: String,
    /// A second e-mail address.
    pub secondary_email: String,
    /// What kind of contact the person is, as the desk calls it.
    pub category: String,
    /// State, region or province.
    pub region: String,
    /// Twitter name.
    pub twitter: String,
    /// Facebook name.
    pub facebook: String,
    /// The desk's custom fields, as a JSON object of texts; empty for none.
    pub custom: String,
    /// Whether the desk marks the person as external; `None` where every one of its portal users is.
    pub external: Option<bool>,
    /// Sees colleagues: other external users of the same account, and their settings.
    pub account_contacts: bool,
    /// Sees all tickets of the accounts of the paired contacts.
    pub account_tickets: bool,
    /// Writes external comments, and reads those of agents.
    pub external_comments: bool,
    /// Basic right: addresses.
    pub right_addresses: bool,
    /// Basic right: machines.
    pub right_machines: bool,
    /// Basic right: contact persons.
    pub right_contact_person: bool,
    /// May set only the statuses that are listed.
    pub restrict_states: bool,
    /// May export to a spreadsheet.
    pub excel_export: bool,
    /// A resource of the desk that stands for the person.
    pub linked_resource: String,
    /// Key of the contact that the person is; empty for none.
    pub contact_person: String,
    /// Key of the address the person belongs to; empty for none.
    pub address: String,
    /// Key of the main group; empty for none.
    pub main_group: String,
    /// Key of the back end the person comes from; empty for the desk's own.
    pub backend: String,
}
