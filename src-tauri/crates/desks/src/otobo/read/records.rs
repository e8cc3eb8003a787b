//! A row of each table, as a record. `None` where a problem was reported or the row does not count.

use std::collections::HashMap;

use portico_core::model::{
    Account, AccountGroup, Context, ExternalUser, Group, Named, Queue, Ticket, TicketState, UserAccount, UserGroup,
    UserService,
};

use super::row::{Reported, Row};
use super::said;
use super::table::Spec;
use crate::report::Report;

const fn spec(table: &'static str, needed: &'static [&'static str], optional: &'static [&'static str]) -> Spec {
    Spec {
        table,
        needed,
        optional,
    }
}

const NAMED: &[&str] = &["id", "name", "valid_id"];
const LOOKUP: &[&str] = &["id", "name"];

pub(super) static GROUPS: Spec = spec("groups_table", NAMED, &["comments"]);
pub(super) static GROUPS_ZNUNY: Spec = spec("permission_groups", NAMED, &["comments"]);
pub(super) static FOLLOW_UPS: Spec = spec("follow_up_possible", LOOKUP, &[]);
pub(super) static QUEUES: Spec = spec("queue", &["id", "name", "group_id", "follow_up_id", "valid_id"], &[]);
pub(super) static TYPES: Spec = spec("ticket_type", NAMED, &[]);
pub(super) static STATE_TYPES: Spec = spec("ticket_state_type", LOOKUP, &[]);
pub(super) static STATES: Spec = spec("ticket_state", &["id", "name", "type_id", "valid_id"], &[]);
pub(super) static PRIORITIES: Spec = spec("ticket_priority", NAMED, &[]);
pub(super) static SERVICES: Spec = spec("service", NAMED, &[]);
pub(super) static SENDERS: Spec = spec("article_sender_type", LOOKUP, &[]);
pub(super) static CHANNELS: Spec = spec("communication_channel", LOOKUP, &[]);
pub(super) static COMPANIES: Spec = spec(
    "customer_company",
    &["customer_id", "name", "valid_id"],
    &["street", "zip", "city", "country", "url", "comments"],
);
pub(super) static USERS: Spec = spec(
    "customer_user",
    &["login", "email", "customer_id", "first_name", "last_name", "valid_id"],
    &[
        "id",
        "title",
        "phone",
        "fax",
        "mobile",
        "street",
        "zip",
        "city",
        "country",
        "comments",
        "has_password",
        "pw",
    ],
);
pub(super) static USER_COMPANIES: Spec = spec("customer_user_customer", &["user_id", "customer_id"], &[]);
pub(super) static USER_GROUPS: Spec = spec(
    "group_customer_user",
    &["user_id", "group_id", "permission_key", "permission_value"],
    &[],
);
pub(super) static COMPANY_GROUPS: Spec = spec(
    "group_customer",
    &[
        "customer_id",
        "group_id",
        "permission_key",
        "permission_value",
        "permission_context",
    ],
    &[],
);
pub(super) static USER_SERVICES: Spec = spec("service_customer_user", &["customer_user_login", "service_id"], &[]);
pub(super) static TICKETS: Spec = spec(
    "ticket",
    &[
        "id",
        "tn",
        "title",
        "queue_id",
        "type_id",
        "ticket_state_id",
        "ticket_priority_id",
        "customer_id",
        "customer_user_id",
        "archive_flag",
        "create_time",
    ],
    &["service_id", "change_time"],
);
pub(super) static ARTICLES: Spec = spec(
    "article",
    &[
        "id",
        "ticket_id",
        "article_sender_type_id",
        "communication_channel_id",
        "is_visible_for_customer",
        "create_time",
    ],
    &[],
);
pub(super) static MIME: Spec = spec("article_data_mime", &["article_id", "a_subject", "a_from"], &["a_body"]);
pub(super) static ACL: Spec = spec("acl", &["id", "valid_id"], &[]);
pub(super) static PROCESSES: Spec = spec("pm_process", &["id"], &["state_entity_id"]);
pub(super) static SYSCONFIG: Spec = spec(
    "sysconfig_modified",
    &["name", "effective_value"],
    &["is_valid", "user_id", "reset_to_default"],
);

/// The context under which an account's right counts for its own tickets.
pub(in crate::otobo) const SAME: &str = "Ticket::CustomerID::Same";
/// The context under which an account's right counts for other accounts' tickets.
pub(in crate::otobo) const OTHER: &str = "Ticket::CustomerID::Other";

fn owned(text: Option<std::borrow::Cow<'_, str>>) -> Option<String> {
    text.map(std::borrow::Cow::into_owned)
}

pub(super) fn group(row: &Row<'_>, report: &mut Report) -> Option<Group> {
    let key = row.id("id", report);
    let name = owned(row.key("name", report));
    let description = owned(row.text("comments", report));
    let validity = row.validity(report);
    Some(Group {
        key: key?.to_string(),
        name: name?,
        description: description?,
        validity: validity?,
    })
}

pub(super) fn queue(row: &Row<'_>, follow_ups: &HashMap<i64, String>, report: &mut Report) -> Option<Queue> {
    let key = row.id("id", report);
    let name = owned(row.key("name", report));
    let group = row.id("group_id", report);
    let follow_up = row.id("follow_up_id", report);
    let validity = row.validity(report);
    Some(Queue {
        key: key?.to_string(),
        name: name?,
        group: group?.to_string(),
        follow_up: follow_ups.get(&follow_up?).cloned().unwrap_or_default(),
        validity: validity?,
        ..Queue::default()
    })
}

pub(super) fn named(row: &Row<'_>, report: &mut Report) -> Option<Named> {
    let key = row.id("id", report);
    let name = owned(row.key("name", report));
    let validity = row.validity(report);
    Some(Named {
        key: key?.to_string(),
        name: name?,
        validity: validity?,
    })
}

pub(super) fn state(row: &Row<'_>, kinds: &HashMap<i64, String>, report: &mut Report) -> Option<TicketState> {
    let kind = row.id("type_id", report);
    let Named { key, name, validity } = named(row, report)?;
    Some(TicketState {
        key,
        name,
        kind: kinds.get(&kind?).cloned().unwrap_or_default(),
        validity,
    })
}

pub(super) fn company(row: &Row<'_>, report: &mut Report) -> Option<Account> {
    let key = owned(row.key("customer_id", report));
    let name = owned(row.text("name", report));
    let validity = row.validity(report);
    let mut further = |column| owned(row.text(column, report));
    let (street, zip, city) = (further("street"), further("zip"), further("city"));
    let (country, url, description) = (further("country"), further("url"), further("comments"));
    Some(Account {
        key: key?,
        name: name?,
        street: street?,
        zip: zip?,
        city: city?,
        country: country?,
        url: url?,
        description: description?,
        validity: validity?,
        ..Account::default()
    })
}

pub(super) fn user(row: &Row<'_>, report: &mut Report) -> Option<ExternalUser> {
    let login = owned(row.key("login", report));
    let validity = row.validity(report);
    let has_password = has_password(row, report);
    let mut text = |column| owned(row.text(column, report));
    let (title, first_name, last_name) = (text("title"), text("first_name"), text("last_name"));
    let (email, account, description) = (text("email"), text("customer_id"), text("comments"));
    let (phone, mobile, fax) = (text("phone"), text("mobile"), text("fax"));
    let (street, zip, city, country) = (text("street"), text("zip"), text("city"), text("country"));
    let login = login?;
    Some(ExternalUser {
        key: login.clone(),
        login,
        title: title?,
        first_name: first_name?,
        last_name: last_name?,
        email: email?,
        phone: phone?,
        mobile: mobile?,
        fax: fax?,
        street: street?,
        zip: zip?,
        city: city?,
        country: country?,
        description: description?,
        account: account?,
        validity: validity?,
        has_password: has_password.ok()?,
        ..ExternalUser::default()
    })
}

/// A password itself is never looked at, only whether there is one.
fn has_password(row: &Row<'_>, report: &mut Report) -> Result<Option<bool>, Reported> {
    if row.has("has_password") {
        let text = row.text("has_password", report).ok_or(Reported)?;
        return match &*text {
            "t" | "true" | "1" => Ok(Some(true)),
            "f" | "false" | "0" => Ok(Some(false)),
            "" => Ok(None),
            other => {
                let shown: String = other.chars().take(8).collect();
                report.problem(row.file(), row.line(), "has_password", said::no_flag(shown));
                Err(Reported)
            }
        };
    }
    Ok(row.has("pw").then(|| !row.is_empty("pw")))
}

pub(super) fn user_company(row: &Row<'_>, report: &mut Report) -> Option<UserAccount> {
    let user = owned(row.text("user_id", report));
    let account = owned(row.text("customer_id", report));
    Some(UserAccount {
        user: user?,
        account: account?,
    })
    .filter(|l| !l.user.is_empty() && !l.account.is_empty())
}

/// `None` also where the permission's value is not 1, which the desk does not count.
pub(super) fn user_group(row: &Row<'_>, report: &mut Report) -> Option<UserGroup> {
    let user = owned(row.text("user_id", report));
    let group = row.id("group_id", report);
    let permission = owned(row.text("permission_key", report));
    let value = row.number("permission_value", report);
    let link = UserGroup {
        user: user?,
        group: group?.to_string(),
        permission: permission?,
    };
    (value? == 1 && !link.user.is_empty()).then_some(link)
}

/// `None` also where the permission's value is not 1, and for a context that Portico does not know.
pub(super) fn company_group(row: &Row<'_>, report: &mut Report) -> Option<AccountGroup> {
    let account = owned(row.text("customer_id", report));
    let group = row.id("group_id", report);
    let permission = owned(row.text("permission_key", report));
    let value = row.number("permission_value", report);
    let context = match &*row.text("permission_context", report)? {
        SAME => Some(Context::Same),
        OTHER => Some(Context::Other),
        _ => None,
    };
    let (account, group, permission) = (account?, group?.to_string(), permission?);
    let counts = value? == 1 && !account.is_empty();
    context.filter(|_| counts).map(|context| AccountGroup {
        account,
        group,
        permission,
        context,
    })
}

pub(super) fn user_service(row: &Row<'_>, report: &mut Report) -> Option<UserService> {
    let user = owned(row.text("customer_user_login", report));
    let service = row.id("service_id", report);
    Some(UserService {
        user: user?,
        service: service?.to_string(),
    })
    .filter(|l| !l.user.is_empty())
}

/// A ticket's row before its references are looked at.
pub(super) struct TicketRow {
    pub(super) ticket: Ticket,
    pub(super) queue: i64,
    pub(super) state: i64,
    pub(super) priority: i64,
    pub(super) ticket_type: Option<i64>,
    pub(super) service: Option<i64>,
}

fn text_of(id: Option<i64>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

pub(super) fn ticket(row: &Row<'_>, states: &HashMap<i64, String>, report: &mut Report) -> Option<TicketRow> {
    let (id, number, title) = (
        row.id("id", report),
        owned(row.key("tn", report)),
        owned(row.text("title", report)),
    );
    let (queue, state) = (row.id("queue_id", report), row.id("ticket_state_id", report));
    let (priority, ticket_type) = (row.id("ticket_priority_id", report), row.optional_id("type_id", report));
    let service = row.optional_id("service_id", report);
    let (owner, account) = (
        owned(row.text("customer_user_id", report)),
        owned(row.text("customer_id", report)),
    );
    let created = row.time("create_time", report);
    let changed = if row.is_empty("change_time") {
        created
    } else {
        row.time("change_time", report)
    };
    let archived = row.number("archive_flag", report);
    let (queue, state, priority) = (queue?, state?, priority?);
    let (ticket_type, service) = (ticket_type.ok()?, service.ok()?);
    let ticket = Ticket {
        id: id?,
        number: number?,
        title: title?,
        owner: owner?,
        account: account?,
        queue: queue.to_string(),
        state: state.to_string(),
        state_kind: states.get(&state).cloned().unwrap_or_default(),
        ticket_type: text_of(ticket_type),
        priority: priority.to_string(),
        service: text_of(service),
        created: created?,
        changed: changed?,
        archived: archived? != 0,
    };
    Some(TicketRow {
        ticket,
        queue,
        state,
        priority,
        ticket_type,
        service,
    })
}
