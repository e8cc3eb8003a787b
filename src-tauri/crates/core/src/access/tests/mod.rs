//! The trees against the desk's sentences written down a second time, the reduction against the reading, and what is
//! unknown.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod golden;
mod links;
mod plain;
mod proof;
mod untold;

use proptest::prelude::*;

use super::decide::{Case, decide, holds};
use super::explain::Verdict;
use super::fact::{Fold, Key};
use super::known::{ForPerson, ForSubject};
use super::model::Permission;
use super::registry;
use super::rule::{Node, Standing};
use super::setting::Value;
use super::world::{World, WorldSubject};
use super::world_random::{Dice, settings, world};
use plain::Plain;

/// A random world of any desk.
fn random_of(desk: &str, seed: u64, unknown: usize) -> World {
    match desk {
        "otobo" | "znuny" => random(seed, unknown, &["postgresql", "mysql"]),
        desk => super::world_links::world_of(desk, &mut Dice::new(seed), unknown),
    }
}

fn random(seed: u64, unknown: usize, databases: &[&str]) -> World {
    let mut dice = Dice::new(seed);
    let settings = settings(&mut dice, unknown, databases);
    world(&mut dice, settings)
}

/// Every tree with its name, composite ones included.
fn trees(model: &super::model::AccessModel) -> Vec<(String, Node)> {
    let mut trees: Vec<(String, Node)> = model.trees().into_iter().map(|(n, t)| (n, t.clone())).collect();
    trees.push(("hidden".to_owned(), model.hidden()));
    trees.push(("listed".to_owned(), model.listed()));
    trees
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn the_trees_say_what_the_desk_says(seed: u64) {
        let world = random(seed, 0, &["postgresql"]);
        let model = registry::model("otobo").unwrap();
        for user in &world.users {
            let person = world.person(&user.key).unwrap();
            let plain = Plain { world: &world, user };
            for ticket in &world.tickets {
                let subject = world.ticket(ticket);
                let case = Case { person: &person, subject: &subject, workspace: &world };
                for permission in [Permission::Ro, Permission::Rw] {
                    let t = permission.name();
                    prop_assert_eq!(holds(model.openable.get(permission), &case), Some(plain.openable(t, ticket)));
                    prop_assert_eq!(holds(model.searchable.get(permission), &case), Some(plain.searchable(t, ticket)));
                }
                prop_assert_eq!(holds(&model.reply.allowed, &case), Some(plain.reply(ticket)));
                prop_assert_eq!(holds(&model.lists[0].shows(), &case), Some(plain.mine(ticket)));
                prop_assert_eq!(holds(&model.lists[1].shows(), &case), Some(plain.company(ticket)));
                prop_assert_eq!(holds(&model.open_tab, &case), Some(Plain::is_open(ticket)));
            }
            for queue in &world.queues {
                let subject = world.queue(queue);
                let case = Case { person: &person, subject: &subject, workspace: &world };
                prop_assert_eq!(holds(&model.new_ticket.queue, &case), Some(plain.new_in(queue)));
            }
        }
    }

    #[test]
    fn reducing_changes_no_answer(seed: u64, desk in 0..registry::DESKS.len()) {
        let world = random_of(registry::DESKS[desk], seed, 15);
        let model = registry::model(registry::DESKS[desk]).unwrap();
        let trees = trees(&model);
        for user in world.users.iter().take(3) {
            let person = world.person(&user.key).unwrap();
            for (name, tree) in &trees {
                let reduced = tree.reduce(&ForPerson { person: &person, workspace: &world });
                let (lower, upper) = (reduced.lower(), reduced.upper());
                prop_assert!(lower.is_certain() && upper.is_certain());
                for ticket in world.tickets.iter().take(20) {
                    // A part of the home is asked about by its name.
                    let part = name.strip_prefix("home ").unwrap_or_default();
                    let subject = WorldSubject { name: part, ..world.ticket(ticket) };
                    let case = Case { person: &person, subject: &subject, workspace: &world };
                    let whole = holds(tree, &case);
                    prop_assert_eq!(holds(&reduced, &case), whole, "{}", name);
                    prop_assert_eq!(decide(tree, &case).answer(), whole, "{}", name);
                    prop_assert_eq!(holds(&lower, &case), Some(whole == Some(true)), "lower of {}", name);
                    prop_assert_eq!(holds(&upper, &case), Some(whole != Some(false)), "upper of {}", name);
                    prop_assert_eq!(holds(&tree.reduce(&ForSubject(&subject)), &case), whole, "by ticket {}", name);
                }
            }
        }
    }

    #[test]
    fn learning_a_setting_never_contradicts_what_was_told_without_it(seed: u64, desk in 0..registry::DESKS.len()) {
        let world = random_of(registry::DESKS[desk], seed, 0);
        let model = registry::model(registry::DESKS[desk]).unwrap();
        let trees = trees(&model);
        let mut dice = Dice::new(seed);
        let mut less = world.clone();
        less.settings.forget(dice.pick(&model.settings).name);
        let user = dice.pick(&world.users);
        for ticket in &world.tickets {
            for (name, tree) in &trees {
                let person = world.person(&user.key).unwrap();
                let subject = world.ticket(ticket);
                let told = holds(tree, &Case { person: &person, subject: &subject, workspace: &world });
                let person = less.person(&user.key).unwrap();
                let before = holds(tree, &Case { person: &person, subject: &subject, workspace: &less });
                prop_assert!(before.is_none() || before == told, "{}: {:?} then {:?}", name, before, told);
            }
        }
    }
}

