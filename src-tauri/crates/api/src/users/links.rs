//! Writing the links of a form: each row on its own, so that what stays is not touched.

use std::collections::BTreeSet;
use std::str::FromStr;

use portico_core::id::{ExternalUserId, GroupId, PortalObjectId};
use portico_store::Tx;
use portico_store::table::{
    user_account, user_account_view, user_address, user_contact, user_group, user_object, user_responsible_agent,
    user_responsible_group, user_service, user_ticket_state, user_ticket_type,
};

use crate::error::{ApiError, id};
use crate::types::users::UserForm;

/// The form's fields that are kept as links. The two lists of addresses are one table.
const FIELDS: [&str; 11] = [
    "further_accounts",
    "seen_accounts",
    "contacts",
    "groups",
    "read_addresses",
    "responsible_groups",
    "responsible_agents",
    "ticket_types",
    "ticket_states",
    "services",
    "objects",
];

/// Makes the form's links those of the person.
pub(super) fn write(tx: &Tx<'_>, user: ExternalUserId, form: &UserForm) -> Result<(), ApiError> {
    for field in FIELDS {
        write_field(tx, user, form, field)?;
    }
    Ok(())
}

/// Makes a field's links those of the person; a field that is kept in the person's own row is passed over.
pub(super) fn write_field(tx: &Tx<'_>, user: ExternalUserId, form: &UserForm, field: &str) -> Result<(), ApiError> {
    match field {
        "further_accounts" => {
            user_account::set_all_replaces_existing(tx, user, &ids("account", &form.further_accounts)?)?;
        }
        "seen_accounts" => {
            user_account_view::set_all_replaces_existing(tx, user, &ids("account", &form.seen_accounts)?)?;
        }
        "contacts" => user_contact::set_all_replaces_existing(tx, user, &ids("contact", &form.contacts)?)?,
        "groups" => user_group::set_all_replaces_existing(tx, user, &group_rights(form)?)?,
        "read_addresses" | "write_addresses" => {
            user_address::set_all_replaces_existing(tx, user, &addresses(form)?)?;
        }
        "responsible_groups" => {
            user_responsible_group::set_all_replaces_existing(tx, user, &ids("group", &form.responsible_groups)?)?;
        }
        "responsible_agents" => {
            user_responsible_agent::set_all_replaces_existing(tx, user, &ids("agent", &form.responsible_agents)?)?;
        }
        "ticket_types" => {
            user_ticket_type::set_all_replaces_existing(tx, user, &ids("ticket type", &form.ticket_types)?)?;
        }
        "ticket_states" => {
            user_ticket_state::set_all_replaces_existing(tx, user, &ids("ticket status", &form.ticket_states)?)?;
        }
        "services" => user_service::set_all_replaces_existing(tx, user, &ids("service", &form.services)?)?,
        "objects" => user_object::set_all_replaces_existing(tx, user, &objects(form)?)?,
        _ => {}
    }
    Ok(())
}

/// Each id once, in the form's order.
fn ids<T: FromStr + Ord + Copy>(what: &str, texts: &[String]) -> Result<Vec<T>, ApiError> {
    let ids = texts
        .iter()
        .map(|text| id::<T>(what, text))
        .collect::<Result<Vec<_>, _>>()?;
    let mut seen = BTreeSet::new();
    Ok(ids.into_iter().filter(|id| seen.insert(*id)).collect())
}

fn group_rights(form: &UserForm) -> Result<Vec<(GroupId, String)>, ApiError> {
    let mut rights = BTreeSet::new();
    for right in &form.groups {
        let group: GroupId = id("group", &right.group)?;
        for permission in &right.permissions {
            rights.insert((group, permission.clone()));
        }
    }
    Ok(rights.into_iter().collect())
}

fn addresses(form: &UserForm) -> Result<Vec<(portico_core::id::AddressId, String)>, ApiError> {
    let mut rights = Vec::new();
    for (list, permission) in [(&form.read_addresses, "read"), (&form.write_addresses, "write")] {
        rights.extend(ids("address", list)?.into_iter().map(|id| (id, permission.to_owned())));
    }
    Ok(rights)
}

fn objects(form: &UserForm) -> Result<Vec<(PortalObjectId, String)>, ApiError> {
    form.objects
        .iter()
        .map(|right| Ok((id("portal object", &right.object)?, right.level.clone())))
        .collect()
}
