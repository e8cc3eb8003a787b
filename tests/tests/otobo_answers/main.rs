//! What a real OTOBO answered itself, against the access model: every list in order, every search, every ticket.
//! Writes what was checked to docs/proof.md.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod world;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use portico_core::access::decide::{Case, Person, holds};
use portico_core::access::fact::{Matching, Set};
use portico_core::access::model::{AccessModel, Permission};
use portico_core::access::registry;
use portico_core::access::rule::Node;
use portico_core::access::world::{World, WorldPerson, WorldSubject};
use portico_core::model::{Named, Ticket};
use serde_json::{Value as Json, json};

use crate::world::{load, settings};

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/otobo-small")
        .join(path)
}

/// What was checked, and what came out differently.
#[derive(Default)]
struct Proof {
    checks: BTreeMap<String, usize>,
    differences: Vec<String>,
}

impl Proof {
    /// One question, with as many checks as things it was asked about.
    fn check(&mut self, question: &str, place: &str, asked: usize, ours: &Json, theirs: &Json) {
        *self.checks.entry(question.to_owned()).or_default() += asked.max(1);
        if ours != theirs {
            self.differences
                .push(format!("{place} {question}: ours {ours}, theirs {theirs}"));
        }
    }
}

struct Look<'a> {
    world: &'a World,
    model: &'a AccessModel,
    person: WorldPerson<'a>,
}

impl Look<'_> {
    fn holds(&self, node: &Node, subject: &WorldSubject<'_>) -> bool {
        holds(
            node,
            &Case {
                person: &self.person,
                subject,
                workspace: self.world,
            },
        )
        .expect("every setting is known")
    }

    fn numbers(&self, node: &Node) -> Vec<String> {
        self.world.numbers(node, &self.person, Some(true))
    }

    fn names<'n>(&self, node: &Node, of: impl Iterator<Item = (&'n str, WorldSubject<'n>)>) -> Json {
        let mut names: Vec<&str> = of.filter(|(_, s)| self.holds(node, s)).map(|(name, _)| name).collect();
        names.sort_unstable();
        json!(names)
    }

    fn overview(&self) -> Json {
        let mut lists = BTreeMap::new();
        for list in &self.model.lists {
            if !self.holds(&list.present, &WorldSubject::default()) {
                continue;
            }
            let shows = list.shows();
            let open = Node::All(vec![shows.clone(), self.model.open_tab.clone()]);
            let closed = Node::All(vec![shows.clone(), Node::Not(Box::new(self.model.open_tab.clone()))]);
            lists.insert(
                list.name,
                json!({ "All": self.numbers(&shows), "Open": self.numbers(&open), "Closed": self.numbers(&closed) }),
            );
        }
        json!(lists)
    }

    fn zoom(&self, ticket: &Ticket) -> Json {
        let subject = self.world.ticket(ticket);
        let number = |yes: bool| json!(u8::from(yes));
        let activities: Vec<_> = self.world.activities.iter().filter(|a| a.ticket == ticket.id).collect();
        let shown = activities.iter().filter(|a| {
            self.holds(
                &self.model.activity,
                &WorldSubject {
                    visible: a.visible,
                    ..WorldSubject::default()
                },
            )
        });
        let may_reply = self.holds(&self.model.reply.allowed, &subject);
        let writable = self.holds(&self.model.openable.rw, &subject);
        let mut zoom = json!({
            "articles_total": activities.len(),
            "articles_visible": shown.map(|a| a.position).collect::<Vec<_>>(),
            "can_reply": number(may_reply),
            "ro": 1,
            "rw": number(writable),
        });
        if may_reply {
            let states = self.world.states.iter().map(|s| {
                let subject = WorldSubject {
                    state_kind: &s.kind,
                    validity: Some(s.validity),
                    ..WorldSubject::default()
                };
                (s.name.as_str(), subject)
            });
            zoom["reply_states"] = self.names(&self.model.reply.state, states);
        }
        zoom
    }

    fn new_ticket(&self) -> Json {
        let model = &self.model.new_ticket;
        let valid = |named: &'_ Named| WorldSubject {
            validity: Some(named.validity),
            ..WorldSubject::default()
        };
        json!({
            "queues": self.names(&model.queue, self.world.queues.iter().map(|q| (q.name.as_str(), self.world.queue(q)))),
            "types": self.names(&model.ticket_type, self.world.types.iter().map(|t| (t.name.as_str(), valid(t)))),
            "priorities": self.names(&model.priority, self.world.priorities.iter().map(|p| (p.name.as_str(), valid(p)))),
            "services": self.names(&model.service, self.world.services.iter().map(|s| (s.name.as_str(), valid(s)))),
            "state": model.state,
        })
    }

    fn accessible(&self) -> Json {
        let accounts = self.world.accounts.iter().map(|a| {
            (
                a.key.as_str(),
                WorldSubject {
                    account: &a.key,
                    ..WorldSubject::default()
                },
            )
        });
        self.names(&self.model.accessible, accounts)
    }

    fn groups(&self, permission: Permission) -> Json {
        let groups = self.world.groups.iter().map(|g| {
            (
                g.name.as_str(),
                WorldSubject {
                    group: Some(g),
                    ..WorldSubject::default()
                },
            )
        });
        self.names(self.model.member.get(permission), groups)
    }
}

