//! The ticket snapshot: a file of its own beside the workspace, read only once it is complete.
//!
//! It is always there as `tickets`, empty when nothing was imported yet.

mod file;
mod read;

pub(crate) use file::{
    CREATE, INDEX, attach, attach_beside, attach_empty, copy_to, id_of_attached, part_of, recover, take_over,
};
pub use read::{
    Activity, Compare, Dict, Stretch, Ticket, activities, as_of, count, id_of, ids_of, ids_of_any, key_of, search,
    ticket, ticket_by_number,
};
