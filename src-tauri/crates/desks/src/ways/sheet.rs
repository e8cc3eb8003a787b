//! New people as a table under the desk's own headings.

use portico_core::form::field::{Entity, Field, Kind as FieldKind};
use portico_core::spreadsheet::harmless;

use super::{FieldWay, Way, Ways, link};
use crate::error::DeskError;
use crate::plan::{Kind, Operation, PASSWORD, Plan};
use crate::worklist::cells;

/// What stands between several values of one cell.
const BETWEEN: &str = "; ";

/// Which fields the table has, and what it calls them; `None` leaves one out.
pub(crate) type Heading = fn(&Field, &FieldWay) -> Option<&'static str>;

/// New people, a row each; `None` where there are none. Links of theirs stand together in one cell.
pub(crate) fn new_people(ways: &Ways, plan: &Plan, heading: Heading) -> Result<Option<String>, DeskError> {
    let people: Vec<&Operation> = plan
        .operations
        .iter()
        .filter(|o| o.entity == "external_user" && o.kind == Kind::Create)
        .collect();
    let Some(records) = ways.of(Entity::ExternalUser).filter(|_| !people.is_empty()) else {
        return Ok(None);
    };
    let columns: Vec<(&Field, &str)> = Entity::ExternalUser
        .fields()
        .iter()
        .filter_map(|field| {
            let way = records.field(field.name)?;
            let goes =
                matches!(way.way, Way::Call | Way::Step) && field.name != PASSWORD && field.kind != FieldKind::Status;
            Some((field, heading(field, way).filter(|_| goes)?))
        })
        .collect();
    let mut rows = vec![columns.iter().map(|(_, label)| (*label).to_owned()).collect::<Vec<_>>()];
    for person in people {
        rows.push(
            columns
                .iter()
                .map(|(field, _)| cell(&value(plan, person, field)))
                .collect(),
        );
    }
    Ok(Some(cells(rows.into_iter())?))
}

/// What a new person has in a field.
fn value(plan: &Plan, person: &Operation, field: &Field) -> String {
    if field.kind.is_linked() {
        return links(plan, &person.key, field.name).join(BETWEEN);
    }
    let is_hers = |o: &&Operation| o.entity == "external_user" && o.key == person.key;
    let mut values = plan.operations.iter().filter(is_hers).map(|o| o.new_value(field.name));
    let text = values.find(|text| !text.is_empty()).unwrap_or_default();
    let known = field
        .kind
        .refers_to()
        .and_then(|entity| plan.known.get(&(entity.name().to_owned(), text.to_owned())));
    known.map_or(text, |known| &known.name).to_owned()
}

/// What a new person is linked with by one field of the form.
fn links(plan: &Plan, user: &str, field: &str) -> Vec<String> {
    let of_person = plan
        .operations
        .iter()
        .filter(|o| o.kind == Kind::Link && link::owner_of(&o.entity) == "user" && o.value("user") == user);
    of_person
        .filter_map(|o| {
            let fields = o
                .changes
                .iter()
                .map(|c| (c.field.clone().into(), o.value(&c.field).to_owned()))
                .collect();
            let (_, found) = link::field_of(&o.entity, &fields)?;
            let named = o.changes.iter().find(|c| c.field != "user")?;
            (found == field).then(|| o.value(&named.field).to_owned())
        })
        .collect()
}

/// A cell that is no formula. A telephone number keeps its plus sign: digits alone call nothing, and a desk reads it as
/// it stands.
fn cell(text: &str) -> String {
    let is_number = text.starts_with('+') && text.chars().skip(1).all(|c| c.is_ascii_digit() || " ()/.".contains(c));
    if is_number {
        text.to_owned()
    } else {
        harmless(text).into_owned()
    }
}
