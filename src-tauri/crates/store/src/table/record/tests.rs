//! That the lists are as fast as their indexes, and that writing keeps what it must.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use super::*;
use crate::open;

fn plan(c: &Connection, sql: &str) -> String {
    let mut statement = c.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let steps: Vec<String> = statement
        .query_map([], |r| r.get(3))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    steps.join("; ")
}

#[test]
fn lists_by_name_walk_an_index_and_nothing_else() {
    let conn = open::scratch().unwrap();
    let long = [
        Entity::Account,
        Entity::Contact,
        Entity::Address,
        Entity::Machine,
        Entity::Agent,
        Entity::PortalObject,
    ];
    for entity in long {
        let face = face::face(entity);
        let sql = format!(
            "SELECT t.id FROM {} t WHERE portico_contains(portico_search({}), '', 'x') ORDER BY portico_search({}), t.id LIMIT 50",
            entity.name(),
            face.text,
            face.name
        );
        let found = plan(&conn, &sql);
        assert_eq!(found, format!("SCAN t USING COVERING INDEX {}_face", entity.name()));
    }
}

#[test]
fn a_level_of_the_tree_is_read_in_order() {
    let conn = open::scratch().unwrap();
    let name = face::face(Entity::PortalObject).name;
    let sql = format!(
        "SELECT t.id FROM portal_object t WHERE t.parent_id IS x'00' ORDER BY portico_search({name}), t.id LIMIT 50"
    );
    assert_eq!(
        plan(&conn, &sql),
        "SEARCH t USING COVERING INDEX portal_object_tree (parent_id=?)"
    );
}

#[test]
fn the_first_of_many_that_refer_are_the_first_by_name_however_many_there_are() {
    let conn = open::scratch().unwrap();
    conn.execute_batch(
        "INSERT INTO account (id, key) VALUES (zeroblob(16), 'A');
         INSERT INTO permission_group (id, name) VALUES (zeroblob(16), 'G');
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
         INSERT INTO contact (id, last_name, account_id) SELECT randomblob(16), 'Name ' || (9999 - i), zeroblob(16) FROM n;
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
         INSERT INTO external_user (id, login, last_name, sort_name)
         SELECT randomblob(16), 'l' || i, 'Name ' || (9999 - i), 'name ' || (9999 - i) FROM n;
         INSERT INTO user_group (user_id, group_id, permission) SELECT id, zeroblob(16), 'ro' FROM external_user;",
    )
    .unwrap();
    let id = [0_u8; 16];
    for entity in [Entity::Account, Entity::Group] {
        let many = &uses(&conn, entity, id, 2).unwrap()[0];
        let names: Vec<&str> = many.some.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(
            (many.total, names.as_slice()),
            (1500, ["Name 8499", "Name 8500"].as_slice())
        );
    }
    conn.execute_batch("DELETE FROM contact WHERE last_name > 'Name 8500'; DELETE FROM user_group WHERE user_id IN (SELECT id FROM external_user WHERE last_name > 'Name 8500')")
        .unwrap();
    for entity in [Entity::Account, Entity::Group] {
        let few = &uses(&conn, entity, id, 2).unwrap()[0];
        let names: Vec<&str> = few.some.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(
            (few.total, names.as_slice()),
            (2, ["Name 8499", "Name 8500"].as_slice())
        );
    }
}
