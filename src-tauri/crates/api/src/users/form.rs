//! Between rows of the store and what the list and the form show.

use std::collections::{BTreeMap, BTreeSet};

use portico_core::access::setting::SettingKind;
use portico_core::fold;
use portico_core::id::{AccountId, ExternalUserId, GroupId};
use portico_core::model::{Context, Validity};
use portico_store::Connection;
use portico_store::table::{
    account, account_group, desk_setting, external_user, permission_group, queue, user_account, user_group,
};
use portico_store::{base, draft};

use super::check;
use crate::error::{ApiError, id};
use crate::numbers::small;
use crate::types::users::{
    AccountChoice, FacetValue, GroupChoice, GroupRight, UserDetail, UserFacets, UserForm, UserQuery, UserRow,
};

/// Accounts that a facet names.
const MOST_ACCOUNTS: u32 = 200;

/// The query as the store takes it.
pub(super) fn list_query(query: &UserQuery) -> Result<external_user::ListQuery, ApiError> {
    let status = query.status.iter().map(|name| {
        Validity::from_name(name).ok_or_else(|| ApiError::refused(format!("status: {name:?} is no validity")))
    });
    let sort = match query.sort.as_str() {
        "" | "name" => external_user::Sort::Name,
        "login" => external_user::Sort::Login,
        "account" => external_user::Sort::Account,
        "status" => external_user::Sort::Status,
        other => {
            return Err(ApiError::refused(format!(
                "sort: {other:?} is none of name, login, account, status"
            )));
        }
    };
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
        changed: query.changed,
        sort,
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
    let changed = external_user::ListQuery {
        changed: true,
        ..query.clone()
    };
    Ok(UserFacets {
        all: small(by_status.iter().map(|(_, count)| count).sum::<u64>()),
        status: status.collect(),
        accounts: accounts.collect(),
        changed: small(external_user::count_matching(c, &changed)?),
    })
}

/// The saved form of a person.
pub(crate) fn form(c: &Connection, user: ExternalUserId) -> Result<UserForm, ApiError> {
    let row = external_user::get(c, user)?;
    let mut groups: BTreeMap<GroupId, Vec<String>> = BTreeMap::new();
    for link in user_group::of_user(c, user)? {
        groups.entry(link.group_id).or_default().push(link.permission);
    }
    let groups = groups.into_iter().map(|(group, mut permissions)| {
        permissions.sort();
        GroupRight {
            group: group.to_string(),
            permissions,
        }
    });
    Ok(UserForm {
        login: row.login,
        title: row.title,
        first_name: row.first_name,
        last_name: row.last_name,
        email: row.email,
        phone: row.phone,
        mobile: row.mobile,
        fax: row.fax,
        street: row.street,
        zip: row.zip,
        city: row.city,
        country: row.country,
        description: row.description,
        status: row.validity.name().to_owned(),
        account: row.account_id.map(|id| id.to_string()).unwrap_or_default(),
        further_accounts: user_account::of_user(c, user)?
            .iter()
            .map(|link| link.account_id.to_string())
            .collect(),
        groups: groups.collect(),
    })
}

/// A fingerprint of the saved form: equal as long as nobody saved something else.
pub(super) fn version(c: &Connection, user: ExternalUserId) -> Result<String, ApiError> {
    let form = form(c, user)?;
    let json = serde_json::to_string(&form).map_err(|e| ApiError::refused(e.to_string()))?;
    Ok(crate::digest::short(json.as_bytes()))
}

/// A person with all that surrounds the form.
pub(super) fn detail(c: &Connection, desk: &str, user: ExternalUserId) -> Result<UserDetail, ApiError> {
    let row = external_user::get(c, user)?;
    let form = form(c, user)?;
    let draft = draft_of(c, &user.to_string())?.filter(|draft| *draft != form);
    Ok(UserDetail {
        id: user.to_string(),
        version: version(c, user)?,
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
    let mut new = UserForm {
        status: Validity::Valid.name().to_owned(),
        ..UserForm::default()
    };
    if let Some(like) = like {
        let other = form(c, like)?;
        new = UserForm {
            account: other.account,
            further_accounts: other.further_accounts,
            groups: other.groups,
            status: new.status,
            ..UserForm::default()
        };
    }
    let draft = draft_of(c, "new")?.filter(|_| like.is_none());
    Ok(UserDetail {
        id: String::new(),
        version: String::new(),
        in_desk: false,
        has_password: None,
        changed_fields: vec![],
        accounts: choices(c, [Some(&new), draft.as_ref()].into_iter().flatten())?,
        groups: groups(c, desk, &new)?,
        problems: check::problems(c, desk, None, &new)?,
        form: new,
        draft,
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
            "user_account" => drop(fields.insert("further_accounts".to_owned())),
            "user_group" => drop(fields.insert("groups".to_owned())),
            _ => {}
        }
    }
    Ok(fields.into_iter().collect())
}

/// The form's name of a column.
pub(crate) fn field(column: &str) -> &str {
    match column {
        "account_id" => "account",
        "validity" => "status",
        other => other,
    }
}

/// A draft that an older program wrote and this one cannot read is as good as none.
fn draft_of(c: &Connection, key: &str) -> Result<Option<UserForm>, ApiError> {
    Ok(draft::get(c, key)?.and_then(|draft| serde_json::from_str(&draft.form).ok()))
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

/// Names of groups that a setting gives to everybody.
pub(crate) fn always_groups(c: &Connection, desk: &str) -> Result<BTreeSet<String>, ApiError> {
    let needed = portico_core::access::registry::model(desk)
        .map(|model| model.settings)
        .unwrap_or_default();
    let lists = needed
        .iter()
        .filter(|setting| matches!(setting.kind, SettingKind::Groups));
    let mut names = BTreeSet::new();
    for setting in lists {
        if let Some(row) = desk_setting::find(c, setting.name)? {
            names.extend(serde_json::from_str::<Vec<String>>(&row.value).unwrap_or_default());
        }
    }
    Ok(names)
}
