//! The workspace with all that an import takes in, in the order in which a translation wants it.

use portico_core::model::{
    Account, AccountGroup, Activity, Address, Contact, Context, DeskSetting, ExternalUser, Named, Queue, SettingOrigin,
    Ticket, TicketState, UserResponsibleAgent, UserResponsibleGroup, UserService, UserTicketState, UserTicketType,
    Validity,
};
use portico_core::snapshot::Batch;
use rusqlite::{Connection, Row};

use super::{account, account_view, address as user_address, each, group as user_group, key, of_user, user_contact};
use crate::error::{Result, StoreError};

/// Hands over the records of the workspace, placeholders left out, until `take` refuses: settings; accounts and
/// addresses; contacts; links; what tickets are sorted by; people; tickets; activities.
///
/// Groups, agents, machines, objects of a portal and back ends, and links to the last two, are left out.
pub fn records<E: From<StoreError>>(c: &Connection, take: &mut dyn FnMut(Batch) -> Result<(), E>) -> Result<(), E> {
    const SETTINGS: &str = "SELECT name, value FROM desk_setting ORDER BY name";
    each(c, SETTINGS, setting, Batch::Settings, take)?;
    each(c, &with_account("account", "x.id"), an_account, Batch::Accounts, take)?;
    each(
        c,
        &with_account("address", "x.account_id"),
        an_address,
        Batch::Addresses,
        take,
    )?;
    each(
        c,
        &with_account("contact", "x.account_id"),
        a_contact,
        Batch::Contacts,
        take,
    )?;
    links(c, take)?;
    each(c, &queues(), queue, Batch::Queues, take)?;
    each(c, &plain("ticket_type"), named, Batch::TicketTypes, take)?;
    each(c, &plain("ticket_priority"), named, Batch::TicketPriorities, take)?;
    each(c, &plain("service"), named, Batch::Services, take)?;
    each(c, &plain("ticket_state"), state, Batch::TicketStates, take)?;
    each(c, &people(), person, Batch::ExternalUsers, take)?;
    each(c, &tickets(), ticket, Batch::Tickets, take)?;
    each(c, &activities(), activity, Batch::Activities, take)
}

/// Links of people and accounts.
fn links<E: From<StoreError>>(c: &Connection, take: &mut dyn FnMut(Batch) -> Result<(), E>) -> Result<(), E> {
    let of = |table, to, more| of_user(table, to, more);
    each(
        c,
        &of("user_account", "account", "''"),
        account,
        Batch::UserAccounts,
        take,
    )?;
    let views = of("user_account_view", "account", "''");
    each(c, &views, account_view, Batch::UserAccountViews, take)?;
    each(
        c,
        &of("user_contact", "contact", "''"),
        user_contact,
        Batch::UserContacts,
        take,
    )?;
    let addresses = of("user_address", "address", "l.permission");
    each(c, &addresses, user_address, Batch::UserAddresses, take)?;
    let groups = of("user_group", "permission_group", "l.permission");
    each(c, &groups, user_group, Batch::UserGroups, take)?;
    each(c, &account_groups(), account_group, Batch::AccountGroups, take)?;
    each(
        c,
        &of("user_service", "service", "''"),
        user_service,
        Batch::UserServices,
        take,
    )?;
    each(
        c,
        &of("user_ticket_type", "ticket_type", "''"),
        user_type,
        Batch::UserTicketTypes,
        take,
    )?;
    let states = of("user_ticket_state", "ticket_state", "''");
    each(c, &states, user_state, Batch::UserTicketStates, take)?;
    let groups = of("user_responsible_group", "permission_group", "''");
    each(c, &groups, responsible_group, Batch::UserResponsibleGroups, take)?;
    let agents = of("user_responsible_agent", "agent", "''");
    each(c, &agents, responsible_agent, Batch::UserResponsibleAgents, take)
}

fn setting(r: &Row<'_>) -> rusqlite::Result<DeskSetting> {
    Ok(DeskSetting {
        name: r.get(0)?,
        value: r.get(1)?,
        origin: SettingOrigin::Confirmed,
    })
}

/// All columns of a table, with the key of the record and of its account.
fn with_account(table: &str, account: &str) -> String {
    format!(
        "SELECT x.*, {} AS its_key, {} AS its_account FROM {table} x LEFT JOIN account a ON a.id = {account}
         WHERE x.present = 1 ORDER BY x.id",
        key(table, "x"),
        key("account", "a")
    )
}

