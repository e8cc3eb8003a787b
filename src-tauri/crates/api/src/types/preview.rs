//! The portal as a person sees it.

use serde::{Deserialize, Serialize};

use super::colleague::Colleague;
use super::users::UserForm;

/// Whose eyes to look through.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
pub struct Viewer {
    /// The person; `None` for one who is not saved yet.
    pub id: Option<String>,
    /// The form as it stands, unsaved; `None` for the saved state.
    pub draft: Option<UserForm>,
    /// The change after which the state is looked at, no older than the last import; `None` for today.
    #[serde(default)]
    pub at: Option<u32>,
    /// By the rules of this other desk, for which the person was looked at before; `None` for the workspace's own.
    #[serde(default)]
    pub desk: Option<String>,
}

/// One thing that is missing before something can be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Untold {
    /// The desk's name of the setting that is missing, or under whose value it cannot be told; empty for none.
    pub setting: String,
    /// What is not known, in English; empty where it is the setting itself.
    pub why: String,
}

/// A rule that no documentation states.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
pub struct AssumedRule {
    /// Its id, a key of the catalogue.
    pub id: String,
    /// Its text in English.
    pub text: String,
    /// About what the documentation is silent.
    pub source: String,
}

/// The portal's front: what can be told at a glance.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Preview {
    /// The login shown in the portal.
    pub login: String,
    /// The name shown in the portal.
    pub name: String,
    /// The address at which she logs in; empty where it is not known.
    pub address: String,
    /// Whether the person may log in; `None` when it cannot be told.
    pub may_log_in: Option<bool>,
    /// The rule that decided it.
    pub login_reason: Reason,
    /// Lists in the portal's order; a list that the portal does not have for this person is left out.
    pub lists: Vec<PreviewList>,
    /// Tickets of this person or her accounts that no list shows.
    #[specta(type = specta_typescript::Number)]
    pub hidden: u64,
    /// Tickets of which it cannot be told whether a list shows them, or whether they can be opened.
    #[specta(type = specta_typescript::Number)]
    pub unknown: u64,
    /// What is missing to tell those, and whether the person may log in; each once.
    pub untold: Vec<Untold>,
    /// Whether the person may create tickets at all; `None` when it cannot be told.
    pub may_create: Option<bool>,
    /// What a new ticket could be; `None` when it cannot be told.
    pub new_ticket: Option<NewTicket>,
    /// States that a reply may set.
    pub reply_states: Vec<String>,
    /// The newest time in the ticket snapshot (RFC 3339); `None` without tickets.
    pub as_of: Option<String>,
    /// Settings that are needed before this can be told.
    pub unknown_settings: Vec<String>,
    /// Rules that are only assumed and because of which something is here or not: the login, a ticket in a list, a part,
    /// what a new ticket can be.
    pub assumed: Vec<AssumedRule>,
    /// What of this they decided something in, where it has no reason of its own: `may_create`, `reply_states`,
    /// `machines`, `contact_persons`.
    pub assumed_in: Vec<String>,
    /// Parts of the portal's home; empty where the desk has no notion of it.
    pub home: Vec<HomePart>,
    /// Other external users whom the person sees, with their settings.
    pub colleagues: Vec<Colleague>,
    /// Machines that the portal shows, by number.
    pub machines: Vec<PortalMachine>,
    /// Contact persons that the portal shows, by name.
    pub contact_persons: Vec<PortalContact>,
    /// Objects of the portal that are granted to the person.
    pub objects: Vec<ObjectLevel>,
    /// Pages with their buttons and widgets, then apps, by path, those that are not shown too; empty where the desk has
    /// no notion of them.
    pub parts: Vec<PortalPart>,
    /// Whether this shows the draft (and not the saved state).
    pub draft: bool,
    /// In a draft: totals against the saved state.
    #[specta(type = specta_typescript::Number)]
    pub gained: u64,
    /// In a draft: totals against the saved state.
    #[specta(type = specta_typescript::Number)]
    pub lost: u64,
}