/// Anna of ACME, with read access to the group `staff`, and a ticket of hers.
fn small() -> World {
    use crate::model::{Account, ExternalUser, Group, Queue, Ticket, UserGroup};
    let text = str::to_owned;
    let mut world = World::default();
    for (name, value) in [
        ("CustomerGroupSupport", Value::Switch(true)),
        ("CustomerGroupAlwaysGroups", Value::Names(vec![])),
        ("CustomerGroupCompanyAlwaysGroups", Value::Names(vec![])),
        (
            "Ticket::Frontend::CustomerDisableCompanyTicketAccess",
            Value::Switch(false),
        ),
        (
            "CustomerGroupPermissionContext###100-CustomerID-other",
            Value::Switch(false),
        ),
        ("Ticket::Type", Value::Switch(false)),
        ("Ticket::Service", Value::Switch(false)),
        ("database", Value::choice("postgresql")),
        ("Portico::NothingElseDecides", Value::Switch(true)),
    ] {
        world.settings.set(name, value);
    }
    world.groups.push(Group {
        key: text("1"),
        name: text("staff"),
        ..Group::default()
    });
    world.queues.push(Queue {
        key: text("1"),
        name: text("Support"),
        group: text("1"),
        ..Queue::default()
    });
    world.accounts.push(Account {
        key: text("ACME"),
        ..Account::default()
    });
    world.users.push(ExternalUser {
        key: text("anna"),
        login: text("anna"),
        account: text("ACME"),
        ..ExternalUser::default()
    });
    world.user_groups.push(UserGroup {
        user: text("anna"),
        group: text("1"),
        permission: text("ro"),
    });
    world.tickets.push(Ticket {
        id: 1,
        number: text("1"),
        owner: text("anna"),
        account: text("ACME"),
        queue: text("1"),
        state_kind: text("open"),
        ..Ticket::default()
    });
    world
}

fn explain(world: &World, tree: &Node) -> super::explain::Explained {
    let person = world.person("anna").unwrap();
    decide(
        tree,
        &Case {
            person: &person,
            subject: &world.ticket(&world.tickets[0]),
            workspace: world,
        },
    )
}

