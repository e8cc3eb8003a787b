//! Objects of the portal as sets of people: rights are handed down a tree.

use portico_core::access::fact::AnyOf;

use super::sets::{Contains, Holders, Sets};
use crate::error::Result;

/// The ids of the objects for which `first` holds and of all above them, as far as `further` holds for the one below
/// and `wanted` for the one itself.
fn above(first: &str, further: &str, wanted: &str) -> String {
    format!(
        "WITH RECURSIVE above (id, parent, inherits, kind, present) AS (
             SELECT id, parent_id, inherits, kind, present FROM portal_object WHERE {first}
             UNION
             SELECT o.id, o.parent_id, o.inherits, o.kind, o.present FROM above a CROSS JOIN portal_object o ON o.id = a.parent
             WHERE {further}
         ) SELECT DISTINCT id FROM above WHERE {wanted}"
    )
}

const OF_KEY: &str = "desk_key = ?1 AND present = 1";

impl Sets<'_> {
    /// A level on the object of this key.
    pub(super) fn object(&mut self, any_of: AnyOf, key: &str) -> Result<Contains> {
        let chain = self.ids_where(&above(OF_KEY, "a.inherits = 1", "1"), key)?;
        Ok(self.on_chain(any_of, chain))
    }

    /// The same, and a level on an app in which it lies, or that it is.
    pub(super) fn object_in_app(&mut self, any_of: AnyOf, key: &str) -> Result<Contains> {
        let item = self.object(any_of, key)?;
        let (mut ways, mut within) = (Vec::new(), Holders::default());
        for app in self.ids_where(&above(OF_KEY, "1", "kind = 'app' AND present = 1"), key)? {
            let chain = self.ids_where(&above("id = ?1", "a.inherits = 1", "1"), app)?;
            let way = self.on_chain(any_of, chain);
            ways.push(way.condition);
            within = within.and(way.holders);
        }
        if ways.is_empty() {
            return Ok(Contains::never());
        }
        Ok(Contains {
            condition: format!("({} AND ({}))", item.condition, ways.join(" OR ")),
            // Who has the item need not have its app.
            within: Some(within),
            ..item
        })
    }

    /// A level on one of these objects.
    fn on_chain(&mut self, any_of: AnyOf, chain: Vec<Vec<u8>>) -> Contains {
        if chain.is_empty() {
            return Contains::never();
        }
        let (ids, levels) = (self.params.ids(chain), self.params.texts(any_of));
        let of_group = format!("o.object_id IN {ids} AND o.level IN {levels}");
        let wrote = format!("SELECT author_id FROM portal_object WHERE id IN {ids} AND author_level IN {levels}");
        let holders = Holders {
            ids: vec![
                format!("SELECT user_id FROM user_object WHERE object_id IN {ids} AND level IN {levels}"),
                format!(
                    "SELECT m.user_id FROM group_object o CROSS JOIN user_group m ON m.group_id = o.group_id WHERE {of_group}"
                ),
                wrote.clone(),
            ],
            rows: Vec::new(),
        };
        Contains::exactly(
            format!(
                "(EXISTS (SELECT 1 FROM user_object l WHERE l.user_id = u.id AND l.object_id IN {ids} AND l.level IN {levels})
                 OR EXISTS (SELECT 1 FROM user_group m CROSS JOIN group_object o ON o.group_id = m.group_id
                     WHERE m.user_id = u.id AND {of_group})
                 OR u.id IN ({wrote}))"
            ),
            holders,
        )
    }
}