/// What somebody sees who has not logged in, beside the login page.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct VisitorPreview {
    /// The address of the login page; empty where it is not known.
    pub address: String,
    /// Whether the portal shows its pages, the login page among them, to anybody; `None` when it cannot be told.
    pub portal: Option<bool>,
    /// The rule that decided it; empty where the desk's portal is always there.
    pub portal_reason: Reason,
    /// Whether tickets can be submitted without a login; `None` when it cannot be told.
    pub may_submit: Option<bool>,
    /// The rule that decided it; empty where the desk does not speak of visitors.
    pub submit_reason: Reason,
    /// Parts of the home; empty where there is only the login page.
    pub home: Vec<HomePart>,
    /// Settings that are needed before this can be told.
    pub unknown_settings: Vec<String>,
}

/// A part of the portal's home.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct HomePart {
    /// Its name, a key of the catalogue (`KnowledgeBase`).
    pub name: String,
    /// Whether it is shown; `None` when it cannot be told.
    pub shown: Option<bool>,
    /// The rule that decided.
    pub reason: Reason,
}

/// A machine that the portal shows.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the machine")]
pub struct PortalMachine {
    pub id: String,
    pub number: String,
    pub name: String,
}

/// A contact person that the portal shows.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the contact")]
pub struct PortalContact {
    pub id: String,
    pub name: String,
    pub email: String,
}

/// An object of the portal with the person's level on it.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the object")]
pub struct ObjectLevel {
    pub path: String,
    pub kind: String,
    /// `view`, `create`, `edit`, `delete` or `full`: the highest.
    pub level: String,
}

/// A page of the portal, a button or widget on it, or an app.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct PortalPart {
    /// The desk's key, by which the list of an app is asked for.
    pub key: String,
    /// Where it stands.
    pub path: String,
    /// What it is called.
    pub name: String,
    /// `page`, `button`, `widget` or `app`.
    pub kind: String,
    /// Path of the page on which a button or widget lies; empty for what lies on none.
    pub page: String,
    /// Whether it is shown; `None` when it cannot be told.
    pub shown: Option<bool>,
    /// The rule that decided.
    pub reason: Reason,
    /// The right that the person has on it; `None` for none.
    pub right: Option<PortalRight>,
    /// Its items, where it is an app that is shown.
    pub items: Option<PreviewList>,
    /// In a draft: `gained` or `lost` against the saved state, or empty.
    pub change: String,
}

/// The highest right of a person on an object, and from where it comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct PortalRight {
    /// `view`, `create`, `edit`, `delete` or `full`.
    pub level: String,
    /// `own`, `group` or `author`.
    pub through: String,
    /// Name of the group; empty for another way.
    pub group: String,
    /// Path of the object from which it is handed down; empty where it is on the object itself.
    pub from: String,
}

/// A list of the portal.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct PreviewList {
    /// Its name, a key of the catalogue (`MyTickets`, `CompanyTickets`).
    pub name: String,
    /// All tickets in it.
    #[specta(type = specta_typescript::Number)]
    pub all: u64,
    /// Of them, open ones.
    #[specta(type = specta_typescript::Number)]
    pub open: u64,
    /// Of them, closed ones.
    #[specta(type = specta_typescript::Number)]
    pub closed: u64,
    /// Tickets of which it cannot be told whether this list shows them.
    #[specta(type = specta_typescript::Number)]
    pub unknown: u64,
    /// In a draft: how many more than in the saved state.
    #[specta(type = specta_typescript::Number)]
    pub gained: u64,
    /// In a draft: how many fewer.
    #[specta(type = specta_typescript::Number)]
    pub lost: u64,
}

/// Which stretch of which list.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct PageQuery {
    /// The list's name, `Hidden`, or `Untold` for what cannot be told.
    pub list: String,
    /// `all`, `open` or `closed`.
    pub tab: String,
    /// Only what lies in this object of the portal (an app's key); `None` for the whole list.
    #[serde(default)]
    pub object: Option<String>,
    /// Only what a draft changes in the list.
    #[serde(default)]
    pub changed: bool,
    /// Where the last page ended; `None` for the first.
    pub after: Option<Cursor>,
}

/// Where a page ended.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[expect(missing_docs, reason = "opaque to callers")]
pub struct Cursor {
    #[specta(type = specta_typescript::Number)]
    pub age: i64,
    #[specta(type = specta_typescript::Number)]
    pub id: i64,
}

