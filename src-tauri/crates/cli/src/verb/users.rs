//! `users`: a list of people.

use portico_api::selection::Selection;
use portico_api::session::Session;
use portico_api::types::users::{UserCondition, UserQuery, UserRow};
use portico_api::users;
use portico_core::form::field::Kind;
use serde_json::{Value, json};

use super::{table_file, users_file};
use crate::args::Users;
use crate::edit::{Names, right};
use crate::failure::{Ending, Failure};
use crate::field::{self, Condition, Named};
use crate::output::Output;
use crate::people::Directory;

/// People fetched at a time.
const PAGE: u32 = 500;

pub(super) fn run(args: &Users, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    if let Some((path, format)) = table_file::target(args.csv.as_deref(), args.xlsx.as_deref()) {
        let people = selection(args, session)?;
        return users_file::write(args, people, path, format, session, output);
    }
    let (rows, total) = rows(args, session)?;
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

/// Who is meant: by the conditions themselves, where nobody is left out.
fn selection(args: &Users, session: &Session) -> Result<Selection, Failure> {
    if args.limit.is_none() {
        return Ok(Selection {
            all: Some(query(args, session)?),
            ..Selection::default()
        });
    }
    let (rows, _) = rows(args, session)?;
    Ok(Selection {
        ids: rows.into_iter().map(|row| row.id).collect(),
        ..Selection::default()
    })
}

/// The people, at most as many as were asked for, and how many there are.
fn rows(args: &Users, session: &Session) -> Result<(Vec<UserRow>, usize), Failure> {
    let query = query(args, session)?;
    let limit = args.limit.unwrap_or(u32::MAX) as usize;
    let mut rows: Vec<UserRow> = Vec::new();
    each(session, &query, &mut |row| {
        if rows.len() < limit {
            rows.push(row);
        }
        Ok(rows.len() < limit)
    })?;
    let total = users::list_users(session, &query, 0, 0)?.total as usize;
    Ok((rows, total))
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

/// What is asked of the store: different fields must all hold, of the same field any value will do.
fn query(args: &Users, session: &Session) -> Result<UserQuery, Failure> {
    let mut query = UserQuery {
        search: args.search.clone().unwrap_or_default(),
        ..UserQuery::default()
    };
    let mut directory = Directory::of(session)?;
    for Condition { named, test, value } in &args.conditions {
        let wanted = wanted(*named, value, &mut directory)?;
        match named.field.name {
            "status" => query.status.push(wanted),
            // Whether primary or further.
            "further_accounts" if !wanted.is_empty() => query.accounts.push(wanted),
            field => match query
                .conditions
                .iter_mut()
                .find(|c| c.field == field && c.test == *test)
            {
                Some(condition) => condition.values.push(wanted),
                None => query.conditions.push(UserCondition {
                    field: field.to_owned(),
                    test: (*test).to_owned(),
                    values: vec![wanted],
                }),
            },
        }
    }
    Ok(query)
}

/// A value as the query takes it: records by their ids.
fn wanted(named: Named, value: &str, directory: &mut Directory<'_>) -> Result<String, Failure> {
    match named.field.kind {
        Kind::Status => directory.status(value),
        Kind::Flag => Ok(field::flag(value).unwrap_or_default().to_string()),
        kind => match kind.refers_to() {
            Some(entity) if !value.is_empty() => {
                let (id, key) = right(entity, value, directory)?;
                Ok(key.map_or_else(|| id.clone(), |key| format!("{id} {key}")))
            }
            _ => Ok(value.to_owned()),
        },
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
