//! The pending changes of Daktela, ELMA365 and Innosoft.

use super::told::Told;

pub(super) fn daktela() -> Told {
    let ada: &[_] = &[
        ("login", "ada"),
        ("title", "Ada"),
        ("email", "ada@a.example"),
        ("description", "partner"),
        ("status", "valid"),
        ("account_contacts", "0"),
        ("account_tickets", "1"),
        ("external_comments", "0"),
        ("password", "unchanged"),
    ];
    let ada_now: &[_] = &[
        ("login", "ada.l"),
        ("title", "Ada L."),
        ("email", "ada@a.example"),
        ("description", ""),
        ("status", "valid"),
        ("account_contacts", "1"),
        ("account_tickets", "0"),
        ("external_comments", "0"),
        ("password", "typed"),
        ("password_kept", "1"),
    ];
    let new: &[_] = &[
        ("login", "eve"),
        ("title", "<b>Eve</b>"),
        ("email", "eve@a.example"),
        ("status", "valid"),
        ("external_comments", "1"),
        ("password", "initial"),
    ];
    Told::default()
        .row("external_user", "ada", "Ada L.", Some(ada), Some(ada_now))
        .row("external_user", "eve", "<b>Eve</b>", None, Some(new))
        .row(
            "external_user",
            "old",
            "Old One",
            Some(&[("login", "old"), ("title", "Old One"), ("status", "valid")]),
            None,
        )
        .row(
            "contact",
            "Eva Roe",
            "Eva Roe",
            None,
            Some(&[
                ("title", "Eva Roe"),
                ("last_name", "Roe"),
                ("account", "acme"),
                ("email", "eve@a.example"),
            ]),
        )
        .row(
            "account",
            "acme",
            "Acme",
            Some(&[("key", "acme"), ("name", "Acme")]),
            Some(&[("key", "acme"), ("name", "Acme Ltd")]),
        )
        .row(
            "queue",
            "Claims",
            "Claims",
            Some(&[("name", "Claims"), ("external_comments", "0")]),
            Some(&[("name", "Claims"), ("external_comments", "1")]),
        )
        .link("user_contact", "<b>Eve</b>", &[("user", "eve"), ("contact", "Eva Roe")])
        .unlink("user_contact", "Ada L.", &[("user", "ada"), ("contact", "Jan Roe")])
        .known("account", "acme", "Acme Ltd", Some("acme"))
}

