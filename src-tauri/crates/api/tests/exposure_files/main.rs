//! Who gains and loses what, as a file: of every source, the people and the numbers that the exposure tells.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod stopped;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::error::ApiError;
use portico_api::exposure::{self, Work, exposure_columns};
use portico_api::session::Session;
use portico_api::types::bulk::{BulkEdit, FieldEdit, Offboard, OffboardOptions};
use portico_api::types::exposure::{ExportExposure, Exposure, ExposureSource};
use portico_api::types::form::FieldValue;
use portico_api::types::lists::{ListColumn, ListFile};
use portico_api::types::matrix::{MatrixColumn, MatrixColumnEdit, MatrixEdit, MatrixEdits, MatrixQuery};
use portico_api::types::records::{DeleteHow, RecordQuery};
use portico_api::types::selection::Selection;
use portico_api::types::transfer::Progress;
use portico_api::types::users::UserQuery;
use portico_api::types::workspace::SettingInput;
use portico_api::{bulk, history, matrix, offboard, records, users};
use portico_core::actor::Actor;
use portico_core::form::registry::DESKS;
use serde_json::json;

fn sample(desk: &str) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create_sample_of(desk, folder.path(), Actor::named("test")).unwrap();
    (folder, session)
}

fn working<T>(tell: &mut dyn FnMut(Progress), cancelled: &Arc<AtomicBool>, ask: impl FnOnce(&mut Work<'_>) -> T) -> T {
    ask(&mut Work {
        job: "test",
        tell,
        cancelled,
    })
}

/// What the window's own question about the source answers.
fn told(session: &Session, source: &ExposureSource) -> Exposure {
    let ask = |work: &mut Work<'_>| match source {
        ExposureSource::Pending => exposure::of_pending(session, work),
        ExposureSource::Since { change } => exposure::since(session, *change, work),
        ExposureSource::Undo { change } => exposure::of_undo(session, *change, work),
        ExposureSource::User { id, form } => exposure::of_user_form(session, id.as_deref(), form, work),
        ExposureSource::Record { entity, id, values } => {
            exposure::of_record(session, entity, id.as_deref(), values, work)
        }
        ExposureSource::Deletion { entity, id, how } => exposure::of_deletion(session, entity, id, how, work),
        ExposureSource::Settings { settings } => exposure::of_settings(session, settings, work),
        ExposureSource::Bulk { edit } => bulk::bulk_exposure(session, edit, work),
        ExposureSource::Offboard { input } => offboard::offboard_exposure(session, input, work),
        ExposureSource::Cells { edits } => matrix::exposure_of_cells(session, edits, work),
        ExposureSource::Column { edit } => matrix::effect_of_column(session, edit, work).map(|effect| effect.exposure),
    };
    working(&mut |_| (), &Arc::default(), ask).unwrap()
}

fn input(source: ExposureSource, keys: impl IntoIterator<Item = &'static str>, path: &Path) -> ExportExposure {
    let column = |key: &str| ListColumn {
        key: key.to_owned(),
        title: format!("Head of {key}"),
        words: Vec::new(),
    };
    ExportExposure {
        source,
        columns: keys.into_iter().map(column).collect(),
        format: path.extension().unwrap().to_str().unwrap().to_owned(),
        separator: ",".to_owned(),
        path: path.display().to_string(),
    }
}

fn export(session: &Session, input: &ExportExposure) -> Result<(ListFile, Exposure), ApiError> {
    working(&mut |_| (), &Arc::default(), |work| {
        exposure::export_exposure(session, input, work)
    })
}

fn rows_of(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
}

fn everybody() -> Selection {
    Selection {
        all: Some(UserQuery::default()),
        ..Selection::default()
    }
}

fn one(id: &str) -> Selection {
    Selection {
        ids: vec![id.to_owned()],
        ..Selection::default()
    }
}

fn set(field: &str, value: &str) -> FieldEdit {
    FieldEdit {
        field: field.to_owned(),
        how: "set".to_owned(),
        value: FieldValue::Text(value.to_owned()),
    }
}

/// The first status of the desk that ends access.
fn closed(session: &Session) -> String {
    offboard::offboard_choices(session).unwrap().statuses.remove(0)
}

fn closing(session: &Session, people: Selection) -> Offboard {
    Offboard {
        people,
        options: OffboardOptions {
            status: closed(session),
            ..OffboardOptions::default()
        },
        skip_invalid: true,
    }
}

