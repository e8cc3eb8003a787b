//! Sets of a person in the world in memory, for the desks whose sets are plain links.

use std::collections::BTreeSet;

use super::fact::{AnyOf, Set};
use super::setting::{FREE, FULL, Value};
use super::world::{World, WorldPerson, WorldSubject};
use crate::model::{PortalObject, Validity};

impl World {
    /// Key of the account of a contact; empty where it has none, or is not known.
    pub(super) fn account_of(&self, contact: &str) -> &str {
        let contact = self.contacts.iter().find(|c| c.key == contact);
        contact.map_or("", |c| c.account.as_str())
    }

    /// Writes the account of its contact into each ticket, as whoever reads tickets does.
    pub(super) fn keep_accounts_of_contacts(&mut self) {
        for at in 0..self.tickets.len() {
            self.tickets[at].account = self.account_of(&self.tickets[at].owner).to_owned();
        }
    }

    /// The object and what it lies in, whether or not that hands its rights down.
    fn above<'a>(&'a self, object: &'a PortalObject) -> impl Iterator<Item = &'a PortalObject> {
        let parent = |of: &&'a PortalObject| self.objects.iter().find(|o| o.key == of.parent);
        // A tree of so many levels is none; a source may hold a circle.
        std::iter::successors(Some(object), parent).take(64)
    }

    /// A setting as models ask for it: of a package of licences, whether those who are active leave one.
    pub(super) fn asked(&self, value: &Value) -> Value {
        let Value::Number(licences) = value else {
            return value.clone();
        };
        let active = self.users.iter().filter(|user| user.validity == Validity::Valid);
        Value::choice(if active.count() < *licences as usize {
            FREE
        } else {
            FULL
        })
    }

    /// An object of the portal as a subject.
    pub fn object<'a>(&'a self, object: &'a PortalObject) -> WorldSubject<'a> {
        let page = self.above(object).find(|o| o.kind == "page");
        WorldSubject {
            account: &object.key,
            page: page.map_or("", |page| &page.key),
            ..WorldSubject::default()
        }
    }
}

impl WorldPerson<'_> {
    /// The values of a set that is made of the person's own links.
    pub(super) fn named(&self, set: &Set) -> Vec<String> {
        let (world, key) = (self.world, self.user.key.as_str());
        let name =
            |list: &[crate::model::Named], wanted: &str| list.iter().find(|n| n.key == wanted).map(|n| n.name.clone());
        let values: BTreeSet<String> = match *set {
            Set::Own => BTreeSet::from([key.to_owned()]),
            Set::Contacts => self.contacts(),
            Set::AccountsOfContacts => self.accounts_of_contacts(),
            Set::SeenAccounts => {
                let own = self.own_accounts();
                let views = world.user_account_views.iter().filter(|v| v.user == key);
                views.map(|v| v.account.clone()).filter(|a| own.contains(a)).collect()
            }
            Set::OwnAccounts => self.own_accounts(),
            Set::OwnAddress => BTreeSet::from([self.user.address.clone()]),
            Set::Addresses { permission } => {
                let links = world
                    .user_addresses
                    .iter()
                    .filter(|l| l.user == key && l.permission == permission);
                links.map(|l| l.address.clone()).collect()
            }
            Set::Objects { any_of } => {
                let granted = world.objects.iter().filter(|o| self.reaches(o, any_of));
                granted.map(|o| o.key.clone()).collect()
            }
            Set::ObjectsInApps { any_of } => {
                let granted = world.objects.iter().filter(|o| self.reaches(o, any_of));
                let listed = granted.filter(|o| world.above(o).any(|a| a.kind == "app" && self.reaches(a, any_of)));
                listed.map(|o| o.key.clone()).collect()
            }
            Set::TicketTypes => {
                let links = world.user_types.iter().filter(|l| l.user == key);
                links.filter_map(|l| name(&world.types, &l.ticket_type)).collect()
            }
            Set::TicketStates => {
                let links = world.user_states.iter().filter(|l| l.user == key);
                links
                    .filter_map(|l| world.states.iter().find(|s| s.key == l.state).map(|s| s.name.clone()))
                    .collect()
            }
            Set::ResponsibleGroups => {
                let links = world.user_responsible_groups.iter().filter(|l| l.user == key);
                links
                    .filter_map(|l| world.groups.iter().find(|g| g.key == l.group).map(|g| g.name.clone()))
                    .collect()
            }
            Set::ResponsibleAgents => {
                let links = world.user_responsible_agents.iter().filter(|l| l.user == key);
                links
                    .filter_map(|l| world.agents.iter().find(|a| a.key == l.agent).map(|a| a.login.clone()))
                    .collect()
            }
            Set::SameContacts => {
                let own = self.contacts();
                self.others(|other| !other.contacts().is_disjoint(&own))
            }
            Set::SameAccounts => {
                let own = self.accounts_of_contacts();
                self.others(|other| !other.accounts_of_contacts().is_disjoint(&own))
            }
            _ => BTreeSet::new(),
        };
        values.into_iter().filter(|value| !value.is_empty()).collect()
    }

    fn contacts(&self) -> BTreeSet<String> {
        let links = self.world.user_contacts.iter().filter(|l| l.user == self.user.key);
        links.map(|l| l.contact.clone()).collect()
    }

    fn accounts_of_contacts(&self) -> BTreeSet<String> {
        let own = self.contacts();
        let contacts = self
            .world
            .contacts
            .iter()
            .filter(|c| own.contains(&c.key) && !c.account.is_empty());
        contacts.map(|c| c.account.clone()).collect()
    }

    fn own_accounts(&self) -> BTreeSet<String> {
        let further = self.world.user_accounts.iter().filter(|l| l.user == self.user.key);
        let mut keys: BTreeSet<String> = further.map(|l| l.account.clone()).collect();
        keys.insert(self.user.account.clone());
        keys.remove("");
        keys
    }

    fn others(&self, meets: impl Fn(&WorldPerson<'_>) -> bool) -> BTreeSet<String> {
        let world = self.world;
        let others = world.users.iter().filter(|other| other.key != self.user.key);
        others
            .filter(|user| meets(&WorldPerson { world, user }))
            .map(|user| user.key.clone())
            .collect()
    }

    /// A right on the object, or on what hands its rights down to it.
    fn reaches(&self, object: &PortalObject, any_of: AnyOf) -> bool {
        let mut at = Some(object);
        // A tree of so many levels is none; a source may hold a circle.
        for _ in 0..64 {
            let Some(here) = at else { return false };
            if self.granted(here, any_of) {
                return true;
            }
            if !here.inherits {
                return false;
            }
            at = self.world.objects.iter().find(|o| o.key == here.parent);
        }
        false
    }

    fn granted(&self, object: &PortalObject, any_of: AnyOf) -> bool {
        let (world, key) = (self.world, &self.user.key);
        let levels = |level: &str| any_of.contains(&level);
        let own = world
            .user_objects
            .iter()
            .any(|l| l.user == *key && l.object == object.key && levels(&l.level));
        let mine = |group: &str| world.user_groups.iter().any(|l| l.user == *key && l.group == group);
        let through = world
            .group_objects
            .iter()
            .any(|l| l.object == object.key && levels(&l.level) && mine(&l.group));
        own || through || object.author == *key && levels(&object.author_level)
    }
}
