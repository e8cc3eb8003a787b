//! Daktela's pairs of people and contacts as relations of OpenFGA.

use portico_core::access::setting::{Settings, Value};
use portico_core::snapshot::Batch;

use crate::openfga::{Relations, Tuple, at_portal, held, link, switch};

/// How the rules are told.
pub(crate) const RELATIONS: Relations = Relations {
    model: include_str!("model.fga"),
    tuples,
    settings,
};

fn tuples(batch: &Batch, out: &mut Vec<Tuple>) {
    match batch {
        Batch::ExternalUsers(all) => {
            for one in all {
                held(out, one.account_tickets, &one.key, "sees_account_tickets");
            }
        }
        Batch::UserContacts(all) => {
            for one in all {
                link(out, ("external_user", &one.user), "paired", ("contact", &one.contact));
            }
        }
        Batch::Contacts(all) => {
            for one in all {
                link(out, ("account", &one.account), "account", ("contact", &one.key));
                link(out, ("contact", &one.key), "contact", ("account", &one.account));
            }
        }
        Batch::Tickets(all) => {
            for one in all {
                link(out, ("contact", &one.owner), "contact", ("ticket", &one.number));
                at_portal(out, &one.number);
            }
        }
        _ => {}
    }
}

fn settings(settings: &Settings, out: &mut Vec<Tuple>) {
    let company = settings.get("Portal::Involvement") == Some(&Value::choice("contact_or_company"));
    switch(out, company, "sees_account_tickets");
}
