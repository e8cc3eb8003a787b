//! Between rows of the store and what the list and the form show.

use std::collections::{BTreeMap, BTreeSet};

use portico_core::fold;
use portico_core::form::field::Entity;
use portico_core::id::{AccountId, ExternalUserId, GroupId};
use portico_core::model::{Context, Validity};
use portico_core::settings::{Kind, registry};
use portico_store::Connection;
use portico_store::base;
use portico_store::table::{account, account_group, external_user, permission_group, queue};

use super::check;
pub(crate) use super::load::form;
use crate::error::{ApiError, id};
use crate::numbers::small;
use crate::types::users::{
    AccountChoice, FacetValue, GroupChoice, UserDetail, UserFacets, UserForm, UserQuery, UserRow,
};

/// Accounts that a facet names.
const MOST_ACCOUNTS: u32 = 200;

/// The query as the store takes it.
pub(crate) fn list_query(query: &UserQuery) -> Result<external_user::ListQuery, ApiError> {
    let status = query.status.iter().map(|name| {
        Validity::from_name(name).ok_or_else(|| ApiError::refused(format!("status: {name:?} is no validity")))
    });
    Ok(external_user::ListQuery {
        search: query.search.clone(),
        status: status.collect::<Result<_, _>>()?,
        accounts: query
            .accounts
            .iter()
            .map(|t| id::<AccountId>("account", t))
            .collect::<Result<_, _>>()?,
        groups: query
            .groups
            .iter()
            .map(|t| id::<GroupId>("group", t))
            .collect::<Result<_, _>>()?,
        fields: super::condition::read(&query.conditions)?,
        changed: query.changed,
        sort: crate::selection::sort(&query.sort)?,
        descending: query.descending,
    })
}

/// The lines of the list; `changed` is asked once for all of them.
pub(super) fn rows(c: &Connection, lines: Vec<external_user::ListRow>) -> Result<Vec<UserRow>, ApiError> {
    let changed: BTreeSet<ExternalUserId> = base::changed_users(c)?.into_iter().collect();
    let row = |line: external_user::ListRow| UserRow {
        changed: changed.contains(&line.id),
        id: line.id.to_string(),
        login: line.login,
        first_name: line.first_name,
        last_name: line.last_name,
        email: line.email,
        account_key: line.account_key,
        account: line.account,
        status: line.validity.name().to_owned(),
        more: line
            .more
            .into_iter()
            .map(|(key, text)| (key.to_owned(), text))
            .collect(),
    };
    Ok(lines.into_iter().map(row).collect())
}

/// The facets as the window shows them.
pub(super) fn facets(c: &Connection, query: &external_user::ListQuery) -> Result<UserFacets, ApiError> {
    let by_status = external_user::status_facet(c, query)?;
    let status = by_status.iter().map(|(validity, count)| FacetValue {
        value: validity.name().to_owned(),
        label: validity.name().to_owned(),
        count: small(*count),
    });
    let accounts = external_user::account_facet(c, query, MOST_ACCOUNTS)?;
    let accounts = accounts.into_iter().map(|found| FacetValue {
        value: found.id.to_string(),
        label: found.name,
        count: small(found.people),
    });
    Ok(UserFacets {
        all: small(by_status.iter().map(|(_, count)| count).sum::<u64>()),
        status: status.collect(),
        accounts: accounts.collect(),
        changed: small(external_user::changed_facet(c, query)?),
    })
}

/// The groups of the people who match, for a facet that is opened.
pub(super) fn group_facet(c: &Connection, query: &external_user::ListQuery) -> Result<Vec<FacetValue>, ApiError> {
    let groups = external_user::group_facet(c, query)?;
    let value = |found: external_user::GroupCount| FacetValue {
        value: found.id.to_string(),
        label: found.name,
        count: small(found.people),
    };
    Ok(groups.into_iter().map(value).collect())
}

/// A person with all that surrounds the form.
pub(super) fn detail(c: &Connection, desk: &str, user: ExternalUserId) -> Result<UserDetail, ApiError> {
    let row = external_user::get(c, user)?;
    let form = form(c, user)?;
    let draft = super::drafts::get(c, &user.to_string())?.filter(|draft| *draft != form);
    Ok(UserDetail {
        id: user.to_string(),
        version: super::version::version(&form)?,
        in_desk: row.desk_key.is_some(),
        has_password: row.has_password,
        changed_fields: changed_fields(c, user)?,
        accounts: choices(c, [Some(&form), draft.as_ref()].into_iter().flatten())?,
        groups: groups(c, desk, &form)?,
        problems: check::problems(c, desk, Some(user), &form)?,
        form,
        draft,
    })
}

