//! The desks whose rights are plain links, against their sentences written down a second time.

mod pages;

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::access::decide::{Case, holds};
use crate::access::model::AccessModel;
use crate::access::registry;
use crate::access::rule::Node;
use crate::access::setting::Value;
use crate::access::world::{World, WorldSubject};
use crate::access::world_links::world_of;
use crate::access::world_random::Dice;
use crate::model::{Activity, ExternalUser, LEVELS, Ticket, Validity};

/// One person of a world, asked in the desk's own words.
struct Plain<'a> {
    world: &'a World,
    user: &'a ExternalUser,
}

impl Plain<'_> {
    fn on(&self, setting: &str) -> bool {
        self.world.settings.get(setting) == Some(&Value::Switch(true))
    }

    fn is(&self, setting: &str, word: &str) -> bool {
        self.world.settings.get(setting) == Some(&Value::choice(word))
    }

    fn paired(&self, contact: &str) -> bool {
        !contact.is_empty()
            && self
                .world
                .user_contacts
                .iter()
                .any(|l| l.user == self.user.key && l.contact == contact)
    }

    fn account_of(&self, contact: &str) -> Option<&str> {
        let found = self.world.contacts.iter().find(|c| c.key == contact)?;
        Some(found.account.as_str()).filter(|account| !account.is_empty())
    }

    /// Whether a paired contact has the same account as this contact.
    fn same_account(&self, contact: &str) -> bool {
        let Some(account) = self.account_of(contact) else {
            return false;
        };
        let paired = self.world.user_contacts.iter().filter(|l| l.user == self.user.key);
        paired
            .filter_map(|l| self.account_of(&l.contact))
            .any(|own| own == account)
    }

    fn daktela(&self, ticket: &Ticket) -> bool {
        let by_account = self.user.account_tickets || self.is("Portal::Involvement", "contact_or_company");
        self.paired(&ticket.owner) || by_account && self.same_account(&ticket.owner)
    }

    fn daktela_comments(&self, ticket: &Ticket) -> bool {
        let category = self.world.queues.iter().find(|q| q.key == ticket.queue);
        self.user.external_comments && category.is_some_and(|q| q.external_comments)
    }

    fn daktela_activity(&self, ticket: &Ticket, activity: &Activity) -> (bool, bool) {
        match activity.channel.to_uppercase().as_str() {
            "EMAIL" => (true, false),
            "COMMENT" => (activity.visible && self.daktela_comments(ticket), false),
            _ => (true, true),
        }
    }

    fn daktela_colleague(&self, other: &ExternalUser) -> bool {
        let mut theirs = self.world.user_contacts.iter().filter(|l| l.user == other.key);
        let common = theirs.clone().any(|l| self.paired(&l.contact));
        other.key != self.user.key
            && (common || self.user.account_contacts && theirs.any(|l| self.same_account(&l.contact)))
    }

    fn accounts(&self) -> BTreeSet<&str> {
        let further = self.world.user_accounts.iter().filter(|l| l.user == self.user.key);
        let mut keys: BTreeSet<&str> = further.map(|l| l.account.as_str()).collect();
        keys.insert(&self.user.account);
        keys.remove("");
        keys
    }

    /// `None` where a switch that was not imported could be on.
    fn zoho(&self, ticket: &Ticket) -> Option<bool> {
        let own = ticket.owner == self.user.key;
        let switched = self
            .world
            .user_account_views
            .iter()
            .any(|v| v.user == self.user.key && v.account == ticket.account);
        let hers = self.accounts().contains(ticket.account.as_str());
        let seen = own || hers && (switched || self.on("Portal::AccountTickets"));
        let partial = self.world.settings.get("Portal::AccountSwitches") == Some(&Value::choice("partial"));
        (seen || !(hers && partial)).then_some(seen)
    }

    fn innosoft_address(&self, address: &str) -> bool {
        let granted = self
            .world
            .user_addresses
            .iter()
            .any(|l| l.user == self.user.key && l.address == address);
        !address.is_empty() && (self.user.address == address || self.user.right_addresses && granted)
    }

    fn innosoft_machine(&self, address: &str) -> bool {
        self.user.right_machines && self.innosoft_address(address)
    }

    fn innosoft(&self, ticket: &Ticket) -> bool {
        ticket.owner == self.user.login || self.innosoft_address(&ticket.account)
    }

    /// Apps in which the object lies, or that it is.
    fn apps_above<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        let find = |key: &str| self.world.objects.iter().find(|o| o.key == key);
        let chain = std::iter::successors(find(key), move |object| find(&object.parent));
        chain
            .filter(|object| object.kind == "app")
            .map(|object| object.key.as_str())
    }

    fn licence_left(&self) -> bool {
        let mut licences = match self.world.settings.get("Portico::LicencesTotal") {
            Some(Value::Number(licences)) => *licences,
            other => panic!("a number of licences: {other:?}"),
        };
        for user in &self.world.users {
            if user.validity == Validity::Valid {
                licences = licences.saturating_sub(1);
            }
        }
        licences > 0
    }

    fn elma365(&self, ticket: &Ticket, levels: &[&str]) -> bool {
        self.elma365_object(&ticket.account, levels)
    }

    fn elma365_object(&self, key: &str, levels: &[&str]) -> bool {
        let mut key = key;
        loop {
            let Some(object) = self.world.objects.iter().find(|o| o.key == key) else {
                return false;
            };
            let member = |group: &str| {
                self.world
                    .user_groups
                    .iter()
                    .any(|l| l.user == self.user.key && l.group == group)
            };
            let own = self
                .world
                .user_objects
                .iter()
                .any(|r| r.user == self.user.key && r.object == object.key && levels.contains(&r.level.as_str()));
            let of_group = self
                .world
                .group_objects
                .iter()
                .any(|r| r.object == object.key && levels.contains(&r.level.as_str()) && member(&r.group));
            let as_author = object.author == self.user.key && levels.contains(&object.author_level.as_str());
            if own || of_group || as_author {
                return self.on("Portal::Active");
            }
            if !object.inherits {
                return false;
            }
            key = &object.parent;
        }
    }
}

