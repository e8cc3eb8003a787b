//! The pages, tabs, buttons and homes of portals.

use proptest::prelude::*;

use super::Plain;
use crate::access::decide::{Case, holds};
use crate::access::registry;
use crate::access::setting::Value;
use crate::access::world::{World, WorldSubject};
use crate::access::world_links::world_of;
use crate::access::world_random::Dice;
use crate::model::LEVELS;

proptest! {
    #[test]
    fn elma365_shows_pages_buttons_and_apps_as_its_help_says(seed: u64) {
        let world = world_of("elma365", &mut Dice::new(seed), 0);
        let model = registry::model("elma365").unwrap();
        for user in &world.users {
            let (person, plain) = (world.person(&user.key).unwrap(), Plain { world: &world, user });
            for object in &world.objects {
                let subject = world.object(object);
                let case = Case { person: &person, subject: &subject, workspace: &world };
                let asked = model.objects.iter().find(|(kinds, _)| kinds.contains(&object.kind.as_str()));
                let Some((_, node)) = asked else { continue };
                let mut page = object;
                while page.kind != "page" && let Some(above) = world.objects.iter().find(|o| o.key == page.parent) {
                    page = above;
                }
                let granted = plain.elma365_object(&object.key, LEVELS);
                let on_page = plain.on("Portal::Active") && (plain.is("Portal::Pages", "everybody")
                    || page.kind == "page" && plain.elma365_object(&page.key, LEVELS));
                let expected = match object.kind.as_str() {
                    "page" => on_page,
                    "button" => on_page && granted,
                    _ => granted,
                };
                prop_assert_eq!(holds(node, &case), Some(expected), "{} {}", object.kind, object.key);
                let creates = plain.elma365_object(&object.key, &["create", "edit", "delete", "full"]);
                prop_assert_eq!(holds(&model.new_ticket.app, &case), Some(creates), "new in {}", object.key);
            }
        }
    }

    #[test]
    fn innosoft_shows_the_tabs_that_are_set(seed: u64) {
        let world = world_of("innosoft", &mut Dice::new(seed), 0);
        let model = registry::model("innosoft").unwrap();
        for user in &world.users {
            let person = world.person(&user.key).unwrap();
            for (name, node) in &model.home {
                let subject = WorldSubject { name, ..WorldSubject::default() };
                let case = Case { person: &person, subject: &subject, workspace: &world };
                let named = match world.settings.get("Portal::DashboardTabs") {
                    Some(Value::Names(tabs)) => tabs.iter().any(|tab| tab == name),
                    _ => false,
                };
                let expected = match *name {
                    "ContactPerson" => user.right_contact_person,
                    "machines" => named && !user.address.is_empty() && user.right_machines,
                    _ => named && !user.address.is_empty(),
                };
                prop_assert_eq!(holds(node, &case), Some(expected), "{}", name);
            }
        }
    }
}

/// The portal's home for a visitor and for somebody who has logged in, in every scenario.
#[test]
fn zoho_opens_its_home_as_the_scenarios_say() {
    struct Who(bool);
    impl crate::access::decide::Person for Who {
        fn values(&self, _: &crate::access::fact::Set) -> std::borrow::Cow<'_, [String]> {
            std::borrow::Cow::Borrowed(&[])
        }
        fn flag(&self, flag: crate::access::fact::Flag) -> bool {
            flag == crate::access::fact::Flag::Visitor && self.0
        }
    }
    let model = registry::model("zoho").unwrap();
    let mut told = Vec::new();
    for (access, login) in [("all", false), ("all", true), ("registered", false)] {
        let mut world = World::default();
        for needed in &model.settings {
            if let Some(value) = needed.assumed_value() {
                world.settings.set(needed.name, value);
            }
        }
        world.settings.set("Portal::Access", Value::choice(access));
        world.settings.set("Portal::LoginToSubmit", Value::Switch(login));
        for (name, on) in [
            ("Portal::AddRequestWidget", true),
            ("Portal::SubmitRequestTab", true),
            ("Portal::Forums", true),
        ] {
            world.settings.set(name, Value::Switch(on));
        }
        for visitor in [true, false] {
            let nothing = crate::access::decide::Nothing;
            let case = Case {
                person: &Who(visitor),
                subject: &nothing,
                workspace: &world,
            };
            let home = model
                .home
                .iter()
                .filter(|(_, node)| holds(node, &case) == Some(true))
                .map(|(name, _)| *name);
            let who = if visitor { "visitor" } else { "customer" };
            let submits = holds(&model.new_ticket.allowed, &case) == Some(true);
            told.push(format!(
                "{access}/{login} {who}: {} submits={submits}",
                home.collect::<Vec<_>>().join("+")
            ));
        }
    }
    assert_eq!(
        told,
        [
            "all/false visitor: AddRequestWidget+SubmitRequestTab+KnowledgeBase+Forums submits=true",
            "all/false customer: AddRequestWidget+SubmitRequestTab+KnowledgeBase+Forums submits=true",
            "all/true visitor: AddRequestWidget+SubmitRequestTab+KnowledgeBase+Forums submits=false",
            "all/true customer: AddRequestWidget+SubmitRequestTab+KnowledgeBase+Forums submits=true",
            "registered/false visitor:  submits=false",
            "registered/false customer: AddRequestWidget+SubmitRequestTab+KnowledgeBase+Forums submits=true",
        ]
    );
    // The table is data: another word in a cell is another home.
    let mut world = World::default();
    world.settings.set("Portal::Access", Value::choice("registered"));
    world.settings.set("Portal::AddRequestWidget", Value::Switch(true));
    let widget = &model
        .home
        .iter()
        .find(|(name, _)| *name == "AddRequestWidget")
        .unwrap()
        .1;
    for (word, shown) in [
        ("configured", Some(true)),
        ("nothing", Some(false)),
        ("no such word", None),
    ] {
        world
            .settings
            .set("Portal::Scenario::Registered::Customer", Value::choice(word));
        let nothing = crate::access::decide::Nothing;
        let case = Case {
            person: &Who(false),
            subject: &nothing,
            workspace: &world,
        };
        assert_eq!(holds(widget, &case), shown, "{word}");
    }
}
