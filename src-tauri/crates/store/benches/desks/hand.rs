//! The same questions in SQL written by hand, on a connection of its own.
//!
//! It has what the tickets' file has (cells and their indexes) and an index of cells by account besides. A page is read
//! in two ways, by cells and by age, and the quicker one counts.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, named_params};
use serde_json::{Value, json};

use crate::timing::Figures;
use crate::world::{Desk, Hand, ROLES, Size};

fn open(path: &Path) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let c = Connection::open_with_flags(path, flags).unwrap();
    let tickets = path.with_extension("portico-tickets");
    let uri = format!("file:{}?mode=ro&immutable=1", tickets.display());
    c.execute("ATTACH ?1 AS tickets KEY ''", [uri]).unwrap();
    c.execute_batch(
        "PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY; PRAGMA temp.cache_size = -64000;
         CREATE TEMP TABLE cells (id INTEGER PRIMARY KEY, account INTEGER, queue INTEGER, count INTEGER, newest INTEGER);
         INSERT INTO cells SELECT id, account, queue, count, newest FROM tickets.cell;
         CREATE INDEX temp.cells_account ON cells (account, queue, count);",
    )
    .unwrap();
    c
}

fn count(hand: &Hand) -> String {
    let Hand { sees, own, .. } = hand;
    format!(
        "WITH RECURSIVE {sees}
         SELECT coalesce((SELECT sum(c.count) FROM seen CROSS JOIN temp.cells c ON c.id = seen.cell), 0)
             + (SELECT count(*) FROM mine CROSS JOIN tickets.ticket t INDEXED BY ticket_owner ON t.owner = mine.owner
                WHERE t.cell NOT IN (SELECT cell FROM seen) AND {own})"
    )
}

/// What stands on a page, of tickets given by `picked (age, id)`.
fn shown(picked: &str) -> String {
    format!(
        "SELECT t.id, t.number, t.title, -t.age,
                (SELECT key FROM tickets.dict d WHERE d.kind = 3 AND d.id = t.queue),
                (SELECT key FROM tickets.dict d WHERE d.kind = 4 AND d.id = t.state)
         FROM ({picked}) p CROSS JOIN tickets.ticket t ON t.id = p.id ORDER BY p.age, p.id"
    )
}

/// No ticket of the page is in a cell that is not among the fifty newest ones that are seen.
fn page_by_cells(hand: &Hand) -> String {
    let Hand { sees, own, .. } = hand;
    let picked = format!(
        "SELECT age, id FROM (
             SELECT t.age, t.id FROM (
                 SELECT c.id FROM seen CROSS JOIN temp.cells c ON c.id = seen.cell ORDER BY c.newest LIMIT 50
             ) c CROSS JOIN tickets.ticket t INDEXED BY ticket_cell ON t.cell = c.id
             UNION ALL
             SELECT t.age, t.id FROM mine CROSS JOIN tickets.ticket t INDEXED BY ticket_owner ON t.owner = mine.owner
             WHERE t.cell NOT IN (SELECT cell FROM seen) AND {own}
         ) ORDER BY age, id LIMIT 50"
    );
    format!("WITH RECURSIVE {sees} {}", shown(&picked))
}

fn page_by_age(hand: &Hand) -> String {
    let Hand { sees, own, .. } = hand;
    let picked = format!(
        "SELECT t.age, t.id FROM tickets.ticket t INDEXED BY ticket_age
         WHERE t.cell IN (SELECT cell FROM seen) OR (t.owner IN (SELECT owner FROM mine) AND {own})
         ORDER BY t.age, t.id LIMIT 50"
    );
    format!("WITH RECURSIVE {sees} {}", shown(&picked))
}

