//! Rights on groups as a matrix: what it counts, what it writes, what it says it would do, and undo.
#![allow(
    clippy::unwrap_used,
    clippy::similar_names,
    reason = "a test may panic, and names and compares alike"
)]

mod columns;

use std::collections::BTreeMap;

use portico_api::error::Code;
use portico_api::session::Session;
use portico_api::types::matrix::{MatrixAim, MatrixEdit, MatrixEdits, MatrixHead, MatrixPage, MatrixQuery, MatrixRow};
use portico_api::{directory, history, invented, matrix, workspace};
use portico_core::actor::Actor;
use tempfile::TempDir;

fn sample() -> (Session, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.portico");
    let session = invented::create_sample_at(&path, None, portico_sample::DESK, Actor::named("test")).unwrap();
    (session, folder)
}

fn of(rows: &str) -> MatrixQuery {
    MatrixQuery {
        rows: rows.to_owned(),
        ..MatrixQuery::default()
    }
}

fn head(session: &Session, query: &MatrixQuery) -> MatrixHead {
    matrix::matrix_head(session, query, true).unwrap()
}

fn page(session: &Session, query: &MatrixQuery) -> MatrixPage {
    matrix::matrix_page(session, query, 0, 1000).unwrap()
}

fn column(head: &MatrixHead, name: &str) -> String {
    head.columns.iter().find(|c| c.name == name).unwrap().id.clone()
}

fn row<'a>(page: &'a MatrixPage, name: &str) -> &'a MatrixRow {
    page.rows.iter().find(|r| r.name == name).unwrap()
}

fn cell(row: &MatrixRow, group: &str) -> Vec<String> {
    row.cells
        .iter()
        .find(|c| c.group == group)
        .map(|c| c.permissions.clone())
        .unwrap_or_default()
}

fn edits(rows: &str, cells: Vec<MatrixEdit>) -> MatrixEdits {
    MatrixEdits {
        rows: rows.to_owned(),
        cells,
        ..MatrixEdits::default()
    }
}

fn edit(row: &MatrixRow, group: &str, permissions: &[&str]) -> MatrixEdit {
    MatrixEdit {
        row: row.id.clone(),
        group: group.to_owned(),
        before: cell(row, group),
        permissions: permissions.iter().map(|p| (*p).to_owned()).collect(),
    }
}

/// All rights: row, group, permissions.
fn rights(session: &Session, query: &MatrixQuery) -> BTreeMap<(String, String), Vec<String>> {
    let rows = page(session, query).rows;
    let cells = rows.iter().flat_map(|r| {
        r.cells
            .iter()
            .map(|c| ((r.id.clone(), c.group.clone()), c.permissions.clone()))
    });
    cells.filter(|(_, permissions)| !permissions.is_empty()).collect()
}

#[test]
fn a_column_counts_the_strongest_right_of_the_rows_that_match() {
    let (session, _folder) = sample();
    for (rows, search) in [("accounts", ""), ("accounts", "a"), ("users", ""), ("users", "nova")] {
        let query = MatrixQuery {
            search: search.to_owned(),
            ..of(rows)
        };
        let (head, page) = (head(&session, &query), page(&session, &query));
        assert_eq!(
            (head.total as usize, page.total as usize),
            (page.rows.len(), page.rows.len())
        );
        assert_eq!(head.permissions, ["ro", "rw"]);
        for column in &head.columns {
            let mut expected: BTreeMap<String, u32> = BTreeMap::new();
            for row in &page.rows {
                let held = cell(row, &column.id);
                let strongest = ["rw", "ro"].iter().find(|p| held.contains(&(**p).to_owned()));
                if !held.is_empty() {
                    // A key of the desk's own counts apart.
                    let key = strongest.map_or("", |p| *p).to_owned();
                    *expected.entry(key).or_default() += 1;
                }
            }
            let counts: BTreeMap<String, u32> = column.counts.iter().cloned().collect();
            assert_eq!(counts, expected, "{rows} {search:?} {}", column.name);
        }
    }
}

