//! Settings of the desk that are facts: absent is unknown, never the default.

use std::collections::BTreeMap;

/// The value of a setting that enters a model.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// On or off; for a nested setting: active or absent.
    Switch(bool),
    /// One of a few words.
    Choice(String),
    /// Names of groups, or words.
    Names(Vec<String>),
    /// How many there are. Models ask no numbers: of a package they ask whether it is [`FREE`] or [`FULL`].
    Number(u32),
}

/// Of a package: somebody new can register.
pub const FREE: &str = "free";
/// Of a package: whoever is active takes one of its licences, and none is left.
pub const FULL: &str = "full";

impl Value {
    /// A choice by its word.
    pub fn choice(word: &str) -> Self {
        Self::Choice(word.to_owned())
    }

    /// For people: `true`, `postgresql`, `users, staff`.
    pub fn show(&self) -> String {
        match self {
            Self::Switch(on) => on.to_string(),
            Self::Choice(word) => word.clone(),
            Self::Names(names) => names.join(", "),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// The settings that are known, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings(BTreeMap<String, Value>);

impl Settings {
    /// The value; `None` where it is unknown.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Makes a value known.
    pub fn set(&mut self, name: impl Into<String>, value: Value) {
        self.0.insert(name.into(), value);
    }

    /// Makes a value unknown.
    pub fn forget(&mut self, name: &str) {
        self.0.remove(name);
    }
}

impl<N: Into<String>> FromIterator<(N, Value)> for Settings {
    fn from_iter<I: IntoIterator<Item = (N, Value)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

/// What a setting can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingKind {
    /// On or off.
    Switch,
    /// Names of groups.
    Groups,
    /// Some of these words.
    Words(&'static [&'static str]),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// How many licences a package has. A model is told whether it is [`FREE`] or [`FULL`].
    Package,
}

/// A setting a model needs before it can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeededSetting {
    /// The desk's own name.
    pub name: &'static str,
    /// What it can be.
    pub kind: SettingKind,
    /// The desk's default as JSON, to be offered (never to be taken); `None` where it has none.
    pub default: Option<&'static str>,
    /// What it decides, in English.
    pub text: &'static str,
    /// Whether the desk's documentation is silent, so that the default holds until somebody says otherwise. What it
    /// decides is then assumed, and says so.
    pub assumed: bool,
}

impl NeededSetting {
    /// The default as a value, where it holds until somebody says otherwise.
    pub fn assumed_value(&self) -> Option<Value> {
        let default = self.default.filter(|_| self.assumed)?;
        match self.kind {
            SettingKind::Switch => default.parse().ok().map(Value::Switch),
            SettingKind::Choice(_) => Some(Value::choice(default.trim_matches('"'))),
            SettingKind::Groups | SettingKind::Words(_) | SettingKind::Package => None,
        }
    }
}