/// An empty form, or one with another person's rights.
pub(super) fn fresh(c: &Connection, desk: &str, like: Option<ExternalUserId>) -> Result<UserDetail, ApiError> {
    let mut new = blank(desk)?;
    if let Some(like) = like {
        new = super::load::with_rights_of(new, &form(c, like)?);
    }
    fresh_detail(c, desk, new)
}

/// What the form of a new person begins with.
pub(crate) fn blank(desk: &str) -> Result<UserForm, ApiError> {
    let rules = crate::forms::rules(desk)?;
    Ok(UserForm {
        status: rules.status.first.name().to_owned(),
        password: rules.password.ways.get(1).copied().unwrap_or("unchanged").to_owned(),
        external: true,
        ..UserForm::default()
    })
}

/// The form of a new person with what surrounds it.
pub(crate) fn fresh_detail(c: &Connection, desk: &str, new: UserForm) -> Result<UserDetail, ApiError> {
    Ok(UserDetail {
        id: String::new(),
        version: String::new(),
        in_desk: false,
        has_password: None,
        changed_fields: vec![],
        accounts: choices(c, [&new].into_iter())?,
        groups: groups(c, desk, &new)?,
        problems: check::problems(c, desk, None, &new)?,
        form: new,
        draft: None,
    })
}

/// Fields of the form that differ from what the desk has.
fn changed_fields(c: &Connection, user: ExternalUserId) -> Result<Vec<String>, ApiError> {
    let mut fields = BTreeSet::new();
    for pending in base::pending_of(c, user)? {
        match pending.table {
            "external_user" => fields.extend(
                pending
                    .changes()
                    .into_iter()
                    .map(|(column, ..)| field(column).to_owned()),
            ),
            "user_address" if pending.key.contains("\"write\"") => drop(fields.insert("write_addresses".to_owned())),
            link => fields.extend(super::load::field_of_link(link).map(str::to_owned)),
        }
    }
    Ok(fields.into_iter().collect())
}

/// The form's name of a column.
pub(crate) fn field(column: &str) -> &str {
    match column {
        "validity" => "status",
        other => other.strip_suffix("_id").unwrap_or(other),
    }
}

/// An account as a field offers it.
pub(super) fn account_choice(row: account::Row) -> AccountChoice {
    AccountChoice {
        id: row.id.to_string(),
        key: row.key,
        name: row.name,
        status: row.validity.name().to_owned(),
        present: row.present,
    }
}

fn choices<'a>(c: &Connection, forms: impl Iterator<Item = &'a UserForm>) -> Result<Vec<AccountChoice>, ApiError> {
    let named: BTreeSet<&str> = forms
        .flat_map(|form| form.further_accounts.iter().chain([&form.account]))
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    let mut choices = Vec::with_capacity(named.len());
    for text in named {
        choices.extend(account::find(c, id("account", text)?)?.map(account_choice));
    }
    Ok(choices)
}

/// All groups, with their queues and with what the person has through settings and accounts.
fn groups(c: &Connection, desk: &str, form: &UserForm) -> Result<Vec<GroupChoice>, ApiError> {
    let always: BTreeSet<String> = always_groups(c, desk)?;
    let mut queues: BTreeMap<GroupId, Vec<String>> = BTreeMap::new();
    for queue in queue::all(c)? {
        if let Some(group) = queue.group_id {
            queues.entry(group).or_default().push(queue.name);
        }
    }
    let mut through: BTreeMap<GroupId, Vec<(String, String)>> = BTreeMap::new();
    for text in [&form.account]
        .into_iter()
        .filter(|t| !t.is_empty())
        .chain(&form.further_accounts)
    {
        let account: AccountId = id("account", text)?;
        let Some(row) = account::find(c, account)? else {
            continue;
        };
        let name = if row.name.is_empty() { row.key } else { row.name };
        for link in account_group::of_account(c, account)? {
            if link.context == Context::Same {
                through
                    .entry(link.group_id)
                    .or_default()
                    .push((link.permission, name.clone()));
            }
        }
    }
    let mut all = permission_group::all(c)?;
    all.sort_by_cached_key(|group| fold::full(&group.name));
    let choice = |group: permission_group::Row| GroupChoice {
        id: group.id.to_string(),
        status: group.validity.name().to_owned(),
        queues: queues.remove(&group.id).unwrap_or_default(),
        always: always.contains(&group.name),
        through: through.remove(&group.id).unwrap_or_default(),
        name: group.name,
    };
    Ok(all.into_iter().map(choice).collect())
}

/// Names of groups that settings give to everybody.
pub(crate) fn always_groups(c: &Connection, desk: &str) -> Result<BTreeSet<String>, ApiError> {
    let lists = registry::of(desk)
        .iter()
        .filter(|setting| setting.decides && setting.kind == Kind::Names(Entity::Group));
    let mut names = BTreeSet::new();
    for setting in lists {
        names.extend(portico_store::table::desk_setting::words(c, setting)?.unwrap_or_default());
    }
    Ok(names)
}
