//! What cannot be told, and what would have to be known.

use portico_core::access::model::Permission;
use portico_core::access::untold::Untold as Missing;
use portico_store::visibility::Question;

use super::look::At;
use crate::error::ApiError;
use crate::types::preview::Untold;

/// Each as it crosses the bridge.
pub(super) fn shown(missing: &[Missing]) -> Vec<Untold> {
    let each = missing.iter().map(|one| Untold {
        setting: one.setting.to_owned(),
        why: one.why.to_owned(),
    });
    each.collect()
}

/// What is missing before it can be told whether the person may log in, and what she sees; `tickets` where of some it
/// cannot be told.
pub(super) fn because(at: &At<'_>, tickets: bool) -> Result<Vec<Untold>, ApiError> {
    let mut missing = at.eyes.missing_for(&at.model.login);
    if tickets {
        for question in [Question::Listed, Question::Openable(Permission::Ro)] {
            missing.extend(at.eyes.missing_for(&at.eyes.tree(&question)?));
        }
    }
    missing.sort();
    missing.dedup();
    Ok(shown(&missing))
}
