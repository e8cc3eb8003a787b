//! What a desk can take of its forms, field by field: by a call of its interface, by a step that a person takes in its
//! screens, or not at all. A desk says it once, in a table; [`plan`] and the files follow from that.

pub(crate) mod link;
mod password;
pub(crate) mod plan;
pub(crate) mod readme;
mod refuse;
pub(crate) mod sheet;
pub(crate) mod worklist;
pub(crate) mod write;

use portico_core::form::field::{Entity, Field};

use crate::plan::{Fields, Kind, PlanInput};

/// The target of what a call does.
pub(crate) const CALLS: &str = "calls.jsonl";
/// The target of what a person does.
pub(crate) const WORKLIST: &str = crate::plan::BY_HAND;
/// The same for spreadsheets.
pub(crate) const WORKLIST_CSV: &str = "worklist.csv";

/// Why something is not exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reason {
    /// A key of the catalogue.
    pub(crate) code: &'static str,
    /// The same in English, and what to do instead.
    pub(crate) text: &'static str,
}

/// How something comes into the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// A call of its interface.
    Call,
    /// A step in its screens.
    Step,
    /// It does not.
    Not(Reason),
    /// The desk makes it itself: what is new has none, and a change of it does not go in.
    Made(Reason),
}

/// A field of a form, in the desk's own words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldWay {
    /// Its name in the form.
    pub(crate) field: &'static str,
    /// What the desk calls it.
    pub(crate) label: &'static str,
    /// How it comes into the desk.
    pub(crate) way: Way,
}

/// A field that a call takes; its label is its name there.
pub(crate) const fn call(field: &'static str, label: &'static str) -> FieldWay {
    FieldWay {
        field,
        label,
        way: Way::Call,
    }
}

/// A field that a person fills in.
pub(crate) const fn step(field: &'static str, label: &'static str) -> FieldWay {
    FieldWay {
        field,
        label,
        way: Way::Step,
    }
}

/// A field that the desk does not take.
pub(crate) const fn not(field: &'static str, label: &'static str, reason: Reason) -> FieldWay {
    FieldWay {
        field,
        label,
        way: Way::Not(reason),
    }
}

/// A field that the desk fills in itself.
pub(crate) const fn made(field: &'static str, label: &'static str, reason: Reason) -> FieldWay {
    FieldWay {
        field,
        label,
        way: Way::Made(reason),
    }
}

/// What a person is told to do, and whether that is documented.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    /// In the imperative.
    pub(crate) text: &'static str,
    /// Whether no documentation says so.
    pub(crate) assumed: bool,
}

/// Documented.
pub(crate) const fn told(text: &'static str) -> Told {
    Told { text, assumed: false }
}

/// Not documented.
pub(crate) const fn assumed(text: &'static str) -> Told {
    Told { text, assumed: true }
}

/// A kind of record in the desk's screens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RecordWays {
    /// Which.
    pub(crate) entity: Entity,
    /// What the desk calls one.
    pub(crate) thing: &'static str,
    /// Where its screens are.
    pub(crate) place: Told,
    /// How one is added there.
    pub(crate) add: &'static str,
    /// How a change is kept.
    pub(crate) save: &'static str,
    /// Its fields.
    pub(crate) fields: &'static [FieldWay],
}

impl RecordWays {
    /// What is said of a field; `None` where the desk has none of that name.
    pub(crate) fn field(&self, name: &str) -> Option<&'static FieldWay> {
        self.fields.iter().find(|way| way.field == name)
    }

    /// Whether a call makes such a record.
    pub(crate) fn is_called(&self) -> bool {
        self.fields.iter().any(|way| way.way == Way::Call)
    }
}

/// How access of a person ends and begins again, and what is said of passwords.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AccessWays {
    /// Out of force.
    pub(crate) end: Told,
    /// In force again.
    pub(crate) resume: Told,
    /// Why a person who never was in force cannot be taken out of it; `None` where she can.
    pub(crate) end_unused: Option<Reason>,
    /// How she is invited; `None` where the desk invites nobody.
    pub(crate) invite: Option<Told>,
    /// Whether a call invites.
    pub(crate) invite_by_call: bool,
}

/// How a field of a record comes into the desk, where that is not what the table says.
pub(crate) type RecordWay = fn(entity: Entity, field: &str, is_new: bool, way: Way) -> Way;
/// How a link comes into the desk, where that is not what its field's table says.
pub(crate) type LinkWay = fn(kind: Kind, entity: &str, fields: &Fields, input: &PlanInput, way: Way) -> Way;

/// All that is said of a desk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ways {
    /// The desk's id.
    pub(crate) id: &'static str,
    /// Its name for people.
    pub(crate) name: &'static str,
    /// Its kinds of records.
    pub(crate) records: &'static [RecordWays],
    /// Access of people.
    pub(crate) access: AccessWays,
    /// What differs between new records and others.
    pub(crate) record: RecordWay,
    /// What differs for links.
    pub(crate) link: LinkWay,
    /// What a person is to mind when she makes or takes away a link: its table, and what becomes of it.
    pub(crate) mind: &'static [(&'static str, Kind, &'static str)],
}

impl Ways {
    /// A kind of record; `None` where the desk has none.
    pub(crate) fn of(&self, entity: Entity) -> Option<&'static RecordWays> {
        self.records.iter().find(|ways| ways.entity == entity)
    }

    /// What the desk calls a field; the form's name of it where it has none.
    pub(crate) fn label<'n>(&self, entity: Entity, field: &'n str) -> &'n str {
        self.of(entity)
            .and_then(|ways| ways.field(field))
            .map_or(field, |way| way.label)
    }

    /// What a status is called.
    pub(crate) fn status_word<'n>(&self, status: &'n str) -> &'n str {
        let rules = portico_core::form::registry::rules(self.id);
        let known = portico_core::model::Validity::from_name(status);
        match (rules, known) {
            (Some(rules), Some(status)) => rules.status.word(status),
            _ => status,
        }
    }
}

/// A field of a record comes in as the table says.
pub(crate) fn as_the_table(_: Entity, _: &str, _: bool, way: Way) -> Way {
    way
}

/// A link comes in as the table says.
pub(crate) fn as_the_field(_: Kind, _: &str, _: &Fields, _: &PlanInput, way: Way) -> Way {
    way
}

/// The field of an entity's form.
pub(crate) fn form_field(entity: Entity, name: &str) -> Option<&'static Field> {
    entity.fields().iter().find(|field| field.name == name)
}
