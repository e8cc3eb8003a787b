//! For whom an assumed rule can decide something, as a condition on people alone.
//!
//! What a rule decides is as [`Explained::assumed`](super::explain::Explained::assumed) has it: where one of several ways
//! is enough, by letting somebody in; where all have to hold, by shutting somebody out. Of tickets nothing is asked: what
//! could hold of some ticket counts, so that these are all for whom it decides, and some more.

use std::collections::BTreeMap;

use super::fact::{Fact, Flag, Fold, Matching, Set};
use super::model::AccessModel;
use super::rule::{Known, Node, Rule, Standing};
use super::setting::{Settings, Value};

/// An assumed rule, and the people for whom it can decide: a tree of flags, and of sets that have values.
#[derive(Debug, Clone, PartialEq)]
pub struct Sway {
    /// The rule.
    pub rule: Rule,
    /// Holds of those people.
    pub people: Node,
}

/// Which outcomes of a rule make a difference to what is above it.
#[derive(Clone, Copy)]
struct Matters {
    passed: bool,
    blocked: bool,
}

const BOTH: Matters = Matters {
    passed: true,
    blocked: true,
};

/// The assumed rules that can decide something for somebody under these settings, by id. Rules that only compare names
/// in another way than what stands beside them are left out: for whom that matters is in the names.
pub fn sways(model: &AccessModel, settings: &Settings) -> Vec<Sway> {
    let mut walk = Walk {
        settings,
        found: BTreeMap::new(),
    };
    let enters = walk.possible(&model.login, true);
    for (_, tree) in model.trees() {
        let of_all = std::ptr::eq(tree, &raw const model.login);
        walk.node(tree, if of_all { &Node::True } else { &enters }, BOTH);
    }
    let found = walk.found.into_values();
    found
        .map(|(rule, ways)| Sway {
            rule,
            people: tidy(&Node::Any(ways)),
        })
        .filter(|sway| sway.people != Node::False)
        .collect()
}

struct Walk<'a> {
    settings: &'a Settings,
    found: BTreeMap<&'static str, (Rule, Vec<Node>)>,
}

impl Walk<'_> {
    /// `context` holds of people for whom what is above the node does not decide already.
    fn node(&mut self, node: &Node, context: &Node, matters: Matters) {
        if *context == Node::False {
            return;
        }
        match node {
            Node::True | Node::False | Node::Unknown(_) | Node::Is(_) => {}
            Node::Not(inner) => {
                let turned = Matters {
                    passed: matters.blocked,
                    blocked: matters.passed,
                };
                self.node(inner, context, turned);
            }
            Node::Switch(name, branches) => {
                // What a setting chooses among several conditions may let in by its choice alone.
                let matters = Matters {
                    passed: matters.passed || matters.blocked,
                    ..matters
                };
                if let Some(branch) = self.branch(name, branches) {
                    self.node(branch, context, matters);
                }
            }
            Node::Rule(rule, body) => {
                if rule.standing == Standing::A {
                    self.take(*rule, body, context, matters);
                }
                self.node(body, context, BOTH);
            }
            Node::All(nodes) => self.junction(nodes, context, true),
            Node::Any(nodes) => self.junction(nodes, context, false),
        }
    }

    fn take(&mut self, rule: Rule, body: &Node, context: &Node, matters: Matters) {
        let mut ways = Vec::new();
        if matters.passed {
            ways.push(self.possible(body, true));
        }
        if matters.blocked {
            ways.push(self.possible(body, false));
        }
        let people = tidy(&Node::All(vec![context.clone(), Node::Any(ways)]));
        self.found.entry(rule.id).or_insert((rule, Vec::new())).1.push(people);
    }

    /// The parts of an All (or of an Any): the others must not have decided.
    fn junction(&mut self, nodes: &[Node], context: &Node, all: bool) {
        let open = |node: &&Node| self.possible(node, !all) != Node::False;
        let alone = nodes.iter().filter(open).count() == 1;
        let one = Matters {
            passed: !all,
            blocked: all,
        };
        for (n, node) in nodes.iter().enumerate() {
            let others = || {
                nodes
                    .iter()
                    .enumerate()
                    .filter(|(m, _)| *m != n)
                    .map(|(_, other)| other)
            };
            if compares(node).is_some_and(|body| others().any(|other| alike(body, other))) {
                continue;
            }
            let mut conditions = vec![context.clone()];
            conditions.extend(others().map(|other| self.possible(other, all)));
            self.node(node, &tidy(&Node::All(conditions)), if alone { BOTH } else { one });
        }
    }

    fn branch<'n>(&self, name: &str, branches: &'n [(Value, Node)]) -> Option<&'n Node> {
        let value = self.settings.get(name)?;
        branches.iter().find(|(v, _)| v == value).map(|(_, node)| node)
    }

    /// Of whom the node can come out like this, whatever it is asked about.
    fn possible(&self, node: &Node, wanted: bool) -> Node {
        tidy(&self.may(node, wanted))
    }

    fn may(&self, node: &Node, wanted: bool) -> Node {
        let of = |nodes: &[Node]| nodes.iter().map(|n| self.may(n, wanted)).collect();
        match node {
            Node::True | Node::False => constant((*node == Node::True) == wanted),
            Node::Unknown(_) => Node::True,
            Node::All(nodes) if wanted => Node::All(of(nodes)),
            Node::All(nodes) => Node::Any(of(nodes)),
            Node::Any(nodes) if wanted => Node::Any(of(nodes)),
            Node::Any(nodes) => Node::All(of(nodes)),
            Node::Not(inner) => self.may(inner, !wanted),
            Node::Rule(_, body) => self.may(body, wanted),
            Node::Switch(name, branches) => match self.branch(name, branches) {
                Some(branch) => self.may(branch, wanted),
                None => Node::True,
            },
            Node::Is(fact) => of_people(fact, wanted),
        }
    }
}

