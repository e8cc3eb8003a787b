//! Innosoft's permissions on addresses as relations of OpenFGA.

use portico_core::access::setting::Settings;
use portico_core::snapshot::Batch;

use crate::openfga::{Relations, Tuple, at_portal, held, link};

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
                held(out, one.right_addresses, &one.key, "has_right_addresses");
                link(out, ("external_user", &one.key), "resident", ("address", &one.address));
                // Tickets name the login.
                link(out, ("external_user", &one.key), "person", ("login", &one.login));
            }
        }
        Batch::UserAddresses(all) => {
            for one in all {
                let relation = if one.permission == "write" { "writer" } else { "reader" };
                link(out, ("external_user", &one.user), relation, ("address", &one.address));
            }
        }
        Batch::Tickets(all) => {
            for one in all {
                link(out, ("login", &one.owner), "login", ("ticket", &one.number));
                link(out, ("address", &one.account), "address", ("ticket", &one.number));
                at_portal(out, &one.number);
            }
        }
        _ => {}
    }
}

/// No setting decides who sees a ticket.
fn settings(_: &Settings, _: &mut Vec<Tuple>) {}
