//! All migrations in one list. Each lies beside its table; here only their order is written.
//!
//! Add at the end, never change or remove one: the number applied is the file's version. Columns are only ever
//! appended, so that changesets recorded before still apply.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::error::Result;
use crate::table::{
    account, account_group, address, agent, backend, contact, desk_setting, expectation, external_user, finding_mute,
    group_object, machine, meta, permission_group, portal_object, queue, record, service, template, ticket_priority,
    ticket_state, ticket_type, user_account, user_account_view, user_address, user_contact, user_group, user_object,
    user_responsible_agent, user_responsible_group, user_search, user_secret, user_service, user_ticket_state,
    user_ticket_type,
};
use crate::{base, conflict, draft, history, ledger};

const STEPS: &[M<'static>] = &[
    M::up(meta::CREATE),
    M::up(account::CREATE),
    M::up(permission_group::CREATE),
    M::up(queue::CREATE),
    M::up(ticket_type::CREATE),
    M::up(ticket_state::CREATE),
    M::up(ticket_priority::CREATE),
    M::up(service::CREATE),
    M::up(contact::CREATE),
    M::up(external_user::CREATE),
    M::up(user_account::CREATE),
    M::up(user_contact::CREATE),
    M::up(user_group::CREATE),
    M::up(account_group::CREATE),
    M::up(user_service::CREATE),
    M::up(desk_setting::CREATE),
    M::up(user_search::CREATE),
    M::up(history::CREATE),
    M::up(base::CREATE),
    M::up(conflict::CREATE),
    M::up(draft::CREATE),
    M::up(backend::CREATE),
    M::up(address::CREATE),
    M::up(machine::CREATE),
    M::up(agent::CREATE),
    M::up(account::ADD_FIELDS),
    M::up(contact::ADD_FIELDS),
    M::up(queue::ADD_FIELDS),
    M::up(external_user::ADD_FIELDS),
    M::up(portal_object::CREATE),
    M::up(user_account_view::CREATE),
    M::up(user_address::CREATE),
    M::up(user_responsible_group::CREATE),
    M::up(user_responsible_agent::CREATE),
    M::up(user_ticket_type::CREATE),
    M::up(user_ticket_state::CREATE),
    M::up(user_object::CREATE),
    M::up(group_object::CREATE),
    M::up(template::CREATE),
    M::up(user_secret::CREATE),
    M::up(record::index::CREATE),
    M::up(finding_mute::CREATE),
    M::up(expectation::CREATE),
    M::up(ledger::CREATE),
    M::up(external_user::ADD_SPONSORS),
    M::up(contact::MOVED),
    M::up(portal_object::HANDED),
];

/// The newest version of the tables that this program knows.
pub(crate) fn newest() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// Brings the tables to the newest version.
pub(crate) fn run(conn: &mut Connection) -> Result<()> {
    Ok(Migrations::from_slice(STEPS).to_latest(conn)?)
}