pub(super) fn elma365() -> Told {
    let rita: &[_] = &[
        ("login", "rita@r.example"),
        ("first_name", "Rita"),
        ("last_name", "Roe"),
        ("email", "rita@r.example"),
        ("status", "valid"),
    ];
    let rita_off: &[_] = &[
        ("login", "rita@r.example"),
        ("first_name", "Rita"),
        ("last_name", "Roe"),
        ("email", "rita@r.example"),
        ("status", "invalid"),
    ];
    let otto: &[_] = &[
        ("login", "otto@r.example"),
        ("first_name", "Otto"),
        ("last_name", "Roe"),
        ("email", "otto@r.example"),
        ("status", "invalid"),
    ];
    let otto_on: &[_] = &[
        ("login", "otto@r.example"),
        ("first_name", "Otto"),
        ("last_name", "Roe"),
        ("email", "otto@r.example"),
        ("status", "valid"),
        ("account", "co1"),
    ];
    let new: &[_] = &[
        ("login", "eve@r.example"),
        ("first_name", "Eve"),
        ("last_name", "Roe"),
        ("email", "eve@r.example"),
        ("status", "not-registered"),
        ("password", "invitation"),
    ];
    let waits: &[_] = &[
        ("login", "wim@r.example"),
        ("last_name", "Roe"),
        ("status", "not-registered"),
        ("email", "wim@r.example"),
    ];
    let waits_off: &[_] = &[
        ("login", "wim@r.example"),
        ("last_name", "Roe"),
        ("status", "invalid"),
        ("email", "wim@r.example"),
    ];
    Told::default()
        .row(
            "external_user",
            "rita@r.example",
            "Rita Roe",
            Some(rita),
            Some(rita_off),
        )
        .row("external_user", "otto@r.example", "Otto Roe", Some(otto), Some(otto_on))
        .row(
            "external_user",
            "wim@r.example",
            "Wim Roe",
            Some(waits),
            Some(waits_off),
        )
        .row("external_user", "eve@r.example", "Eve Roe", None, Some(new))
        .row(
            "portal_object",
            "claims/new",
            "claims/new",
            None,
            Some(&[
                ("path", "claims/new"),
                ("name", "New claims"),
                ("kind", "folder"),
                ("parent", "claims"),
                ("inherits", "0"),
            ]),
        )
        .row(
            "portal_object",
            "claims",
            "claims",
            Some(&[
                ("path", "claims"),
                ("name", "Claims"),
                ("kind", "app"),
                ("author_level", "view"),
            ]),
            Some(&[
                ("path", "claims"),
                ("name", "Claims"),
                ("kind", "section"),
                ("author_level", "edit"),
            ]),
        )
        .link(
            "group_object",
            "Dealers",
            &[("group", "Dealers"), ("object", "claims/new"), ("level", "view")],
        )
        .link(
            "user_object",
            "Eve Roe",
            &[("user", "eve@r.example"), ("object", "claims/new"), ("level", "create")],
        )
        .unlink(
            "user_object",
            "Rita Roe",
            &[("user", "rita@r.example"), ("object", "claims"), ("level", "edit")],
        )
        .row(
            "user_object",
            "otto@r.example claims",
            "Otto Roe",
            Some(&[("user", "otto@r.example"), ("object", "claims"), ("level", "view")]),
            Some(&[("user", "otto@r.example"), ("object", "claims"), ("level", "edit")]),
        )
        .link(
            "user_group",
            "Eve Roe",
            &[
                ("user", "eve@r.example"),
                ("group", "Dealers"),
                ("permission", "member"),
            ],
        )
        .known("account", "co1", "Roe Ltd", Some("co1"))
}

pub(super) fn innosoft() -> Told {
    let jan: &[_] = &[
        ("login", "jan"),
        ("last_name", "Roe"),
        ("status", "valid"),
        ("external", "1"),
        ("address", "Hall 3"),
        ("right_machines", "1"),
        ("restrict_states", "0"),
        ("excel_export", "1"),
    ];
    let jan_now: &[_] = &[
        ("login", "jan"),
        ("last_name", "Roe"),
        ("status", "invalid"),
        ("external", "1"),
        ("address", "Hall 4"),
        ("right_machines", "0"),
        ("restrict_states", "1"),
        ("excel_export", "1"),
    ];
    let new: &[_] = &[
        ("login", "eve"),
        ("last_name", "Roe"),
        ("first_name", "+Eve"),
        ("status", "valid"),
        ("external", "1"),
        ("phone", "+49 241 2"),
        ("address", "Hall 4"),
        ("right_addresses", "1"),
        ("main_group", "Dealers"),
        ("contact_person", "Eva Roe"),
        ("password", "typed"),
        ("password_kept", "1"),
    ];
    Told::default()
        .row("external_user", "jan", "Jan Roe", Some(jan), Some(jan_now))
        .row("external_user", "eve", "Eve Roe", None, Some(new))
        .row(
            "address",
            "Hall 4",
            "Hall 4",
            None,
            Some(&[
                ("number", "A-4"),
                ("name", "Hall 4"),
                ("city", "Aachen"),
                ("account", "C1"),
            ]),
        )
        .link(
            "user_address",
            "Eve Roe",
            &[("user", "eve"), ("address", "Hall 3"), ("permission", "read")],
        )
        .link(
            "user_address",
            "Eve Roe",
            &[("user", "eve"), ("address", "Hall 4"), ("permission", "read")],
        )
        .unlink(
            "user_address",
            "Jan Roe",
            &[("user", "jan"), ("address", "Hall 3"), ("permission", "write")],
        )
        .link(
            "user_responsible_group",
            "Eve Roe",
            &[("user", "eve"), ("group", "Support")],
        )
        .link("user_ticket_type", "Eve Roe", &[("user", "eve"), ("type", "Repair")])
        .link("user_ticket_state", "Jan Roe", &[("user", "jan"), ("state", "Open")])
        .known("account", "C1", "Roe GmbH", Some("C1"))
}
