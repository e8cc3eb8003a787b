//! What is told of an edit: before it in the form, after it in the log.

use portico_core::form::field::Entity;

use super::{House, edit, of, save, text};
use crate::bulk::bulk_form;
use crate::history;

#[test]
fn what_people_have_in_common_is_told_and_how_far_they_differ() {
    let house = House::of("otobo");
    let form = bulk_form(&house.session, &house.these(&[0, 4, 8, 9])).unwrap();
    let spread = |name: &str| form.fields.iter().find(|field| field.field == name).expect("a field");
    assert_eq!(form.people, 4);
    assert_eq!(spread("first_name").common, Some(text("Pat")));
    assert_eq!(
        (spread("last_name").common.clone(), spread("last_name").different),
        (None, 4)
    );
    let status = spread("status");
    assert_eq!((status.different, status.values.len()), (2, 2));
    assert_eq!(status.values.iter().map(|v| v.people).sum::<u32>(), 4);
    let account = &spread("account").values[0];
    assert_eq!((account.label.as_str(), account.people), ("account 0", 3));
    let groups = spread("groups");
    assert!(
        groups
            .values
            .iter()
            .all(|v| v.label.starts_with("group ") && !v.right.is_empty())
    );
    let names: Vec<&str> = form.fields.iter().map(|field| field.field.as_str()).collect();
    let all: Vec<&str> = Entity::ExternalUser.fields().iter().map(|field| field.name).collect();
    assert_eq!(names, all);
}

#[test]
fn the_log_says_how_many_and_which_fields() {
    let house = House::of("otobo");
    let wanted = of(
        house.these(&[0, 1, 2]),
        vec![edit("phone", "set", text("1")), edit("city", "set", text("Aachen"))],
    );
    save(&house, &wanted).unwrap();
    let change = history::list_changes(&house.session, None, 1).unwrap().remove(0);
    assert_eq!((change.intent.as_str(), change.undoable), ("intent.bulk_edit", true));
    let detail = [
        ("count".to_owned(), "3".to_owned()),
        ("fields".to_owned(), "phone, city".to_owned()),
    ];
    assert_eq!(change.detail, detail);
}

#[test]
fn a_short_log_tells_the_first_differences_and_counts_the_others() {
    let house = House::of("otobo");
    let wanted = of(
        house.these(&[0, 1, 2]),
        vec![edit("phone", "set", text("1")), edit("city", "set", text("Aachen"))],
    );
    save(&house, &wanted).unwrap();
    let found = house
        .session
        .store()
        .read(portico_store::table::external_user::ids)
        .unwrap();
    let like = found[0].to_string();
    let mut form = crate::users::new_user(&house.session, Some(&like)).unwrap().form;
    for field in [&mut form.login, &mut form.first_name, &mut form.last_name] {
        "neu".clone_into(field);
    }
    "neu@x.example".clone_into(&mut form.email);
    let input = crate::types::users::SaveUser {
        id: None,
        version: None,
        form,
    };
    crate::users::save_user(&house.session, &input).unwrap();
    let whole = history::list_changes(&house.session, None, 10).unwrap();
    assert!(whole[0].lines.len() > 3 && whole[1].lines.len() == 6, "{whole:#?}");
    for most in 0..8_u32 {
        let short = history::list_changes_in_short(&house.session, None, 10, most).unwrap();
        for (whole, short) in whole.iter().zip(&short) {
            let shown = whole.lines.len().min(most as usize);
            let told: Vec<_> = short.lines.iter().map(|line| (&line.subject, &line.field)).collect();
            let first: Vec<_> = whole.lines[..shown]
                .iter()
                .map(|line| (&line.subject, &line.field))
                .collect();
            assert_eq!(told, first);
            assert_eq!(
                short.more_lines as usize,
                whole.lines.len() - shown,
                "{most} of {whole:#?}"
            );
        }
    }
}
