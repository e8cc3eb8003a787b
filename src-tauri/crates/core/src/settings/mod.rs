//! Settings of a desk's portal: what each holds, what it decides, and what is assumed until somebody says.
//!
//! * [`PortalSetting`]: one setting; one file per desk lists its own, [`registry`] knows the desks.
//! * [`check`]: whether a value fits. The window, the command line and imports use this one check.
//!
//! Values are JSON texts. A setting that is absent is unknown; where the desk's documentation is silent
//! ([`PortalSetting::is_assumed`]) its default holds until somebody says otherwise, and what it decides says so.

mod check;
pub(crate) mod daktela;
pub(crate) mod elma365;
pub(crate) mod innosoft;
pub(crate) mod otobo;
pub mod registry;
pub(crate) mod zoho;

pub use check::check;

use crate::access::rule::Standing;
use crate::access::setting::{NeededSetting, SettingKind};
use crate::form::field::Entity;

/// How many licences a package has, where a desk counts them.
pub const LICENCES_TOTAL: &str = "Portico::LicencesTotal";

/// What a setting holds, and the JSON that it is kept as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// On or off: `true`, `false`.
    Switch,
    /// One of these words: `"contact"`.
    Choice(&'static [&'static str]),
    /// A whole number from the first to the second: `25`.
    Number(u32, u32),
    /// One line of text: `"support.example.org"`.
    Text,
    /// Names of records, which need not exist: `["users"]`.
    Names(Entity),
    /// The name of one record, which need not exist; empty for none: `"new"`.
    One(Entity),
    /// Some of these words, in the order in which they are shown: `["number", "title"]`.
    Words(&'static [&'static str]),
}

impl Kind {
    /// Its name, as it crosses the bridge.
    pub fn name(self) -> &'static str {
        match self {
            Self::Switch => "switch",
            Self::Choice(_) => "choice",
            Self::Number(..) => "number",
            Self::Text => "text",
            Self::Names(_) => "names",
            Self::One(_) => "one",
            Self::Words(_) => "words",
        }
    }

    /// The words to choose from; empty where it holds something else.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Self::Choice(words) | Self::Words(words) => words,
            _ => &[],
        }
    }

    /// The records whose names it holds.
    pub fn entity(self) -> Option<Entity> {
        match self {
            Self::Names(entity) | Self::One(entity) => Some(entity),
            _ => None,
        }
    }
}

/// A setting of a portal.
#[derive(Debug, Clone, Copy)]
pub struct PortalSetting {
    /// The desk's own name, or one of ours (`Portal::Involvement`) where the desk has none.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The desk's default as JSON; `None` where it has none. Never taken silently, unless it is assumed.
    pub default: Option<&'static str>,
    /// Where it stands on the screen.
    pub section: &'static str,
    /// What it decides, in English.
    pub text: &'static str,
    /// How well its meaning and default are known.
    pub standing: Standing,
    /// Whether it decides who sees what: an access model asks for it.
    pub decides: bool,
    /// Its place in a table of settings that are shown together, row and column.
    pub cell: Option<(&'static str, &'static str)>,
}

impl PortalSetting {
    /// Whether the default holds until somebody says otherwise, because the documentation is silent.
    pub fn is_assumed(&self) -> bool {
        self.standing == Standing::A && self.default.is_some()
    }

    /// As an access model needs it; `None` where it decides nothing.
    pub(crate) fn needed(&self) -> Option<NeededSetting> {
        let kind = match self.kind {
            _ if !self.decides => return None,
            Kind::Switch => SettingKind::Switch,
            Kind::Choice(words) => SettingKind::Choice(words),
            Kind::Names(Entity::Group) => SettingKind::Groups,
            Kind::Words(words) => SettingKind::Words(words),
            Kind::Number(..) => SettingKind::Package,
            // No model asks for anything else; a test holds every deciding setting to these kinds.
            _ => return None,
        };
        Some(NeededSetting {
            name: self.name,
            kind,
            default: self.default,
            text: self.text,
            assumed: self.is_assumed(),
        })
    }
}

/// A setting whose meaning is documented, and that decides nothing by itself.
const fn plain(section: &'static str, name: &'static str, kind: Kind, text: &'static str) -> PortalSetting {
    PortalSetting {
        name,
        kind,
        default: None,
        section,
        text,
        standing: Standing::D,
        decides: false,
        cell: None,
    }
}

/// A setting that decides who sees what.
const fn deciding(section: &'static str, name: &'static str, kind: Kind, text: &'static str) -> PortalSetting {
    PortalSetting {
        decides: true,
        ..plain(section, name, kind, text)
    }
}

/// With the desk's default, which is offered.
const fn offered(default: &'static str, setting: PortalSetting) -> PortalSetting {
    PortalSetting {
        default: Some(default),
        ..setting
    }
}

/// With a default that is assumed.
const fn assumed(default: &'static str, setting: PortalSetting) -> PortalSetting {
    PortalSetting {
        default: Some(default),
        standing: Standing::A,
        ..setting
    }
}
