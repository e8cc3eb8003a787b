//! The list of records and the file that is made of it.

use std::sync::Arc;

use portico_api::records;
use portico_api::session::Session;
use portico_api::types::form::FieldValue;
use portico_api::types::lists::ListColumn;
use portico_api::types::records::{ExportRecords, RecordQuery, RecordRow};

use super::{create, sample};

#[test]
fn the_list_sorts_filters_counts_and_names_what_it_refers_to() {
    let (session, _folder) = sample();
    let list = |query: RecordQuery| records::list_records(&session, "account", &query, 0, 500).unwrap();
    let all = list(RecordQuery::default());
    assert_eq!(all.total as usize, all.rows.len());
    let keys = |query| {
        list(query)
            .rows
            .into_iter()
            .map(|row| row.key.to_lowercase())
            .collect::<Vec<_>>()
    };
    let by_key = keys(RecordQuery {
        sort: "key".into(),
        ..RecordQuery::default()
    });
    assert!(by_key.is_sorted());
    let mut backwards = keys(RecordQuery {
        sort: "key".into(),
        descending: true,
        ..RecordQuery::default()
    });
    backwards.reverse();
    assert_eq!(by_key, backwards);
    let invalid = list(RecordQuery {
        filters: vec![("status".into(), "invalid".into())],
        ..RecordQuery::default()
    });
    assert!(invalid.rows.iter().all(|row| row.status == "invalid"));
    let people: u32 = all
        .rows
        .iter()
        .flat_map(|row| &row.used)
        .filter(|u| u.field == "account" && u.entity == "external_user")
        .map(|u| u.total)
        .sum();
    assert!(people > 100);
    assert!(
        all.rows
            .iter()
            .any(|row| row.rights.iter().any(|right| !right.name.is_empty()))
    );
    let queues = records::list_records(
        &session,
        "queue",
        &RecordQuery {
            sort: "group".into(),
            ..RecordQuery::default()
        },
        0,
        500,
    )
    .unwrap();
    let groups: Vec<_> = queues
        .rows
        .iter()
        .map(|row| row.names["group"].to_lowercase())
        .collect();
    assert!(groups.is_sorted(), "{groups:?}");
    let counts = records::count_records(&session).unwrap();
    let count = counts.iter().find(|count| count.entity == "account").unwrap();
    assert_eq!(count.total, all.total);
    assert_eq!(
        list(RecordQuery {
            changed: true,
            ..RecordQuery::default()
        })
        .total,
        0
    );
    let id = create(&session, "account", "NEW");
    let changed = list(RecordQuery {
        changed: true,
        ..RecordQuery::default()
    });
    assert_eq!(
        (changed.total, changed.rows[0].id.as_str(), changed.rows[0].changed),
        (1, id.as_str(), true)
    );
}

/// A list as a file, with all its columns.
fn written(session: &Session, entity: &str, query: &RecordQuery, path: &std::path::Path) -> Vec<Vec<String>> {
    let columns = records::record_columns(session, entity).unwrap();
    let input = ExportRecords {
        entity: entity.to_owned(),
        query: query.clone(),
        limit: None,
        columns: columns
            .iter()
            .map(|column| ListColumn {
                key: column.key.to_owned(),
                title: column.key.to_owned(),
                words: vec![("valid".to_owned(), "in force".to_owned())],
            })
            .collect(),
        format: "csv".to_owned(),
        separator: ",".to_owned(),
        path: path.display().to_string(),
    };
    let file = records::export_records(session, &input, "job", &mut |_| (), &Arc::default()).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    let rows: Vec<Vec<String>> = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(file.rows as usize + 1, rows.len());
    rows
}

/// What the list shows in a column.
fn shown(row: &RecordRow, key: &str) -> String {
    let used: u32 = row.used.iter().map(|use_| use_.total).sum();
    let rights: Vec<String> = row.rights.iter().map(|r| format!("{} {}", r.name, r.right)).collect();
    match (key, row.names.get(key), row.values.get(key)) {
        ("name", ..) => row.name.clone(),
        ("used", ..) => used.to_string(),
        ("rights", ..) => rights.join(", "),
        ("changed", ..) => if row.changed { "changed" } else { "" }.to_owned(),
        (_, Some(name), _) => name.clone(),
        (_, _, Some(FieldValue::Flag(on))) => if *on { "yes" } else { "no" }.to_owned(),
        (_, _, Some(FieldValue::Text(text))) if key == "status" && text == "valid" => "in force".to_owned(),
        (_, _, Some(FieldValue::Text(text))) => text.clone(),
        _ => String::new(),
    }
}

