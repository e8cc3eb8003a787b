#![allow(clippy::unwrap_used, reason = "a test may panic")]
use portico_api::types::form::FieldValue;
use portico_api::types::users::{GroupRight, UserForm};
use portico_core::form::field::{Entity, Kind};

use super::{Edit, Names, entries};
use crate::failure::Failure;
use crate::field;

/// Every kind of record has A, B, C, `desk` and `a:b`; their ids are in small letters behind `id-`.
struct Few(Vec<&'static str>);

impl Names for Few {
    fn record(&mut self, _: Entity, name: &str) -> Result<Option<String>, Failure> {
        let there = ["A", "B", "C", "desk", "a:b"].contains(&name);
        Ok(there.then(|| format!("id-{}", name.to_lowercase())))
    }
    fn status(&self, word: &str) -> Result<String, Failure> {
        Ok(if word == "Locked" { "invalid" } else { word }.to_owned())
    }
    fn permissions(&self) -> &[&str] {
        &self.0
    }
}

fn after(form: &UserForm, edits: &[&str]) -> Result<UserForm, Failure> {
    let mut form = form.clone();
    for edit in edits {
        edit.parse::<Edit>()
            .unwrap()
            .apply(&mut form, &mut Few(vec!["ro", "rw"]))?;
    }
    Ok(form)
}

#[test]
fn every_field_of_the_form_can_be_set_and_emptied() {
    for named in field::all() {
        let typed = match named.field.kind {
            Kind::Flag => "yes",
            Kind::Status => "Locked",
            Kind::Password => "initial",
            Kind::Date => "2026-11-26",
            Kind::Custom => "{\"cf\":\"x\"}",
            Kind::One(_) | Kind::Many(_) => "A",
            Kind::Rights(_) => "A:ro",
            Kind::Levels(_) => "A:view",
            _ => "text",
        };
        let blank = UserForm::default();
        let filled = after(&blank, &[&format!("{}={typed}", named.name)]).unwrap();
        assert_ne!(
            filled.value(named.field.name),
            blank.value(named.field.name),
            "{}",
            named.name
        );
        let others = field::all().filter(|other| other.name != named.name);
        assert!(
            others
                .into_iter()
                .all(|other| filled.value(other.field.name) == blank.value(other.field.name))
        );
        let emptied = match named.field.kind {
            Kind::Flag => "no",
            Kind::Status => "valid",
            Kind::Password => "unchanged",
            _ => "",
        };
        after(&filled, &[&format!("{}={emptied}", named.name)]).unwrap();
    }
}

#[test]
fn texts_are_replaced_whole() {
    let form = after(
        &UserForm::default(),
        &["first_name=Jana = J.", "status=Locked", "email="],
    )
    .unwrap();
    assert_eq!(
        (form.first_name.as_str(), form.status.as_str(), form.email.as_str()),
        ("Jana = J.", "invalid", "")
    );
}

#[test]
fn lists_are_added_to_removed_from_and_replaced_without_doubles() {
    for (name, field) in [
        ("accounts", "further_accounts"),
        ("contacts", "contacts"),
        ("ticket_types", "ticket_types"),
    ] {
        let list = |form: &UserForm| match form.value(field) {
            Some(FieldValue::List(list)) => list,
            other => panic!("{other:?}"),
        };
        let edit = |rest: &str| format!("{name}{rest}");
        let form = after(&UserForm::default(), &[&edit("+=B,C"), &edit("+=B")]).unwrap();
        assert_eq!(list(&form), ["id-b", "id-c"]);
        assert_eq!(list(&after(&form, &[&edit("-=B")]).unwrap()), ["id-c"]);
        assert_eq!(list(&after(&form, &[&edit("=A")]).unwrap()), ["id-a"]);
        assert!(list(&after(&form, &[&edit("=")]).unwrap()).is_empty());
        assert!(after(&form, &[&edit("+=Z")]).unwrap_err().to_string().contains('Z'));
    }
}

#[test]
fn rights_stand_side_by_side_and_go_one_by_one_or_together() {
    let right = |group: &str, permissions: &[&str]| GroupRight {
        group: group.to_owned(),
        permissions: permissions.iter().map(ToString::to_string).collect(),
    };
    let form = after(
        &UserForm::default(),
        &["groups+=desk:ro,a:b:rw", "groups+=desk:rw", "groups+=desk:rw"],
    )
    .unwrap();
    assert_eq!(form.groups, [right("id-desk", &["ro", "rw"]), right("id-a:b", &["rw"])]);
    assert_eq!(
        after(&form, &["groups-=desk:ro"]).unwrap().groups[0],
        right("id-desk", &["rw"])
    );
    assert_eq!(
        after(&form, &["groups-=desk"]).unwrap().groups,
        [right("id-a:b", &["rw"])]
    );
    assert_eq!(
        after(&form, &["groups-=a:b:rw"]).unwrap().groups,
        [right("id-desk", &["ro", "rw"])]
    );
    assert_eq!(
        after(&form, &["groups=desk:ro"]).unwrap().groups,
        [right("id-desk", &["ro"])]
    );
    assert!(matches!(after(&form, &["groups+=desk"]), Err(Failure::Usage(_))));
    assert!(
        after(&form, &["groups+=nobody:ro"])
            .unwrap_err()
            .to_string()
            .contains("nobody")
    );
    let mut member = UserForm::default();
    let edit: Edit = "groups+=desk".parse().unwrap();
    edit.apply(&mut member, &mut Few(vec!["member"])).unwrap();
    assert_eq!(member.groups, [right("id-desk", &["member"])]);
}

#[test]
fn an_object_has_one_level() {
    let form = after(&UserForm::default(), &["objects+=A:view,B:full", "objects+=A:edit"]).unwrap();
    let levels = |form: &UserForm| {
        form.objects
            .iter()
            .map(|r| format!("{} {}", r.object, r.level))
            .collect::<Vec<_>>()
    };
    assert_eq!(levels(&form), ["id-b full", "id-a edit"]);
    assert_eq!(levels(&after(&form, &["objects-=A"]).unwrap()), ["id-b full"]);
    assert_eq!(levels(&after(&form, &["objects-=A:view"]).unwrap()).len(), 2);
    assert!(matches!(after(&form, &["objects+=A"]), Err(Failure::Usage(_))));
}

#[test]
fn one_custom_field_is_set_among_the_others() {
    let form = after(&UserForm::default(), &["custom.cf_level=gold", "custom.cf_a=1=2"]).unwrap();
    assert_eq!(form.custom, r#"{"cf_level":"gold","cf_a":"1=2"}"#);
    assert_eq!(after(&form, &["custom.cf_level="]).unwrap().custom, r#"{"cf_a":"1=2"}"#);
    assert_eq!(after(&form, &["custom.cf_level=", "custom.cf_a="]).unwrap().custom, "");
}

#[test]
fn what_cannot_be_meant_is_refused() {
    for wrong in [
        "status=dead",
        "login+=x",
        "nothing",
        "first name=x",
        "=x",
        "expires=tomorrow",
        "account_tickets=perhaps",
        "password=secret",
        "custom.=x",
        "contact_person+=A",
    ] {
        assert!(wrong.parse::<Edit>().is_err(), "{wrong}");
    }
}

#[test]
fn a_comma_can_be_part_of_a_name() {
    assert_eq!(entries(r"a\,b,c\\,,d\x"), ["a,b", "c\\", "d\\x"]);
}
