//! The fields of the records, by the names of their forms.

use portico_core::model::{
    Account, Address, Agent, Backend, Contact, ExternalUser, Group, Machine, Named, PortalObject, Queue, TicketState,
    Validity,
};

/// Where a cell goes.
pub(super) enum Slot<'a> {
    Text(&'a mut String),
    Flag(&'a mut bool),
    /// A flag that a source may leave open.
    Open(&'a mut Option<bool>),
    Status(&'a mut Validity),
}

/// A record whose fields are found by name.
pub(super) trait Slots: Default {
    fn slot(&mut self, field: &str) -> Option<Slot<'_>>;

    fn put(&mut self, field: &str, text: &str) {
        if let Some(Slot::Text(slot)) = self.slot(field) {
            text.clone_into(slot);
        }
    }

    fn text(&mut self, field: &str) -> String {
        match self.slot(field) {
            Some(Slot::Text(slot)) => slot.clone(),
            _ => String::new(),
        }
    }
}

macro_rules! slots {
    ($($record:ident { $($text:ident)* ; $($flag:ident)* ; $($open:ident)* ; $($validity:ident)* })*) => {
        $(impl Slots for $record {
            fn slot(&mut self, field: &str) -> Option<Slot<'_>> {
                match field {
                    "desk_key" => Some(Slot::Text(&mut self.key)),
                    $(stringify!($text) => Some(Slot::Text(&mut self.$text)),)*
                    $(stringify!($flag) => Some(Slot::Flag(&mut self.$flag)),)*
                    $(stringify!($open) => Some(Slot::Open(&mut self.$open)),)*
                    $("status" => Some(Slot::Status(&mut self.$validity)),)*
                    _ => None,
                }
            }
        })*
    };
}

slots! {
    ExternalUser {
        login title first_name last_name email phone mobile fax street zip city country description account language
        secondary_email category region twitter facebook linked_resource contact_person address main_group backend;
        account_contacts account_tickets external_comments right_addresses right_machines right_contact_person
        restrict_states excel_export;
        external;
        validity
    }
    Contact { title first_name last_name email account phone mobile description; ; ; }
    Account { key name street zip city country url description email phone; ; ; validity }
    Address { number name street zip city country account; ; ; validity }
    Machine { number name description address; ; ; validity }
    Agent { login name email; ; ; validity }
    Group { name description; ; ; validity }
    Queue { name group follow_up; external_comments; ; validity }
    TicketState { name kind; ; ; validity }
    Named { name; ; ; validity }
    PortalObject { path name kind parent author author_level; inherits; ; validity }
    Backend { name description; group_support; ; validity }
}
