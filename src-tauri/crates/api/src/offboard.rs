//! Ending the access of people who leave, as one change: status, links, last day.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use portico_core::form::FormRules;
use portico_core::form::field::{Entity, Field, Kind};
use portico_core::id::ExternalUserId;
use portico_core::model::Validity;
use portico_store::Connection;
use portico_store::table::portal_object;

use crate::bulk::{self, Change, Person, Terms};
use crate::error::ApiError;
use crate::exposure::{Each, Work};
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::bulk::{
    Authored, BulkSaved, FieldLinks, Leaver, Offboard, OffboardChoices, OffboardOptions, OffboardPreview, StatusStep,
};
use crate::types::exposure::Exposure;
use crate::types::form::FieldValue;
use crate::types::users::UserForm;

/// People who are named.
const MOST_LEAVERS: usize = 50;
/// Names of objects of which they are Author.
const MOST_AUTHORED: u32 = 5;
/// Names of what one of them loses in a field.
const MOST_NAMES: usize = 50;

/// What an offboarding can do in the workspace's desk.
pub fn offboard_choices(session: &Session) -> Result<OffboardChoices, ApiError> {
    session.may(Action::Read)?;
    let rules = crate::forms::rules(session.desk())?;
    let names = |fields: Vec<&'static Field>| fields.into_iter().map(|field| field.name.to_owned()).collect();
    let usual = removable(rules).filter(|field| is_list(field)).collect();
    Ok(OffboardChoices {
        statuses: rules.status.closing().map(|status| status.name().to_owned()).collect(),
        fields: names(removable(rules).collect()),
        usual: names(usual),
        today: crate::numbers::today().to_string(),
    })
}

/// What an offboarding would remove from whom.
pub fn offboard_preview(session: &Session, input: &Offboard, work: &mut Work<'_>) -> Result<OffboardPreview, ApiError> {
    session.may(Action::Read)?;
    let rules = crate::forms::rules(session.desk())?;
    let change = change_of(rules, &input.options)?;
    session.store().read(|c| {
        let people = crate::selection::people(c, &input.people)?;
        let mut told = bulk::telling(work, "reading");
        let mut seen = Seen::default();
        let tally = bulk::tally(c, session.desk(), &people, &change, &mut told.pulse(), &mut |person| {
            seen.look(c, rules, &input.options, person)
        })?;
        Ok(seen.told(rules, tally.preview(&change), authored(c, rules, &people)?))
    })
}

/// What access an offboarding takes away. Its errors are those of the save.
pub fn offboard_exposure(session: &Session, input: &Offboard, work: &mut Work<'_>) -> Result<Exposure, ApiError> {
    session.may(Action::Preview)?;
    exposure_of(session, input, work, None)
}

/// The same; `each` hears of everybody who is concerned.
pub(crate) fn exposure_of(
    session: &Session,
    input: &Offboard,
    work: &mut Work<'_>,
    each: Option<Each<'_>>,
) -> Result<Exposure, ApiError> {
    let change = change_of(crate::forms::rules(session.desk())?, &input.options)?;
    let people = session.store().read(|c| crate::selection::people(c, &input.people))?;
    bulk::exposed(session, &people, &change, input.skip_invalid, work, each)
}

/// Ends the access of people, as one change. `version` is that of the preview.
pub fn offboard(
    session: &Session,
    input: &Offboard,
    version: Option<&str>,
    work: &mut Work<'_>,
) -> Result<BulkSaved, ApiError> {
    session.may(Action::Edit)?;
    let change = change_of(crate::forms::rules(session.desk())?, &input.options)?;
    let terms = Terms {
        version,
        skip_invalid: input.skip_invalid,
    };
    bulk::saved(session, "intent.offboard", terms, work, |c| {
        Ok((crate::selection::people(c, &input.people)?, change))
    })
}

fn is_list(field: &Field) -> bool {
    matches!(field.kind, Kind::Many(_) | Kind::Rights(_) | Kind::Levels(_))
}

/// Fields that lead to other records and may be empty. The back end is where the person's record lies: she leaves,
/// it does not.
fn removable(rules: &FormRules) -> impl Iterator<Item = &'static Field> {
    let required: Vec<&str> = rules.fields.iter().filter(|r| r.required).map(|r| r.field).collect();
    let fields = Entity::ExternalUser.fields().iter();
    fields.filter(move |field| {
        let entity = field.kind.refers_to();
        entity.is_some_and(|entity| entity != Entity::Backend) && !required.contains(&field.name)
    })
}