fn validity(r: &Row<'_>) -> rusqlite::Result<Validity> {
    Ok(Validity::from_number(r.get("validity")?).unwrap_or(Validity::Invalid))
}

fn an_account(r: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        key: r.get("its_key")?,
        name: r.get("name")?,
        street: r.get("street")?,
        zip: r.get("zip")?,
        city: r.get("city")?,
        country: r.get("country")?,
        url: r.get("url")?,
        description: r.get("description")?,
        validity: validity(r)?,
        email: r.get("email")?,
        phone: r.get("phone")?,
    })
}

fn an_address(r: &Row<'_>) -> rusqlite::Result<Address> {
    Ok(Address {
        key: r.get("its_key")?,
        number: r.get("number")?,
        name: r.get("name")?,
        street: r.get("street")?,
        zip: r.get("zip")?,
        city: r.get("city")?,
        country: r.get("country")?,
        account: r.get("its_account")?,
        validity: validity(r)?,
    })
}

fn a_contact(r: &Row<'_>) -> rusqlite::Result<Contact> {
    Ok(Contact {
        key: r.get("its_key")?,
        title: r.get("title")?,
        first_name: r.get("first_name")?,
        last_name: r.get("last_name")?,
        email: r.get("email")?,
        account: r.get("its_account")?,
        phone: r.get("phone")?,
        mobile: r.get("mobile")?,
        description: r.get("description")?,
    })
}

fn queues() -> String {
    format!(
        "SELECT x.*, {} AS its_key, {} AS its_group FROM queue x LEFT JOIN permission_group g ON g.id = x.group_id
         WHERE x.present = 1 ORDER BY x.id",
        key("queue", "x"),
        key("permission_group", "g")
    )
}

fn queue(r: &Row<'_>) -> rusqlite::Result<Queue> {
    Ok(Queue {
        key: r.get("its_key")?,
        name: r.get("name")?,
        group: r.get("its_group")?,
        follow_up: r.get("follow_up")?,
        validity: validity(r)?,
        external_comments: r.get("external_comments")?,
    })
}

fn plain(table: &str) -> String {
    format!(
        "SELECT x.*, {} AS its_key FROM {table} x WHERE x.present = 1 ORDER BY x.id",
        key(table, "x")
    )
}

fn named(r: &Row<'_>) -> rusqlite::Result<Named> {
    Ok(Named {
        key: r.get("its_key")?,
        name: r.get("name")?,
        validity: validity(r)?,
    })
}

fn state(r: &Row<'_>) -> rusqlite::Result<TicketState> {
    Ok(TicketState {
        key: r.get("its_key")?,
        name: r.get("name")?,
        kind: r.get("kind")?,
        validity: validity(r)?,
    })
}

fn people() -> String {
    format!(
        "SELECT u.*, {} AS its_key, {} AS its_account, {} AS its_address FROM external_user u
         LEFT JOIN account a ON a.id = u.account_id LEFT JOIN address d ON d.id = u.address_id
         WHERE u.present = 1 ORDER BY u.id",
        key("external_user", "u"),
        key("account", "a"),
        key("address", "d")
    )
}

fn person(r: &Row<'_>) -> rusqlite::Result<ExternalUser> {
    Ok(ExternalUser {
        key: r.get("its_key")?,
        login: r.get("login")?,
        title: r.get("title")?,
        first_name: r.get("first_name")?,
        last_name: r.get("last_name")?,
        email: r.get("email")?,
        phone: r.get("phone")?,
        mobile: r.get("mobile")?,
        fax: r.get("fax")?,
        street: r.get("street")?,
        zip: r.get("zip")?,
        city: r.get("city")?,
        country: r.get("country")?,
        description: r.get("description")?,
        account: r.get("its_account")?,
        validity: validity(r)?,
        language: r.get("language")?,
        secondary_email: r.get("secondary_email")?,
        category: r.get("category")?,
        region: r.get("region")?,
        twitter: r.get("twitter")?,
        facebook: r.get("facebook")?,
        external: r.get("external")?,
        account_contacts: r.get("account_contacts")?,
        account_tickets: r.get("account_tickets")?,
        external_comments: r.get("external_comments")?,
        right_addresses: r.get("right_addresses")?,
        right_machines: r.get("right_machines")?,
        right_contact_person: r.get("right_contact_person")?,
        restrict_states: r.get("restrict_states")?,
        excel_export: r.get("excel_export")?,
        address: r.get("its_address")?,
        ..ExternalUser::default()
    })
}

