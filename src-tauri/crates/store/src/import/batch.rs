//! The rows of a batch, their values in the order of the staged columns.

use portico_core::model::{ExternalUser, Named, Validity};
use portico_core::snapshot::Batch;
use rusqlite::types::Value;

use super::stage::Stage;
use crate::error::Result;
use crate::table::{
    Table, account, account_group, address, agent, backend, contact, external_user, group_object, machine,
    permission_group, portal_object, queue, service, ticket_priority, ticket_state, ticket_type, user_account,
    user_account_view, user_address, user_contact, user_group, user_object, user_responsible_agent,
    user_responsible_group, user_service, user_ticket_state, user_ticket_type,
};

impl Stage<'_> {
    /// Takes a batch of configuration.
    pub(super) fn put(&self, batch: Batch) -> Result<()> {
        match batch {
            Batch::Settings(v) => self.rows(
                "in_desk_setting",
                &["name", "value"],
                v.iter().map(|s| texts(&[&s.name, &s.value])),
            ),
            Batch::TicketTypes(v) => self.named(&ticket_type::TABLE, &v),
            Batch::TicketPriorities(v) => self.named(&ticket_priority::TABLE, &v),
            Batch::Services(v) => self.named(&service::TABLE, &v),
            Batch::TicketStates(v) => self.entities(
                &ticket_state::TABLE,
                v.iter()
                    .map(|s| with(texts(&[&s.key, &s.name, &s.kind]), [validity(s.validity)])),
            ),
            Batch::Groups(_) | Batch::Queues(_) | Batch::Backends(_) | Batch::Agents(_) => self.put_inside(batch),
            Batch::Accounts(_)
            | Batch::Contacts(_)
            | Batch::ExternalUsers(_)
            | Batch::Addresses(_)
            | Batch::Machines(_)
            | Batch::PortalObjects(_) => self.put_outside(batch),
            Batch::UserGroups(_)
            | Batch::AccountGroups(_)
            | Batch::UserAddresses(_)
            | Batch::UserObjects(_)
            | Batch::GroupObjects(_) => self.put_rights(batch),
            other => self.put_links(other),
        }
    }

    /// What the desk is made of.
    fn put_inside(&self, batch: Batch) -> Result<()> {
        match batch {
            Batch::Groups(v) => self.entities(
                &permission_group::TABLE,
                v.iter()
                    .map(|g| with(texts(&[&g.key, &g.name, &g.description]), [validity(g.validity)])),
            ),
            Batch::Queues(v) => self.entities(
                &queue::TABLE,
                v.iter().map(|q| {
                    with(
                        texts(&[&q.key, &q.name, &q.group, &q.follow_up]),
                        [validity(q.validity), flag(q.external_comments)],
                    )
                }),
            ),
            Batch::Backends(v) => self.entities(
                &backend::TABLE,
                v.iter().map(|b| {
                    with(
                        texts(&[&b.key, &b.name, &b.description]),
                        [flag(b.group_support), validity(b.validity)],
                    )
                }),
            ),
            Batch::Agents(v) => self.entities(
                &agent::TABLE,
                v.iter()
                    .map(|a| with(texts(&[&a.key, &a.login, &a.name, &a.email]), [validity(a.validity)])),
            ),
            _ => Ok(()),
        }
    }

    /// Those outside, and what is theirs.
    fn put_outside(&self, batch: Batch) -> Result<()> {
        match batch {
            Batch::Accounts(v) => self.entities(
                &account::TABLE,
                v.iter().map(|a| {
                    let row = texts(&[
                        &a.key,
                        &a.key,
                        &a.name,
                        &a.street,
                        &a.zip,
                        &a.city,
                        &a.country,
                        &a.url,
                        &a.description,
                    ]);
                    with(row, [validity(a.validity), text(&a.email), text(&a.phone)])
                }),
            ),
            Batch::Contacts(v) => self.entities(
                &contact::TABLE,
                v.iter().map(|c| {
                    texts(&[
                        &c.key,
                        &c.title,
                        &c.first_name,
                        &c.last_name,
                        &c.email,
                        &c.account,
                        &c.phone,
                        &c.mobile,
                        &c.description,
                    ])
                }),
            ),
            Batch::ExternalUsers(v) => self.entities(&external_user::TABLE, v.iter().map(person)),
            Batch::Addresses(v) => self.entities(
                &address::TABLE,
                v.iter().map(|a| {
                    let row = texts(&[
                        &a.key, &a.number, &a.name, &a.street, &a.zip, &a.city, &a.country, &a.account,
                    ]);
                    with(row, [validity(a.validity)])
                }),
            ),
            Batch::Machines(v) => self.entities(
                &machine::TABLE,
                v.iter().map(|m| {
                    let row = texts(&[&m.key, &m.number, &m.name, &m.description, &m.address]);
                    with(row, [validity(m.validity)])
                }),
            ),
            Batch::PortalObjects(v) => self.entities(
                &portal_object::TABLE,
                v.iter().map(|o| {
                    let row = texts(&[&o.key, &o.path, &o.name, &o.kind, &o.parent]);
                    with(
                        row,
                        [
                            flag(o.inherits),
                            text(&o.author),
                            text(&o.author_level),
                            validity(o.validity),
                        ],
                    )
                }),
            ),
            _ => Ok(()),
        }
    }

    fn put_rights(&self, batch: Batch) -> Result<()> {
        match batch {
            Batch::UserGroups(v) => self.links(
                &user_group::TABLE,
                v.iter().map(|l| texts(&[&l.user, &l.group, &l.permission])),
            ),
            Batch::AccountGroups(v) => self.links(
                &account_group::TABLE,
                v.iter()
                    .map(|l| texts(&[&l.account, &l.group, &l.permission, l.context.name()])),
            ),
            Batch::UserAddresses(v) => self.links(
                &user_address::TABLE,
                v.iter().map(|l| texts(&[&l.user, &l.address, &l.permission])),
            ),
            Batch::UserObjects(v) => self.links(
                &user_object::TABLE,
                v.iter().map(|l| texts(&[&l.user, &l.object, &l.level])),
            ),
            Batch::GroupObjects(v) => self.links(
                &group_object::TABLE,
                v.iter().map(|l| texts(&[&l.group, &l.object, &l.level])),
            ),
            _ => Ok(()),
        }
    }

    fn put_links(&self, batch: Batch) -> Result<()> {
        match batch {
            Batch::UserAccounts(v) => self.links(&user_account::TABLE, v.iter().map(|l| texts(&[&l.user, &l.account]))),
            Batch::UserAccountViews(v) => self.links(
                &user_account_view::TABLE,
                v.iter().map(|l| texts(&[&l.user, &l.account])),
            ),
            Batch::UserContacts(v) => self.links(&user_contact::TABLE, v.iter().map(|l| texts(&[&l.user, &l.contact]))),
            Batch::UserServices(v) => self.links(&user_service::TABLE, v.iter().map(|l| texts(&[&l.user, &l.service]))),
            Batch::UserResponsibleGroups(v) => self.links(
                &user_responsible_group::TABLE,
                v.iter().map(|l| texts(&[&l.user, &l.group])),
            ),
            Batch::UserResponsibleAgents(v) => self.links(
                &user_responsible_agent::TABLE,
                v.iter().map(|l| texts(&[&l.user, &l.agent])),
            ),
            Batch::UserTicketTypes(v) => self.links(
                &user_ticket_type::TABLE,
                v.iter().map(|l| texts(&[&l.user, &l.ticket_type])),
            ),
            Batch::UserTicketStates(v) => {
                self.links(&user_ticket_state::TABLE, v.iter().map(|l| texts(&[&l.user, &l.state])))
            }
            _ => Ok(()),
        }
    }

    fn named(&self, table: &'static Table, records: &[Named]) -> Result<()> {
        self.entities(
            table,
            records
                .iter()
                .map(|r| with(texts(&[&r.key, &r.name]), [validity(r.validity)])),
        )
    }
}