#[test]
fn the_head_says_what_is_given_to_everybody_and_what_decides() {
    let (session, _folder) = sample();
    let head = head(&session, &of("accounts"));
    assert!(head.of_accounts);
    assert_eq!(head.support.as_ref().unwrap().setting, "CustomerGroupSupport");
    assert_eq!(head.support.unwrap().on, Some(true));
    let always: Vec<_> = head
        .columns
        .iter()
        .filter(|c| !c.always.is_empty())
        .map(|c| c.name.as_str())
        .collect();
    let listed: Vec<_> = directory::list_groups(&session)
        .unwrap()
        .into_iter()
        .filter(|g| g.always)
        .map(|g| g.name)
        .collect();
    assert_eq!(always, listed);
    assert!(!always.is_empty());
}

#[test]
fn cells_are_saved_as_one_change_that_undo_takes_back() {
    let (session, _folder) = sample();
    let query = of("accounts");
    let (head, page) = (head(&session, &query), page(&session, &query));
    let (finance, legal) = (column(&head, "finance"), column(&head, "legal"));
    let before = rights(&session, &query);
    let (first, second) = (&page.rows[0], &page.rows[1]);
    let wanted = |held: Vec<String>| if held == ["rw"] { ["ro"] } else { ["rw"] };
    let cells = vec![
        edit(first, &finance, &wanted(cell(first, &finance))),
        edit(second, &finance, &wanted(cell(second, &finance))),
        edit(second, &legal, &wanted(cell(second, &legal))),
    ];
    let saved = matrix::save_cells(&session, &edits("accounts", cells.clone())).unwrap();
    assert_eq!((saved.cells, saved.rows), (3, 2));
    let after = rights(&session, &query);
    for cell in &cells {
        assert_eq!(after[&(cell.row.clone(), cell.group.clone())], cell.permissions);
    }
    let others = |all: &BTreeMap<(String, String), Vec<String>>| {
        let mut all = all.clone();
        for cell in &cells {
            all.remove(&(cell.row.clone(), cell.group.clone()));
        }
        all
    };
    assert_eq!(others(&after), others(&before), "nothing else differs");
    let marked: Vec<bool> = self::page(&session, &query).rows[1]
        .cells
        .iter()
        .map(|c| c.changed)
        .collect();
    assert_eq!(
        marked.iter().filter(|m| **m).count(),
        2,
        "what is saved and not exported is marked"
    );
    assert!(
        self::head(&session, &query)
            .columns
            .iter()
            .filter(|c| c.changed)
            .count()
            == 2
    );
    assert_eq!(
        history::list_changes(&session, None, 1).unwrap()[0].intent,
        "intent.rights_of_accounts"
    );
    history::undo(&session).unwrap();
    assert_eq!(rights(&session, &query), before);
    let again = matrix::save_cells(
        &session,
        &edits(
            "accounts",
            vec![edit(
                first,
                &finance,
                &cell(first, &finance).iter().map(String::as_str).collect::<Vec<_>>(),
            )],
        ),
    )
    .unwrap();
    assert_eq!((again.cells, again.change), (0, 0), "the same again is no change");
}

#[test]
fn the_other_context_is_a_matrix_of_its_own() {
    let (session, _folder) = sample();
    let other = MatrixQuery {
        context: "other".to_owned(),
        ..of("accounts")
    };
    let (head, page, same) = (
        head(&session, &other),
        page(&session, &other),
        rights(&session, &of("accounts")),
    );
    let finance = column(&head, "finance");
    let change = MatrixEdits {
        context: "other".to_owned(),
        ..edits("accounts", vec![edit(&page.rows[0], &finance, &["ro"])])
    };
    assert_eq!(matrix::save_cells(&session, &change).unwrap().cells, 1);
    assert_eq!(rights(&session, &of("accounts")), same);
    assert_eq!(rights(&session, &other)[&(page.rows[0].id.clone(), finance)], ["ro"]);
}

