//! Editing many people at once, and ending the access of people who leave.

use portico_core::error::FieldProblem;
use serde::{Deserialize, Serialize};

use super::form::FieldValue;
use super::selection::Selection;

/// An edit of one field, the same for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, specta::Type)]
pub struct FieldEdit {
    /// The field's name in the form.
    pub field: String,
    /// `set`: it holds the value. For fields that hold a list also `add`: it holds these too (a right: at least this
    /// one), and `remove`: it holds them no longer (a group without permissions, an object without a level: whatever
    /// right there is on it). For rights also `change`: whoever has one there gets this one in its place, and nobody else.
    /// Of custom fields, `add` sets those that are named and `remove` takes them away; the others stay.
    pub how: String,
    /// The value.
    pub value: FieldValue,
}

/// An edit of many people. What is not named stays as it is, in everybody.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
pub struct BulkEdit {
    /// Whom to edit.
    pub people: Selection,
    /// What to edit; done in this order.
    pub edits: Vec<FieldEdit>,
    /// Whether people whose form would become invalid are passed over; else they stop the whole edit.
    pub skip_invalid: bool,
}

/// What is wrong with the form that a person would have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct BulkProblem {
    /// The person's id.
    pub id: String,
    /// The login.
    pub login: String,
    /// The name for people.
    pub name: String,
    /// What is wrong, and in which field.
    pub problem: FieldProblem,
}

/// In how many people a field would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct FieldCount {
    /// The field's name.
    pub field: String,
    /// In how many people.
    pub people: u32,
}

/// What an edit would do, asked before it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct BulkPreview {
    /// How many people are meant.
    pub people: u32,
    /// In how many something would change.
    pub changed: u32,
    /// Of the others everything is so already.
    pub unchanged: u32,
    /// By field, in the form's order; fields that change in nobody are left out.
    pub fields: Vec<FieldCount>,
    /// People whose form would become invalid; each is among those who would change.
    pub invalid: u32,
    /// What is wrong, at most 100.
    pub problems: Vec<BulkProblem>,
    /// Fingerprint of who is meant and what the edited fields hold now. Handed back on save, it refuses to write over
    /// what somebody changed meanwhile.
    pub version: String,
}

/// What an edit of many people led to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct BulkSaved {
    /// The number of the change; 0 when nothing differed.
    pub change: u32,
    /// In how many people something changed.
    pub people: u32,
    /// How many were passed over because their form would have become invalid.
    pub skipped: u32,
}

/// A value that a field holds in some of the people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct SpreadValue {
    /// The value, or an entry of the list: a text, a word, `true`, the id of another record.
    pub value: String,
    /// With rights: the permission or level; of a custom field its text; empty otherwise.
    pub right: String,
    /// What people call it: the other record's name, or the value itself.
    pub label: String,
    /// How many of the people have it.
    pub people: u32,
}

/// What some people have in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Spread {
    /// The field's name.
    pub field: String,
    /// What all of them have; `None` where they differ.
    pub common: Option<FieldValue>,
    /// How many different values there are; counted up to 1,000.
    pub different: u32,
    /// The values (of a list: its entries) that most of them have, most first, at most 20.
    pub values: Vec<SpreadValue>,
}

/// What some people have in common, for the form that edits them together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct BulkForm {
    /// How many people.
    pub people: u32,
    /// By field, in the form's order.
    pub fields: Vec<Spread>,
}

/// How the access of people ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(default)]
pub struct OffboardOptions {
    /// The status that ends it; empty to leave the status as it is. Who may not take that step keeps hers.
    pub status: String,
    /// Fields of the form that are emptied: links to other records.
    pub remove: Vec<String>,
    /// The last day of access (`2026-11-26`), unless it was earlier already; empty to leave it as it is.
    pub end_date: String,
}

/// What an offboarding can do in the workspace's desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct OffboardChoices {
    /// Statuses that end access, the usual one first.
    pub statuses: Vec<String>,
    /// Fields that can be emptied, in the form's order: what the desk wants filled in is not among them.
    pub fields: Vec<String>,
    /// Those of them that are lists: emptied unless somebody thinks better of it.
    pub usual: Vec<String>,
    /// Today, where the program runs.
    pub today: String,
}

/// Ends the access of people who leave.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
pub struct Offboard {
    /// Who leaves.
    pub people: Selection,
    /// How.
    pub options: OffboardOptions,
    /// Whether people whose form would become invalid are passed over.
    pub skip_invalid: bool,
}

/// Links that people have in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct FieldLinks {
    /// The field's name.
    pub field: String,
    /// How many links, summed over people.
    pub links: u32,
    /// How many people have one.
    pub people: u32,
}

/// A step between two statuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "each field is named like what it holds")]
pub struct StatusStep {
    pub from: String,
    pub to: String,
    pub people: u32,
}

/// What a person who leaves would lose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Leaver {
    /// The person's id.
    pub id: String,
    /// The login.
    pub login: String,
    /// The name for people.
    pub name: String,
    /// The status before and after.
    pub status: (String, String),
    /// The last day of access before and after; empty for none.
    pub end: (String, String),
    /// By field, the names of what is removed, at most 50 a field.
    pub removed: Vec<(String, Vec<String>)>,
}

/// What an offboarding would do, asked before it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct OffboardPreview {
    /// What it would do as an edit of many people.
    pub edit: BulkPreview,
    /// Statuses before and after, most people first; those that stay as well.
    pub statuses: Vec<StatusStep>,
    /// All links that the people have, whether they are removed or not, in the form's order.
    pub links: Vec<FieldLinks>,
    /// The first of the people, at most 50.
    pub leavers: Vec<Leaver>,
    /// What stays: rights that the people have as Author of objects.
    pub authored: Authored,
}

/// Rights that people have because they are Author of objects of the portal. They are kept with the objects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Authored {
    /// How many objects.
    pub objects: u32,
    /// How many of the people are Author of one.
    pub people: u32,
    /// The first of the objects by name, at most 5.
    pub names: Vec<String>,
}
