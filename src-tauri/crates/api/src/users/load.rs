//! The saved form of a person, read from her row and her links.

use std::collections::BTreeMap;

use portico_core::form::field::Entity;
use portico_core::id::{ExternalUserId, GroupId};
use portico_store::Connection;
use portico_store::table::{
    external_user, user_account, user_account_view, user_address, user_contact, user_group, user_object,
    user_responsible_agent, user_responsible_group, user_service, user_ticket_state, user_ticket_type,
};

use crate::error::ApiError;
use crate::types::users::{GroupRight, ObjectRight, UserForm};

/// The saved form of a person.
pub(crate) fn form(c: &Connection, user: ExternalUserId) -> Result<UserForm, ApiError> {
    let mut form = plain(external_user::get(c, user)?);
    let addresses = user_address::of(c, user)?;
    let with = |permission: &str| {
        let those = addresses.iter().filter(|link| link.permission == permission);
        sorted(those.map(|link| link.address_id.to_string()))
    };
    form.read_addresses = with("read");
    form.write_addresses = with("write");
    form.groups = groups(c, user)?;
    let further = user_account::of_user(c, user)?;
    form.further_accounts = further.iter().map(|link| link.account_id.to_string()).collect();
    form.seen_accounts = sorted(ids(user_account_view::of_user(c, user)?, |l| l.account_id));
    form.contacts = sorted(ids(user_contact::of_user(c, user)?, |l| l.contact_id));
    form.responsible_groups = sorted(ids(user_responsible_group::of_user(c, user)?, |l| l.group_id));
    form.responsible_agents = sorted(ids(user_responsible_agent::of_user(c, user)?, |l| l.agent_id));
    form.ticket_types = sorted(ids(user_ticket_type::of_user(c, user)?, |l| l.type_id));
    form.ticket_states = sorted(ids(user_ticket_state::of_user(c, user)?, |l| l.state_id));
    form.services = sorted(ids(user_service::of_user(c, user)?, |l| l.service_id));
    form.objects = user_object::of(c, user)?
        .into_iter()
        .map(|link| ObjectRight {
            object: link.object_id.to_string(),
            level: link.level,
        })
        .collect();
    Ok(form)
}

fn ids<R, I: ToString>(rows: Vec<R>, id: impl Fn(&R) -> I) -> impl Iterator<Item = String> {
    rows.into_iter().map(move |row| id(&row).to_string())
}

/// In one order, whatever the order of the rows: a form is compared with another.
fn sorted(ids: impl Iterator<Item = String>) -> Vec<String> {
    let mut ids: Vec<String> = ids.collect();
    ids.sort();
    ids
}

fn groups(c: &Connection, user: ExternalUserId) -> Result<Vec<GroupRight>, ApiError> {
    let mut groups: BTreeMap<GroupId, Vec<String>> = BTreeMap::new();
    for link in user_group::of_user(c, user)? {
        groups.entry(link.group_id).or_default().push(link.permission);
    }
    let rights = groups.into_iter().map(|(group, mut permissions)| {
        permissions.sort();
        GroupRight {
            group: group.to_string(),
            permissions,
        }
    });
    Ok(rights.collect())
}

fn optional<I: ToString>(id: Option<I>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

/// What stands in the person's own row.
pub(super) fn plain(row: external_user::Row) -> UserForm {
    UserForm {
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
        account: optional(row.account_id),
        language: row.language,
        secondary_email: row.secondary_email,
        category: row.category,
        region: row.region,
        twitter: row.twitter,
        facebook: row.facebook,
        custom: row.custom,
        external: row.external,
        account_contacts: row.account_contacts,
        account_tickets: row.account_tickets,
        external_comments: row.external_comments,
        right_addresses: row.right_addresses,
        right_machines: row.right_machines,
        right_contact_person: row.right_contact_person,
        restrict_states: row.restrict_states,
        excel_export: row.excel_export,
        linked_resource: row.linked_resource,
        password: row.password,
        invited: row.invited,
        expires: row.expires,
        sponsor: row.sponsor,
        contact_person: optional(row.contact_person_id),
        address: optional(row.address_id),
        main_group: optional(row.main_group_id),
        backend: optional(row.backend_id),
        ..UserForm::default()
    }
}

/// What a person is and how she signs in: hers alone, whatever rights she has. So is whom she is paired with.
const HERS: [&str; 24] = [
    "login",
    "title",
    "first_name",
    "last_name",
    "email",
    "secondary_email",
    "phone",
    "mobile",
    "fax",
    "street",
    "zip",
    "city",
    "region",
    "country",
    "twitter",
    "facebook",
    "description",
    "custom",
    "status",
    "password",
    "contacts",
    "contact_person",
    "linked_resource",
    "language",
];

/// Whether a field says what a person may do, and not who she is.
pub(crate) fn is_right(field: &str) -> bool {
    let fields = Entity::ExternalUser.fields();
    fields.iter().any(|one| one.name == field && !one.own) && !HERS.contains(&field)
}

/// A form with the rights of another one, and nothing else of it.
pub(super) fn with_rights_of(mut form: UserForm, other: &UserForm) -> UserForm {
    for field in Entity::ExternalUser
        .fields()
        .iter()
        .filter(|field| is_right(field.name))
    {
        if let Some(value) = other.value(field.name) {
            // The same form by the same name: the value always fits.
            let _fits = form.put(field.name, value);
        }
    }
    form
}

/// The form's field that a table of links stands for.
pub(super) fn field_of_link(table: &str) -> Option<&'static str> {
    Some(match table {
        "user_account" => "further_accounts",
        "user_account_view" => "seen_accounts",
        "user_contact" => "contacts",
        "user_group" => "groups",
        "user_address" => "read_addresses",
        "user_responsible_group" => "responsible_groups",
        "user_responsible_agent" => "responsible_agents",
        "user_ticket_type" => "ticket_types",
        "user_ticket_state" => "ticket_states",
        "user_service" => "services",
        "user_object" => "objects",
        _ => return None,
    })
}
