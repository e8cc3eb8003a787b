//! Whole columns: set, cleared, and what that would do.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::exposure::Work;
use portico_api::types::matrix::{MatrixColumnEdit, MatrixQuery};
use portico_api::{directory, history, matrix};

use super::{cell, column, edit, edits, head, of, page, rights, row, sample};

fn watched<T>(ask: impl FnOnce(&mut Work<'_>) -> T) -> T {
    let never = Arc::new(AtomicBool::new(false));
    ask(&mut Work {
        job: "test",
        tell: &mut |_| (),
        cancelled: &never,
    })
}

#[test]
fn a_column_is_set_for_the_rows_that_match_and_counted_before() {
    let (session, _folder) = sample();
    for (rows, search) in [("accounts", ""), ("accounts", "e"), ("users", "nova")] {
        let query = MatrixQuery {
            search: search.to_owned(),
            ..of(rows)
        };
        let head = head(&session, &query);
        let erp = column(&head, "erp");
        for (permission, only_empty) in [("ro", true), ("rw", false), ("ro", false), ("", false)] {
            let edit = MatrixColumnEdit {
                query: query.clone(),
                group: erp.clone(),
                permission: permission.to_owned(),
                only_empty,
            };
            let before = rights(&session, &of(rows));
            let matching: BTreeSet<String> = page(&session, &query).rows.into_iter().map(|r| r.id).collect();
            let mut expected = before.clone();
            let mut cells = 0;
            for id in matching {
                let key = (id, erp.clone());
                let held = before.get(&key).cloned().unwrap_or_default();
                let shall = match permission {
                    "" => vec![],
                    _ if only_empty && !held.is_empty() => held.clone(),
                    permission => vec![permission.to_owned()],
                };
                cells += u32::from(held != shall);
                expected.remove(&key);
                if !shall.is_empty() {
                    expected.insert(key, shall);
                }
            }
            let counted = matrix::count_column(&session, &edit).unwrap();
            let effect = watched(|work| matrix::effect_of_column(&session, &edit, work)).unwrap();
            assert_eq!(rights(&session, &of(rows)), before, "nothing stays written");
            let saved = matrix::save_column(&session, &edit).unwrap();
            assert_eq!(
                (counted, effect.cells, saved.cells),
                (cells, cells, cells),
                "{rows} {permission:?}"
            );
            assert_eq!(rights(&session, &of(rows)), expected, "{rows} {permission:?}");
            if saved.change > 0 {
                history::undo(&session).unwrap();
                assert_eq!(rights(&session, &of(rows)), before);
                history::redo(&session).unwrap();
                assert_eq!(rights(&session, &of(rows)), expected);
            }
        }
    }
}

#[test]
fn a_column_can_be_cleared_for_those_who_have_it() {
    let (session, _folder) = sample();
    let all = of("accounts");
    let finance = column(&head(&session, &all), "finance");
    let with = MatrixQuery {
        on_group: finance.clone(),
        ..all.clone()
    };
    let having = head(&session, &with).total;
    let linked = directory::list_groups(&session)
        .unwrap()
        .into_iter()
        .find(|g| g.id == finance)
        .unwrap();
    assert!(having > 0 && having <= linked.accounts);
    let clear = MatrixColumnEdit {
        query: with.clone(),
        group: finance.clone(),
        ..MatrixColumnEdit::default()
    };
    // The condition is about what is being written: it must be read before.
    assert_eq!(matrix::save_column(&session, &clear).unwrap().cells, having);
    assert_eq!(head(&session, &with).total, 0);
}

#[test]
fn what_cells_would_do_is_what_they_do() {
    let (session, _folder) = sample();
    let query = of("accounts");
    let (head, page) = (head(&session, &query), page(&session, &query));
    let finance = column(&head, "finance");
    let with_people = page
        .rows
        .iter()
        .find(|r| r.people > 2 && cell(r, &finance).is_empty())
        .unwrap();
    let give = edits("accounts", vec![edit(with_people, &finance, &["ro"])]);
    let gain = watched(|work| matrix::exposure_of_cells(&session, &give, work)).unwrap();
    assert!(gain.people >= with_people.people, "{gain:?}");
    assert_eq!(gain.lost, 0);
    matrix::save_cells(&session, &give).unwrap();
    let there = self::page(&session, &query);
    let take = edits("accounts", vec![edit(row(&there, &with_people.name), &finance, &[])]);
    let loss = watched(|work| matrix::exposure_of_cells(&session, &take, work)).unwrap();
    assert_eq!(
        (loss.lost, loss.gained, loss.tickets_lost),
        (gain.gained, 0, gain.tickets_gained)
    );
}