#[test]
fn the_rule_that_decided_is_the_most_telling_one() {
    let model = registry::model("otobo").unwrap();
    let decided = |world: &World, tree: &Node| explain(world, tree).decided().rule.map(|r| r.id);
    let world = small();
    assert_eq!(decided(&world, &model.openable.ro), Some("otobo.openable.own"));
    assert_eq!(decided(&world, &model.lists[0].shows()), Some("otobo.mine.own"));
    assert_eq!(decided(&world, &model.reply.allowed), Some("otobo.group"));
    assert_eq!(decided(&world, &model.login), Some("otobo.login"));

    let mut stranger = small();
    stranger.tickets[0].owner = "bob".to_owned();
    assert_eq!(decided(&stranger, &model.openable.ro), Some("otobo.openable.account"));
    stranger.tickets[0].account = "BETA".to_owned();
    assert_eq!(decided(&stranger, &model.openable.ro), Some("otobo.openable.relation"));
    assert_eq!(
        decided(&stranger, &model.searchable.ro),
        Some("otobo.searchable.relation")
    );

    // Her account's ticket, of a group that is not hers: what is missing is the group, though another way (rights
    // on other accounts' tickets) is closed too.
    let mut barred = small();
    barred.user_groups.clear();
    barred.settings.set(
        "CustomerGroupPermissionContext###100-CustomerID-other",
        Value::Switch(true),
    );
    barred
        .settings
        .set("CustomerGroupAlwaysGroups", Value::Names(vec!["users".to_owned()]));
    barred.groups.push(crate::model::Group {
        key: "2".to_owned(),
        name: "users".to_owned(),
        ..Default::default()
    });
    assert_eq!(decided(&barred, &model.searchable.ro), Some("otobo.group"));
    barred.tickets[0].owner = "bob".to_owned();
    barred.tickets[0].account = "BETA".to_owned();
    assert_eq!(decided(&barred, &model.searchable.ro), Some("otobo.searchable"));

    let mut invalid = small();
    invalid.groups[0].validity = crate::model::Validity::Invalid;
    assert_eq!(decided(&invalid, &model.openable.ro), Some("otobo.group.valid"));
}

#[test]
fn what_entered_a_decision_is_told_with_names_and_values() {
    let model = registry::model("otobo").unwrap();
    let facts = explain(&small(), &model.openable.ro).decided().facts;
    assert!(
        facts.contains(&(Key::Owner.name().to_owned(), "anna".to_owned())),
        "{facts:?}"
    );
    assert!(facts.contains(&("login".to_owned(), "anna".to_owned())), "{facts:?}");
}

#[test]
fn a_missing_setting_is_unknown_where_it_enters_and_is_named() {
    let model = registry::model("otobo").unwrap();
    for needed in ["CustomerGroupSupport", "database", "Portico::NothingElseDecides"] {
        let mut world = small();
        world.settings.forget(needed);
        let explained = explain(&world, &model.openable.ro);
        assert_eq!(explained.verdict, Verdict::Unknown, "{needed}");
        assert_eq!(explained.missing_settings(), [needed]);
    }
    let mut world = small();
    world
        .settings
        .forget("Ticket::Frontend::CustomerDisableCompanyTicketAccess");
    // It is her own ticket, so access through accounts does not enter.
    assert_eq!(explain(&world, &model.openable.ro).answer(), Some(true));
    assert_eq!(explain(&world, &model.lists[1].shows()).answer(), None);
    // In no case does a missing setting hide that the group is not hers.
    world.user_groups.clear();
    assert_eq!(explain(&world, &model.openable.ro).answer(), Some(false));
}

#[test]
fn ignoring_case_is_assumed_only_where_it_decides() {
    let model = registry::model("otobo").unwrap();
    let mut world = small();
    world.settings.set("database", Value::choice("mysql"));
    assert_eq!(explain(&world, &model.lists[0].shows()).assumed(), []);
    world.tickets[0].owner = "ANNA".to_owned();
    let explained = explain(&world, &model.lists[0].shows());
    assert_eq!(explained.answer(), Some(true));
    let assumed: Vec<_> = explained.assumed().into_iter().map(|r| r.id).collect();
    assert_eq!(assumed, ["otobo.database.any_case"]);
    world.settings.set("database", Value::choice("postgresql"));
    assert_eq!(explain(&world, &model.lists[0].shows()).answer(), Some(false));
}

