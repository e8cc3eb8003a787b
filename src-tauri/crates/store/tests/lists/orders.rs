//! Orders that are kept.

use portico_store::Result;
use portico_store::history::Intent;
use portico_store::table::external_user::{self, ListQuery, OrderCache};
use portico_store::table::user_column::COLUMNS;

use super::{actor, edit, list, sorted, workspace};

#[test]
fn a_kept_order_says_what_a_fresh_one_says_until_something_changes() {
    let folder = tempfile::tempdir().unwrap();
    let store = workspace(&folder, 60);
    edit(&store);
    let orders = OrderCache::default();
    let kept = |query: &ListQuery, offset, limit| store.read(|c| orders.list(c, query, offset, limit)).unwrap();
    let ask_all = || {
        for column in COLUMNS {
            for descending in [false, true] {
                let mut query = sorted(column.key, descending);
                for search in ["", "a"] {
                    search.clone_into(&mut query.search);
                    let whole = list(&store, &query);
                    let mut pieces = Vec::new();
                    // Twice: looked at, then looked up.
                    for offset in (0..=whole.len() as u64).step_by(7) {
                        let (rows, total) = kept(&query, offset, 7);
                        assert_eq!(total, whole.len() as u64, "{}", column.key);
                        pieces.extend(rows);
                    }
                    assert!(pieces == whole, "{} {descending} {search:?}", column.key);
                    assert_eq!(kept(&query, u64::MAX, 7).0, [], "beyond the end");
                }
            }
        }
    };
    ask_all();
    let query = sorted("city", false);
    let (before, total) = kept(&query, 0, 1000);
    store
        .transact(&actor(), &Intent::new("test"), |tx| -> Result<()> {
            let mut person = external_user::get(tx, before[0].id)?;
            "Zzz".clone_into(&mut person.city);
            external_user::update(tx, &person)
        })
        .unwrap();
    let (after, same) = kept(&query, 0, 1000);
    assert_eq!(same, total);
    assert!(after != before, "the order from before the change was told");
    assert!(after == list(&store, &query), "not the order after the change");
}
