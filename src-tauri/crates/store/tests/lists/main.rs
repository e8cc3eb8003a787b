//! The list of people: its columns, its facets, and selections out of it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod orders;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use portico_core::actor::Actor;
use portico_core::id::ExternalUserId;
use portico_core::model::Validity;
use portico_core::snapshot::{Sink, Source};
use portico_sample::World;
use portico_store::history::Intent;
use portico_store::import::{CancelFlag, ImportOptions};
use portico_store::table::external_user::{self, ListQuery, ListRow, Sort};
use portico_store::table::user_column::{COLUMNS, Column};
use portico_store::table::user_selection::{self, Order, Selected};
use portico_store::table::{user_account, user_group};
use portico_store::{NewWorkspace, Result, Store, StoreError, base, searchable};
use proptest::prelude::*;

fn actor() -> Actor {
    Actor::named("Ada")
}

fn workspace(folder: &tempfile::TempDir, users: u64) -> Store {
    let new = NewWorkspace {
        name: "Test".to_owned(),
        desk: "otobo".to_owned(),
    };
    let store = Store::create(&folder.path().join("w.portico"), &new).unwrap();
    let mut source = World::sized(users, 10, 3).source().unwrap();
    store
        .import(
            &actor(),
            "otobo",
            &mut |sink: &mut Sink<'_>| -> Result<()> { source.read(sink).map_err(|e: Infallible| match e {}) },
            &ImportOptions::default(),
            &mut |_| {},
            &CancelFlag::new(),
        )
        .unwrap();
    store
}

/// Changes one person of each three, so that something is changed and something is not.
fn edit(store: &Store) {
    let everybody = list(store, &ListQuery::default());
    store
        .transact(&actor(), &Intent::new("test"), |tx| -> Result<()> {
            for row in everybody.iter().step_by(3) {
                let mut person = external_user::get(tx, row.id)?;
                person.phone = format!("+49 {}", row.login.len());
                person.city = String::from(if row.login.len() % 2 == 0 { "Zürich" } else { "" });
                person.validity = Validity::Invalid;
                external_user::update(tx, &person)?;
            }
            Ok(())
        })
        .unwrap();
}

fn list(store: &Store, query: &ListQuery) -> Vec<ListRow> {
    store.read(|c| external_user::list(c, query, 0, 100_000)).unwrap()
}

fn sorted(column: &str, descending: bool) -> ListQuery {
    ListQuery {
        sort: Sort::by(Column::named(column).unwrap()),
        descending,
        ..ListQuery::default()
    }
}

/// All cells of everybody, by id.
fn cells(store: &Store) -> Vec<BTreeMap<&'static str, String>> {
    let columns: Vec<&'static Column> = COLUMNS.iter().collect();
    let selected = Selected {
        all: Some(ListQuery::default()),
        ..Selected::default()
    };
    let mut all = Vec::new();
    store
        .read(|c| {
            user_selection::each(c, &selected, Order::default(), &columns, &mut |row: &[String]| {
                all.push(columns.iter().map(|c| c.key).zip(row.iter().cloned()).collect());
                Ok::<_, StoreError>(())
            })
        })
        .unwrap();
    all
}

#[test]
fn every_column_holds_what_the_person_has() {
    let folder = tempfile::tempdir().unwrap();
    let store = workspace(&folder, 60);
    edit(&store);
    let listed = list(&store, &ListQuery::default());
    let all = cells(&store);
    assert_eq!(all.len(), listed.len());
    store
        .read(|c| -> Result<()> {
            let changed: BTreeSet<_> = base::changed_users(c)?.into_iter().collect();
            for (row, cells) in listed.iter().zip(&all) {
                let person = external_user::get(c, row.id)?;
                let further = user_account::of_user(c, row.id)?.len().to_string();
                let groups: BTreeSet<_> = user_group::of_user(c, row.id)?.iter().map(|l| l.group_id).collect();
                assert_eq!(cells["login"], person.login);
                assert_eq!(
                    cells["name"],
                    format!("{} {}", person.first_name, person.last_name).trim()
                );
                assert_eq!((&cells["phone"], &cells["city"]), (&person.phone, &person.city));
                assert_eq!(cells["status"], person.validity.name());
                assert_eq!(
                    (&cells["account"], &cells["account_key"]),
                    (&row.account, &row.account_key)
                );
                assert_eq!(cells["changed"] == "changed", changed.contains(&row.id));
                assert_eq!(
                    (&cells["further_accounts"], &cells["groups"]),
                    (&further, &groups.len().to_string())
                );
                for (key, text) in &row.more {
                    assert_eq!(&cells[key], text, "{key}");
                }
            }
            Ok(())
        })
        .unwrap();
    for key in ["phone", "city", "groups", "changed"] {
        assert!(all.iter().any(|cells| !cells[key].is_empty()), "nobody has {key}");
    }
}

