//! What is said of a ticket that cannot be told.

use super::super::decide::{Case, decide};
use super::super::known::ForPerson;
use super::super::model::AccessModel;
use super::super::registry;
use super::super::rule::{Node, all, any, when};
use super::super::setting::Value;
use super::super::untold::Untold;
use super::super::world::World;
use super::{explain, random_of, small};

/// The trees about tickets.
fn of_tickets(model: &AccessModel) -> Vec<Node> {
    let lists = model.lists.iter().map(super::super::model::List::shows);
    lists.chain([model.listed(), model.openable.ro.clone()]).collect()
}

/// Every ticket that cannot be told says why, and so does the tree for the person; returns how many there were.
fn hold(world: &World, model: &AccessModel) -> usize {
    let mut untold = 0;
    for user in &world.users {
        let person = world.person(&user.key).unwrap();
        let known = ForPerson {
            person: &person,
            workspace: world,
        };
        for tree in of_tickets(model) {
            let of_tree = tree.untold(&known);
            for ticket in &world.tickets {
                let subject = world.ticket(ticket);
                let case = Case {
                    person: &person,
                    subject: &subject,
                    workspace: world,
                };
                let explained = decide(&tree, &case);
                let because = explained.untold();
                assert_eq!(because.is_empty(), explained.answer().is_some(), "{ticket:?}");
                for one in &because {
                    let value = world.settings.get(one.setting);
                    assert_eq!(one.why.is_empty(), value.is_none(), "{one:?} {value:?}");
                    assert!(of_tree.contains(one), "{one:?} is none of {of_tree:?}");
                }
                untold += because.len();
            }
        }
    }
    untold
}

#[test]
fn every_ticket_that_cannot_be_told_says_what_is_missing() {
    let found = registry::DESKS.iter().map(|desk| {
        let model = registry::model(desk).unwrap();
        (0..4)
            .map(|seed| hold(&random_of(desk, seed, 15), &model))
            .sum::<usize>()
    });
    let many = found.filter(|found| *found > 30).count();
    assert!(many >= 3, "{many}");
}

#[test]
fn what_is_not_known_stands_under_the_setting_that_says_so() {
    let unsure = |setting| when(setting, Node::True, all([Node::True, Node::Unknown("nobody knows")]));
    let mut world = small();
    world.settings.set("Known", Value::Switch(false));
    let tree = any([
        Node::False,
        unsure("Known"),
        when("Missing", unsure("Other"), Node::False),
    ]);
    let expected = [
        Untold {
            setting: "Known",
            why: "nobody knows",
        },
        Untold {
            setting: "Missing",
            why: "",
        },
    ];
    assert_eq!(explain(&world, &tree).untold(), expected);
    let person = world.person("anna").unwrap();
    let known = ForPerson {
        person: &person,
        workspace: &world,
    };
    assert_eq!(tree.untold(&known), expected);
    let decided = any([Node::True, tree]);
    assert_eq!(explain(&world, &decided).untold(), []);
    assert_eq!(decided.untold(&known), []);
}
