//! What a tree answers: a verdict on every node, and which rule decided.

use super::rule::{Rule, Standing};

/// How a node came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Passed,
    /// It does not hold.
    Blocked,
    /// An earlier condition had already decided.
    Skipped,
    /// It cannot be told.
    Unknown,
}

impl Verdict {
    /// `passed`, `blocked`, `skipped` or `unknown`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Blocked => "blocked",
            Self::Skipped => "skipped",
            Self::Unknown => "unknown",
        }
    }

    /// The verdict of the opposite.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Passed => Self::Blocked,
            Self::Blocked => Self::Passed,
            other => other,
        }
    }

    /// Yes, no, or `None` where it cannot be told.
    pub fn answer(self) -> Option<bool> {
        match self {
            Self::Passed => Some(true),
            Self::Blocked => Some(false),
            Self::Skipped | Self::Unknown => None,
        }
    }
}

impl From<Option<bool>> for Verdict {
    fn from(answer: Option<bool>) -> Self {
        match answer {
            Some(true) => Self::Passed,
            Some(false) => Self::Blocked,
            None => Self::Unknown,
        }
    }
}

/// How a node is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// All of its children.
    All,
    /// One of its children.
    Any,
    /// Not its child.
    Not,
    /// A fact.
    Fact,
}

impl Kind {
    /// `all`, `any`, `not` or `fact`.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::Not => "not",
            Self::Fact => "fact",
        }
    }
}

/// A node with its verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The rule it is, where it is one.
    pub rule: Option<Rule>,
    /// The rule's text, or the fact in English; empty for a bare junction.
    pub text: String,
    /// How it came out.
    pub verdict: Verdict,
    /// How it is made.
    pub kind: Kind,
    /// Names and values that entered here.
    pub facts: Vec<(String, String)>,
    /// The setting that is missing here.
    pub setting: Option<&'static str>,
    /// The setting whose value chose what stands here.
    pub under: Option<&'static str>,
    /// What is not known here, where the model itself says so.
    pub untold: Option<&'static str>,
    /// Person and ticket meet here: it holds, or would hold if it came to it.
    pub meets: bool,
    /// What it is made of.
    pub children: Vec<Explained>,
    /// At the root: the settings on which the answer hangs and which nobody has confirmed, as rules
    /// ([`hangs_on`](super::hangs::hangs_on)).
    pub hangs_on: Vec<Rule>,
}

/// Of several ways that are closed, the one of which more holds than of any other: what is missing there is what
/// people want to know. None where no way stands out.
fn nearest<'a>(ways: &[&'a Explained]) -> Option<&'a Explained> {
    let best = ways.iter().map(|way| way.held()).max().filter(|held| *held > 0)?;
    let mut nearest = ways.iter().filter(|way| way.held() == best);
    match (nearest.next(), nearest.next()) {
        (Some(one), None) if one.has_rule() => Some(one),
        _ => None,
    }
}

/// The rule that decided, with what entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The rule; `None` where no rule has a say.
    pub rule: Option<Rule>,
    /// Names and values that entered below it, each once.
    pub facts: Vec<(String, String)>,
}

impl Explained {
    /// A node without text.
    pub fn bare(kind: Kind, verdict: Verdict) -> Self {
        Self {
            rule: None,
            text: String::new(),
            verdict,
            kind,
            facts: Vec::new(),
            setting: None,
            under: None,
            untold: None,
            meets: false,
            children: Vec::new(),
            hangs_on: Vec::new(),
        }
    }

    /// The answer; `None` where it cannot be told.
    pub fn answer(&self) -> Option<bool> {
        self.verdict.answer()
    }

    /// The rule that decided: down the path of the verdict as far as it is one path. Where several conditions
    /// share the decision (none of the ways in is open), it is the rule that holds them together; where all had to
    /// hold, it is the last of them, which models put where the most telling one belongs.
    pub fn decided(&self) -> Decided {
        let mut last = None;
        let node = self.deciding_node(&mut last);
        let rule = node.rule.or(last);
        let mut facts = Vec::new();
        node.collect_facts(&mut facts);
        Decided { rule, facts }
    }

