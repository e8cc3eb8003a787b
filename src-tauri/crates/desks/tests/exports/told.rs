//! Pending changes told in a few words, and those of Zoho.

use portico_desks::plan::{Fields, Known, Pending, PlanInput};

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn fields(pairs: Pairs<'_>) -> Fields {
    pairs
        .iter()
        .map(|(n, v)| ((*n).to_owned().into(), (*v).to_owned()))
        .collect()
}

/// Pending changes of one desk, as they are told in a few words.
#[derive(Default)]
pub(super) struct Told(pub(super) PlanInput);

impl Told {
    pub(super) fn row(
        mut self,
        entity: &str,
        key: &str,
        subject: &str,
        base: Option<Pairs<'_>>,
        current: Option<Pairs<'_>>,
    ) -> Self {
        self.0.pending.push(Pending {
            entity: entity.to_owned(),
            record: String::new(),
            key: key.to_owned(),
            subject: subject.to_owned(),
            base: base.map(fields),
            current: current.map(fields),
        });
        if let (None, Some(row)) = (base, current) {
            let login = row.iter().find(|(name, _)| *name == "login");
            self.0.logins.extend(login.map(|(_, login)| (*login).to_owned()));
        }
        self
    }

    pub(super) fn link(self, entity: &str, subject: &str, row: Pairs<'_>) -> Self {
        let key: Vec<&str> = row.iter().map(|(_, value)| *value).collect();
        self.row(entity, &key.join(" "), subject, None, Some(row))
    }

    pub(super) fn unlink(self, entity: &str, subject: &str, row: Pairs<'_>) -> Self {
        let key: Vec<&str> = row.iter().map(|(_, value)| *value).collect();
        self.row(entity, &key.join(" "), subject, Some(row), None)
    }

    pub(super) fn known(mut self, entity: &str, told: &str, name: &str, desk_key: Option<&str>) -> Self {
        let known = Known {
            name: name.to_owned(),
            desk_key: desk_key.map(str::to_owned),
        };
        self.0.known.insert((entity.to_owned(), told.to_owned()), known);
        self
    }
}

pub(super) fn zoho() -> Told {
    let anna: &[_] = &[
        ("login", "anna@aachen.example"),
        ("first_name", "Anna"),
        ("last_name", "Berg"),
        ("status", "valid"),
        ("email", "anna@aachen.example"),
        ("phone", "+49 241 1"),
        ("account", "4001"),
        ("zip", "52062"),
        ("custom", "{\"cf_contract\":\"gold\",\"cf_old\":\"x\"}"),
        ("password", "unchanged"),
    ];
    let anna_now: &[_] = &[
        ("login", "anna@aachen.example"),
        ("first_name", "Anna"),
        ("last_name", "Berg-Roe"),
        ("status", "valid"),
        ("email", "anna@aachen.example"),
        ("phone", ""),
        ("account", "4001"),
        ("zip", "52064"),
        ("custom", "{\"cf_contract\":\"silver\"}"),
        ("password", "unchanged"),
    ];
    let new: &[_] = &[
        ("login", "eve@new.example"),
        ("first_name", "=cmd()"),
        ("last_name", "<script>alert('Eve')</script>"),
        ("status", "valid"),
        ("email", "eve@new.example"),
        ("phone", "+49 241 2"),
        ("account", "NEW"),
        ("password", "invitation"),
    ];
    let karel: &[_] = &[
        ("login", "karel@brno.example"),
        ("last_name", "Novák"),
        ("status", "valid"),
        ("email", "karel@brno.example"),
    ];
    let karel_off: &[_] = &[
        ("login", "karel@brno.example"),
        ("last_name", "Novák"),
        ("status", "invalid"),
        ("email", "karel@brno.example"),
    ];
    Told::default()
        .row("external_user", "4100", "Anna Berg-Roe", Some(anna), Some(anna_now))
        .row("external_user", "eve@new.example", "Eve", None, Some(new))
        .row("external_user", "4200", "Karel Novák", Some(karel), Some(karel_off))
        .row(
            "account",
            "NEW",
            "New & Sons",
            None,
            Some(&[
                ("key", "NEW"),
                ("name", "New & Sons"),
                ("url", "https://new.example"),
                ("status", "valid"),
            ]),
        )
        .row(
            "permission_group",
            "Pilots",
            "Pilots",
            None,
            Some(&[("name", "Pilots"), ("status", "valid")]),
        )
        .row(
            "permission_group",
            "Dealers",
            "Dealers",
            Some(&[("name", "Dealers"), ("description", "")]),
            Some(&[("name", "Dealers"), ("description", "all of them")]),
        )
        .row(
            "queue",
            "Support",
            "Support",
            Some(&[("name", "Support")]),
            Some(&[("name", "Help")]),
        )
        .link(
            "user_account",
            "Anna Berg-Roe",
            &[("user", "4100"), ("account", "4002")],
        )
        .link(
            "user_account_view",
            "Anna Berg-Roe",
            &[("user", "4100"), ("account", "4002")],
        )
        .unlink(
            "user_account_view",
            "Anna Berg-Roe",
            &[("user", "4100"), ("account", "4001")],
        )
        .unlink("user_account", "Karel Novák", &[("user", "4200"), ("account", "4002")])
        .link(
            "user_account_view",
            "Eve",
            &[("user", "eve@new.example"), ("account", "NEW")],
        )
        .link(
            "user_group",
            "Anna Berg-Roe",
            &[("user", "4100"), ("group", "Pilots"), ("permission", "member")],
        )
        .unlink(
            "user_group",
            "Karel Novák",
            &[("user", "4200"), ("group", "Dealers"), ("permission", "member")],
        )
        .link(
            "user_group",
            "Eve",
            &[
                ("user", "eve@new.example"),
                ("group", "Dealers"),
                ("permission", "member"),
            ],
        )
        .known("external_user", "4100", "Anna Berg-Roe", Some("4100"))
        .known("external_user", "4200", "Karel Novák", Some("4200"))
        .known("external_user", "eve@new.example", "Eve", None)
        .known("account", "4001", "Aachen GmbH", Some("4001"))
        .known("account", "4002", "Brno s.r.o.", Some("4002"))
        .known("account", "NEW", "New & Sons", None)
        .known("permission_group", "Dealers", "Dealers", Some("7001"))
        .known("permission_group", "Pilots", "Pilots", None)
}
