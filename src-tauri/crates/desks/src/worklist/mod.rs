//! A worklist: what a person does in a desk's own screens, step by step, record after record, with a box to tick and
//! the value to read back.

mod csv;
mod html;

pub(crate) use self::csv::{cells, csv};
pub(crate) use self::html::html;

/// All steps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Worklist {
    /// What it is for: the desk's name.
    pub(crate) desk: String,
    /// Whose it is: the workspace's name.
    pub(crate) workspace: String,
    /// The day it was made.
    pub(crate) date: String,
    /// What is done before it, if anything.
    pub(crate) first: Option<&'static str>,
    /// Records in the order in which they are worked on.
    pub(crate) sections: Vec<Section>,
}

impl Worklist {
    /// How many steps there are.
    pub(crate) fn count(&self) -> usize {
        self.sections.iter().map(|section| section.steps.len()).sum()
    }
}

/// All that is done with one record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Section {
    /// What the desk calls such a record.
    pub(crate) thing: String,
    /// What people call this one.
    pub(crate) name: String,
    /// The desk's key of it.
    pub(crate) key: String,
    /// The desk's screens for it.
    pub(crate) place: String,
    /// Whether the place is not documented.
    pub(crate) assumed: bool,
    /// What is done.
    pub(crate) steps: Vec<Step>,
}

/// One step, with a box to tick.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Step {
    /// What to do, in the imperative.
    pub(crate) what: String,
    /// What the desk calls the field; empty where it is none.
    pub(crate) field: String,
    /// What stands there before.
    pub(crate) before: String,
    /// What stands there afterwards.
    pub(crate) after: String,
    /// Whether no documentation says that it is done so.
    pub(crate) assumed: bool,
}
