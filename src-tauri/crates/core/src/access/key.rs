//! Keys of what a question is about, and where a ticket keeps them.

/// A key of the subject: of a ticket, and where it has them, of a queue, a group or a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Login of the person it belongs to.
    Owner,
    /// Key of the account it belongs to.
    Account,
    /// Name of the group of its queue.
    Group,
    /// Name of the service.
    Service,
    /// Key of the contact it belongs to, on desks whose tickets belong to contacts.
    Contact,
    /// Key of the account of that contact: as it is now, not as it was when the ticket was read.
    ContactAccount,
    /// Key of the address it belongs to, on desks whose tickets belong to addresses.
    Address,
    /// Key of the portal's object that it is, or that it lies in.
    Object,
    /// Name of a ticket type.
    Type,
    /// Name of a status.
    State,
    /// Name of a group that may answer.
    ResponsibleGroup,
    /// Login of an agent who may answer.
    ResponsibleAgent,
    /// Key of another external user.
    Colleague,
    /// Key of the portal's page on which something lies, or that it is.
    Page,
    /// Name of a part of the portal's home.
    Part,
}

/// Where a ticket keeps what a key asks for. A desk's tickets have one key of each place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Whom it belongs to: some tickets each.
    Owner,
    /// Where it belongs: many tickets each.
    Home,
    /// Where the one belongs to whom it belongs: what is said of that one counts, not what the ticket keeps.
    OwnersHome,
    /// The group of its queue.
    Queue,
    /// Nowhere: the key is of something else than a ticket.
    None,
}

impl Key {
    /// Its name in explanations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner of the ticket",
            Self::Account => "account of the ticket",
            Self::Group => "group of the queue",
            Self::Service => "service",
            Self::Contact => "contact of the ticket",
            Self::ContactAccount => "account of the ticket's contact",
            Self::Address => "address of the ticket",
            Self::Object => "object",
            Self::Type => "ticket type",
            Self::State => "status",
            Self::ResponsibleGroup => "responsible group",
            Self::ResponsibleAgent => "responsible agent",
            Self::Colleague => "other external user",
            Self::Page => "page",
            Self::Part => "part of the home",
        }
    }

    /// Where a ticket keeps it.
    pub fn place(self) -> Place {
        match self {
            Self::Owner | Self::Contact => Place::Owner,
            Self::Account | Self::Address | Self::Object => Place::Home,
            Self::ContactAccount => Place::OwnersHome,
            Self::Group => Place::Queue,
            Self::Service
            | Self::Type
            | Self::State
            | Self::ResponsibleGroup
            | Self::ResponsibleAgent
            | Self::Colleague
            | Self::Page
            | Self::Part => Place::None,
        }
    }
}