#[test]
fn every_column_sorts_and_what_is_empty_comes_last() {
    let folder = tempfile::tempdir().unwrap();
    let store = workspace(&folder, 60);
    edit(&store);
    let by_login: BTreeMap<String, BTreeMap<&str, String>> =
        cells(&store).into_iter().map(|c| (c["login"].clone(), c)).collect();
    for column in COLUMNS.iter().filter(|c| !["name", "status"].contains(&c.key)) {
        for descending in [false, true] {
            let rows = list(&store, &sorted(column.key, descending));
            assert_eq!(rows.len(), 60);
            let values: Vec<&String> = rows.iter().map(|r| &by_login[&r.login][column.key]).collect();
            let full: Vec<&&String> = values.iter().take_while(|v| !v.is_empty()).collect();
            if column.key != "account" {
                assert!(
                    values[full.len()..].iter().all(|v| v.is_empty()),
                    "{}: {values:?}",
                    column.key
                );
            }
            let pairs = full.windows(2).map(|w| {
                if column.is_number() {
                    w[0].parse::<u64>().unwrap().cmp(&w[1].parse().unwrap())
                } else {
                    searchable(w[0]).cmp(&searchable(w[1]))
                }
            });
            for order in pairs {
                let order = if descending { order.reverse() } else { order };
                assert!(order.is_le(), "{}: {values:?}", column.key);
            }
        }
    }
}

#[test]
fn who_has_no_name_goes_by_the_title_then_by_the_login() {
    let folder = tempfile::tempdir().unwrap();
    let store = workspace(&folder, 6);
    let last = list(&store, &ListQuery::default())[5].id;
    let rename = |title: &str| {
        store
            .transact(&actor(), &Intent::new("test"), |tx| -> Result<()> {
                let mut person = external_user::get(tx, last)?;
                (person.first_name, person.last_name) = (String::new(), String::new());
                (person.title, person.login) = (title.to_owned(), "zz.login".to_owned());
                external_user::update(tx, &person)
            })
            .unwrap();
    };
    rename("1 & Only Ltd");
    assert_eq!(list(&store, &ListQuery::default())[0].id, last);
    assert_eq!(cells(&store)[0]["name"], "1 & Only Ltd");
    rename("");
    // Greek comes after Latin.
    assert_eq!(list(&store, &ListQuery::default())[4].id, last);
    assert_eq!(cells(&store)[4]["name"], "zz.login");
}

#[test]
fn a_facet_counts_what_its_value_would_list() {
    let folder = tempfile::tempdir().unwrap();
    let store = workspace(&folder, 150);
    edit(&store);
    let count = |query: &ListQuery| store.read(|c| external_user::count_matching(c, query)).unwrap();
    let invalid = ListQuery {
        search: "a".to_owned(),
        status: vec![Validity::Invalid],
        ..ListQuery::default()
    };
    let groups = store.read(|c| external_user::group_facet(c, &invalid)).unwrap();
    assert!(groups.len() > 1);
    for value in &groups {
        // The chosen groups do not narrow the counts of the others.
        let one = ListQuery {
            groups: vec![value.id],
            ..invalid.clone()
        };
        assert_eq!(count(&one), value.people, "{}", value.name);
        assert_eq!(store.read(|c| external_user::group_facet(c, &one)).unwrap(), groups);
    }
    let changed = ListQuery {
        changed: true,
        status: Vec::new(),
        ..invalid.clone()
    };
    assert_eq!(
        store.read(|c| external_user::changed_facet(c, &invalid)).unwrap(),
        count(&changed)
    );
    let by_status = store.read(|c| external_user::status_facet(c, &changed)).unwrap();
    for (validity, people) in by_status {
        let one = ListQuery {
            changed: false,
            status: vec![validity],
            ..changed.clone()
        };
        assert_eq!(count(&one), people);
    }
}

