//! What is wrong with a dump, and what of it the desk tolerates.

use std::fs;

use super::{all, append, change, copy, options, read, small};

#[test]
fn all_problems_come_in_one_report_and_nothing_is_yielded() {
    let folder = copy();
    let at = folder.path();
    fs::remove_file(at.join("ticket_priority.csv")).unwrap();
    change(at, "queue.csv", "5,Support,4", "5,Support,44");
    change(at, "ticket_state.csv", "type_id", "typ");
    append(
        at,
        "customer_user.csv",
        "9,anna,x@example.com,ACME,,,A,B,,,,,,,,,1,2026-11-22 16:53:14,1,2026-11-22 16:53:14,1\n",
    );
    append(at, "customer_company.csv", "ACME,Other\n");
    append(
        at,
        "group_customer_user.csv",
        "anna,99,ro,1,2026-11-22 16:53:15,1,2026-11-22 16:53:15,1\n",
    );
    append(
        at,
        "ticket.csv",
        "4,2026999999,x,7,1,2,,,1,1,3,2,ACME,anna,0,0,0,0,0,0,0,yesterday,1,2026-11-22 16:53:15,1\n",
    );
    append(
        at,
        "article.csv",
        "9999,8888,3,3,1,1,x,2026-11-22 16:53:15,1,2026-11-22 16:53:15,1\n",
    );
    let mut bytes = fs::read(at.join("ticket_type.csv")).unwrap();
    bytes.extend_from_slice(b"9,\xff\xfe,1,2026-11-22 16:50:29,1,2026-11-22 16:50:29,1\n");
    fs::write(at.join("ticket_type.csv"), bytes).unwrap();
    // A remark in another encoding is said before anything is handed over, too.
    let mut bytes = fs::read(at.join("groups_table.csv")).unwrap();
    bytes.extend_from_slice(b"98,odd,G\xfcte,1,2026-11-22 16:50:29,1,2026-11-22 16:50:29,1\n");
    let remark = bytes.split(|byte| *byte == b'\n').count() as u64 - 1;
    fs::write(at.join("groups_table.csv"), bytes).unwrap();

    let read = read(options(at));
    assert!(read.batches.is_empty(), "nothing may be yielded");
    let has = |file: &str, line: u64, column: &str, words: &str| {
        let hit = read
            .problems()
            .iter()
            .any(|p| p.file == file && p.line == line && p.column == column && p.message.contains(words));
        assert!(hit, "{file}:{line}:{column} {words} not in {:#?}", read.problems());
    };
    has("groups_table.csv", remark, "comments", "UTF-8");
    has("ticket_priority.csv", 0, "", "is missing");
    has("queue.csv", 6, "group_id", "44 is no row of groups");
    has("ticket_state.csv", 1, "type_id", "no column type_id");
    has("customer_user.csv", 10, "login", "stands on line 2");
    has("customer_company.csv", 6, "", "2 values");
    has("group_customer_user.csv", 8, "group_id", "99");
    has("ticket.csv", 47, "create_time", "yesterday");
    has(
        "article.csv",
        fs::read_to_string(small().join("article.csv")).unwrap().lines().count() as u64 + 1,
        "ticket_id",
        "8888",
    );
    has(
        "ticket_type.csv",
        fs::read_to_string(small().join("ticket_type.csv"))
            .unwrap()
            .lines()
            .count() as u64
            + 1,
        "name",
        "UTF-8",
    );
}

#[test]
fn what_the_desk_tolerates_is_kept_and_found() {
    let folder = copy();
    let at = folder.path();
    let stamp = "2026-11-22 16:53:15,1,2026-11-22 16:53:15,1\n";
    append(
        at,
        "group_customer_user.csv",
        &format!("anna,4,ro,1,{stamp}anna,4,rw,1,{stamp}ghost,4,ro,1,{stamp}ben,5,rw,0,{stamp}"),
    );
    append(
        at,
        "customer_user.csv",
        &format!("9,ANNA,anna@example.com,ACME,,,A,B,,,,,,,,,1,{stamp}"),
    );
    append(
        at,
        "group_customer.csv",
        &format!("ACME,4,ro,1,Custom::Context,{stamp}"),
    );
    change(at, "ticket.csv", "ACME,anna", "ACME,nobody");
    let read = read(options(at));
    read.result.as_ref().unwrap();
    for words in [
        "anna has both ro and rw",
        "anna / 4 rw stands 2 times",
        "nobody has the login ghost",
        "only 1 counts",
        "ANNA differs only in case",
        "e-mail address anna@example.com belongs to 2 people",
        "context Custom::Context",
        "nobody has the login nobody (1 rows)",
    ] {
        assert!(read.found(words), "{words}: {:#?}", read.reader.report().findings);
    }
    let links = all!(read, UserGroups);
    assert_eq!(
        links.iter().filter(|l| l.user == "anna").count(),
        3,
        "doubled rows are kept"
    );
    assert!(links.iter().any(|l| l.user == "ghost") && !links.iter().any(|l| l.user == "ben" && l.group == "5"));
    assert_eq!(all!(read, AccountGroups).len(), 5);
}

#[test]
fn a_login_over_a_hundred_characters_with_links_is_found() {
    let folder = copy();
    let long = "x".repeat(120);
    append(
        folder.path(),
        "customer_user.csv",
        &format!("9,{long},l@example.com,ACME,,,A,B,,,,,,,,,1,2026-11-22 16:53:15,1,2026-11-22 16:53:15,1\n"),
    );
    let cut = &long[..100];
    append(
        folder.path(),
        "group_customer_user.csv",
        &format!("{cut},4,ro,1,2026-11-22 16:53:15,1,2026-11-22 16:53:15,1\n"),
    );
    assert!(read(options(folder.path())).found("over 100 characters"));
}
