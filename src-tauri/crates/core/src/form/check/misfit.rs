//! What a desk holds and its own form would not take: told after an import, which takes it in all the same.
//!
//! A desk is what it is: refusing its records would leave the workspace without them, and correcting them would be a
//! change that nobody asked for. Links are not looked at: they come apart from the records, in any order.

use std::collections::BTreeMap;

use super::super::FormRules;
use super::super::field::{Entity, Kind};
use super::{Circumstances, Form, Look, Value, field};
use crate::model::{
    Account, Address, Agent, Backend, Contact, ExternalUser, Group, Machine, Named, PortalObject, Queue, TicketState,
};
use crate::snapshot::Batch;

/// How many records are named for one kind of misfit; the rest is counted.
pub const NAMED: usize = 5;

/// Records whose field the form would not take, all for the same reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// What kind of record.
    pub entity: Entity,
    /// The form's field.
    pub field: String,
    /// The problem's key in the catalogue.
    pub code: String,
    /// What the words of the first one need.
    pub detail: Vec<(String, String)>,
    /// What is wrong with the first one, in English.
    pub message: String,
    /// How many records.
    pub count: u64,
    /// The first [`NAMED`], by login, key or name.
    pub examples: Vec<String>,
}

/// Collects what does not fit while records go by.
pub struct Misfits {
    rules: &'static FormRules,
    found: BTreeMap<(&'static str, String, String), Misfit>,
}

impl Misfits {
    /// Nothing found yet, for a desk's forms.
    pub fn new(rules: &'static FormRules) -> Self {
        let found = BTreeMap::new();
        Self { rules, found }
    }

    /// Looks at every record of a batch that has a form.
    pub fn look(&mut self, batch: &Batch) {
        match batch {
            Batch::ExternalUsers(all) => self.all(Entity::ExternalUser, all, |one| &one.login),
            Batch::Contacts(all) => self.all(Entity::Contact, all, |one| &one.key),
            Batch::Accounts(all) => self.all(Entity::Account, all, |one| &one.key),
            Batch::Addresses(all) => self.all(Entity::Address, all, |one| &one.key),
            Batch::Machines(all) => self.all(Entity::Machine, all, |one| &one.key),
            Batch::Agents(all) => self.all(Entity::Agent, all, |one| &one.key),
            Batch::Groups(all) => self.all(Entity::Group, all, |one| &one.name),
            Batch::Queues(all) => self.all(Entity::Queue, all, |one| &one.name),
            Batch::TicketTypes(all) => self.all(Entity::TicketType, all, |one| &one.name),
            Batch::TicketStates(all) => self.all(Entity::TicketState, all, |one| &one.name),
            Batch::TicketPriorities(all) => self.all(Entity::TicketPriority, all, |one| &one.name),
            Batch::Services(all) => self.all(Entity::Service, all, |one| &one.name),
            Batch::PortalObjects(all) => self.all(Entity::PortalObject, all, |one| &one.path),
            Batch::Backends(all) => self.all(Entity::Backend, all, |one| &one.name),
            _ => {}
        }
    }

    /// All that was found, by kind of record and field.
    pub fn into_vec(self) -> Vec<Misfit> {
        self.found.into_values().collect()
    }

    fn all<T: Form>(&mut self, entity: Entity, records: &[T], name: impl Fn(&T) -> &String) {
        let demands = self.rules.of(entity).unwrap_or_default();
        for record in records {
            let mut look = Look {
                rules: self.rules,
                entity,
                form: record,
                at: &Circumstances::NEW,
                found: Vec::new(),
            };
            for one in entity.fields() {
                // What the source does not tell is not missing in the desk. A status is what it came to be.
                let told = record.value(one.name) != Value::Nothing;
                if told && !one.kind.is_linked() && !matches!(one.kind, Kind::Status | Kind::Password) {
                    field::check(&mut look, one, demands.iter().find(|rule| rule.field == one.name));
                }
            }
            for problem in look.found.into_iter().filter(|problem| !problem.warning) {
                let key = (entity.name(), problem.field.clone(), problem.code.clone());
                let misfit = self.found.entry(key).or_insert_with(|| Misfit {
                    entity,
                    field: problem.field,
                    code: problem.code,
                    detail: problem.detail,
                    message: problem.message,
                    count: 0,
                    examples: Vec::new(),
                });
                misfit.count += 1;
                if misfit.examples.len() < NAMED {
                    misfit.examples.push(name(record).clone());
                }
            }
        }
    }
}

/// A record of a source by the names of its form's fields; what no batch tells is `Nothing`.
macro_rules! forms {
    ($($record:ident { $($text:ident)* })*) => {
        $(impl Form for $record {
            fn value(&self, field: &str) -> Value<'_> {
                match field {
                    $(stringify!($text) => Value::Text(&self.$text),)*
                    _ => Value::Nothing,
                }
            }
        })*
    };
}