#[test]
fn a_cell_that_somebody_changed_meanwhile_stops_the_save() {
    let (session, _folder) = sample();
    let query = of("users");
    let (head, page) = (head(&session, &query), page(&session, &query));
    let finance = column(&head, "finance");
    let person = page.rows.iter().find(|r| cell(r, &finance).is_empty()).unwrap();
    let mine = edits("users", vec![edit(person, &finance, &["rw"])]);
    matrix::save_cells(&session, &edits("users", vec![edit(person, &finance, &["ro"])])).unwrap();
    let refused = matrix::save_cells(&session, &mine).unwrap_err();
    assert_eq!(refused.code, Code::Stale);
    assert!(refused.detail[0].ends_with("finance"), "{refused:?}");
    assert_eq!(cell(row(&self::page(&session, &query), &person.name), &finance), ["ro"]);
    let strange = matrix::save_cells(&session, &edits("users", vec![edit(person, &finance, &["all"])])).unwrap_err();
    assert_eq!(strange.code, Code::Invalid);
}

#[test]
fn rows_are_found_again_where_they_stand() {
    let (session, _folder) = sample();
    let finance = column(&head(&session, &of("accounts")), "finance");
    for query in [
        of("accounts"),
        of("users"),
        MatrixQuery {
            by_group: finance,
            with_people: true,
            ..of("accounts")
        },
    ] {
        let rows = page(&session, &query).rows;
        for (at, row) in (0..).zip(&rows).step_by(7) {
            let aim = MatrixAim {
                id: row.id.clone(),
                ..MatrixAim::default()
            };
            assert_eq!(matrix::matrix_place(&session, &query, &aim).unwrap(), Some(at));
        }
        let text: String = rows.last().unwrap().name.chars().take(3).collect();
        let aim = MatrixAim {
            text: text.to_uppercase(),
            ..MatrixAim::default()
        };
        let at = matrix::matrix_place(&session, &query, &aim).unwrap().unwrap();
        assert!(at as usize <= rows.len());
    }
    let nowhere = MatrixAim {
        text: "zzzz".to_owned(),
        ..MatrixAim::default()
    };
    assert_eq!(matrix::matrix_place(&session, &of("users"), &nowhere).unwrap(), None);
}

#[test]
fn rows_can_be_ordered_by_a_column() {
    let (session, _folder) = sample();
    let finance = column(&head(&session, &of("accounts")), "finance");
    let query = MatrixQuery {
        by_group: finance.clone(),
        ..of("accounts")
    };
    let strength = |row: &MatrixRow| match cell(row, &finance).as_slice() {
        [] => 0,
        [one] if one == "ro" => 1,
        _ => 2,
    };
    let order: Vec<i32> = page(&session, &query).rows.iter().map(strength).collect();
    assert!(order.is_sorted_by(|a, b| a >= b), "{order:?}");
    assert!(order[0] > 0);
    assert_eq!(workspace::workspace_info(&session).unwrap().pending, 0);
}

#[test]
fn cells_that_are_not_saved_are_kept_until_they_are() {
    let (session, _folder) = sample();
    let query = of("users");
    let (head, page) = (head(&session, &query), page(&session, &query));
    let finance = column(&head, "finance");
    let person = page.rows.iter().find(|r| cell(r, &finance).is_empty()).unwrap();
    let mine = edits("users", vec![edit(person, &finance, &["ro"])]);
    assert_eq!(matrix::kept_cells(&session).unwrap(), None);
    matrix::put_cells(&session, &mine).unwrap();
    assert_eq!(matrix::kept_cells(&session).unwrap(), Some(mine.clone()));
    matrix::save_cells(&session, &mine).unwrap();
    assert_eq!(matrix::kept_cells(&session).unwrap(), None);
}