/// The offboarding as a change of a form.
fn change_of(rules: &'static FormRules, options: &OffboardOptions) -> Result<Change<'static>, ApiError> {
    let status = closing_status(rules, &options.status)?;
    for name in &options.remove {
        if !removable(rules).any(|field| field.name == name) {
            return Err(ApiError::refused(format!("{name:?} is no link that can be removed")));
        }
    }
    if !options.end_date.is_empty() && options.end_date.parse::<Date>().is_err() {
        let message = format!("{:?} is no day; write it as 2026-11-26", options.end_date);
        return Err(ApiError::refused(message));
    }
    let named = |name: &str| match name {
        "status" | "password" => status.is_some(),
        "expires" => !options.end_date.is_empty(),
        link => options.remove.iter().any(|field| field == link),
    };
    let options = options.clone();
    Ok(Change {
        fields: bulk::fields_where(named),
        apply: Box::new(move |form| end(rules, status, &options, form)),
    })
}

fn closing_status(rules: &FormRules, name: &str) -> Result<Option<Validity>, ApiError> {
    if name.is_empty() {
        return Ok(None);
    }
    let found = rules.status.closing().find(|status| status.name() == name);
    let known: Vec<&str> = rules.status.closing().map(Validity::name).collect();
    let refusal = || ApiError::refused(format!("status: {name:?} is none of {}", known.join(", ")));
    found.map(Some).ok_or_else(refusal)
}

/// Ends the access of the person with this form.
fn end(rules: &FormRules, status: Option<Validity>, options: &OffboardOptions, form: &mut UserForm) {
    if let Some(to) = status {
        let from = Validity::from_name(&form.status);
        if from.is_some_and(|from| rules.status.allows(from, to)) {
            to.name().clone_into(&mut form.status);
        }
        // No invitation may go out to somebody who leaves.
        "unchanged".clone_into(&mut form.password);
    }
    for name in &options.remove {
        let field = Entity::ExternalUser.fields().iter().find(|field| field.name == name);
        let empty = match field {
            Some(field) if is_list(field) => FieldValue::List(Vec::new()),
            _ => FieldValue::Text(String::new()),
        };
        // `change_of` has seen that it is a field that can be empty.
        let _fits = form.put(name, empty);
    }
    if !options.end_date.is_empty() && (form.expires.is_empty() || form.expires > options.end_date) {
        form.expires.clone_from(&options.end_date);
    }
}

/// What is told of people beside what differs.
#[derive(Default)]
struct Seen {
    statuses: BTreeMap<(String, String), u32>,
    /// Links and people, by field.
    links: HashMap<&'static str, (u32, u32)>,
    leavers: Vec<Leaver>,
    /// Names of records, by id.
    names: HashMap<String, String>,
}

impl Seen {
    fn look(
        &mut self,
        c: &Connection,
        rules: &FormRules,
        options: &OffboardOptions,
        person: &Person,
    ) -> Result<(), ApiError> {
        let (before, after) = (&person.before, &person.after);
        let status = (before.status.clone(), after.status.clone());
        *self.statuses.entry(status.clone()).or_default() += 1;
        let mut removed = Vec::new();
        for field in removable(rules) {
            let held = before.value(field.name).map(entries).unwrap_or_default();
            if held.is_empty() {
                continue;
            }
            let (links, people) = self.links.entry(field.name).or_default();
            *links += small(held.len());
            *people += 1;
            if self.leavers.len() < MOST_LEAVERS && options.remove.iter().any(|name| name == field.name) {
                removed.push((field.name.to_owned(), self.named(c, field, held)?));
            }
        }
        if self.leavers.len() < MOST_LEAVERS {
            self.leavers.push(Leaver {
                id: person.row.id.to_string(),
                login: person.row.login.clone(),
                name: crate::users::person_name(before),
                status,
                end: (before.expires.clone(), after.expires.clone()),
                removed,
            });
        }
        Ok(())
    }

    fn named(&mut self, c: &Connection, field: &Field, held: Vec<(String, String)>) -> Result<Vec<String>, ApiError> {
        let mut names = Vec::new();
        for (id, right) in held.into_iter().take(MOST_NAMES) {
            let name = match (self.names.get(&id), field.kind.refers_to()) {
                (Some(name), _) => name.clone(),
                (None, Some(entity)) => {
                    let name = bulk::label(c, entity, &id)?;
                    self.names.insert(id, name.clone());
                    name
                }
                (None, None) => id,
            };
            names.push(if right.is_empty() {
                name
            } else {
                format!("{name} {right}")
            });
        }
        Ok(names)
    }

    fn told(self, rules: &FormRules, edit: crate::types::bulk::BulkPreview, authored: Authored) -> OffboardPreview {
        let step = |((from, to), people)| StatusStep { from, to, people };
        let mut statuses: Vec<StatusStep> = self.statuses.into_iter().map(step).collect();
        statuses.sort_by_key(|step| std::cmp::Reverse(step.people));
        let counted = |field: &'static Field| {
            let (links, people) = *self.links.get(field.name)?;
            let field = field.name.to_owned();
            Some(FieldLinks { field, links, people })
        };
        OffboardPreview {
            edit,
            statuses,
            links: removable(rules).filter_map(counted).collect(),
            leavers: self.leavers,
            authored,
        }
    }
}

/// The rights as Author, where the desk knows such. An offboarding leaves them: they belong to the objects.
fn authored(c: &Connection, rules: &FormRules, people: &[ExternalUserId]) -> Result<Authored, ApiError> {
    let people = if rules.knows(Entity::PortalObject, "author") {
        people
    } else {
        &[]
    };
    let found = portal_object::authored(c, people, MOST_AUTHORED)?;
    Ok(Authored {
        objects: small(found.objects),
        people: small(found.people),
        names: found.names,
    })
}

/// The records that a field leads to, each with the rights on it.
fn entries(value: FieldValue) -> Vec<(String, String)> {
    match value {
        FieldValue::Text(id) if id.is_empty() => Vec::new(),
        FieldValue::Text(id) => vec![(id, String::new())],
        FieldValue::Flag(_) => Vec::new(),
        FieldValue::List(ids) => ids.into_iter().map(|id| (id, String::new())).collect(),
        FieldValue::Groups(rights) => rights.into_iter().map(|r| (r.group, r.permissions.join(" "))).collect(),
        FieldValue::Objects(rights) => rights.into_iter().map(|r| (r.object, r.level)).collect(),
    }
}

#[cfg(test)]
mod tests;
