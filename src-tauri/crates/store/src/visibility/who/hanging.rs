//! How many more people may see a ticket, should a setting that nobody has confirmed be another one than is assumed.

use portico_core::access::hangs::Without;
use portico_core::access::known::ForTicket;
use portico_core::access::rule::{Node, any, not};
use portico_core::access::setting::NeededSetting;

use super::{Watched, bare};
use crate::error::Result;

impl Watched<'_> {
    /// Each such setting, with the number of people who do not see it as long as the setting is as assumed, and of whom
    /// it could not be told without; those of nobody are left out.
    pub fn hanging(&self) -> Result<Vec<(NeededSetting, u64)>> {
        let seen = any([self.listed(), self.openable()]);
        let with = self.bounds(&seen).upper;
        let mut hanging = Vec::new();
        for setting in &self.here.directory.unconfirmed {
            if !seen.asks_for(setting.name) {
                continue;
            }
            let workspace = Without {
                workspace: &self.here,
                setting: setting.name,
            };
            let without = seen.reduce(&ForTicket {
                subject: &self.subject,
                workspace: &workspace,
            });
            let more = bare(&Node::All(vec![without.upper(), not(with.clone())]));
            let people = self.people(&more)?.len();
            if people > 0 {
                hanging.push((*setting, people));
            }
        }
        Ok(hanging)
    }
}
