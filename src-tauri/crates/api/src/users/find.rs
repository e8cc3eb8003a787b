//! People named by a pasted list, and what a query names.

use std::collections::BTreeSet;

use portico_core::id::{AccountId, ExternalUserId, GroupId};
use portico_store::Connection;
use portico_store::table::{account, external_user, permission_group};

use crate::error::ApiError;
use crate::session::{Action, Session};
use crate::types::selection::{Ambiguous, FoundPeople, NamedInQuery, OtherSpelling, QueryNames};
use crate::types::users::UserQuery;

/// The people with these logins. Spaces around a login and empty texts do not count.
pub fn find_logins(session: &Session, logins: &[String]) -> Result<FoundPeople, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| find(logins, &mut |text| by_login(c, text)))
}

/// The people with these e-mail addresses, upper and lower case ignored.
pub fn find_emails(session: &Session, emails: &[String]) -> Result<FoundPeople, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| find(emails, &mut |text| by_email(c, text)))
}

/// The accounts and groups that a query names, and whether they are still there.
pub fn query_names(session: &Session, query: &UserQuery) -> Result<QueryNames, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| {
        let mut accounts = Vec::new();
        for text in &query.accounts {
            let row = text
                .parse::<AccountId>()
                .ok()
                .map(|id| account::find(c, id))
                .transpose()?;
            accounts.push(named(
                text,
                row.flatten()
                    .map(|row| if row.name.is_empty() { row.key } else { row.name }),
            ));
        }
        let mut groups = Vec::new();
        for text in &query.groups {
            let row = text
                .parse::<GroupId>()
                .ok()
                .map(|id| permission_group::find(c, id))
                .transpose()?;
            groups.push(named(text, row.flatten().map(|row| row.name)));
        }
        Ok(QueryNames { accounts, groups })
    })
}

fn named(id: &str, name: Option<String>) -> NamedInQuery {
    NamedInQuery {
        id: id.to_owned(),
        gone: name.is_none(),
        name: name.unwrap_or_default(),
    }
}

/// Whom a text means.
enum Meant {
    One(ExternalUserId),
    OtherCase(ExternalUserId, String),
    Several(Vec<String>),
    Nobody,
}

fn by_login(c: &Connection, text: &str) -> Result<Meant, ApiError> {
    if let Some(row) = external_user::by_login(c, text)? {
        return Ok(Meant::One(row.id));
    }
    let rows = external_user::by_login_like(c, text)?;
    Ok(match rows.as_slice() {
        [] => Meant::Nobody,
        [row] => Meant::OtherCase(row.id, row.login.clone()),
        more => Meant::Several(more.iter().map(|row| row.login.clone()).collect()),
    })
}

fn by_email(c: &Connection, text: &str) -> Result<Meant, ApiError> {
    let rows = external_user::by_email(c, text)?;
    Ok(match rows.as_slice() {
        [] => Meant::Nobody,
        [row] => Meant::One(row.id),
        more => Meant::Several(more.iter().map(|row| row.login.clone()).collect()),
    })
}

fn find(texts: &[String], meant: &mut dyn FnMut(&str) -> Result<Meant, ApiError>) -> Result<FoundPeople, ApiError> {
    let mut answer = FoundPeople::default();
    let (mut asked, mut people, mut repeated) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for text in texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        if !asked.insert(text) {
            repeated.insert(text);
            continue;
        }
        match meant(text)? {
            Meant::Nobody => answer.missing.push(text.to_owned()),
            Meant::Several(logins) => answer.ambiguous.push(Ambiguous {
                asked: text.to_owned(),
                logins,
            }),
            Meant::One(id) | Meant::OtherCase(id, _) if !people.insert(id) => {
                repeated.insert(text);
            }
            Meant::One(id) => answer.found.push(id.to_string()),
            Meant::OtherCase(id, login) => answer.other_case.push(OtherSpelling {
                asked: text.to_owned(),
                login,
                id: id.to_string(),
            }),
        }
    }
    answer.twice = repeated.into_iter().map(str::to_owned).collect();
    Ok(answer)
}