fn sorted_keys(object: &Json) -> Json {
    let mut keys: Vec<_> = object.as_object().unwrap().keys().cloned().collect();
    keys.sort_unstable();
    json!(keys)
}

fn sorted(mut list: Vec<String>) -> Json {
    list.sort_unstable();
    json!(list)
}

fn compare(look: &Look<'_>, theirs: &Json, place: &str, proof: &mut Proof) {
    let tickets = look.world.tickets.len();
    let ids = look.person.values(&Set::Accounts {
        matching: Matching::Exact,
    });
    proof.check(
        "accounts of the person",
        place,
        ids.len(),
        &json!(ids),
        &theirs["customer_ids"],
    );
    proof.check(
        "accounts offered",
        place,
        look.world.accounts.len(),
        &look.accessible(),
        &sorted_keys(&theirs["accessible_customers"]),
    );
    for permission in [Permission::Ro, Permission::Rw] {
        let t = permission.name();
        proof.check(
            "groups",
            place,
            look.world.groups.len(),
            &look.groups(permission),
            &theirs["groups"][t],
        );
        let found = sorted(look.numbers(look.model.searchable.get(permission)));
        proof.check("search", place, tickets, &found, &theirs["search"][t]);
    }
    proof.check(
        "lists, tabs and order",
        place,
        tickets * 3 * look.model.lists.len(),
        &look.overview(),
        &theirs["overview"],
    );
    proof.check("new ticket", place, 5, &look.new_ticket(), &theirs["new_ticket"]);
    let login = look.holds(&look.model.login, &WorldSubject::default());
    proof.check("log-in", place, 1, &json!(login), &json!(theirs["valid_id"] == 1));

    let none = json!({});
    let zoom = theirs.get("zoom").unwrap_or(&none);
    let opened = sorted(look.numbers(&look.model.openable.ro));
    proof.check(
        "tickets that can be opened",
        place,
        tickets,
        &opened,
        &sorted_keys(zoom),
    );
    for ticket in &look.world.tickets {
        if let Some(theirs) = zoom.get(&ticket.number) {
            let mut theirs = theirs.clone();
            // "update" repeats the permission to write.
            assert_eq!(
                theirs.as_object_mut().unwrap().remove("update").as_ref(),
                theirs.get("rw")
            );
            let place = format!("{place} ticket {}", ticket.number);
            proof.check("ticket page", &place, 5, &look.zoom(ticket), &theirs);
        }
    }
}

/// The proof as a page; the same for the same answers.
fn page(by_setting: &[(String, Proof)]) -> String {
    let mut page = String::new();
    let questions: std::collections::BTreeSet<_> =
        by_setting.iter().flat_map(|(_, p)| p.checks.keys().cloned()).collect();
    let names: Vec<&str> = by_setting.iter().map(|(name, _)| name.as_str()).collect();
    writeln!(
        page,
        "| checks | {} |\n|---|{}",
        names.join(" | "),
        "--:|".repeat(names.len())
    )
    .unwrap();
    for question in &questions {
        let counts: Vec<String> = by_setting
            .iter()
            .map(|(_, p)| p.checks.get(question).copied().unwrap_or(0).to_string())
            .collect();
        writeln!(page, "| {question} | {} |", counts.join(" | ")).unwrap();
    }
    let sums: Vec<String> = by_setting
        .iter()
        .map(|(_, p)| p.checks.values().sum::<usize>().to_string())
        .collect();
    let different: Vec<String> = by_setting
        .iter()
        .map(|(_, p)| p.differences.len().to_string())
        .collect();
    writeln!(page, "| **checks** | {} |", sums.join(" | ")).unwrap();
    writeln!(page, "| **differences** | {} |", different.join(" | ")).unwrap();
    for difference in by_setting.iter().flat_map(|(_, p)| &p.differences) {
        writeln!(page, "- {difference}").unwrap();
    }
    page
}

#[test]
fn the_model_answers_like_the_desk_itself() {
    let mut world = load();
    assert_eq!(world.tickets.len(), 45);
    let model = registry::model("otobo").unwrap();
    let mut files: Vec<_> = std::fs::read_dir(fixture("answers"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    files.sort();
    assert_eq!(files.len(), 7);
    let mut proofs = Vec::new();
    for file in files {
        let answers: Json = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        world.settings = settings(&answers["config"]);
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let mut proof = Proof::default();
        let users = answers["users"].as_object().unwrap();
        assert_eq!(users.len(), 8);
        for (login, theirs) in users {
            let look = Look {
                world: &world,
                model: &model,
                person: world.person(login).unwrap(),
            };
            compare(&look, theirs, &format!("{name}: {login}"), &mut proof);
        }
        proofs.push((name, proof));
    }
    portico_tests::proof::write(
        "otobo (11.0.6, PostgreSQL 15; tests/fixtures/otobo-small)",
        &page(&proofs),
    )
    .unwrap();
    let differences: Vec<_> = proofs.iter().flat_map(|(_, p)| &p.differences).collect();
    assert!(differences.is_empty(), "{differences:#?}");
}
