//! Expectations: what people are to see, or never to see.

use serde::{Deserialize, Serialize};

/// An expectation to add.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ExpectationInput {
    /// `everyone`, `external_user` or `account`.
    pub who: String,
    /// The person's or account's id; empty for everyone.
    pub who_key: String,
    /// Whether it is seen; else it never is.
    pub sees: bool,
    /// `ticket`, `queue`, `account`, `address`, `portal_object` or `field`.
    pub what: String,
    /// The record's id, the ticket's number or the field's name.
    pub what_key: String,
}

/// An expectation with its names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, specta::Type)]
pub struct ExpectationRow {
    /// Its id; empty for one that is only proposed.
    pub id: String,
    /// `everyone`, `external_user` or `account`.
    pub who: String,
    /// The person's or account's id; empty for everyone.
    pub who_key: String,
    /// What people call whom it is about; empty for everyone.
    pub who_name: String,
    /// Whether it is seen; else it never is.
    pub sees: bool,
    /// `ticket`, `queue`, `account`, `address`, `portal_object` or `field`.
    pub what: String,
    /// The record's id, the ticket's number or the field's name.
    pub what_key: String,
    /// What people call it.
    pub what_name: String,
}

/// Somebody for whom it is not as expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ExpectationAgainst {
    /// The person's id; of a person who would be new, one that is not there yet.
    pub id: String,
    /// The login.
    pub login: String,
    /// The name for people.
    pub name: String,
    /// How many tickets she sees and should not; 0 where she should see one.
    #[specta(type = specta_typescript::Number)]
    pub tickets: u64,
    /// Number of a ticket that shows it, whose rules say why.
    pub ticket: Option<String>,
}

/// How an expectation stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, specta::Type)]
pub struct ExpectationCheck {
    /// Which.
    pub expectation: ExpectationRow,
    /// `held`, `broken` or `unknown`.
    pub state: String,
    /// Why it cannot be told: `gone`, `no_tickets`, `nobody`, `cannot_tell`; empty where it can.
    pub because: String,
    /// People who were looked at.
    pub people: u32,
    /// People for whom it is not as expected.
    pub against: u32,
    /// People of whom it cannot be told.
    pub unknown: u32,
    /// The first of those for whom it is not as expected, at most 20.
    pub examples: Vec<ExpectationAgainst>,
}

/// How all expectations stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ExpectationReport {
    /// How many hold.
    pub held: u32,
    /// How many are broken.
    pub broken: u32,
    /// Of how many it cannot be told.
    pub unknown: u32,
    /// Each, in the order in which they were added.
    pub expectations: Vec<ExpectationCheck>,
}

/// What an expectation can be about in the workspace's desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ExpectationChoices {
    /// Of `ticket`, `queue`, `account`, `address`, `portal_object`, `field` those that the desk has.
    pub what: Vec<String>,
    /// Fields of tickets that the portal can show.
    pub fields: Vec<String>,
}

/// Expectations that say what a person sees today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ProposedExpectations {
    /// Those that are not there yet, with names and without ids.
    pub proposed: Vec<ExpectationRow>,
    /// How many things it cannot be told of, or that have no ticket: nothing is proposed for them.
    pub left_out: u32,
}