fn ending(session: &Session, people: Selection) -> BulkEdit {
    BulkEdit {
        people,
        edits: vec![set("status", &closed(session))],
        skip_invalid: true,
    }
}

fn newest(session: &Session) -> u32 {
    history::list_changes(session, None, 1).unwrap()[0].id
}

fn account(session: &Session, search: &str) -> String {
    let query = RecordQuery {
        search: search.to_owned(),
        ..RecordQuery::default()
    };
    records::list_records(session, "account", &query, 0, 1)
        .unwrap()
        .rows
        .remove(0)
        .id
}

/// What can be asked of every desk: of what was done, of forms, of many people.
fn common(session: &Session) -> Vec<ExposureSource> {
    let start = newest(session);
    let ending_all = ExposureSource::Bulk {
        edit: ending(session, everybody()),
    };
    let seeing = told(session, &ending_all).examples;
    let leave = closing(session, one(&seeing[0].id));
    working(&mut |_| (), &Arc::default(), |work| {
        offboard::offboard(session, &leave, None, work).unwrap()
    });
    let mut form = users::get_user(session, &seeing[1].id).unwrap().form;
    form.status = closed(session);
    vec![
        ExposureSource::Pending,
        ExposureSource::Since { change: start },
        ExposureSource::Undo {
            change: newest(session),
        },
        ExposureSource::User {
            id: Some(seeing[1].id.clone()),
            form: Box::new(form),
        },
        ending_all,
        ExposureSource::Offboard {
            input: closing(session, everybody()),
        },
    ]
}

/// What can be asked of a desk with groups, accounts that decide, and a setting that concerns everybody.
fn of_groups(session: &Session) -> Vec<ExposureSource> {
    let brno = account(session, "brno");
    let mut values = records::get_record(session, "account", &brno).unwrap().values;
    values.insert("key".to_owned(), FieldValue::Text("BRNO-X".to_owned()));
    let query = MatrixQuery {
        rows: "users".to_owned(),
        ..MatrixQuery::default()
    };
    let columns = matrix::matrix_head(session, &query, true).unwrap().columns;
    let most = |column: &MatrixColumn| column.counts.iter().map(|(_, count)| *count).sum::<u32>();
    let group = columns.iter().max_by_key(|column| most(column)).unwrap().id.clone();
    let rows = matrix::matrix_page(session, &query, 0, 500).unwrap().rows;
    let cells = rows.iter().filter_map(|row| {
        let cell = row.cells.iter().find(|cell| cell.group == group)?;
        Some(MatrixEdit {
            row: row.id.clone(),
            group: group.clone(),
            before: cell.permissions.clone(),
            permissions: Vec::new(),
        })
    });
    vec![
        ExposureSource::Record {
            entity: "account".to_owned(),
            id: Some(brno.clone()),
            values,
        },
        ExposureSource::Deletion {
            entity: "account".to_owned(),
            id: brno,
            how: DeleteHow {
                how: "move".to_owned(),
                to: Some(account(session, "lyon")),
            },
        },
        ExposureSource::Settings {
            settings: vec![SettingInput {
                name: "CustomerGroupSupport".to_owned(),
                value: Some("false".to_owned()),
            }],
        },
        ExposureSource::Cells {
            edits: MatrixEdits {
                rows: "users".to_owned(),
                context: String::new(),
                cells: cells.collect(),
            },
        },
        ExposureSource::Column {
            edit: MatrixColumnEdit {
                query,
                group,
                permission: String::new(),
                only_empty: false,
            },
        },
    ]
}

/// A name for messages.
fn kind(source: &ExposureSource) -> String {
    let text = format!("{source:?}");
    text.split([' ', '{']).next().unwrap().to_owned()
}

