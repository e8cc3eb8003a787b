//! Identifiers: 16 bytes in the database, a string on the bridge.
//!
//! What comes from a desk gets a UUIDv8 derived from desk, entity and the desk's own key, so that two
//! devices that import the same desk agree; what is created here gets a UUIDv7.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The namespace below which every desk's keys are hashed. Never change it: ids are kept in workspaces.
const DESK_NAMESPACE: Uuid = Uuid::from_u128(0x6f72_7469_636f_4d8e_9b1c_d2a4_17e0_55aa);

fn derive(desk: &str, entity: &str, key: &str) -> Uuid {
    let mut name = Vec::with_capacity(desk.len() + entity.len() + key.len() + 2);
    for part in [desk, entity] {
        name.extend_from_slice(part.as_bytes());
        name.push(0);
    }
    name.extend_from_slice(key.as_bytes());
    Uuid::new_v8(Uuid::new_v5(&DESK_NAMESPACE, &name).into_bytes())
}

/// The text was no identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier: {0}")]
pub struct ParseIdError(pub String);

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident = $entity:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
        #[serde(transparent)]
        pub struct $name(#[specta(type = String)] Uuid);

        impl $name {
            /// The entity's name, as it enters derived ids.
            pub const ENTITY: &'static str = $entity;

            /// A new id for something created here (UUIDv7).
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }

            /// The id of what `desk` knows under `key` (UUIDv8, always the same).
            pub fn from_desk(desk: &str, key: &str) -> Self {
                Self(derive(desk, $entity, key))
            }

            /// The 16 bytes kept in the database.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// Reads the 16 bytes kept in the database.
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", $entity, self.0)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self).map_err(|_| ParseIdError(text.to_owned()))
            }
        }
    )*};
}

ids! {
    /// An external user.
    ExternalUserId = "external_user";
    /// An account: a company, a customer.
    AccountId = "account";
    /// A contact: a person in the desk's address book.
    ContactId = "contact";
    /// A permission group.
    GroupId = "group";
    /// A queue, a ticket category.
    QueueId = "queue";
    /// A ticket type.
    TicketTypeId = "ticket_type";
    /// A ticket state.
    TicketStateId = "ticket_state";
    /// A ticket priority.
    TicketPriorityId = "ticket_priority";
    /// A service.
    ServiceId = "service";
    /// A customer's address: a site.
    AddressId = "address";
    /// A machine at an address.
    MachineId = "machine";
    /// An agent: somebody inside who answers tickets.
    AgentId = "agent";
    /// A page, a section, an app, a folder, an item of a portal.
    PortalObjectId = "portal_object";
    /// A back end that people come from: a database, a directory server.
    BackendId = "backend";
    /// A template: the rights that a role usually has.
    TemplateId = "template";
    /// An expectation: what somebody is to see, or never to see.
    ExpectationId = "expectation";
    /// An export: files that were written for a desk.
    ExportId = "export";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desks_key_always_gives_the_same_id() {
        let a = ExternalUserId::from_desk("otobo", "anna");
        assert_eq!(a, ExternalUserId::from_desk("otobo", "anna"));
        assert_ne!(a, ExternalUserId::from_desk("otobo", "Anna"));
        assert_ne!(a.as_bytes(), AccountId::from_desk("otobo", "anna").as_bytes());
        assert_eq!(a.to_string().parse::<ExternalUserId>().ok(), Some(a));
    }
}
