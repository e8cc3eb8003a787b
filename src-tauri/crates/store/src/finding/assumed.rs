//! Assumed rules that decide for many people.

use portico_core::access::sway::sways;
use rusqlite::Connection;

use super::Scene;
use crate::error::Result;
use crate::visibility::people_where;

/// The check whose query is made here.
pub(super) const CHECK: &str = "assumed_rule";

/// A row a rule that decides for many: its id, and for how many people. Each person is asked by her record alone.
pub(super) fn query(c: &Connection, scene: &Scene) -> Result<String> {
    let Some(rules) = &scene.rules else {
        return Ok(NONE.to_owned());
    };
    let (model, settings) = &**rules;
    let mut parts = Vec::new();
    for sway in sways(model, settings) {
        parts.push(format!(
            "SELECT '{}' AS subject, CAST(count(*) AS TEXT) AS note FROM external_user u WHERE u.present = 1 AND {}
             HAVING count(*) >= :many",
            sway.rule.id,
            people_where(c, &sway.people)?
        ));
    }
    if parts.is_empty() {
        parts.push(NONE.to_owned());
    }
    Ok(parts.join(" UNION ALL "))
}

const NONE: &str = "SELECT '' AS subject, '' AS note WHERE 0";