fn constant(holds: bool) -> Node {
    if holds { Node::True } else { Node::False }
}

/// What a fact comes to where nothing is known of what it is asked about.
fn of_people(fact: &Fact, wanted: bool) -> Node {
    let told = match *fact {
        Fact::Flag(Flag::Visitor) => return constant(!wanted),
        Fact::In(_, set, _) | Fact::Only(_, set, _) if wanted && !set.is_common() && !is_never_empty(set) => {
            return Node::Is(Fact::Some(set));
        }
        Fact::Some(set) | Fact::One(set) if !set.is_common() && !is_never_empty(set) => *fact,
        Fact::Flag(_) => *fact,
        _ => return Node::True,
    };
    if wanted {
        Node::Is(told)
    } else {
        Node::Not(Box::new(Node::Is(told)))
    }
}

/// Everybody is somebody.
fn is_never_empty(set: Set) -> bool {
    matches!(set, Set::Login | Set::Own)
}

/// What an assumed rule says.
fn compares(node: &Node) -> Option<&Node> {
    match node {
        Node::Rule(rule, body) if rule.standing == Standing::A => Some(body),
        _ => None,
    }
}

/// Whether two trees ask the same but for how names are compared.
fn alike(a: &Node, b: &Node) -> bool {
    exactly(a) == exactly(b)
}

/// The tree without its rules, as if all names were compared exactly.
fn exactly(node: &Node) -> Node {
    let of = |nodes: &[Node]| nodes.iter().map(exactly).collect();
    let plain = match node {
        Node::All(nodes) => Node::All(of(nodes)),
        Node::Any(nodes) => Node::Any(of(nodes)),
        Node::Not(inner) => Node::Not(Box::new(exactly(inner))),
        Node::Rule(_, body) => exactly(body),
        Node::Is(fact) => Node::Is(match *fact {
            Fact::In(key, set, _) => Fact::In(key, exact(set), Fold::Exact),
            Fact::Only(key, set, _) => Fact::Only(key, exact(set), Fold::Exact),
            Fact::Some(set) => Fact::Some(exact(set)),
            Fact::One(set) => Fact::One(exact(set)),
            fact => fact,
        }),
        other => other.clone(),
    };
    tidy(&plain)
}

fn exact(set: Set) -> Set {
    let matching = Matching::Exact;
    match set {
        Set::Accounts { .. } => Set::Accounts { matching },
        Set::Groups { any_of, .. } => Set::Groups { any_of, matching },
        Set::Accessible { any_of, other, .. } => Set::Accessible {
            any_of,
            other,
            matching,
        },
        Set::AccountGroups { any_of, other, .. } => Set::AccountGroups {
            any_of,
            other,
            matching,
        },
        set => set,
    }
}

/// Knows nothing: reducing by it folds constants.
struct Nothing;

impl Known for Nothing {
    fn fact(&self, _: &Fact) -> Option<Node> {
        None
    }

    fn setting(&self, _: &str) -> Option<Option<Value>> {
        None
    }
}

/// Whether whoever is among the one is among the other: it asks for all of it, and more.
fn narrower(node: &Node, than: &Node) -> bool {
    let conditions = |node: &Node| match node {
        Node::All(nodes) => nodes.clone(),
        one => vec![one.clone()],
    };
    let all = conditions(node);
    node != than && conditions(than).iter().all(|one| all.contains(one))
}

