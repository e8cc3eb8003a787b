//! Access models: who sees what, as rule trees over named facts.
//!
//! * [`fact`]: the vocabulary: keys of a ticket, sets of a person, dimensions.
//! * [`rule`]: the tree, and how it is reduced by what is known.
//! * [`decide`]: reads a tree for one person and one ticket; [`explain`] is what it answers, [`untold`] why it cannot.
//!   [`known`] reduces.
//! * [`hangs`]: on which settings, whose values are assumed, an answer hangs.
//! * [`flip`]: the smallest changes that would lead to another answer.
//! * [`model`]: the questions a desk answers; [`registry`] knows the desks.
//! * [`sorted`]: what a desk sorts its tickets by.
//! * [`sway`]: for whom an assumed rule can decide something.
//! * [`setting`]: settings of the desk that are facts too.
//!
//! No desk is named outside its own file and the registry.

pub mod assumed;
mod daktela;
pub mod decide;
mod elma365;
pub mod explain;
pub mod fact;
pub mod flip;
pub mod group_rights;
pub mod hangs;
mod innosoft;
mod key;
pub mod known;
pub mod model;
mod otobo;
pub mod registry;
pub mod rule;
mod set;
pub mod setting;
mod simplify;
pub mod sorted;
pub mod sway;
mod terms;
#[cfg(test)]
mod tests;
pub mod untold;
#[cfg(any(test, feature = "testing"))]
pub mod world;
#[cfg(any(test, feature = "testing"))]
pub mod world_links;
#[cfg(any(test, feature = "testing"))]
pub mod world_random;
#[cfg(any(test, feature = "testing"))]
mod world_sets;
mod zoho;
