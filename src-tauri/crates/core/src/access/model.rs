//! The questions a desk answers.

use super::fact::{Key, Set};
use super::flip::lever::Levers;
use super::rule::Node;
use super::setting::{NeededSetting, Settings};
use super::sorted::SortedBy;

/// The two permissions a question can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Read.
    Ro,
    /// Read, reply and create.
    Rw,
}

impl Permission {
    /// `ro` or `rw`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ro => "ro",
            Self::Rw => "rw",
        }
    }
}

/// A question that has an answer for each permission.
#[derive(Debug, Clone)]
pub struct ByPermission {
    /// For reading.
    pub ro: Node,
    /// For replying and creating.
    pub rw: Node,
}

impl ByPermission {
    /// Builds both.
    pub fn build(node: impl Fn(Permission) -> Node) -> Self {
        Self {
            ro: node(Permission::Ro),
            rw: node(Permission::Rw),
        }
    }

    /// The one for this permission.
    pub fn get(&self, permission: Permission) -> &Node {
        match permission {
            Permission::Ro => &self.ro,
            Permission::Rw => &self.rw,
        }
    }
}

/// A list of tickets in the portal.
#[derive(Debug, Clone)]
pub struct List {
    /// Its name; a key of the catalogue (`MyTickets`).
    pub name: &'static str,
    /// Whether the portal has it.
    pub present: Node,
    /// Which tickets it shows, where the portal has it.
    pub tickets: Node,
}

impl List {
    /// The portal has the list, and it shows the ticket.
    pub fn shows(&self) -> Node {
        Node::All(vec![self.present.clone(), self.tickets.clone()])
    }
}

/// What a new ticket can be; each node is asked about the thing to choose.
#[derive(Debug, Clone)]
pub struct NewTicketModel {
    /// Whether the person may create tickets at all.
    pub allowed: Node,
    /// Which groups may answer.
    pub responsible_group: Node,
    /// Which agents may answer.
    pub responsible_agent: Node,
    /// Which queues.
    pub queue: Node,
    /// Which types.
    pub ticket_type: Node,
    /// Which priorities.
    pub priority: Node,
    /// Which services.
    pub service: Node,
    /// In which apps of the portal, on desks whose tickets are items of apps; asked about an app.
    pub app: Node,
    /// The state it gets.
    pub state: &'static str,
}

/// What a reply can do.
#[derive(Debug, Clone)]
pub struct ReplyModel {
    /// Whether a ticket can be replied to.
    pub allowed: Node,
    /// Which states it may set; asked about a state.
    pub state: Node,
    /// Name of the state that is set beforehand.
    pub preset: &'static str,
}

/// Who sees what on one desk.
///
/// Lists are ordered newest first (created descending, then id ascending), on every desk so far.
#[derive(Debug, Clone)]
pub struct AccessModel {
    /// The desk's name in the registry.
    pub desk: &'static str,
    /// Settings that are needed before everything can be told.
    pub settings: Vec<NeededSetting>,
    /// What an admin of the desk can set for everybody.
    pub levers: Levers,
    /// Whether the portal shows its pages at all, whoever looks.
    pub portal: Node,
    /// Whether the person may log in.
    pub login: Node,
    /// The lists, in the portal's order.
    pub lists: Vec<List>,
    /// What it sorts its tickets by.
    pub sorted_by: SortedBy,
    /// Which tickets of a list are under its tab Open; the others are under Closed.
    pub open_tab: Node,
    /// Which tickets a search may find.
    pub searchable: ByPermission,
    /// Which tickets can be opened.
    pub openable: ByPermission,
    /// In which groups the person is; asked about a group.
    pub member: ByPermission,
    /// Accounts that the portal offers as the person's; asked about an account.
    pub accessible: Node,
    /// Tickets that concern the person: hers, or of one of her accounts, case ignored.
    pub concerns: Node,
    /// What a reply can do.
    pub reply: ReplyModel,
    /// Whether an external comment may be written on a ticket.
    pub comment: Node,
    /// Which activities of an opened ticket are shown; asked about an activity.
    pub activity: Node,
    /// Which of them are shown without their text: kind, time and direction only.
    pub simplified: Node,
    /// Whom else the person sees, with their settings; asked about another external user.
    pub colleague: Node,
    /// Which machines the portal shows; asked about a machine, which is at an address.
    pub machine: Node,
    /// Which contact persons the portal shows; asked about one, who is at an address.
    pub contact_person: Node,
    /// What the portal's home shows, by name, a key of the catalogue; asked about the part of this name.
    pub home: Vec<(&'static str, Node)>,
    /// What the portal shows of its objects, by their kinds; asked about an object.
    pub objects: Vec<(&'static [&'static str], Node)>,
    /// Attributes that the ticket's page shows; keys of the catalogue.
    pub attributes: &'static [&'static str],
    /// What a new ticket can be.
    pub new_ticket: NewTicketModel,
}

