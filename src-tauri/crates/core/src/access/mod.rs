//! Access models: who sees what, as rule trees over named facts.
//!
//! * [`fact`]: the vocabulary: keys of a ticket, sets of a person, dimensions.
//! * [`rule`]: the tree, and how it is reduced by what is known.
//! * [`decide`]: reads a tree for one person and one ticket; [`explain`] is what it answers. [`known`] reduces.
//! * [`model`]: the questions a desk answers; [`registry`] knows the desks.
//! * [`setting`]: settings of the desk that are facts too.
//!
//! No desk is named outside its own file and the registry.

pub mod decide;
pub mod explain;
pub mod fact;
pub mod known;
pub mod model;
mod otobo;
pub mod registry;
pub mod rule;
pub mod setting;
mod simplify;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "testing"))]
pub mod world;
#[cfg(any(test, feature = "testing"))]
pub mod world_random;
