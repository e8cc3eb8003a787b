//! The workspace as an import would hand it over: batches, with the desk's keys. As far as it tells who is linked to
//! what; names and words are left out.

mod records;

use portico_core::model::{
    Contact, ExternalUser, GroupObject, PortalObject, Ticket, UserAccount, UserAccountView, UserAddress, UserContact,
    UserGroup, UserObject,
};
use portico_core::snapshot::Batch;
use rusqlite::{Connection, Row};

use crate::error::{Result, StoreError};
pub use records::records;

/// Records in a batch.
const MANY: usize = 5_000;

/// Hands over people, contacts, objects, their links and the tickets, until `take` refuses. What the desk does not
/// have yet goes by its id; who is deleted here, or only named by others, is left out.
pub fn links<E: From<StoreError>>(c: &Connection, take: &mut dyn FnMut(Batch) -> Result<(), E>) -> Result<(), E> {
    each(c, &people(), person, Batch::ExternalUsers, take)?;
    each(c, &contacts(), contact, Batch::Contacts, take)?;
    each(c, &objects(), object, Batch::PortalObjects, take)?;
    each(
        c,
        &of_user("user_account", "account", "''"),
        account,
        Batch::UserAccounts,
        take,
    )?;
    let views = of_user("user_account_view", "account", "''");
    each(c, &views, account_view, Batch::UserAccountViews, take)?;
    let contacts = of_user("user_contact", "contact", "''");
    each(c, &contacts, user_contact, Batch::UserContacts, take)?;
    let addresses = of_user("user_address", "address", "l.permission");
    each(c, &addresses, address, Batch::UserAddresses, take)?;
    let groups = of_user("user_group", "permission_group", "l.permission");
    each(c, &groups, group, Batch::UserGroups, take)?;
    let rights = of_user("user_object", "portal_object", "l.level");
    each(c, &rights, user_object, Batch::UserObjects, take)?;
    each(c, &group_objects(), group_object, Batch::GroupObjects, take)?;
    each(c, TICKETS, ticket, Batch::Tickets, take)
}