/// A page of tickets, at most 50.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct TicketPage {
    /// The tickets, in the portal's order.
    pub rows: Vec<TicketRow>,
    /// Where to go on; `None` at the end.
    pub next: Option<Cursor>,
}

/// The rule that decided, for one line under a ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, specta::Type)]
pub struct Reason {
    /// The rule's id, a key of the catalogue (`rule.otobo.openable.group`).
    pub rule: String,
    /// Its text in English.
    pub text: String,
    /// `D`, `M`, `O` or `A`.
    pub standing: String,
    /// Names and values that entered the decision.
    pub facts: Vec<(String, String)>,
    /// Ids of assumed rules that decided too: this one, and those around it.
    pub assumed: Vec<String>,
}

/// A ticket in a list.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the ticket")]
pub struct TicketRow {
    pub number: String,
    pub title: String,
    /// Where it lies, as the desk sorts tickets: the name of a queue, an address or an app.
    pub place: String,
    pub state: String,
    /// RFC 3339.
    pub created: String,
    /// `None` when it cannot be told.
    pub openable: Option<bool>,
    /// Why it is listed, or (in `Hidden`) why not, or (in `Untold`) the rule that is open.
    pub reason: Reason,
    /// Where it cannot be told (in `Untold`, and after a draft): what is missing to tell.
    pub untold: Vec<Untold>,
    /// Ids of rules that are only assumed and decided here.
    pub assumed: Vec<String>,
    /// In a draft: `gained`, `lost` (in its place, though no longer in the list), or empty.
    pub change: String,
}

/// A ticket's page in the portal, as far as the person may see it.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the ticket")]
pub struct TicketView {
    pub number: String,
    pub title: String,
    /// `None` when it cannot be told.
    pub openable: Option<bool>,
    /// Whether any list shows it.
    pub listed: Option<bool>,
    pub may_reply: Option<bool>,
    /// Whether the desk has external comments at all.
    pub has_comments: bool,
    /// Whether an external comment may be written.
    pub may_comment: Option<bool>,
    /// Attributes the portal shows: key of the catalogue (`queue`, `priority`, `state`), value.
    pub attributes: Vec<(String, String)>,
    pub created: String,
    /// All activities; those that are not shown in full have no author, subject and text. Each says why it is shown or not.
    pub activities: Vec<ActivityView>,
    /// States a reply may set.
    pub reply_states: Vec<String>,
    /// The state that is set beforehand.
    pub reply_preset: String,
    /// Where an assumed rule decided something: `listed`, `openable`, `attributes`, `may_reply`, `may_comment`, `reply_states`.
    pub assumed_in: Vec<String>,
    pub as_of: Option<String>,
}

/// An activity on a ticket's page.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the activity")]
pub struct ActivityView {
    pub position: u32,
    /// Whether it is shown; `None` when it cannot be told.
    pub shown: Option<bool>,
    /// Shown without its text: kind, time and direction only.
    pub simplified: bool,
    /// The rule that decided: one about the ticket's page where that cannot be opened or cannot be told, otherwise one
    /// about the activity.
    pub reason: Reason,
    /// Ids of assumed rules without which the answer would be another one.
    pub assumed: Vec<String>,
    pub channel: String,
    pub sender: String,
    pub from: String,
    pub subject: String,
    /// `None` where the text was not read, or the activity is not shown in full.
    pub body: Option<String>,
    pub created: String,
}

/// What a new ticket could be.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[expect(missing_docs, reason = "each field is named like what it lists")]
pub struct NewTicket {
    /// Whether the person may create tickets at all.
    pub allowed: bool,
    pub responsible_groups: Vec<String>,
    pub responsible_agents: Vec<String>,
    pub queues: Vec<String>,
    pub types: Vec<String>,
    pub priorities: Vec<String>,
    pub services: Vec<String>,
    /// Paths of the portal's apps in which an item can be created.
    pub apps: Vec<String>,
    pub state: String,
    /// The medium that it gets; empty where none is set.
    pub medium: String,
    /// The priority that it gets; empty where none is set.
    pub priority: String,
    /// Whether it goes to the group instead of a hotliner; `None` where nobody said.
    pub to_group: Option<bool>,
    /// In which of the lists an assumed rule decided something, by name.
    pub assumed_in: Vec<String>,
}