fn person(u: &ExternalUser) -> Vec<Value> {
    let mut row = texts(&[
        &u.key,
        &u.login,
        &u.title,
        &u.first_name,
        &u.last_name,
        &u.email,
        &u.phone,
        &u.mobile,
        &u.fax,
        &u.street,
        &u.zip,
        &u.city,
        &u.country,
        &u.description,
        &u.account,
    ]);
    row.push(validity(u.validity));
    row.push(u.has_password.map_or(Value::Null, flag));
    row.extend(texts(&[
        &u.language,
        &u.secondary_email,
        &u.category,
        &u.region,
        &u.twitter,
        &u.facebook,
        &u.custom,
    ]));
    row.extend(
        [
            u.external.unwrap_or(true),
            u.account_contacts,
            u.account_tickets,
            u.external_comments,
            u.right_addresses,
            u.right_machines,
            u.right_contact_person,
            u.restrict_states,
            u.excel_export,
        ]
        .map(flag),
    );
    row.extend(texts(&[
        &u.linked_resource,
        &u.contact_person,
        &u.address,
        &u.main_group,
        &u.backend,
        // What is to become of the password is decided here; the desk always begins with what it has.
        "unchanged",
    ]));
    row
}

fn with<const N: usize>(mut row: Vec<Value>, more: [Value; N]) -> Vec<Value> {
    row.extend(more);
    row
}

fn texts(texts: &[&str]) -> Vec<Value> {
    texts.iter().map(|t| text(t)).collect()
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn flag(on: bool) -> Value {
    Value::Integer(on.into())
}

fn validity(validity: Validity) -> Value {
    Value::Integer(validity.number())
}
