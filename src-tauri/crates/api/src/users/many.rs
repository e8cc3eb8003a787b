//! The forms of many people at once, and writing only those fields of a form that are meant.

use std::collections::HashMap;

use portico_core::id::ExternalUserId;
use portico_store::table::external_user::Row;
use portico_store::table::{
    external_user, user_account, user_account_view, user_address, user_contact, user_group, user_object,
    user_responsible_agent, user_responsible_group, user_service, user_ticket_state, user_ticket_type,
};
use portico_store::{Connection, Tx};

use super::{links, load, save};
use crate::error::ApiError;
use crate::types::users::{GroupRight, ObjectRight, UserForm};

/// Rows and saved forms of people, in the order asked for; who is gone is passed over. One question a table: a
/// tenth of the time that asking for each person takes.
pub(crate) fn forms(c: &Connection, users: &[ExternalUserId]) -> Result<Vec<(Row, UserForm)>, ApiError> {
    let mut found = HashMap::with_capacity(users.len());
    for row in external_user::find_many(c, users)?
        .into_iter()
        .filter(|row| row.present)
    {
        let form = load::plain(row.clone());
        found.insert(row.id, (row, form));
    }
    fill_lists(c, users, &mut found)?;
    fill_rights(c, users, &mut found)?;
    let mut people: Vec<(Row, UserForm)> = users.iter().filter_map(|user| found.remove(user)).collect();
    for (_, form) in &mut people {
        in_order(form);
    }
    Ok(people)
}

type Found = HashMap<ExternalUserId, (Row, UserForm)>;

fn fill_lists(c: &Connection, users: &[ExternalUserId], found: &mut Found) -> Result<(), ApiError> {
    let mut put = |user: ExternalUserId, list: fn(&mut UserForm) -> &mut Vec<String>, id: String| {
        if let Some((_, form)) = found.get_mut(&user) {
            list(form).push(id);
        }
    };
    for link in user_account::of_users(c, users)? {
        put(link.user_id, |f| &mut f.further_accounts, link.account_id.to_string());
    }
    for link in user_account_view::of_users(c, users)? {
        put(link.user_id, |f| &mut f.seen_accounts, link.account_id.to_string());
    }
    for link in user_contact::of_users(c, users)? {
        put(link.user_id, |f| &mut f.contacts, link.contact_id.to_string());
    }
    for link in user_responsible_group::of_users(c, users)? {
        put(link.user_id, |f| &mut f.responsible_groups, link.group_id.to_string());
    }
    for link in user_responsible_agent::of_users(c, users)? {
        put(link.user_id, |f| &mut f.responsible_agents, link.agent_id.to_string());
    }
    for link in user_ticket_type::of_users(c, users)? {
        put(link.user_id, |f| &mut f.ticket_types, link.type_id.to_string());
    }
    for link in user_ticket_state::of_users(c, users)? {
        put(link.user_id, |f| &mut f.ticket_states, link.state_id.to_string());
    }
    for link in user_service::of_users(c, users)? {
        put(link.user_id, |f| &mut f.services, link.service_id.to_string());
    }
    Ok(())
}

fn fill_rights(c: &Connection, users: &[ExternalUserId], found: &mut Found) -> Result<(), ApiError> {
    for link in user_address::of_many(c, users)? {
        if let Some((_, form)) = found.get_mut(&link.user_id) {
            match link.permission.as_str() {
                "read" => form.read_addresses.push(link.address_id.to_string()),
                "write" => form.write_addresses.push(link.address_id.to_string()),
                _ => {}
            }
        }
    }
    for link in user_group::of_users(c, users)? {
        if let Some((_, form)) = found.get_mut(&link.user_id) {
            form.groups.push(GroupRight {
                group: link.group_id.to_string(),
                permissions: vec![link.permission],
            });
        }
    }
    for link in user_object::of_many(c, users)? {
        if let Some((_, form)) = found.get_mut(&link.user_id) {
            form.objects.push(ObjectRight {
                object: link.object_id.to_string(),
                level: link.level,
            });
        }
    }
    Ok(())
}

/// Lists without order of their own in one order, each entry once: so that forms can be compared. What is in order
/// on the desk (further accounts) stays in it.
pub(crate) fn in_order(form: &mut UserForm) {
    let lists = [
        &mut form.seen_accounts,
        &mut form.contacts,
        &mut form.read_addresses,
        &mut form.write_addresses,
        &mut form.responsible_groups,
        &mut form.responsible_agents,
        &mut form.ticket_types,
        &mut form.ticket_states,
        &mut form.services,
    ];
    for list in lists {
        list.sort();
        list.dedup();
    }
    form.groups.sort_by(|a, b| a.group.cmp(&b.group));
    form.groups.dedup_by(|next, kept| {
        let same = next.group == kept.group;
        if same {
            kept.permissions.append(&mut next.permissions);
        }
        same
    });
    for right in &mut form.groups {
        right.permissions.sort();
        right.permissions.dedup();
    }
    form.groups.retain(|right| !right.permissions.is_empty());
    form.objects
        .sort_by(|a, b| (&a.object, &a.level).cmp(&(&b.object, &b.level)));
    form.objects.dedup();
}

/// Writes some fields of a person's form; nothing is checked, and nothing else is touched.
pub(crate) fn write_fields(tx: &Tx<'_>, row: &Row, form: &UserForm, fields: &[&str]) -> Result<(), ApiError> {
    let filled = save::filled(row.clone(), form)?;
    if filled != *row {
        external_user::update(tx, &filled)?;
    }
    for field in fields {
        links::write_field(tx, row.id, form, field)?;
    }
    Ok(())
}
