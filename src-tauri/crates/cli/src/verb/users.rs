//! `users`: a list of people.

use portico_api::session::Session;
use portico_api::types::users::{UserQuery, UserRow};
use portico_api::{find, users};
use serde_json::{Value, json};

use crate::args::Users;
use crate::failure::{Ending, Failure};
use crate::field::{Condition, Kind};
use crate::output::Output;

/// People fetched at a time.
const PAGE: u32 = 500;

pub(super) fn run(args: &Users, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let (query, texts) = query(args, session)?;
    let limit = args.limit.unwrap_or(u32::MAX) as usize;
    let mut total = 0;
    let mut rows: Vec<UserRow> = Vec::new();
    each(session, &query, &mut |row| {
        if texts
            .iter()
            .all(|texts| texts.iter().any(|c| text_of(&row, c.field.name) == c.value))
        {
            total += 1;
            if rows.len() < limit {
                rows.push(row);
            }
        }
        // Where nothing is left to compare here the store has counted already.
        Ok(!texts.is_empty() || rows.len() < limit)
    })?;
    if texts.is_empty() {
        total = users::list_users(session, &query, 0, 0)?.total as usize;
    }
    if output.is_json() {
        let users: Vec<Value> = rows.iter().map(as_json).collect();
        output.value(&json!({ "total": total, "users": users }))?;
    } else {
        output.columns(&rows.iter().map(columns).collect::<Vec<_>>())?;
        if rows.len() < total {
            crate::output::say(&format!("{} of {total} shown", rows.len()));
        }
    }
    Ok(Ending::Done)
}

/// Hands over everybody who matches, page by page, until `take` says that it is enough.
pub(super) fn each(
    session: &Session,
    query: &UserQuery,
    take: &mut dyn FnMut(UserRow) -> Result<bool, Failure>,
) -> Result<(), Failure> {
    let mut offset = 0;
    loop {
        let page = users::list_users(session, query, offset, PAGE)?;
        let got = u32::try_from(page.rows.len()).unwrap_or(PAGE);
        for row in page.rows {
            if !take(row)? {
                return Ok(());
            }
        }
        offset += got;
        if got == 0 || offset >= page.total {
            return Ok(());
        }
    }
}

/// What the store answers, and what is left to compare here: conditions on the same text field, any of which will do.
fn query<'a>(args: &'a Users, session: &Session) -> Result<(UserQuery, Vec<Vec<&'a Condition>>), Failure> {
    let mut query = UserQuery {
        search: args.search.clone().unwrap_or_default(),
        ..UserQuery::default()
    };
    let mut texts: Vec<Vec<&Condition>> = Vec::new();
    for condition in &args.conditions {
        match condition.field.kind {
            Kind::Status => query.status.push(condition.value.clone()),
            Kind::Account if condition.value.is_empty() => add(&mut texts, condition),
            Kind::Account | Kind::Accounts => {
                let account = find::account_by_key(session, &condition.value)?;
                query
                    .accounts
                    .push(account.ok_or_else(|| Failure::missing("account", &condition.value))?);
                if condition.field.kind == Kind::Account {
                    add(&mut texts, condition);
                }
            }
            Kind::Groups => {
                let group = find::group_by_name(session, &condition.value)?;
                query
                    .groups
                    .push(group.ok_or_else(|| Failure::missing("group", &condition.value))?);
            }
            Kind::Text if LISTED.contains(&condition.field.name) => add(&mut texts, condition),
            Kind::Text => {
                let name = condition.field.name;
                return Err(Failure::Usage(format!(
                    "people cannot be listed by {name}, only by {}, status, account, accounts and groups",
                    LISTED.join(", ")
                )));
            }
        }
    }
    Ok((query, texts))
}

/// Text fields that the list knows.
const LISTED: [&str; 4] = ["login", "first_name", "last_name", "email"];

fn add<'a>(texts: &mut Vec<Vec<&'a Condition>>, condition: &'a Condition) {
    match texts
        .iter_mut()
        .find(|texts| texts.iter().any(|c| c.field == condition.field))
    {
        Some(texts) => texts.push(condition),
        None => texts.push(vec![condition]),
    }
}

fn text_of<'a>(row: &'a UserRow, field: &str) -> &'a str {
    match field {
        "login" => &row.login,
        "first_name" => &row.first_name,
        "last_name" => &row.last_name,
        "email" => &row.email,
        "account" => &row.account_key,
        _ => "",
    }
}

/// What people call the person: the name, or the login where there is none.
fn title(row: &UserRow) -> String {
    let name = format!("{} {}", row.first_name, row.last_name);
    if name.trim().is_empty() {
        row.login.clone()
    } else {
        name.trim().to_owned()
    }
}

fn as_json(row: &UserRow) -> Value {
    json!({ "login": row.login, "title": title(row), "email": row.email, "account": row.account_key, "status": row.status })
}

fn columns(row: &UserRow) -> Vec<String> {
    let changed = if row.changed { "changed" } else { "" };
    vec![
        row.login.clone(),
        title(row),
        row.account_key.clone(),
        row.status.clone(),
        row.email.clone(),
        changed.to_owned(),
    ]
}
