//! Every field of every desk's forms, once: its name, what it holds, where it stands in the form.
//!
//! A desk's own file says which of them it knows, and with which limits. What the workspace's desk does not know
//! stays behind "More fields": it is kept, and exported where another desk knows it.

use crate::model::{LEVELS, PORTAL_OBJECT_KINDS, TICKET_STATE_KINDS};

/// A kind of record of the directory. Its name is that of its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant is named like the record it stands for")]
pub enum Entity {
    ExternalUser,
    Contact,
    Account,
    Address,
    Machine,
    Agent,
    Group,
    Queue,
    TicketType,
    TicketState,
    TicketPriority,
    Service,
    PortalObject,
    Backend,
}

impl Entity {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::ExternalUser,
        Self::Contact,
        Self::Account,
        Self::Address,
        Self::Machine,
        Self::Agent,
        Self::Group,
        Self::Queue,
        Self::TicketType,
        Self::TicketState,
        Self::TicketPriority,
        Self::Service,
        Self::PortalObject,
        Self::Backend,
    ];

    /// Its name: that of its table.
    pub fn name(self) -> &'static str {
        match self {
            Self::ExternalUser => "external_user",
            Self::Contact => "contact",
            Self::Account => "account",
            Self::Address => "address",
            Self::Machine => "machine",
            Self::Agent => "agent",
            Self::Group => "permission_group",
            Self::Queue => "queue",
            Self::TicketType => "ticket_type",
            Self::TicketState => "ticket_state",
            Self::TicketPriority => "ticket_priority",
            Self::Service => "service",
            Self::PortalObject => "portal_object",
            Self::Backend => "backend",
        }
    }

    /// From its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|entity| entity.name() == name)
    }

    /// All fields that a form of it can have, in the form's order.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::ExternalUser => super::user_field::FIELDS,
            Self::Contact => CONTACT,
            Self::Account => ACCOUNT,
            Self::Address => ADDRESS,
            Self::Machine => MACHINE,
            Self::Agent => AGENT,
            Self::Group => GROUP,
            Self::Queue => QUEUE,
            Self::TicketType | Self::TicketPriority | Self::Service => NAMED,
            Self::TicketState => TICKET_STATE,
            Self::PortalObject => PORTAL_OBJECT,
            Self::Backend => BACKEND,
        }
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Text,
    /// A login, a key, a path: text that is read letter by letter.
    Code,
    /// An e-mail address.
    Email,
    /// Text of several lines.
    Long,
    /// On or off.
    Flag,
    /// One of these words; empty where it may be left out.
    Choice(&'static [&'static str]),
    /// The status: one of the desk's validities.
    Status,
    /// What is to become of the password: one of the desk's ways.
    Password,
    /// A day, `2026-11-26`; empty for none.
    Date,
    /// The desk's custom fields: names and texts, as a JSON object.
    Custom,
    /// One other record.
    One(Entity),
    /// Other records.
    Many(Entity),
    /// Rights on other records: which, and the permission keys of each.
    Rights(Entity),
    /// Levels on other records: which, and one of [`LEVELS`] for each.
    Levels(Entity),
}

impl Kind {
    /// The records it refers to.
    pub fn refers_to(self) -> Option<Entity> {
        match self {
            Self::One(entity) | Self::Many(entity) | Self::Rights(entity) | Self::Levels(entity) => Some(entity),
            _ => None,
        }
    }

    /// Whether what it holds are links, kept in rows of their own.
    pub fn is_linked(self) -> bool {
        matches!(self, Self::Many(_) | Self::Rights(_) | Self::Levels(_))
    }

    /// Whether it holds a text that can be too long.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Code | Self::Email | Self::Long)
    }
}

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in forms, on the command line and in problems.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The form's tab it stands on.
    pub tab: &'static str,
    /// The section of that tab.
    pub section: &'static str,
    /// Portico's own: no desk knows it, and every form has it.
    pub own: bool,
}

/// A field of a form with one tab.
const fn field(name: &'static str, kind: Kind, section: &'static str) -> Field {
    Field {
        name,
        kind,
        tab: "record",
        section,
        own: false,
    }
}

const STATUS: Field = field("status", Kind::Status, "main");

static CONTACT: &[Field] = &[
    field("title", Kind::Text, "main"),
    field("first_name", Kind::Text, "main"),
    field("last_name", Kind::Text, "main"),
    field("account", Kind::One(Entity::Account), "main"),
    field("email", Kind::Email, "reach"),
    field("phone", Kind::Text, "reach"),
    field("mobile", Kind::Text, "reach"),
    field("description", Kind::Long, "remark"),
];

static ACCOUNT: &[Field] = &[
    field("key", Kind::Code, "main"),
    field("name", Kind::Text, "main"),
    STATUS,
    field("email", Kind::Email, "reach"),
    field("phone", Kind::Text, "reach"),
    field("url", Kind::Text, "reach"),
    field("street", Kind::Text, "place"),
    field("zip", Kind::Text, "place"),
    field("city", Kind::Text, "place"),
    field("country", Kind::Text, "place"),
    field("description", Kind::Long, "remark"),
];

static ADDRESS: &[Field] = &[
    field("number", Kind::Code, "main"),
    field("name", Kind::Text, "main"),
    field("account", Kind::One(Entity::Account), "main"),
    STATUS,
    field("street", Kind::Text, "place"),
    field("zip", Kind::Text, "place"),
    field("city", Kind::Text, "place"),
    field("country", Kind::Text, "place"),
];

static MACHINE: &[Field] = &[
    field("number", Kind::Code, "main"),
    field("name", Kind::Text, "main"),
    field("address", Kind::One(Entity::Address), "main"),
    STATUS,
    field("description", Kind::Long, "remark"),
];

static AGENT: &[Field] = &[
    field("login", Kind::Code, "main"),
    field("name", Kind::Text, "main"),
    field("email", Kind::Email, "main"),
    STATUS,
];

static GROUP: &[Field] = &[
    field("name", Kind::Text, "main"),
    STATUS,
    field("description", Kind::Long, "remark"),
    field("objects", Kind::Levels(Entity::PortalObject), "rights"),
];

static QUEUE: &[Field] = &[
    field("name", Kind::Text, "main"),
    field("group", Kind::One(Entity::Group), "main"),
    STATUS,
    field(
        "follow_up",
        Kind::Choice(&["possible", "reject", "new ticket"]),
        "tickets",
    ),
    field("external_comments", Kind::Flag, "tickets"),
];

static NAMED: &[Field] = &[field("name", Kind::Text, "main"), STATUS];

static TICKET_STATE: &[Field] = &[
    field("name", Kind::Text, "main"),
    field("kind", Kind::Choice(TICKET_STATE_KINDS), "main"),
    STATUS,
];

static PORTAL_OBJECT: &[Field] = &[
    field("path", Kind::Code, "main"),
    field("name", Kind::Text, "main"),
    field("kind", Kind::Choice(PORTAL_OBJECT_KINDS), "main"),
    field("parent", Kind::One(Entity::PortalObject), "main"),
    STATUS,
    field("inherits", Kind::Flag, "rights"),
    field("author", Kind::One(Entity::ExternalUser), "rights"),
    field("author_level", Kind::Choice(LEVELS), "rights"),
];

static BACKEND: &[Field] = &[
    field("name", Kind::Text, "main"),
    STATUS,
    field("group_support", Kind::Flag, "main"),
    field("description", Kind::Long, "remark"),
];
