//! A list as far as it is in one object of the portal: that of an app.

use rusqlite::Connection;

use super::condition::{Accounts, Condition, joined};
use super::{Eyes, Question};
use crate::error::Result;
use crate::snapshot::Ticket;

/// The numbers in the snapshot of an object and of all that lies in it.
pub(super) struct Within(Accounts);

/// Whether rights are handed down is no question here: what lies in an app is in its list, if it is in one.
const INSIDE: &str = "WITH RECURSIVE inside (id) AS (
         SELECT id FROM portal_object WHERE (desk_key = ?1 OR desk_key IS NULL AND hex(id) = ?1) AND present = 1
         UNION
         SELECT o.id FROM inside i CROSS JOIN portal_object o ON o.parent_id = i.id
     )";

impl Within {
    fn of(c: &Connection, object: &str) -> Result<Self> {
        let sql = format!(
            "{INSIDE} SELECT d.id FROM inside i CROSS JOIN portal_object x ON x.id = i.id
             CROSS JOIN tickets.dict d ON d.kind = 2 AND d.key = x.desk_key ORDER BY d.id"
        );
        let mut statement = c.prepare_cached(&sql)?;
        let ids = statement.query_map([object], |r| r.get(0))?;
        let mut ids = ids.collect::<rusqlite::Result<Vec<i64>>>()?;
        ids.dedup();
        Ok(Self(Accounts::new(ids.into())))
    }

    /// As one more condition on `tickets.ticket t`.
    pub(super) fn written(&self) -> String {
        let ids: Vec<String> = self.0.list().iter().map(ToString::to_string).collect();
        format!(" AND t.account IN ({})", ids.join(", "))
    }
}

/// A condition within an object, where there is one.
pub(super) fn narrowed(condition: Condition, within: Option<&Within>) -> Condition {
    match within {
        Some(within) => joined(vec![Condition::Account(within.0.clone()), condition], false),
        None => condition,
    }
}

impl Eyes<'_> {
    /// What a question is asked within.
    pub(super) fn within(&self, question: &Question) -> Result<Option<Within>> {
        match question {
            Question::ListIn { object, .. } => Within::of(self.here.c, object).map(Some),
            _ => Ok(None),
        }
    }

    /// Whether the ticket lies there.
    pub(super) fn lies_within(&self, question: &Question, ticket: &Ticket) -> Result<bool> {
        let Question::ListIn { object, .. } = question else {
            return Ok(true);
        };
        let sql = format!(
            "{INSIDE} SELECT EXISTS (SELECT 1 FROM inside i CROSS JOIN portal_object x ON x.id = i.id WHERE x.desk_key = ?2)"
        );
        let mut statement = self.here.c.prepare_cached(&sql)?;
        Ok(statement.query_row([object, &ticket.account], |r| r.get(0))?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use portico_core::access::registry;
    use portico_core::access::world::World;
    use portico_core::access::world_links::any_world;
    use portico_core::access::world_random::Dice;
    use portico_core::id::ExternalUserId;
    use proptest::prelude::*;

    use super::super::tests::imported;
    use super::super::{CellCache, Directory, Eyes, PersonFacts, Question, Tab};
    use crate::error::Result;
    use crate::snapshot;

    fn lies_in(world: &World, key: &str, outer: &str) -> bool {
        let find = |key: &str| world.objects.iter().find(|object| object.key == key);
        std::iter::successors(find(key), |object| find(&object.parent)).any(|object| object.key == outer)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn the_list_of_an_app_is_what_lies_in_it(seed: u64) {
            let world = any_world("elma365", &mut Dice::new(seed), 0);
            let model = registry::model("elma365").unwrap();
            let (_folder, store) = imported(&world, &model);
            store.read(|c| -> Result<std::result::Result<(), TestCaseError>> {
                Ok((|| {
                let directory = Directory::load(c, &model).unwrap();
                let cells = CellCache::default().get(c).unwrap();
                for user in world.users.iter().take(4) {
                    let id = ExternalUserId::from_desk(model.desk, &user.key);
                    let facts = PersonFacts::load(c, id, &model).unwrap();
                    let eyes = Eyes::new(c, &model, &directory, &facts, &cells).unwrap();
                    let person = world.person(&user.key).unwrap();
                    let listed = world.numbers(&model.listed(), &person, Some(true));
                    for object in &world.objects {
                        let question = Question::ListIn { list: "Items".to_owned(), object: object.key.clone() };
                        let home = |number: &str| world.tickets.iter().find(|t| t.number == number).unwrap().account.clone();
                        let expected: Vec<_> =
                            listed.iter().filter(|number| lies_in(&world, &home(number), &object.key)).cloned().collect();
                        let number = |id: i64| snapshot::ticket(c, id).unwrap().unwrap();
                        let page = eyes.page(&question, Tab::All, None, 1_000).unwrap();
                        let paged: Vec<_> = page.iter().map(|at| number(at.id).number).collect();
                        prop_assert_eq!(&paged, &expected);
                        prop_assert_eq!(eyes.count(&question).unwrap().all, expected.len() as u64);
                        let mut each = Vec::new();
                        eyes.each(&question, false, &mut |id| { each.push(number(id).number); Ok(()) }).unwrap();
                        prop_assert_eq!(&each, &expected);
                        for ticket in &world.tickets {
                            let ticket = snapshot::ticket_by_number(c, &ticket.number).unwrap().unwrap();
                            let sees = eyes.sees(&question, &ticket).unwrap();
                            prop_assert_eq!(sees, Some(expected.contains(&ticket.number)));
                        }
                    }
                }
                Ok(())
                })())
            }).unwrap()?;
        }
    }
}
