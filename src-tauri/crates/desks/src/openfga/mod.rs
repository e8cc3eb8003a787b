//! Who sees which ticket as relations of OpenFGA (<https://openfga.dev>): a model and its tuples, for another engine
//! to answer the same question. A desk's own room says what its links are; here is what they share.

mod tuple;

use portico_core::access::setting::Settings;
use portico_core::snapshot::Batch;

pub use tuple::{Tuple, object};

/// How a desk's rules are told to OpenFGA.
#[derive(Debug, Clone, Copy)]
pub struct Relations {
    /// The authorisation model, in OpenFGA's language. A ticket's relation `can_read` is [`CAN_READ`].
    pub model: &'static str,
    /// The tuples of a batch. Each record gives its own; none has to be remembered.
    pub tuples: fn(&Batch, &mut Vec<Tuple>),
    /// The tuples that stand for settings.
    pub settings: fn(&Settings, &mut Vec<Tuple>),
}

/// The relation between a person and a ticket that she can open.
pub const CAN_READ: &str = "can_read";

/// A person in tuples, by the desk's key.
pub fn person(key: &str) -> String {
    object("external_user", key)
}

/// A ticket in tuples, by its number.
pub fn ticket(number: &str) -> String {
    object("ticket", number)
}

/// The one object to which settings and basic rights belong.
pub(crate) fn portal() -> String {
    object("portal", "portal")
}

/// Everybody who has a type of her own in the model.
pub(crate) const EVERYBODY: &str = "external_user:*";

/// What `from` is to `to`, where both are known; a link to nothing is none.
pub(crate) fn link(out: &mut Vec<Tuple>, from: (&'static str, &str), relation: &'static str, to: (&'static str, &str)) {
    if !from.1.is_empty() && !to.1.is_empty() {
        out.push(Tuple {
            user: object(from.0, from.1),
            relation,
            object: object(to.0, to.1),
        });
    }
}

/// A switch of the portal: held by everybody, or by nobody.
pub(crate) fn switch(out: &mut Vec<Tuple>, on: bool, relation: &'static str) {
    if on {
        out.push(Tuple {
            user: EVERYBODY.to_owned(),
            relation,
            object: portal(),
        });
    }
}

/// A switch of a person, held at the portal.
pub(crate) fn held(out: &mut Vec<Tuple>, on: bool, key: &str, relation: &'static str) {
    if on {
        out.push(Tuple {
            user: person(key),
            relation,
            object: portal(),
        });
    }
}

/// The portal of a ticket, through which its switches are found.
pub(crate) fn at_portal(out: &mut Vec<Tuple>, number: &str) {
    out.push(Tuple {
        user: portal(),
        relation: "portal",
        object: ticket(number),
    });
}
