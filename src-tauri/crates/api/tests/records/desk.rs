//! What is peculiar to a desk: its portal, its keys, and what it makes of a deletion or a field.

use portico_api::error::Code;
use portico_api::session::Session;
use portico_api::types::form::FieldValue;
use portico_api::types::records::{RecordDetail, RecordQuery, Values};
use portico_api::types::users::ObjectRight;
use portico_api::{desk, history, records, workspace};

use super::{create, filled, form_of, get, how, made_for, object, person_with, sample, save, text};

#[test]
fn the_portal_is_a_tree_without_circles_that_shows_who_has_rights() {
    let (session, _folder) = made_for("elma365");
    let root = object(&session, "Files", "");
    let deep = object(&session, "Files/Manuals", &root);
    let deeper = object(&session, "Files/Manuals/Old", &deep);
    let page = records::portal_tree(&session, None, 0, 10).unwrap();
    assert_eq!((page.total, page.nodes[0].children), (1, 1));
    let page = records::portal_tree(&session, Some(&root), 0, 10).unwrap();
    assert_eq!(page.nodes[0].name, "Manuals");
    let path: Vec<_> = get(&session, "portal_object", &deeper)
        .path
        .into_iter()
        .map(|one| one.name)
        .collect();
    assert_eq!(path, ["Files", "Manuals"]);

    let circle = Values::from([("parent".to_owned(), text(&deeper))]);
    let refused = save(
        &session,
        "portal_object",
        Some(&get(&session, "portal_object", &root)),
        circle,
    )
    .unwrap_err();
    assert_eq!(refused.fields[0].code, "problem.circle");
    let refused = records::delete_record(&session, "portal_object", &deep, &how("move", Some(&deeper))).unwrap_err();
    assert_eq!(refused.code, Code::Invalid);

    let mut group = filled(&session, &form_of(&session, "permission_group"), "Readers");
    let level = |object: &str, level: &str| ObjectRight {
        object: object.to_owned(),
        level: level.to_owned(),
    };
    group.insert(
        "objects".into(),
        FieldValue::Objects(vec![level(&deep, "view"), level(&root, "full")]),
    );
    let group = save(&session, "permission_group", None, group).unwrap();
    let user = person_with(&session, "objects", &deep);
    let node = &records::portal_tree(&session, Some(&root), 0, 10).unwrap().nodes[0];
    assert_eq!((node.groups, node.people), (1, 1));
    let rights = get(&session, "portal_object", &deep).rights;
    assert_eq!(rights.len(), 2);
    assert_eq!(
        (rights[0].id.as_str(), rights[0].right.as_str()),
        (group.as_str(), "view")
    );
    assert_eq!(rights[1].id, user);

    let wrong = Values::from([(
        "objects".to_owned(),
        FieldValue::Objects(vec![level(&deep, "everything")]),
    )]);
    let saved = get(&session, "permission_group", &group);
    assert_eq!(
        save(&session, "permission_group", Some(&saved), wrong)
            .unwrap_err()
            .fields[0]
            .code,
        "problem.level"
    );
    // A group's own rights go with it; they are no reason to refuse.
    assert!(saved.used_by.iter().all(|usage| usage.own));
    records::delete_record(&session, "permission_group", &group, &how("refuse", None)).unwrap();
    assert_eq!(get(&session, "portal_object", &deep).rights.len(), 1);
    history::undo(&session).unwrap();
    assert_eq!(get(&session, "permission_group", &group).values, saved.values);
}

#[test]
fn an_account_of_a_desk_that_gives_keys_itself_needs_none() {
    let (session, _folder) = made_for("zoho");
    let named = |name: &str| Values::from([("name".to_owned(), text(name))]);
    let one = save(&session, "account", None, named("Acme")).unwrap();
    save(&session, "account", None, named("Beta")).unwrap();
    assert_eq!(get(&session, "account", &one).values["key"], text("Acme"));
}

/// The first record that the desk has; others are only named by people.
fn first(session: &Session, entity: &str) -> RecordDetail {
    let rows = records::list_records(session, entity, &RecordQuery::default(), 0, 100)
        .unwrap()
        .rows;
    get(session, entity, &rows.into_iter().find(|row| row.present).unwrap().id)
}

