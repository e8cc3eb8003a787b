//! What the desk's forms are made of: read off core's descriptions, for callers that draw or fill them.

use portico_core::form::field::{Entity, Field, Kind};
use portico_core::form::{FieldRule, FormRules, registry};
use portico_core::model::{LEVELS, Validity};

use crate::error::ApiError;
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::form::{DeskForm, EntityForm, FieldInfo, PasswordInfo};

/// All forms of the workspace's desk.
pub fn desk_form(session: &Session) -> Result<DeskForm, ApiError> {
    session.may(Action::Read)?;
    describe(session.desk())
}

/// All forms of a desk.
pub(crate) fn describe(desk: &str) -> Result<DeskForm, ApiError> {
    let rules = rules(desk)?;
    let name = |validity: &Validity| validity.name().to_owned();
    Ok(DeskForm {
        desk: desk.to_owned(),
        user: entity_form(Entity::ExternalUser, rules.fields),
        entities: rules.entities.iter().map(|e| entity_form(e.entity, e.fields)).collect(),
        permissions: rules.permissions.iter().map(ToString::to_string).collect(),
        levels: LEVELS.iter().map(ToString::to_string).collect(),
        statuses: rules.status.offered.iter().map(name).collect(),
        first_status: rules.status.first.name().to_owned(),
        steps: rules
            .status
            .steps
            .iter()
            .map(|(from, to)| (name(from), name(to)))
            .collect(),
        login_change: rules.login_change.name().to_owned(),
        login_from: rules.login_from.to_owned(),
        password: PasswordInfo {
            ways: rules.password.ways.iter().map(ToString::to_string).collect(),
            min: small(rules.password.min),
            mixed: rules.password.mixed,
            standing: rules.password.standing.letter().to_owned(),
        },
    })
}

/// The demands of a desk.
pub(crate) fn rules(desk: &str) -> Result<&'static FormRules, ApiError> {
    registry::rules(desk).ok_or_else(|| ApiError::not_found("desk", desk))
}

fn entity_form(entity: Entity, rules: &[FieldRule]) -> EntityForm {
    EntityForm {
        entity: entity.name().to_owned(),
        fields: entity.fields().iter().map(|field| field_info(field, rules)).collect(),
    }
}

fn field_info(field: &Field, rules: &[FieldRule]) -> FieldInfo {
    let rule = rules.iter().find(|rule| rule.field == field.name);
    let choices = if let Kind::Choice(words) = field.kind {
        words
    } else {
        &[]
    };
    FieldInfo {
        name: field.name.to_owned(),
        kind: kind_name(field.kind).to_owned(),
        entity: field.kind.refers_to().map(Entity::name).unwrap_or_default().to_owned(),
        choices: choices.iter().map(ToString::to_string).collect(),
        tab: field.tab.to_owned(),
        section: field.section.to_owned(),
        known: rule.is_some() || field.own,
        own: field.own,
        max: rule.map_or(0, |rule| small(rule.max)),
        required: rule.is_some_and(|rule| rule.required),
    }
}

/// The name of what a field holds, as it crosses the bridge.
pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Code => "code",
        Kind::Email => "email",
        Kind::Long => "long",
        Kind::Flag => "flag",
        Kind::Choice(_) => "choice",
        Kind::Status => "status",
        Kind::Password => "password",
        Kind::Date => "date",
        Kind::Custom => "custom",
        Kind::One(_) => "one",
        Kind::Many(_) => "many",
        Kind::Rights(_) => "rights",
        Kind::Levels(_) => "levels",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::{describe, registry};

    /// The window's stand-in for the program, used in tests and browsers, draws the same forms.
    #[test]
    fn the_committed_forms_of_the_stand_in_are_those_of_the_desks() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/bridge/fake/forms.gen.json");
        let forms: BTreeMap<_, _> = registry::DESKS
            .iter()
            .map(|desk| (*desk, describe(desk).unwrap()))
            .collect();
        let fresh = serde_json::to_string(&forms).unwrap() + "\n";
        if std::env::var_os("PORTICO_WRITE_BINDINGS").is_some() {
            return std::fs::write(file, fresh).unwrap();
        }
        let committed = std::fs::read_to_string(file).unwrap();
        assert!(committed == fresh, "forms.gen.json is stale; run `make bindings`");
    }
}