#[test]
fn every_column_sorts_both_ways_and_the_file_is_what_is_shown() {
    let (session, folder) = sample();
    let path = folder.path().join("list.csv");
    create(&session, "account", "Zz changed");
    for entity in ["account", "queue", "permission_group"] {
        let columns = records::record_columns(&session, entity).unwrap();
        for column in &columns {
            let mut orders = Vec::new();
            for descending in [false, true] {
                let query = RecordQuery {
                    sort: column.key.to_owned(),
                    descending,
                    ..RecordQuery::default()
                };
                let rows = records::list_records(&session, entity, &query, 0, 1000)
                    .unwrap_or_else(|e| panic!("{entity} by {}: {e:?}", column.key))
                    .rows;
                let file = written(&session, entity, &query, &path);
                assert_eq!(rows.len() + 1, file.len());
                for (row, line) in rows.iter().zip(&file[1..]) {
                    let cells: Vec<String> = columns.iter().map(|column| shown(row, column.key)).collect();
                    // What a spreadsheet would take for a formula is marked, nothing else differs.
                    let line: Vec<&str> = line.iter().map(|cell| cell.trim_start_matches('\'')).collect();
                    assert_eq!(line, cells, "{entity} by {}", column.key);
                }
                // Pages of one are the list: no two rows share a place.
                let each = |at: u32| {
                    records::list_records(&session, entity, &query, at, 1).unwrap().rows[0]
                        .id
                        .clone()
                };
                let ids: Vec<String> = (0..5).map(each).collect();
                assert!(ids.iter().eq(rows.iter().take(5).map(|row| &row.id)), "{}", column.key);
                orders.push(rows);
            }
            check_order(entity, column.key, &orders);
        }
    }
}

/// That what is shown stands in order, the empty ones last, and backwards the other way round.
fn check_order(entity: &str, key: &str, orders: &[Vec<RecordRow>]) {
    let filled = |rows: &[RecordRow]| -> Vec<String> {
        let cells: Vec<String> = rows.iter().map(|row| shown(row, key).to_lowercase()).collect();
        let end = cells.iter().position(String::is_empty).unwrap_or(cells.len());
        assert!(
            cells[end..].iter().all(String::is_empty),
            "{entity} by {key}: {cells:?}"
        );
        cells[..end].to_vec()
    };
    let (up, mut down) = (filled(&orders[0]), filled(&orders[1]));
    down.reverse();
    assert_eq!(up, down, "{entity} by {key}");
    if key == "used" {
        let counts: Vec<u32> = up.iter().map(|count| count.parse().unwrap()).collect();
        assert!(counts.is_sorted(), "{counts:?}");
        assert_eq!(counts.last() > Some(&0), entity != "queue", "{entity}: {counts:?}");
    } else if key == "changed" {
        assert_eq!(up.is_empty(), entity != "account");
    }
}

#[test]
fn a_file_holds_what_is_searched_for_and_no_column_that_is_none() {
    let (session, folder) = sample();
    let path = folder.path().join("found.csv");
    let query = RecordQuery {
        search: "brno".to_owned(),
        filters: vec![("status".to_owned(), "valid".to_owned())],
        ..RecordQuery::default()
    };
    let rows = written(&session, "account", &query, &path);
    assert!(
        rows.len() > 1 && rows[1..].iter().all(|row| row[0].to_lowercase().contains("brno")),
        "{rows:?}"
    );
    let wrong = RecordQuery {
        sort: "shoe".to_owned(),
        ..RecordQuery::default()
    };
    let refused = records::list_records(&session, "account", &wrong, 0, 1).unwrap_err();
    assert!(
        refused
            .message
            .contains("there is no column \"shoe\"; there are name, key"),
        "{refused:?}"
    );
    let mut most = Vec::new();
    records::each_record(
        &session,
        "account",
        &RecordQuery::default(),
        (&["name"], Some(2)),
        &mut |cells| {
            most.push(cells.to_vec());
            Ok(())
        },
    )
    .unwrap();
    assert_eq!(most.len(), 2);
}