#[test]
fn on_mysql_a_company_in_another_case_limits_the_list_by_assumption() {
    let model = registry::model("otobo").unwrap();
    let mut world = small();
    world.users[0].account = "ACME".to_owned();
    world.tickets[0].account = "acme".to_owned();
    assert_eq!(explain(&world, &model.lists[1].shows()).answer(), Some(false));
    world.settings.set("database", Value::choice("mysql"));
    let explained = explain(&world, &model.lists[1].shows());
    assert_eq!(explained.answer(), Some(true));
    assert!(explained.assumed().iter().all(|r| r.standing == Standing::A));
    assert!(!explained.assumed().is_empty());
}

#[test]
fn after_what_decided_the_rest_is_skipped() {
    let tree = super::rule::any([Node::True, Node::False]);
    let explained = explain(&small(), &tree);
    assert_eq!(explained.children[0].verdict, Verdict::Passed);
    assert_eq!(explained.children[1].verdict, Verdict::Skipped);
    let tree = super::rule::all([Node::Unknown("why"), Node::False, Node::True]);
    let explained = explain(&small(), &tree);
    let verdicts: Vec<_> = explained.children.iter().map(|c| c.verdict).collect();
    assert_eq!(
        (explained.verdict, verdicts),
        (
            Verdict::Blocked,
            vec![Verdict::Unknown, Verdict::Blocked, Verdict::Skipped]
        )
    );
}

#[test]
fn every_desk_says_by_a_rule_whether_a_ticket_takes_a_reply() {
    for desk in registry::DESKS {
        let model = registry::model(desk).unwrap();
        let Node::Rule(rule, _) = &model.reply.allowed else {
            panic!("{desk}: {:?}", model.reply.allowed)
        };
        assert!(!rule.text.is_empty() && !rule.source.is_empty(), "{desk}: {rule:?}");
        let says = matches!(model.comment, Node::Rule(..));
        assert_eq!(model.has_comments(), says, "{desk}: {:?}", model.comment);
    }
}

#[test]
fn rule_ids_are_unique_and_say_one_thing() {
    for desk in registry::DESKS {
        let mut texts = std::collections::BTreeMap::new();
        for (_, tree) in trees(&registry::model(desk).unwrap()) {
            tree.rules(&mut |rule| {
                assert!(rule.text.ends_with('.') && !rule.source.is_empty(), "{}", rule.id);
                assert_eq!(texts.entry(rule.id).or_insert(*rule), rule);
            });
        }
        assert!(texts.len() > 4, "{desk}");
    }
}

#[test]
fn the_folds_compare_as_they_say() {
    assert!(Fold::Simple.same("İX", "ix") && !Fold::Full.same("İX", "ix"));
    assert!(Fold::Full.same("İX", "i\u{307}x") && !Fold::Simple.same("İX", "i\u{307}x"));
    assert!(!Fold::Exact.same("a", "A") && !Fold::Full.same("ß", "SS") && !Fold::Full.same("σ", "ς"));
}

/// The table of rules as docs/access.md has it.
fn rule_table() -> String {
    let mut rows = std::collections::BTreeMap::new();
    for desk in registry::DESKS {
        for (_, tree) in trees(&registry::model(desk).unwrap()) {
            tree.rules(&mut |rule| {
                rows.insert(
                    rule.id,
                    format!("| `{}` | {} | {} |\n", rule.id, rule.standing.letter(), rule.text),
                );
            });
        }
    }
    rows.into_values().collect()
}

#[test]
fn the_documentation_lists_every_rule_as_it_is() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/access.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let head = "| rule | standing | text |\n|---|---|---|\n";
    let (before, table) = text.split_once(head).unwrap();
    if std::env::var_os("PORTICO_WRITE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{head}{}", rule_table())).unwrap();
    } else {
        assert_eq!(
            table,
            rule_table(),
            "run this test with PORTICO_WRITE_DOCS=1 to write the table"
        );
    }
}