#[test]
fn deleting_what_the_desk_has_says_what_the_desk_makes_of_it() {
    let (session, _folder) = sample();
    let state = records::list_records(&session, "ticket_priority", &RecordQuery::default(), 0, 1)
        .unwrap()
        .rows
        .remove(0);
    let found = records::deletion(&session, "ticket_priority", &state.id).unwrap();
    assert_eq!((found.total, found.desk.as_str()), (0, "not_exported.entity"));
    records::delete_record(&session, "ticket_priority", &state.id, &how("refuse", None)).unwrap();
    let plan = desk::plan(&session).unwrap();
    assert_eq!(plan.not_exported[0].entity, "ticket_priority");
    assert_eq!(workspace::workspace_info(&session).unwrap().pending, 1);
    history::undo(&session).unwrap();
    assert_eq!(workspace::workspace_info(&session).unwrap().pending, 0);

    let account = create(&session, "account", "BRANDNEW");
    let found = records::deletion(&session, "account", &account).unwrap();
    assert_eq!((found.total, found.desk.as_str()), (0, "none"));
    let there = first(&session, "account");
    assert!(there.in_desk);
    let found = records::deletion(&session, "account", &there.id).unwrap();
    assert!(found.total > 0);
    assert_eq!(found.desk, "deactivate");
    assert!(
        found
            .used_by
            .iter()
            .any(|usage| usage.wanted && usage.field == "account")
    );
}

#[test]
fn a_field_that_the_desk_will_not_take_is_said_before_it_is_saved() {
    let (session, _folder) = sample();
    let account = first(&session, "account");
    let renamed = Values::from([("key".to_owned(), text("RENAMED"))]);
    let form = account.values.clone().into_iter().chain(renamed).collect();
    let found = records::check_record(&session, "account", Some(&account.id), &form).unwrap();
    let warned: Vec<_> = found
        .iter()
        .filter(|p| p.warning)
        .map(|p| (p.field.as_str(), p.code.as_str()))
        .collect();
    assert!(warned.contains(&("key", "not_exported.renamed_account")), "{found:?}");
    let queue = first(&session, "queue");
    let mut form = queue.values.clone();
    form.insert("name".into(), text("Another name"));
    let found = records::check_record(&session, "queue", Some(&queue.id), &form).unwrap();
    assert_eq!(
        (found[0].field.as_str(), found[0].code.as_str(), found[0].warning),
        ("", "not_exported.entity", true)
    );
}

#[test]
fn changes_of_every_table_read_by_names_in_history_and_plan() {
    let (session, _folder) = made_for("innosoft");
    let account = create(&session, "account", "ACME");
    let mut values = filled(&session, &form_of(&session, "address"), "10001");
    values.insert("account".into(), text(&account));
    let address = save(&session, "address", None, values).unwrap();
    person_with(&session, "read_addresses", &address);
    let changes = history::list_changes(&session, None, 10).unwrap();
    let lines: Vec<_> = changes.iter().flat_map(|change| &change.lines).collect();
    let link = lines.iter().find(|line| line.entity == "user_address").unwrap();
    assert_eq!(
        (link.subject.as_str(), link.to.as_deref()),
        ("Uta User read_addresses", Some("10001 read"))
    );
    let account_line = lines
        .iter()
        .find(|line| line.entity == "address" && line.field == "account")
        .unwrap();
    assert_eq!(account_line.to.as_deref(), Some("ACME"));
    let id = |text: &str| text.contains('-') && text.len() == 36;
    for line in &lines {
        for shown in [Some(&line.subject), line.from.as_ref(), line.to.as_ref()]
            .into_iter()
            .flatten()
        {
            assert!(!id(shown), "{line:?}");
        }
    }
    // Names stay when the record is gone.
    records::delete_record(&session, "account", &account, &how("unlink", None)).unwrap();
    let newest = &history::list_changes(&session, None, 1).unwrap()[0];
    assert_eq!(newest.intent, "intent.delete_record_unlinked");
    assert!(
        newest
            .lines
            .iter()
            .any(|line| line.entity == "account" && line.subject == "ACME")
    );
}
