//! The rights on ELMA365's objects as relations of OpenFGA.

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
        Batch::UserGroups(all) => {
            for one in all {
                link(out, ("external_user", &one.user), "member", ("group", &one.group));
            }
        }
        Batch::UserObjects(all) => {
            for one in all {
                link(out, ("external_user", &one.user), "granted", ("object", &one.object));
            }
        }
        Batch::GroupObjects(all) => {
            for one in all {
                link(out, ("group", &one.group), "group", ("object", &one.object));
            }
        }
        Batch::PortalObjects(all) => {
            for one in all {
                // Every level shows the object, an author's without a level nothing.
                if !one.author_level.is_empty() {
                    link(out, ("external_user", &one.author), "granted", ("object", &one.key));
                }
                if one.inherits {
                    link(out, ("object", &one.parent), "parent", ("object", &one.key));
                }
            }
        }
        Batch::Tickets(all) => {
            for one in all {
                link(out, ("object", &one.account), "object", ("ticket", &one.number));
                at_portal(out, &one.number);
            }
        }
        _ => {}
    }
}

fn settings(settings: &Settings, out: &mut Vec<Tuple>) {
    switch(
        out,
        settings.get("Portal::Active") == Some(&Value::Switch(true)),
        "active",
    );
}