impl AccessModel {
    /// A list by its name.
    pub fn list(&self, name: &str) -> Option<&List> {
        self.lists.iter().find(|l| l.name == name)
    }

    /// Whether the desk has comments of external users at all.
    pub fn has_comments(&self) -> bool {
        self.comment != Node::False
    }

    /// A list shows the ticket.
    pub fn listed(&self) -> Node {
        Node::Any(self.lists.iter().map(List::shows).collect())
    }

    /// The ticket concerns the person, and no list shows it.
    pub fn hidden(&self) -> Node {
        Node::All(vec![self.concerns.clone(), Node::Not(Box::new(self.listed()))])
    }

    /// Every tree, with a name for tests and tables.
    pub fn trees(&self) -> Vec<(String, &Node)> {
        let mut trees = vec![
            ("portal".to_owned(), &self.portal),
            ("login".to_owned(), &self.login),
            ("open tab".to_owned(), &self.open_tab),
        ];
        for list in &self.lists {
            trees.push((format!("{} present", list.name), &list.present));
            trees.push((list.name.to_owned(), &list.tickets));
        }
        for (name, both) in [
            ("searchable", &self.searchable),
            ("openable", &self.openable),
            ("member", &self.member),
        ] {
            trees.push((format!("{name} ro"), &both.ro));
            trees.push((format!("{name} rw"), &both.rw));
        }
        let new = &self.new_ticket;
        for (name, node) in [
            ("accessible", &self.accessible),
            ("concerns", &self.concerns),
            ("reply", &self.reply.allowed),
            ("reply state", &self.reply.state),
            ("activity", &self.activity),
            ("simplified", &self.simplified),
            ("comment", &self.comment),
            ("colleague", &self.colleague),
            ("machine", &self.machine),
            ("contact person", &self.contact_person),
            ("new ticket", &new.allowed),
            ("new ticket responsible group", &new.responsible_group),
            ("new ticket responsible agent", &new.responsible_agent),
            ("new ticket queue", &new.queue),
            ("new ticket type", &new.ticket_type),
            ("new ticket priority", &new.priority),
            ("new ticket service", &new.service),
            ("new ticket app", &new.app),
        ] {
            trees.push((name.to_owned(), node));
        }
        trees.extend(self.home.iter().map(|(name, node)| (format!("home {name}"), node)));
        let objects = self.objects.iter();
        trees.extend(objects.map(|(kinds, node)| (format!("object {}", kinds.join(", ")), node)));
        trees
    }

    /// The sets that are asked about under these settings, each once, but for those about whom else a person sees.
    pub fn sets_under(&self, settings: &Settings) -> Vec<Set> {
        let mut sets = Vec::new();
        for (_, tree) in self.trees() {
            if std::ptr::eq(tree, &raw const self.colleague) {
                continue;
            }
            tree.facts_under(settings, &mut |fact| {
                if let Some(set) = fact.set()
                    && !sets.contains(&set)
                {
                    sets.push(set);
                }
            });
        }
        sets
    }

    /// Whether it asks about this key of a ticket.
    pub fn asks_about(&self, key: Key) -> bool {
        let mut asks = false;
        for (_, tree) in self.trees() {
            tree.facts(&mut |fact| asks |= fact.key() == Some(key));
        }
        asks
    }

    /// Every set the model asks about, each once.
    pub fn sets(&self) -> Vec<Set> {
        let mut sets = Vec::new();
        for (_, tree) in self.trees() {
            for set in tree.sets() {
                if !sets.contains(&set) {
                    sets.push(set);
                }
            }
        }
        sets
    }
}