/// The file holds exactly the people whom the exposure counts, with what it sums up.
fn holds_what_is_told(session: &Session, folder: &Path, source: &ExposureSource) -> usize {
    let told = told(session, source);
    let path = folder.join("all.csv");
    let (file, counted) = export(session, &input(source.clone(), exposure_columns(), &path)).unwrap();
    assert_eq!(counted, told, "the export looked at something else");
    let mut rows = rows_of(&path);
    let head = rows.remove(0);
    assert_eq!(
        (head[0].as_str(), head[6].as_str()),
        ("Head of login", "Head of unknown")
    );
    assert_eq!(file.rows as usize, rows.len());
    let number = |row: &Vec<String>, at: usize| row[at].parse::<u64>().unwrap();
    let sum = |at: usize| rows.iter().map(|row| number(row, at)).sum::<u64>();
    assert_eq!((sum(3), sum(4)), (told.gained, told.lost));
    let count = |holds: &dyn Fn(&Vec<String>) -> bool| rows.iter().filter(|row| holds(row)).count();
    let is = |at: usize, word: &'static str| move |row: &Vec<String>| row[at] == word;
    let counts = [
        (count(&|row| number(row, 3) > 0), told.gaining),
        (count(&|row| number(row, 4) > 0), told.losing),
        (count(&is(5, "gained")), told.logins_gained),
        (count(&is(5, "lost")), told.logins_lost),
        (count(&is(6, "yes")), told.unknown),
        (
            count(&|row| number(row, 3) + number(row, 4) > 0 || !row[5].is_empty()),
            told.affected,
        ),
        // Nobody is there for whom nothing differs.
        (
            count(&|row| number(row, 3) + number(row, 4) == 0 && row[5].is_empty() && row[6].is_empty()),
            0,
        ),
    ];
    for (at, (found, wanted)) in counts.into_iter().enumerate() {
        assert_eq!(found, wanted as usize, "count {at}");
    }
    let logins: BTreeSet<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(logins.len(), rows.len(), "somebody is there twice");
    for example in &told.examples {
        let row = rows.iter().find(|row| row[0] == example.login).unwrap();
        let wanted = [&example.name, &example.account, &example.login_change];
        assert_eq!([&row[1], &row[2], &row[5]], wanted);
        assert_eq!((number(row, 3), number(row, 4)), (example.gained, example.lost));
    }
    let weight = |row: &Vec<String>| number(row, 3) + number(row, 4);
    assert!(rows.is_sorted_by_key(|row| std::cmp::Reverse(weight(row))));
    rows.len()
}

#[test]
fn a_file_of_every_source_holds_exactly_the_people_whom_the_exposure_counts() {
    let mut most = 0;
    for desk in DESKS {
        let (folder, session) = sample(desk);
        let mut sources = common(&session);
        if *desk == "otobo" {
            sources.extend(of_groups(&session));
        }
        for source in &sources {
            let rows = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                holds_what_is_told(&session, folder.path(), source)
            }));
            let rows = rows.unwrap_or_else(|_| panic!("{desk}: {}", kind(source)));
            assert!(rows > 0, "{desk}: {} concerns nobody", kind(source));
            most = most.max(rows);
        }
    }
    assert!(most > 50, "all of it stood in the drawer already");
}

#[test]
fn of_whom_it_cannot_be_told_is_in_the_file_too() {
    let (folder, session) = sample("otobo");
    let unset = ExposureSource::Settings {
        settings: vec![SettingInput {
            name: "CustomerGroupSupport".to_owned(),
            value: None,
        }],
    };
    holds_what_is_told(&session, folder.path(), &unset);
    assert!(
        told(&session, &unset).unknown > 20,
        "all of them stood in the drawer already"
    );
}

#[test]
fn a_source_is_read_as_the_window_writes_it() {
    let (_folder, session) = sample("otobo");
    let person = users::list_users(&session, &UserQuery::default(), 0, 1)
        .unwrap()
        .rows
        .remove(0);
    let form = users::get_user(&session, &person.id).unwrap().form;
    let read = |source: serde_json::Value| serde_json::from_value::<ExposureSource>(source).unwrap();
    let ExposureSource::User { id, form: again } = read(json!({ "of": "user", "id": person.id, "form": form })) else {
        panic!("another source");
    };
    assert_eq!((id, *again), (Some(person.id), form));
    let record = json!({ "of": "record", "entity": "account", "id": null, "values": { "key": "ACME" } });
    let ExposureSource::Record { id: None, values, .. } = read(record) else {
        panic!("another source");
    };
    assert_eq!(values["key"], FieldValue::Text("ACME".to_owned()));
    let column = json!({ "of": "column", "edit": { "query": { "rows": "users" }, "group": "g", "permission": "" } });
    let ExposureSource::Column { edit } = read(column) else {
        panic!("another source");
    };
    assert_eq!((edit.query.rows.as_str(), edit.group.as_str()), ("users", "g"));
}