/// Constants folded, and everything once.
fn tidy(node: &Node) -> Node {
    fn once(nodes: &[Node], join: fn(Vec<Node>) -> Node) -> Node {
        let mut kept: Vec<Node> = Vec::new();
        for node in nodes.iter().map(dedup) {
            if !kept.contains(&node) {
                kept.push(node);
            }
        }
        match kept.as_slice() {
            [one] => one.clone(),
            _ => join(kept),
        }
    }
    fn dedup(node: &Node) -> Node {
        match node {
            Node::All(nodes) => once(nodes, Node::All),
            Node::Any(nodes) => {
                let nodes: Vec<Node> = nodes.iter().map(dedup).collect();
                let wide = nodes
                    .iter()
                    .filter(|one| !nodes.iter().any(|other| narrower(one, other)));
                once(&wide.cloned().collect::<Vec<_>>(), Node::Any)
            }
            Node::Not(inner) => Node::Not(Box::new(dedup(inner))),
            other => other.clone(),
        }
    }
    dedup(&node.reduce(&Nothing))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use proptest::prelude::*;

    use super::super::decide::{Case, Nothing, Subject, Workspace, decide, holds};
    use super::super::registry::{DESKS, model};
    use super::super::world_links::any_world;
    use super::super::world_random::Dice;
    use super::*;

    fn people_of(desk: &str, settings: &[(&str, Value)]) -> BTreeMap<&'static str, Node> {
        let model = model(desk).unwrap();
        let assumed = model.settings.iter().filter_map(|n| Some((n.name, n.assumed_value()?)));
        let mut all: Settings = assumed.collect();
        for (name, value) in settings {
            all.set(*name, value.clone());
        }
        sways(&model, &all)
            .into_iter()
            .map(|sway| (sway.rule.id, sway.people))
            .collect()
    }

    fn flag(flag: Flag) -> Node {
        Node::Is(Fact::Flag(flag))
    }

    #[test]
    fn a_rule_that_lets_in_is_about_those_who_have_what_it_asks_for() {
        let innosoft = people_of("innosoft", &[]);
        let enters = [flag(Flag::Valid), flag(Flag::External)];
        let own = Node::Is(Fact::Some(Set::OwnAddress));
        let [valid, external] = enters;
        assert_eq!(
            innosoft["innosoft.address.own"],
            Node::All(vec![valid.clone(), external.clone(), own])
        );
        // Whoever is shut out by it, and nobody else.
        let Node::All(shut_out) = &innosoft["innosoft.login.valid"] else {
            panic!("{innosoft:?}")
        };
        assert!(shut_out.contains(&Node::Not(Box::new(valid))) && shut_out.contains(&external));
    }

    #[test]
    fn a_setting_takes_a_rule_out() {
        let pages = |word: &str| people_of("elma365", &[("Portal::Pages", Value::choice(word))]);
        let (everybody, granted) = (pages("everybody"), pages("granted"));
        assert!(everybody.contains_key("elma365.page.everybody") && !everybody.contains_key("elma365.page.granted"));
        assert!(!granted.contains_key("elma365.page.everybody") && granted.contains_key("elma365.page.granted"));
        let shut = people_of("elma365", &[("Portal::Active", Value::Switch(false))]);
        assert_eq!(shut.len(), 0, "nobody enters: {shut:?}");
    }

    #[test]
    fn how_names_compare_is_not_counted() {
        let settings = [
            ("database", Value::choice("mysql")),
            ("CustomerGroupSupport", Value::Switch(true)),
        ];
        let mut otobo = people_of("otobo", &settings);
        otobo.extend(people_of("otobo", &settings[..1]));
        assert!(!otobo.contains_key("otobo.database.any_case"), "{otobo:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn for_whom_it_decides_is_among_those_people(seed: u64, desk in 0..DESKS.len()) {
            let world = any_world(DESKS[desk], &mut Dice::new(seed), 0);
            let model = model(DESKS[desk]).unwrap();
            let known = model.settings.iter().filter_map(|n| Some((n.name, world.setting(n.name)?)));
            let sways = sways(&model, &known.collect());
            for user in &world.users {
                let person = world.person(&user.key).unwrap();
                let case = |subject: &dyn Subject, node: &Node| decide(node, &Case { person: &person, subject, workspace: &world });
                let enters = case(&Nothing, &model.login).answer() != Some(false);
                for ticket in world.tickets.iter().take(8) {
                    let subject = world.ticket(ticket);
                    for (name, tree) in model.trees().into_iter().filter(|(name, _)| enters || name == "login") {
                        let told = case(&subject, tree);
                        for rule in told.assumed().into_iter().filter(|_| told.answer() == Some(true)) {
                            // For whom that matters is in the names.
                            if rule.id == "otobo.database.any_case" {
                                continue;
                            }
                            let sway = sways.iter().find(|sway| sway.rule == rule);
                            let among = sway.map(|sway| holds(&sway.people, &Case { person: &person, subject: &Nothing, workspace: &world }));
                            prop_assert_eq!(among, Some(Some(true)), "{} {} {}", name, rule.id, user.key);
                        }
                    }
                }
            }
        }
    }
}