fn read_page(c: &Connection, sql: &str, login: &str) -> Value {
    let mut statement = c.prepare_cached(sql).unwrap();
    let rows = statement.query_map(named_params! {":login": login}, |r| {
        let _: (String, String, i64) = (r.get(1)?, r.get(2)?, r.get(3)?);
        let _: (Option<String>, Option<String>) = (r.get(4)?, r.get(5)?);
        r.get::<_, i64>(0)
    });
    rows.unwrap().map(Result::unwrap).collect::<Vec<i64>>().into()
}

/// How many see the ticket, and the first fifty by login.
fn who(c: &Connection, hand: &Hand, id: i64) -> Value {
    let keys = "SELECT (SELECT key FROM tickets.dict d WHERE d.kind = 1 AND d.id = t.owner),
                       (SELECT key FROM tickets.dict d WHERE d.kind = 2 AND d.id = t.account),
                       (SELECT key FROM tickets.dict d WHERE d.kind = 3 AND d.id = t.queue)
                FROM tickets.ticket t WHERE t.id = ?1";
    let text =
        |r: &rusqlite::Row<'_>, at| Ok::<_, rusqlite::Error>(r.get::<_, Option<String>>(at)?.unwrap_or_default());
    let mut of_ticket = c.prepare_cached(keys).unwrap();
    let (owner, account, queue) = of_ticket
        .query_row([id], |r| Ok((text(r, 0)?, text(r, 1)?, text(r, 2)?)))
        .unwrap();
    // Both at once, so that who sees it is found out once.
    let sql = format!(
        "WITH RECURSIVE {} SELECT (SELECT count(*) FROM seers), p.login FROM (
             SELECT u.login FROM seers CROSS JOIN external_user u ON u.id = seers.id ORDER BY u.login LIMIT 50
         ) p",
        hand.who
    );
    let mut statement = c.prepare_cached(&sql).unwrap();
    // A desk need not ask about all three.
    for (name, value) in [(":owner", &owner), (":account", &account), (":queue", &queue)] {
        if let Some(at) = statement.parameter_index(name).unwrap() {
            statement.raw_bind_parameter(at, value).unwrap();
        }
    }
    let (mut all, mut logins) = (0_i64, Vec::new());
    let mut rows = statement.raw_query();
    while let Some(r) = rows.next().unwrap() {
        all = r.get(0).unwrap();
        logins.push(r.get::<_, String>(1).unwrap());
    }
    json!([all, logins])
}

pub(crate) fn ask(desk: &dyn Desk, size: &Size, path: &Path) -> Figures {
    let (c, hand) = (open(path), desk.hand());
    let mut figures = Figures::default();
    let (count, by_cells, by_age) = (count(&hand), page_by_cells(&hand), page_by_age(&hand));
    for role in ROLES {
        figures.ask(&format!("count {role}"), || -> i64 {
            let mut statement = c.prepare_cached(&count).unwrap();
            statement
                .query_row(named_params! {":login": role}, |r| r.get(0))
                .unwrap()
        });
        figures.ask(&format!("page {role}"), || read_page(&c, &by_cells, role));
        figures.ask(&format!("page by age {role}"), || read_page(&c, &by_age, role));
        let (cells, age) = (
            figures.numbers[&format!("page {role}")],
            figures.numbers[&format!("page by age {role}")],
        );
        assert_eq!(
            figures.answers[&format!("page {role}")],
            figures.answers[&format!("page by age {role}")]
        );
        if age < cells {
            for kind in ["", ", work"] {
                let quicker = figures.numbers[&format!("page by age {role}{kind}")];
                figures.numbers.insert(format!("page {role}{kind}"), quicker);
            }
        }
    }
    for sort in crate::ask::SORTS {
        let tickets = size.some_tickets(sort);
        let mut next = tickets.iter().cycle();
        figures.ask(&format!("who {sort}"), || who(&c, &hand, *next.next().unwrap()));
        let all: Vec<Value> = tickets.iter().map(|id| who(&c, &hand, *id)).collect();
        figures.answers.insert(format!("who {sort}"), all.into());
    }
    figures
}