#[test]
fn who_is_gone_is_not_selected() {
    let folder = tempfile::tempdir().unwrap();
    let store = workspace(&folder, 5);
    let selected = Selected {
        ids: vec![ExternalUserId::new(), list(&store, &ListQuery::default())[2].id],
        ..Selected::default()
    };
    let there = store
        .read(|c| user_selection::ids(c, &selected, Order::default()))
        .unwrap();
    assert_eq!(there, selected.ids[1..]);
    let none = Selected::default();
    assert_eq!(
        store.read(|c| user_selection::ids(c, &none, Order::default())).unwrap(),
        []
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Ids, and all who match, and without some: as sets would have it, in the order that was asked for.
    #[test]
    fn a_selection_is_what_sets_would_make_of_it(
        named in proptest::collection::vec(0_usize..60, 0..8),
        left in proptest::collection::vec(0_usize..60, 0..8),
        search in proptest::option::of("[a-e]?"),
        changed in any::<bool>(),
        descending in any::<bool>(),
    ) {
        static PLACE: std::sync::OnceLock<(tempfile::TempDir, Store)> = std::sync::OnceLock::new();
        let (_, store) = PLACE.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let store = workspace(&folder, 60);
            edit(&store);
            (folder, store)
        });
        let everybody = list(store, &ListQuery { descending, ..ListQuery::default() });
        let pick = |places: &[usize]| places.iter().map(|n| everybody[*n].id).collect::<Vec<_>>();
        let selected = Selected {
            ids: pick(&named),
            all: search.map(|search| ListQuery { search, changed, ..ListQuery::default() }),
            except: pick(&left),
        };
        let matching: BTreeSet<_> =
            selected.all.iter().flat_map(|query| list(store, query)).map(|row| row.id).collect();
        let expected: Vec<_> = everybody
            .iter()
            .map(|row| row.id)
            .filter(|id| selected.ids.contains(id) || (matching.contains(id) && !selected.except.contains(id)))
            .collect();
        let by = Order { sort: Sort::Name, descending };
        prop_assert_eq!(store.read(|c| user_selection::ids(c, &selected, by)).unwrap(), expected);
    }
}

/// Not part of the ordinary tests: `cargo test -p portico-store --test lists -- --ignored --nocapture`.
#[test]
#[ignore = "takes a minute; prints figures for a large desk"]
#[allow(clippy::print_stdout, reason = "it is there to print")]
fn figures_of_a_long_list() {
    let folder = tempfile::tempdir().unwrap();
    let store = workspace(&folder, 100_000);
    let time = |name: &str, work: &dyn Fn() -> usize| {
        for _ in 0..2 {
            let began = std::time::Instant::now();
            let found = work();
            println!("{name}: {found} in {:?}", began.elapsed());
        }
    };
    for column in COLUMNS {
        let query = sorted(column.key, false);
        time(&format!("page by {}", column.key), &|| {
            store.read(|c| external_user::list(c, &query, 0, 100)).unwrap().len()
        });
        // The second time with the keys that the first has kept, and never with the order itself.
        let orders = external_user::OrderCache::default();
        for search in ["", " "] {
            let query = ListQuery {
                search: search.to_owned(),
                ..query.clone()
            };
            let began = std::time::Instant::now();
            let found = store.read(|c| orders.list(c, &query, 0, 100)).unwrap().0.len();
            println!("first order by {}: {found} in {:?}", column.key, began.elapsed());
        }
    }
    let all = Selected {
        all: Some(ListQuery::default()),
        ..Selected::default()
    };
    let everybody = store.read(|c| user_selection::ids(c, &all, Order::default())).unwrap();
    let named = Selected {
        ids: everybody.clone(),
        ..Selected::default()
    };
    let but_half = Selected {
        except: everybody.iter().copied().step_by(2).collect(),
        ..all.clone()
    };
    for (name, selected) in [("all", &all), ("named", &named), ("but half", &but_half)] {
        time(&format!("ids of {name}"), &|| {
            store
                .read(|c| user_selection::ids(c, selected, Order::default()))
                .unwrap()
                .len()
        });
    }
    time("groups", &|| {
        store
            .read(|c| external_user::group_facet(c, &ListQuery::default()))
            .unwrap()
            .len()
    });
    time("groups of a search", &|| {
        let query = ListQuery {
            search: "nova".to_owned(),
            ..ListQuery::default()
        };
        store.read(|c| external_user::group_facet(c, &query)).unwrap().len()
    });
    time("all cells", &|| {
        let (columns, mut rows) = (COLUMNS.iter().collect::<Vec<_>>(), 0);
        store
            .read(|c| {
                user_selection::each(c, &all, Order::default(), &columns, &mut |_| {
                    rows += 1;
                    Ok::<_, StoreError>(())
                })
            })
            .unwrap();
        rows
    });
}