fn each<T, E: From<StoreError>>(
    c: &Connection,
    sql: &str,
    read: fn(&Row<'_>) -> rusqlite::Result<T>,
    batch: fn(Vec<T>) -> Batch,
    take: &mut dyn FnMut(Batch) -> Result<(), E>,
) -> Result<(), E> {
    let mut statement = c.prepare_cached(sql).map_err(StoreError::from)?;
    let mut rows = statement.query([]).map_err(StoreError::from)?;
    let mut some = Vec::new();
    while let Some(row) = rows.next().map_err(StoreError::from)? {
        some.push(read(row).map_err(StoreError::from)?);
        if some.len() == MANY {
            take(batch(std::mem::take(&mut some)))?;
        }
    }
    if some.is_empty() { Ok(()) } else { take(batch(some)) }
}

/// The desk's key of the record `x`; as the rules of access name it.
fn key(table: &str, x: &str) -> String {
    match table {
        "account" => format!("coalesce({x}.key, '')"),
        _ => format!("coalesce({x}.desk_key, hex({x}.id), '')"),
    }
}

fn people() -> String {
    format!(
        "SELECT {}, u.login, {}, {}, u.account_tickets, u.right_addresses FROM external_user u
         LEFT JOIN account a ON a.id = u.account_id LEFT JOIN address d ON d.id = u.address_id WHERE u.present = 1",
        key("external_user", "u"),
        key("account", "a"),
        key("address", "d")
    )
}

fn person(r: &Row<'_>) -> rusqlite::Result<ExternalUser> {
    Ok(ExternalUser {
        key: r.get(0)?,
        login: r.get(1)?,
        account: r.get(2)?,
        address: r.get(3)?,
        account_tickets: r.get(4)?,
        right_addresses: r.get(5)?,
        ..ExternalUser::default()
    })
}

fn contacts() -> String {
    format!(
        "SELECT {}, {} FROM contact x LEFT JOIN account a ON a.id = x.account_id WHERE x.present = 1",
        key("contact", "x"),
        key("account", "a")
    )
}

fn contact(r: &Row<'_>) -> rusqlite::Result<Contact> {
    Ok(Contact {
        key: r.get(0)?,
        account: r.get(1)?,
        ..Contact::default()
    })
}

fn objects() -> String {
    format!(
        "SELECT {}, {}, x.inherits, {}, x.author_level FROM portal_object x
         LEFT JOIN portal_object p ON p.id = x.parent_id
         LEFT JOIN external_user u ON u.id = x.author_id AND u.present = 1 WHERE x.present = 1",
        key("portal_object", "x"),
        key("portal_object", "p"),
        key("external_user", "u")
    )
}

fn object(r: &Row<'_>) -> rusqlite::Result<PortalObject> {
    Ok(PortalObject {
        key: r.get(0)?,
        parent: r.get(1)?,
        inherits: r.get(2)?,
        author: r.get(3)?,
        author_level: r.get(4)?,
        ..PortalObject::default()
    })
}

/// The keys of both ends of a person's links, and what more a link says.
fn of_user(table: &str, to: &str, more: &str) -> String {
    let column = match to {
        "permission_group" => "group_id".to_owned(),
        "portal_object" => "object_id".to_owned(),
        "ticket_type" => "type_id".to_owned(),
        "ticket_state" => "state_id".to_owned(),
        other => format!("{other}_id"),
    };
    format!(
        "SELECT {}, {}, {more} FROM {table} l JOIN external_user u ON u.id = l.user_id AND u.present = 1
         JOIN {to} x ON x.id = l.{column}",
        key("external_user", "u"),
        key(to, "x")
    )
}

fn group_objects() -> String {
    format!(
        "SELECT {}, {}, l.level FROM group_object l JOIN permission_group g ON g.id = l.group_id
         JOIN portal_object x ON x.id = l.object_id",
        key("permission_group", "g"),
        key("portal_object", "x")
    )
}

fn account(r: &Row<'_>) -> rusqlite::Result<UserAccount> {
    let (user, account) = (r.get(0)?, r.get(1)?);
    Ok(UserAccount { user, account })
}

fn account_view(r: &Row<'_>) -> rusqlite::Result<UserAccountView> {
    let (user, account) = (r.get(0)?, r.get(1)?);
    Ok(UserAccountView { user, account })
}

fn user_contact(r: &Row<'_>) -> rusqlite::Result<UserContact> {
    let (user, contact) = (r.get(0)?, r.get(1)?);
    Ok(UserContact { user, contact })
}

fn address(r: &Row<'_>) -> rusqlite::Result<UserAddress> {
    let (user, address, permission) = (r.get(0)?, r.get(1)?, r.get(2)?);
    Ok(UserAddress {
        user,
        address,
        permission,
    })
}

fn group(r: &Row<'_>) -> rusqlite::Result<UserGroup> {
    let (user, group, permission) = (r.get(0)?, r.get(1)?, r.get(2)?);
    Ok(UserGroup {
        user,
        group,
        permission,
    })
}

fn user_object(r: &Row<'_>) -> rusqlite::Result<UserObject> {
    let (user, object, level) = (r.get(0)?, r.get(1)?, r.get(2)?);
    Ok(UserObject { user, object, level })
}

fn group_object(r: &Row<'_>) -> rusqlite::Result<GroupObject> {
    let (group, object, level) = (r.get(0)?, r.get(1)?, r.get(2)?);
    Ok(GroupObject { group, object, level })
}

const TICKETS: &str = "SELECT t.id, t.number,
        coalesce((SELECT key FROM tickets.dict d WHERE d.kind = 1 AND d.id = t.owner), ''),
        coalesce((SELECT key FROM tickets.dict d WHERE d.kind = 2 AND d.id = t.account), '')
     FROM tickets.ticket t";

fn ticket(r: &Row<'_>) -> rusqlite::Result<Ticket> {
    Ok(Ticket {
        id: r.get(0)?,
        number: r.get(1)?,
        owner: r.get(2)?,
        account: r.get(3)?,
        ..Ticket::default()
    })
}
