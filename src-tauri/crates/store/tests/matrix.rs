//! The groups matrix: every order and filter against the same worked out in memory, and places against pages.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};

use portico_core::actor::Actor;
use portico_core::id::GroupId;
use portico_core::model::{Account, AccountGroup, Context, ExternalUser, Group, UserGroup};
use portico_core::snapshot::{Batch, Sink};
use portico_store::import::{CancelFlag, ImportOptions};
use portico_store::table::matrix::{self, MatrixQuery, MatrixRow, Side};
use portico_store::{NewWorkspace, Result, Store, StoreError, searchable};

const DESK: &str = "otobo";
const ROWS: u64 = 300;
const GROUPS: u64 = 12;

/// A number that looks drawn, the same for the same input.
fn mixed(n: u64) -> u64 {
    let z = (n ^ (n >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB) >> 20
}

/// The groups on which the owner of a number has rights; a third of them have none.
fn rights(owner: u64) -> impl Iterator<Item = (String, String)> {
    let some = if owner.is_multiple_of(3) { 0 } else { 1 + owner % 3 };
    (0..some).map(move |n| {
        let permission = if mixed(owner + n).is_multiple_of(2) { "ro" } else { "rw" };
        ((mixed(owner * 7 + n) % GROUPS).to_string(), permission.to_owned())
    })
}

fn read(sink: &mut Sink<'_>) -> Result<()> {
    let mut give = |batch| sink(batch).map_err(|_| StoreError::Cancelled);
    let group = |n: u64| Group {
        key: n.to_string(),
        name: format!("group {n}"),
        ..Group::default()
    };
    // Names that many share, so that the order goes on to the login or key.
    let account = |n: u64| Account {
        key: format!("C{n}"),
        name: format!("Company {}", mixed(n) % 40),
        ..Account::default()
    };
    let user = |n: u64| ExternalUser {
        key: format!("u{n}"),
        login: format!("u{n}"),
        first_name: format!("Given{}", mixed(n) % 5),
        last_name: format!("Family{}", mixed(n + 1) % 20),
        account: format!("C{}", n % 50),
        ..ExternalUser::default()
    };
    let of_account = |n: u64| {
        rights(n).map(move |(group, permission)| AccountGroup {
            account: format!("C{n}"),
            group,
            permission,
            context: Context::Same,
        })
    };
    let of_user = |n: u64| {
        rights(n + 1).map(move |(group, permission)| UserGroup {
            user: format!("u{n}"),
            group,
            permission,
        })
    };
    give(Batch::Groups((0..GROUPS).map(group).collect()))?;
    give(Batch::Accounts((0..ROWS).map(account).collect()))?;
    give(Batch::AccountGroups((0..ROWS).flat_map(of_account).collect()))?;
    give(Batch::ExternalUsers((0..ROWS).map(user).collect()))?;
    give(Batch::UserGroups((0..ROWS).flat_map(of_user).collect()))
}

fn workspace(folder: &tempfile::TempDir) -> Store {
    let new = NewWorkspace {
        name: "Test".to_owned(),
        desk: DESK.to_owned(),
    };
    let store = Store::create(&folder.path().join("w.portico"), &new).unwrap();
    let (actor, options) = (Actor::named("Ada"), ImportOptions::default());
    store
        .import(&actor, DESK, &mut read, &options, &mut |_| {}, &CancelFlag::new())
        .unwrap();
    store
}

fn rank(row: &MatrixRow, group: GroupId) -> usize {
    let held = row.cells.iter().find(|cell| cell.group == group);
    held.map_or(0, |cell| {
        if cell.permissions.iter().any(|p| p == "rw") {
            2
        } else {
            1
        }
    })
}

/// What rows are ordered by: the strongest right first, then name, then login or key.
fn order(row: &MatrixRow, by: Option<GroupId>) -> (usize, String, String) {
    let name = if row.name.0.is_empty() {
        searchable(&row.name.1)
    } else {
        searchable(&format!("{} {}", row.name.1, row.name.0))
    };
    (2 - by.map_or(0, |group| rank(row, group)), name, row.key.clone())
}

#[test]
fn rows_are_those_that_match_in_their_order_and_stand_where_they_are_said_to() {
    let folder = tempfile::tempdir().unwrap();
    let store = workspace(&folder);
    let group = GroupId::from_desk(DESK, "7");
    for side in [Side::Users, Side::Accounts(Context::Same)] {
        let plain = MatrixQuery {
            side,
            search: String::new(),
            status: Vec::new(),
            with_people: false,
            with_right: false,
            on_group: None,
            by_group: None,
            permissions: vec!["ro".to_owned(), "rw".to_owned()],
        };
        let all = store.read(|c| matrix::page(c, &plain, 0, 10_000)).unwrap();
        assert_eq!(all.len() as u64, ROWS);
        // What a search finds is tested elsewhere; here it is only one filter among others.
        let searched = MatrixQuery {
            search: "1".to_owned(),
            ..plain.clone()
        };
        let searched = store.read(|c| matrix::page(c, &searched, 0, 10_000)).unwrap();
        let searched: BTreeSet<_> = searched.into_iter().map(|row| row.id).collect();
        assert!(!searched.is_empty() && searched.len() < all.len());
        for n in 0..32_u32 {
            let on = |bit: u32| n & (1 << bit) != 0;
            let query = MatrixQuery {
                search: if on(0) { "1".to_owned() } else { String::new() },
                with_people: on(1) && side != Side::Users,
                with_right: on(2),
                on_group: on(3).then_some(group),
                by_group: on(4).then_some(group),
                ..plain.clone()
            };
            let mut expected: Vec<&MatrixRow> = all
                .iter()
                .filter(|row| {
                    (!on(0) || searched.contains(&row.id))
                        && (!query.with_people || row.people > 0)
                        && (!query.with_right || !row.cells.is_empty())
                        && (!on(3) || rank(row, group) > 0)
                })
                .collect();
            expected.sort_by_key(|row| order(row, query.by_group));
            let found = store.read(|c| matrix::page(c, &query, 0, 10_000)).unwrap();
            let keys = |rows: &[&MatrixRow]| rows.iter().map(|r| r.key.clone()).collect::<Vec<_>>();
            assert_eq!(keys(&found.iter().collect::<Vec<_>>()), keys(&expected), "{query:?}");
            assert_eq!(store.read(|c| matrix::count(c, &query)).unwrap(), found.len() as u64);
            for at in [0, found.len() / 3, found.len() - 1] {
                let (id, place) = (found[at].id, Some(at as u64));
                assert_eq!(
                    store.read(|c| matrix::place(c, &query, id)).unwrap(),
                    place,
                    "{query:?}"
                );
                let one = store.read(|c| matrix::page(c, &query, at as u64, 1)).unwrap();
                assert_eq!(one[0].id, id, "{query:?}");
            }
            let mut counts: BTreeMap<GroupId, u64> = BTreeMap::new();
            for cell in found.iter().flat_map(|row| &row.cells) {
                *counts.entry(cell.group).or_default() += 1;
            }
            let mut told: BTreeMap<GroupId, u64> = BTreeMap::new();
            for column in store.read(|c| matrix::columns(c, &query)).unwrap() {
                *told.entry(column.group).or_default() += column.rows;
            }
            assert_eq!(told, counts, "{query:?}");
        }
    }
}