forms! {
    ExternalUser {
        login title first_name last_name email phone mobile fax street zip city country description account language
        secondary_email category region twitter facebook custom linked_resource contact_person address main_group
        backend
    }
    Contact { key title first_name last_name email account phone mobile description }
    Account { key name street zip city country url description email phone }
    Address { number name street zip city country account }
    Machine { number name description address }
    Agent { login name email }
    Group { name description }
    Queue { name group follow_up }
    TicketState { name kind }
    Named { name }
    PortalObject { path name kind parent author author_level }
    Backend { name description }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::{Entity, Form, Misfit, Misfits, NAMED, Value};
    use crate::form::registry::rules;
    use crate::model::{Account, ExternalUser};
    use crate::snapshot::Batch;

    fn person(n: usize, email: &str) -> ExternalUser {
        ExternalUser {
            key: format!("p{n}"),
            login: format!("p{n}"),
            first_name: "Jana".into(),
            last_name: "Nová".into(),
            email: email.into(),
            account: "ACME".into(),
            ..ExternalUser::default()
        }
    }

    fn misfits(batches: &[Batch]) -> Vec<Misfit> {
        let mut misfits = Misfits::new(rules("otobo").unwrap());
        for batch in batches {
            misfits.look(batch);
        }
        misfits.into_vec()
    }

    #[test]
    fn what_fits_is_not_told() {
        assert_eq!(misfits(&[Batch::ExternalUsers(vec![person(1, "a@example.org")])]), []);
    }

    #[test]
    fn the_same_fault_of_many_is_told_once_with_the_first_of_them() {
        let people = (0..9).map(|n| person(n, "nobody")).collect();
        let mut long = person(9, "a@example.org");
        long.first_name = "x".repeat(500);
        let found = misfits(&[Batch::ExternalUsers(people), Batch::ExternalUsers(vec![long])]);
        let told: Vec<_> = found
            .iter()
            .map(|one| (one.field.as_str(), one.code.as_str(), one.count))
            .collect();
        assert_eq!(
            told,
            [("email", "problem.email", 9), ("first_name", "problem.too_long", 1)]
        );
        assert_eq!(found[0].examples.len(), NAMED);
        assert_eq!(found[0].examples[0], "p0");
        assert!(found[1].message.contains("500"), "{}", found[1].message);
    }

    #[test]
    fn records_beside_people_have_forms_too() {
        let nameless = Account {
            key: "ACME".into(),
            ..Account::default()
        };
        let found = misfits(&[Batch::Accounts(vec![nameless])]);
        let told: Vec<_> = found
            .iter()
            .map(|one| (one.entity, one.field.as_str(), one.code.as_str()))
            .collect();
        assert_eq!(told, [(Entity::Account, "name", "problem.missing")]);
    }

    /// A field that the record holds under another name would never be looked at.
    #[test]
    fn every_text_of_a_persons_form_that_a_desk_tells_is_looked_at() {
        let own = ["status", "password", "invited", "expires", "sponsor"];
        let person = person(1, "a@example.org");
        for field in Entity::ExternalUser.fields() {
            let is_text = field.kind.is_text() || matches!(field.kind, super::Kind::One(_) | super::Kind::Custom);
            if is_text && !field.own && !own.contains(&field.name) {
                assert_ne!(person.value(field.name), Value::Nothing, "{}", field.name);
            }
        }
    }
}