/// Runs over all people and tickets of a random world of the desk.
fn over(
    desk: &str,
    seed: u64,
    mut check: impl FnMut(&AccessModel, &Plain<'_>, &Ticket, &dyn Fn(&Node) -> Option<bool>),
) {
    let world = world_of(desk, &mut Dice::new(seed), 0);
    let model = registry::model(desk).unwrap();
    for user in &world.users {
        let person = world.person(&user.key).unwrap();
        let plain = Plain { world: &world, user };
        for ticket in &world.tickets {
            let subject = world.ticket(ticket);
            let ask = |node: &Node| {
                holds(
                    node,
                    &Case {
                        person: &person,
                        subject: &subject,
                        workspace: &world,
                    },
                )
            };
            check(&model, &plain, ticket, &ask);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn daktela_says_what_its_manual_says(seed: u64) {
        over("daktela", seed, |model, plain, ticket, ask| {
            assert_eq!(ask(&model.openable.ro), Some(plain.daktela(ticket)));
            assert_eq!(ask(&model.listed()), Some(plain.daktela(ticket)));
            assert_eq!(ask(&model.lists[0].shows()), Some(plain.paired(&ticket.owner)));
            assert_eq!(ask(&model.openable.rw), Some(false));
            assert_eq!(ask(&model.reply.allowed), Some(false));
            assert_eq!(ask(&model.comment), Some(plain.daktela(ticket) && plain.daktela_comments(ticket)));
            assert_eq!(ask(&model.login), Some(plain.user.validity == Validity::Valid));
        });
    }

    #[test]
    fn daktela_shows_what_is_said_and_whom_else(seed: u64) {
        let world = world_of("daktela", &mut Dice::new(seed), 0);
        let model = registry::model("daktela").unwrap();
        for user in &world.users {
            let (person, plain) = (world.person(&user.key).unwrap(), Plain { world: &world, user });
            for activity in &world.activities {
                let ticket = world.tickets.iter().find(|t| t.id == activity.ticket).unwrap();
                let subject = WorldSubject { visible: activity.visible, channel: &activity.channel, ..world.ticket(ticket) };
                let case = Case { person: &person, subject: &subject, workspace: &world };
                let shown = (holds(&model.activity, &case).unwrap(), holds(&model.simplified, &case).unwrap());
                let expected = plain.daktela_activity(ticket, activity);
                prop_assert_eq!(shown.0, expected.0);
                prop_assert_eq!(shown.0 && shown.1, expected.1);
            }
            for other in &world.users {
                let subject = WorldSubject { name: &other.key, ..WorldSubject::default() };
                let case = Case { person: &person, subject: &subject, workspace: &world };
                prop_assert_eq!(holds(&model.colleague, &case), Some(plain.daktela_colleague(other)));
            }
        }
    }

    #[test]
    fn zoho_says_what_its_help_says(seed: u64) {
        over("zoho", seed, |model, plain, ticket, ask| {
            assert_eq!(ask(&model.openable.ro), plain.zoho(ticket));
            assert_eq!(ask(&model.reply.allowed), plain.zoho(ticket));
            assert_eq!(ask(&model.listed()), plain.zoho(ticket));
            assert_eq!(ask(&model.lists[0].shows()), Some(ticket.owner == plain.user.key));
        });
    }

    #[test]
    fn innosoft_says_what_its_manual_says(seed: u64) {
        over("innosoft", seed, |model, plain, ticket, ask| {
            assert_eq!(ask(&model.openable.ro), Some(plain.innosoft(ticket)));
            assert_eq!(ask(&model.lists[1].shows()), Some(plain.innosoft_address(&ticket.account)));
            // A machine is at an address as a ticket is.
            assert_eq!(ask(&model.machine), Some(plain.innosoft_machine(&ticket.account)));
            let contacts = plain.user.right_contact_person && plain.innosoft_address(&ticket.account);
            assert_eq!(ask(&model.contact_person), Some(contacts));
            let external = plain.user.external != Some(false) && plain.user.validity == Validity::Valid;
            assert_eq!(ask(&model.login), Some(external));
        });
    }

    #[test]
    fn innosoft_lets_create_and_set_what_is_listed(seed: u64) {
        let world = world_of("innosoft", &mut Dice::new(seed), 0);
        let model = registry::model("innosoft").unwrap();
        for user in &world.users {
            let (person, plain) = (world.person(&user.key).unwrap(), Plain { world: &world, user });
            let listed = |key: &str| world.user_types.iter().any(|l| l.user == user.key && l.ticket_type == key);
            let any_listed = world.user_types.iter().any(|l| l.user == user.key);
            for kind in &world.types {
                let subject = WorldSubject { name: &kind.name, validity: Some(kind.validity), ..WorldSubject::default() };
                let case = Case { person: &person, subject: &subject, workspace: &world };
                let expected = kind.validity == Validity::Valid
                    && (listed(&kind.key) || !any_listed && plain.is("Portal::EmptyTypes", "all"));
                prop_assert_eq!(holds(&model.new_ticket.ticket_type, &case), Some(expected));
            }
            for state in &world.states {
                let subject = WorldSubject { name: &state.name, validity: Some(state.validity), ..WorldSubject::default() };
                let case = Case { person: &person, subject: &subject, workspace: &world };
                let listed = world.user_states.iter().any(|l| l.user == user.key && l.state == state.key);
                let expected = state.validity == Validity::Valid && (!user.restrict_states || listed);
                prop_assert_eq!(holds(&model.reply.state, &case), Some(expected));
            }
        }
    }

    #[test]
    fn elma365_says_what_its_help_says(seed: u64) {
        over("elma365", seed, |model, plain, ticket, ask| {
            let view = plain.elma365(ticket, &["view", "create", "edit", "delete", "full"]);
            assert_eq!(ask(&model.openable.ro), Some(view));
            assert_eq!(ask(&model.openable.rw), Some(plain.elma365(ticket, &["edit", "delete", "full"])));
            let in_app = plain.apps_above(&ticket.account).any(|app| plain.elma365_object(app, LEVELS));
            assert_eq!(ask(&model.listed()), Some(view && in_app));
            let status = match plain.user.validity {
                Validity::Valid => true,
                Validity::NotRegistered => plain.licence_left(),
                _ => false,
            };
            let enters = plain.on("Portal::Active") && plain.on("Portal::LicencesEnabled") && status;
            assert_eq!(ask(&model.login), Some(enters));
            assert_eq!(ask(&model.portal), Some(plain.on("Portal::Active")));
        });
    }
}
