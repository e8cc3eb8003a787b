//! Assumed rules that decide for many.

use super::*;

/// The assumed rules that decide for many, each with how many.
fn assumed(desk: &str, statements: &str) -> BTreeMap<String, String> {
    let (_folder, store) = workspace(desk, &format!("{CROWD} {statements}"));
    let kind = kinds::named("assumed_rule").unwrap();
    let rows = store
        .read(|c| page(c, &Scene::load(c, desk, TODAY)?, kind, false, None, 50))
        .unwrap();
    rows.into_iter().map(|row| (row.subject, row.note)).collect()
}

#[test]
fn an_assumed_rule_is_told_with_how_many_it_decides_for() {
    let count = |told: &BTreeMap<String, String>, rule: &str| told.get(rule).map(String::as_str).map(str::to_owned);
    let own = |but: &str| {
        let told = assumed(
            "innosoft",
            &format!(
                "INSERT INTO address (id, number) VALUES (@1, '1'); UPDATE external_user SET address_id = @1 WHERE id NOT IN ({but});"
            ),
        );
        count(&told, "innosoft.address.own")
    };
    assert_eq!(own("@z").as_deref(), Some("11"));
    assert_eq!(own("@a").as_deref(), Some("10"));
    assert_eq!(own("@a, @b"), None, "nine are not many");
    let shut = assumed("innosoft", "UPDATE external_user SET validity = 2;");
    assert_eq!(
        shut.into_iter().collect::<Vec<_>>(),
        [("innosoft.login.valid".to_owned(), "11".to_owned())]
    );
    let write = "INSERT INTO address (id, number) VALUES (@1, '1');
        INSERT INTO user_address (user_id, address_id, permission) SELECT id, @1, 'write' FROM external_user;";
    assert_eq!(
        count(&assumed("innosoft", write), "innosoft.address.write"),
        None,
        "without the basic right"
    );
    let write = format!("{write} UPDATE external_user SET right_addresses = 1;");
    assert_eq!(
        count(&assumed("innosoft", &write), "innosoft.address.write").as_deref(),
        Some("11")
    );

    let through =
        "INSERT INTO account (id, key) VALUES (@1, 'ACME'); INSERT INTO contact (id, account_id) VALUES (@2, @1);
        INSERT INTO user_contact (user_id, contact_id) SELECT id, @2 FROM external_user;";
    let through = |flag: u8| {
        assumed(
            "daktela",
            &format!("{through} UPDATE external_user SET account_tickets = {flag};"),
        )
    };
    assert_eq!(
        count(&through(1), "daktela.account.through_contact").as_deref(),
        Some("11")
    );
    assert_eq!(count(&through(0), "daktela.account.through_contact"), None);

    let elma = assumed("elma365", "");
    assert_eq!(count(&elma, "elma365.object.not_everybody").as_deref(), Some("11"));
    let off = assumed(
        "elma365",
        "INSERT INTO desk_setting VALUES ('Portal::Active', 'false', 'desk');",
    );
    assert_eq!(off, BTreeMap::new(), "nobody enters");
    assert_eq!(count(&assumed("zoho", ""), "zoho.activity").as_deref(), Some("11"));
}
