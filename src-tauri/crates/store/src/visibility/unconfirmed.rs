//! Settings about which a desk's documentation is silent and whose value nobody has confirmed: what hangs on one is assumed.

use portico_core::access::fact::Set;
use portico_core::access::model::{AccessModel, Permission};
use portico_core::access::setting::{NeededSetting, Settings};
use rusqlite::Connection;

use super::directory::{Directory, given, setting_value};
use crate::error::Result;
use crate::table::desk_setting;

/// Those of a model, in its order.
pub(super) fn unconfirmed(c: &Connection, model: &AccessModel) -> Result<Vec<NeededSetting>> {
    let rows = desk_setting::all(c)?;
    let is_given = |needed: &NeededSetting| {
        let mut of_it = rows.iter().filter(|row| row.name == needed.name);
        of_it.any(|row| setting_value(needed.kind, &row.value).is_some())
    };
    let assumed = model.settings.iter().filter(|needed| needed.assumed_value().is_some());
    Ok(assumed.filter(|needed| !is_given(needed)).copied().collect())
}

/// The settings as they are given, without those that are assumed.
pub(super) fn confirmed(c: &Connection, model: &AccessModel) -> Result<Settings> {
    let mut settings = given(c, model)?;
    for needed in unconfirmed(c, model)? {
        settings.forget(needed.name);
    }
    Ok(settings)
}

impl Directory {
    /// What a model asks about a person under the settings that are confirmed, whatever the others may be.
    pub(super) fn sets_of(&self, model: &AccessModel) -> Vec<Set> {
        let mut settings = self.settings().clone();
        for needed in &self.unconfirmed {
            settings.forget(needed.name);
        }
        model.sets_under(&settings)
    }

    /// Names of the settings that nobody has confirmed and that enter who may log in and who sees tickets.
    pub fn assumed_of_tickets(&self, model: &AccessModel) -> Vec<&'static str> {
        let trees = [&model.login, &model.listed(), model.openable.get(Permission::Ro)];
        let enters = |needed: &&NeededSetting| trees.iter().any(|tree| tree.asks_for(needed.name));
        self.unconfirmed
            .iter()
            .filter(enters)
            .map(|needed| needed.name)
            .collect()
    }
}