fn account_groups() -> String {
    format!(
        "SELECT {}, {}, l.permission, l.context FROM account_group l JOIN account a ON a.id = l.account_id
         JOIN permission_group g ON g.id = l.group_id",
        key("account", "a"),
        key("permission_group", "g")
    )
}

fn account_group(r: &Row<'_>) -> rusqlite::Result<AccountGroup> {
    Ok(AccountGroup {
        account: r.get(0)?,
        group: r.get(1)?,
        permission: r.get(2)?,
        context: Context::from_name(&r.get::<_, String>(3)?).unwrap_or_default(),
    })
}

fn user_service(r: &Row<'_>) -> rusqlite::Result<UserService> {
    let (user, service) = (r.get(0)?, r.get(1)?);
    Ok(UserService { user, service })
}

fn user_type(r: &Row<'_>) -> rusqlite::Result<UserTicketType> {
    let (user, ticket_type) = (r.get(0)?, r.get(1)?);
    Ok(UserTicketType { user, ticket_type })
}

fn user_state(r: &Row<'_>) -> rusqlite::Result<UserTicketState> {
    let (user, state) = (r.get(0)?, r.get(1)?);
    Ok(UserTicketState { user, state })
}

fn responsible_group(r: &Row<'_>) -> rusqlite::Result<UserResponsibleGroup> {
    let (user, group) = (r.get(0)?, r.get(1)?);
    Ok(UserResponsibleGroup { user, group })
}

fn responsible_agent(r: &Row<'_>) -> rusqlite::Result<UserResponsibleAgent> {
    let (user, agent) = (r.get(0)?, r.get(1)?);
    Ok(UserResponsibleAgent { user, agent })
}

/// What a number in the column stands for.
fn word(kind: i64, column: &str) -> String {
    format!("coalesce((SELECT key FROM tickets.dict d WHERE d.kind = {kind} AND d.id = {column}), '')")
}

fn tickets() -> String {
    let words = [
        (1, "t.owner"),
        (2, "t.account"),
        (3, "t.queue"),
        (4, "t.state"),
        (5, "t.state_kind"),
        (6, "t.ticket_type"),
        (7, "t.priority"),
        (8, "t.service"),
    ];
    let words: Vec<String> = words.iter().map(|(kind, column)| word(*kind, column)).collect();
    format!(
        "SELECT t.id, t.number, t.title, -t.age, t.changed, t.archived, {} FROM tickets.ticket t ORDER BY t.id",
        words.join(", ")
    )
}

fn ticket(r: &Row<'_>) -> rusqlite::Result<Ticket> {
    Ok(Ticket {
        id: r.get(0)?,
        number: r.get(1)?,
        title: r.get(2)?,
        created: r.get(3)?,
        changed: r.get(4)?,
        archived: r.get(5)?,
        owner: r.get(6)?,
        account: r.get(7)?,
        queue: r.get(8)?,
        state: r.get(9)?,
        state_kind: r.get(10)?,
        ticket_type: r.get(11)?,
        priority: r.get(12)?,
        service: r.get(13)?,
    })
}

fn activities() -> String {
    format!(
        "SELECT a.ticket, a.position, {}, {}, a.visible, a.author, a.subject, b.body, a.created
         FROM tickets.activity a
         LEFT JOIN tickets.activity_body b ON b.ticket = a.ticket AND b.position = a.position
         ORDER BY a.ticket, a.position",
        word(9, "a.channel"),
        word(10, "a.sender")
    )
}

fn activity(r: &Row<'_>) -> rusqlite::Result<Activity> {
    Ok(Activity {
        ticket: r.get(0)?,
        position: r.get(1)?,
        channel: r.get(2)?,
        sender: r.get(3)?,
        visible: r.get(4)?,
        from: r.get(5)?,
        subject: r.get(6)?,
        body: r.get(7)?,
        created: r.get(8)?,
    })
}
