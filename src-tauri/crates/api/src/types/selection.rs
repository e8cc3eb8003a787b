//! Which people something is done to.

use serde::{Deserialize, Serialize};

use super::users::UserQuery;

/// Some people: those who are named, and all who match, without some. Whoever is gone meanwhile is not among them.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
pub struct Selection {
    /// Ids of these.
    pub ids: Vec<String>,
    /// And all who match this.
    pub all: Option<UserQuery>,
    /// But not these of `all`, by id.
    pub except: Vec<String>,
}

/// Who was found by a pasted list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, specta::Type)]
pub struct FoundPeople {
    /// Ids of those who are meant beyond doubt, each once, in the order of the list.
    pub found: Vec<String>,
    /// Those whose login is written differently: only upper and lower case differ.
    pub other_case: Vec<OtherSpelling>,
    /// Texts that several people fit.
    pub ambiguous: Vec<Ambiguous>,
    /// Texts that nobody fits.
    pub missing: Vec<String>,
    /// Texts that stand in the list more than once, or mean somebody who is in it already.
    pub twice: Vec<String>,
}

/// A person whose login is written differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct OtherSpelling {
    /// What the list says.
    pub asked: String,
    /// The login as it is.
    pub login: String,
    /// The person's id.
    pub id: String,
}

/// A text that several people fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Ambiguous {
    /// What the list says.
    pub asked: String,
    /// Their logins, at most ten.
    pub logins: Vec<String>,
}

/// Something that a query names, and whether it is still there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct NamedInQuery {
    /// Its id in the query.
    pub id: String,
    /// What people call it; empty when it is gone.
    pub name: String,
    /// Whether there is no such thing any more.
    pub gone: bool,
}

/// What a query names by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct QueryNames {
    /// Its accounts.
    pub accounts: Vec<NamedInQuery>,
    /// Its groups.
    pub groups: Vec<NamedInQuery>,
}
