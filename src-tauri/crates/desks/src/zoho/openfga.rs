//! Zoho Desk's contacts and accounts as relations of OpenFGA.

use portico_core::access::setting::{Settings, Value};
use portico_core::snapshot::Batch;

use crate::openfga::{Relations, Tuple, at_portal, link, switch};

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
                link(out, ("external_user", &one.key), "member", ("account", &one.account));
            }
        }
        Batch::UserAccounts(all) => {
            for one in all {
                link(out, ("external_user", &one.user), "member", ("account", &one.account));
            }
        }
        Batch::UserAccountViews(all) => {
            for one in all {
                link(out, ("external_user", &one.user), "switched", ("account", &one.account));
            }
        }
        Batch::Tickets(all) => {
            for one in all {
                link(out, ("external_user", &one.owner), "contact", ("ticket", &one.number));
                link(out, ("account", &one.account), "account", ("ticket", &one.number));
                at_portal(out, &one.number);
            }
        }
        _ => {}
    }
}

fn settings(settings: &Settings, out: &mut Vec<Tuple>) {
    let everywhere = settings.get("Portal::AccountTickets") == Some(&Value::Switch(true));
    switch(out, everywhere, "sees_account_tickets");
}
