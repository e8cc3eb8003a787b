//! The tree as people read it: rules, with what entered them, and no scaffolding.
//!
//! Settings that chose a branch become facts of the rule above them; junctions without words that hold one
//! thing, or the same kind of junction, disappear. No verdict changes.

use super::explain::{Explained, Kind, Verdict};

impl Explained {
    /// The tree without scaffolding. The root stays, whatever it is.
    #[must_use]
    pub fn simplified(&self) -> Self {
        let mut root = Self {
            children: Vec::new(),
            ..self.clone()
        };
        for child in &self.children {
            root.take_in(child.simplified());
        }
        root.unwrap_single();
        root
    }

    /// Adds a child that is simplified already, dissolving it where it has nothing to say of its own.
    fn take_in(&mut self, child: Self) {
        if child.rule.is_none() && child.is_setting() && child.verdict != Verdict::Unknown {
            self.add_facts(child.facts);
        } else if child.rule.is_none() && child.is_constant() && child.decides_nothing(self.kind) {
            // The other side of a setting: it held, or did not, without a reason of its own.
        } else if child.rule.is_none() && child.dissolves_in(self) {
            self.add_facts(child.facts);
            self.children.extend(child.children);
        } else {
            self.children.push(child);
        }
    }

    /// A junction of one thing is that thing; a rule with one fact has that fact.
    fn unwrap_single(&mut self) {
        if self.children.len() != 1 || self.kind == Kind::Not || self.children[0].rule.is_some() {
            return;
        }
        let Some(only) = self.children.pop() else { return };
        if only.verdict != self.verdict {
            self.children.push(only);
            return;
        }
        if self.rule.is_none() {
            self.text = only.text;
        }
        self.kind = only.kind;
        self.setting = self.setting.or(only.setting);
        self.untold = self.untold.or(only.untold);
        self.add_facts(only.facts);
        self.children = only.children;
    }

    fn dissolves_in(&self, parent: &Self) -> bool {
        let junction = matches!(self.kind, Kind::All | Kind::Any) && self.text.is_empty();
        // A junction of one decides as its child does; one of the same kind is part of the outer one. What was
        // skipped has no children to hand over.
        junction && self.verdict != Verdict::Skipped && (self.kind == parent.kind || self.children.len() == 1)
    }

    fn is_constant(&self) -> bool {
        self.kind == Kind::Fact && self.text.is_empty() && self.facts.is_empty()
    }

    fn decides_nothing(&self, parent: Kind) -> bool {
        match self.verdict {
            Verdict::Passed => parent == Kind::All,
            Verdict::Blocked => parent == Kind::Any,
            Verdict::Skipped => true,
            Verdict::Unknown => false,
        }
    }

    fn add_facts(&mut self, facts: Vec<(String, String)>) {
        for fact in facts {
            if !self.facts.contains(&fact) {
                self.facts.push(fact);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::super::decide::{Case, decide};
    use super::super::explain::{Explained, Verdict};
    use super::super::registry::model;
    use super::super::world_random::{Dice, settings, world};

    fn walk(node: &Explained, visit: &mut impl FnMut(&Explained)) {
        visit(node);
        node.children.iter().for_each(|child| walk(child, visit));
    }

    fn rules(node: &Explained) -> Vec<(&'static str, Verdict)> {
        let mut found = Vec::new();
        walk(node, &mut |n| found.extend(n.rule.map(|rule| (rule.id, n.verdict))));
        found
    }

    #[test]
    fn every_rule_keeps_its_place_and_verdict_and_no_scaffolding_is_left() {
        let model = model("otobo").unwrap();
        let mut compared = 0;
        for seed in 0..20 {
            let mut dice = Dice::new(seed);
            let settings = settings(&mut dice, 15, &["postgresql", "mysql"]);
            let world = world(&mut dice, settings);
            let person = world.person(&world.users[0].key).unwrap();
            for ticket in world.tickets.iter().take(10) {
                let subject = world.ticket(ticket);
                let case = Case {
                    person: &person,
                    subject: &subject,
                    workspace: &world,
                };
                for (_, tree) in model.trees() {
                    let whole = decide(tree, &case);
                    let simple = whole.simplified();
                    assert_eq!(simple.verdict, whole.verdict);
                    assert_eq!(rules(&simple), rules(&whole));
                    compared += rules(&whole).len();
                    walk(&simple, &mut |node| {
                        let scaffolding = node
                            .children
                            .iter()
                            .find(|c| c.is_setting() && c.verdict != Verdict::Unknown);
                        assert_eq!(scaffolding, None);
                    });
                }
            }
        }
        assert!(compared > 5_000, "{compared}");
    }
}
