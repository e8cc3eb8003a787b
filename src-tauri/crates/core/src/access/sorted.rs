//! What a desk sorts its tickets by, as people speak of it.

use super::fact::Key;

/// Where people look for a ticket: each lies in one place, or in none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SortedBy {
    #[default]
    /// A queue, which may have a group.
    Queue,
    /// A category, kept as a queue.
    Category,
    /// A department, kept as a queue.
    Department,
    /// The address it belongs to.
    Address,
    /// The app of the portal that it lies in, however deep.
    App,
}

impl SortedBy {
    /// `queue`, `category`, `department`, `address` or `app`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Category => "category",
            Self::Department => "department",
            Self::Address => "address",
            Self::App => "app",
        }
    }

    /// The key of a ticket that says so; `None` where its queue does.
    pub fn key(self) -> Option<Key> {
        match self {
            Self::Queue | Self::Category | Self::Department => None,
            Self::Address => Some(Key::Address),
            Self::App => Some(Key::Object),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::registry;

    #[test]
    fn a_desk_whose_tickets_have_no_queue_sorts_them_by_what_its_rules_ask_about() {
        let by: Vec<_> = registry::DESKS
            .iter()
            .filter_map(|desk| registry::model(desk))
            .map(|model| {
                let homes = [Key::Address, Key::Object];
                let asked = homes.into_iter().find(|key| model.asks_about(*key));
                assert_eq!(model.sorted_by.key(), asked, "{}", model.desk);
                model.sorted_by.name()
            })
            .collect();
        assert_eq!(by, ["category", "app", "address", "queue", "queue", "department"]);
    }
}