    /// The children that made the verdict what it is.
    fn deciding(&self) -> Vec<&Self> {
        let wanted = if self.kind == Kind::Not {
            self.verdict.reversed()
        } else {
            self.verdict
        };
        let same = self.children.iter().filter(|c| c.verdict == wanted && !c.is_setting());
        match (self.kind, self.verdict) {
            (Kind::All, Verdict::Passed) => same.rev().find(|c| c.has_rule()).into_iter().collect(),
            (Kind::All, Verdict::Blocked) | (Kind::Any, Verdict::Passed) => same.take(1).collect(),
            // A way in that is switched off for everybody tells less about this ticket than one that is closed to it.
            (Kind::Any, Verdict::Blocked) => {
                let (off, closed): (Vec<_>, Vec<_>) = same.partition(|c| c.says_only_settings());
                if closed.is_empty() { off } else { closed }
            }
            _ => same.collect(),
        }
    }

    /// Whether nothing but settings entered here.
    fn says_only_settings(&self) -> bool {
        let leaf = self.verdict == Verdict::Skipped || self.facts.is_empty() || self.is_setting();
        leaf && self.children.iter().all(Self::says_only_settings)
    }

    fn deciding_node<'a>(&'a self, last: &mut Option<Rule>) -> &'a Self {
        if let Some(rule) = self.rule {
            *last = Some(rule);
        }
        match self.deciding().as_slice() {
            [one] if one.has_rule() => one.deciding_node(last),
            several if self.kind == Kind::Any => match nearest(several) {
                Some(one) => one.deciding_node(last),
                None => self,
            },
            _ => self,
        }
    }

    fn has_rule(&self) -> bool {
        self.rule.is_some()
            || self
                .children
                .iter()
                .any(|c| c.verdict != Verdict::Skipped && c.has_rule())
    }

    /// The fact that a setting has a value.
    pub(super) fn is_setting(&self) -> bool {
        self.kind == Kind::Fact && self.rule.is_none() && self.facts.len() == 1 && self.facts[0].0 == self.text
    }

    fn collect_facts(&self, facts: &mut Vec<(String, String)>) {
        if self.verdict == Verdict::Skipped {
            return;
        }
        for fact in &self.facts {
            if !facts.contains(fact) {
                facts.push(fact.clone());
            }
        }
        for child in self
            .children
            .iter()
            .filter(|child| child.setting.is_some() || !child.is_setting())
        {
            child.collect_facts(facts);
        }
    }

    /// In how many places person and ticket meet here.
    fn held(&self) -> usize {
        usize::from(self.meets) + self.children.iter().map(Self::held).sum::<usize>()
    }

    /// Rules that are only assumed and without which the answer would be another one: those that passed where one
    /// was enough, and those that blocked where all had to hold; and settings on which it hangs.
    pub fn assumed(&self) -> Vec<Rule> {
        let mut rules = Vec::new();
        self.collect_assumed(true, &mut rules);
        rules.extend(&self.hangs_on);
        rules
    }

    /// `matters`: whether dropping this node would change what is above it.
    fn collect_assumed(&self, matters: bool, rules: &mut Vec<Rule>) {
        if let Some(rule) = self.rule
            && rule.standing == Standing::A
            && matters
            && !rules.contains(&rule)
        {
            rules.push(rule);
        }
        let alone = self.children.iter().filter(|c| !c.is_setting()).count() == 1;
        for child in self.deciding_for_assumed() {
            // Dropping a condition that held from All, or a way that was closed from Any, changes nothing.
            let matters = match (self.kind, self.verdict) {
                (Kind::All, Verdict::Passed) | (Kind::Any, Verdict::Blocked) => alone,
                _ => true,
            };
            child.collect_assumed(matters, rules);
        }
    }

    /// Like `deciding`, with every condition of an All that passed.
    fn deciding_for_assumed(&self) -> Vec<&Self> {
        if self.kind == Kind::All && self.verdict == Verdict::Passed {
            return self.children.iter().collect();
        }
        self.deciding()
    }

    /// Names of the settings whose absence made this unknown, each once.
    pub fn missing_settings(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        self.collect_missing(&mut names);
        names
    }

    fn collect_missing(&self, names: &mut Vec<&'static str>) {
        if self.verdict != Verdict::Unknown {
            return;
        }
        if let Some(name) = self.setting
            && !names.contains(&name)
        {
            names.push(name);
        }
        for child in &self.children {
            child.collect_missing(names);
        }
    }
}
