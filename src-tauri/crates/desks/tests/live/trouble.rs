//! What goes wrong between here and a desk.

use std::ops::ControlFlow;
use std::time::Duration;

use portico_core::snapshot::Stopped;
use portico_desks::error::DeskError;
use portico_desks::rest::{Manner, RestError, fetch};
use serde_json::json;

use crate::lists;
use crate::reading::{NOW, Reading};
use crate::server::{Asked, Reply, Server};
use crate::world::{self, Lists, TOKEN};

/// A desk that answers well, but for what `bad` says; it hears the question and how many came before.
fn desk(bad: impl Fn(&Asked, usize) -> Option<Reply> + Send + Sync + 'static) -> Server {
    let lists = Lists::of("daktela-small", "/result/data");
    Server::start(move |asked, before| bad(asked, before).unwrap_or_else(|| world::daktela(&lists, asked)))
}

/// What is said, the pauses, and whether everything came.
fn read(server: &Server) -> (Result<usize, String>, Vec<Duration>) {
    let folder = tempfile::tempdir().unwrap();
    let (fetched, pauses) = Reading::of("daktela", &server.root).fetch(folder.path());
    let fetched = fetched.map_err(|error| {
        let error = error.to_string();
        assert!(!error.contains("hunter2"), "{error}");
        error
    });
    let users = fetched.map(|_| lists::read("daktela", folder.path()).unwrap().world.users.len());
    (users, pauses)
}

fn seconds(pauses: &[Duration]) -> Vec<u64> {
    pauses.iter().map(Duration::as_secs).collect()
}

#[test]
fn a_busy_server_is_left_alone_for_as_long_as_it_says() {
    let server = desk(|_, before| (before == 1).then(|| Reply::status(429).with("Retry-After", "17")));
    let (users, pauses) = read(&server);
    assert_eq!((users, seconds(&pauses)), (Ok(3), vec![17]));
    // Less than the pause that would be made anyhow is not less.
    let server = desk(|_, before| (before == 1).then(|| Reply::status(429).with("Retry-After", "0")));
    assert_eq!(seconds(&read(&server).1), [1]);
    let server = desk(|_, _| Some(Reply::status(429).with("Retry-After", "7200")));
    let (said, pauses) = read(&server);
    assert!(said.unwrap_err().contains("for 120 minutes"));
    assert_eq!(pauses, []);
}

#[test]
fn a_server_that_fails_is_asked_again_and_not_for_ever() {
    let server = desk(|_, before| (before == 2 || before == 3).then(|| Reply::status(500)));
    let (users, pauses) = read(&server);
    assert_eq!((users, seconds(&pauses)), (Ok(3), vec![1, 2]));
    let server = desk(|_, before| (before > 2).then(|| Reply::status(502)));
    let (said, pauses) = read(&server);
    assert!(said.unwrap_err().contains("answered 502 for"));
    assert_eq!(seconds(&pauses), [1, 2, 4, 8, 16]);
}

#[test]
fn a_line_that_is_cut_in_a_page_is_no_end_of_the_list() {
    for says_length in [true, false] {
        let lists = Lists::of("daktela-small", "/result/data");
        let server = desk(move |asked, before| {
            (before == 2).then(|| Reply {
                cut: Some(60),
                says_length,
                ..world::daktela(&lists, asked)
            })
        });
        let (users, pauses) = read(&server);
        assert_eq!((users, seconds(&pauses)), (Ok(3), vec![1]), "{says_length}");
    }
    // Cut before anything came.
    let server = desk(|_, before| {
        (before == 0).then(|| Reply {
            cut: Some(0),
            body: vec![b' '; 9],
            ..Reply::status(200)
        })
    });
    assert_eq!(read(&server).0, Ok(3));
}

#[test]
fn nobody_there() {
    let folder = tempfile::tempdir().unwrap();
    let closed = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let (error, pauses) = Reading::of("daktela", &format!("http://{closed}")).fetch(folder.path());
    assert!(matches!(error, Err(DeskError::Rest(RestError::Unreachable { .. }))));
    // It may be the wrong address: that is not found out only after half a minute.
    assert_eq!(seconds(&pauses), [1]);
    let folder = tempfile::tempdir().unwrap();
    let (error, pauses) = Reading::of("daktela", "https://no-such-name.invalid").fetch(folder.path());
    let error = error.unwrap_err().to_string();
    assert!(error.contains("is the name right"), "{error}");
    assert_eq!(seconds(&pauses), [1]);
}

#[test]
fn a_token_that_does_not_open_is_told_from_one_that_may_not_read() {
    let server = desk(|_, _| Some(Reply::status(401)));
    assert!(read(&server).0.unwrap_err().contains("does not take the token"));
    assert_eq!(server.asked().len(), 1);
    let server = desk(|asked, _| asked.path.contains("externals").then(|| Reply::status(403)));
    let said = read(&server).0.unwrap_err();
    assert_eq!(
        said,
        "the desk does not let the token read externalsUsers: it needs the right externalsUsers"
    );
    let folder = tempfile::tempdir().unwrap();
    for (secret, word) in [
        ("", "wants a token"),
        ("two\nlines hunter2", "blanks"),
        ("\u{e9}", "blanks"),
    ] {
        let reading = Reading {
            secret,
            ..Reading::of("daktela", &server.root)
        };
        let error = reading.fetch(folder.path()).0.unwrap_err().to_string();
        assert!(error.contains(word) && !error.contains("hunter2"), "{error}");
    }
    // What an error says is told, but not a token that it repeats.
    let refusal = |text: &str| Reply {
        status: 422,
        ..Reply::json(&json!({ "message": text }))
    };
    let (plain, echo) = (refusal("take is too large"), refusal(&format!("bad token {TOKEN}")));
    let server = desk(move |_, _| Some(plain.clone()));
    assert!(read(&server).0.unwrap_err().contains("(422: take is too large)"));
    let server = desk(move |_, _| Some(echo.clone()));
    assert!(read(&server).0.unwrap_err().contains("(422)"));
}

#[test]
fn the_token_goes_nowhere_else() {
    let other = Server::start(|_, _| Reply::status(200));
    for status in [301, 302, 303, 307, 308] {
        let to = format!("{}/login?secret=hunter2", other.root);
        let server = desk(move |_, _| Some(Reply::status(status).with("Location", &to)));
        let said = read(&server).0.unwrap_err();
        assert!(said.contains(&format!("sends to {}", other.root)), "{said}");
    }
    assert_eq!(other.asked().len(), 0);
    let server = desk(|_, _| Some(Reply::status(302).with("Location", "/login")));
    assert!(
        read(&server)
            .0
            .unwrap_err()
            .contains(&format!("sends to {}", server.root))
    );
}

#[test]
fn a_list_that_has_no_end_is_noticed() {
    // The desk does not heed `skip`: the same page again and again.
    let pages = |total: bool| {
        desk(move |asked, _| {
            let lists = Lists::of("daktela-small", "/result/data");
            let mut answer = json!({"error": [], "result": {"data": lists.get("contacts").unwrap()}});
            if total {
                answer["result"]["total"] = 99.into();
            }
            asked.path.contains("accounts").then(|| Reply::json(&answer))
        })
    };
    for total in [true, false] {
        let said = read(&pages(total)).0.unwrap_err();
        assert!(said.contains("page 2 of accounts is one that came before"), "{said}");
    }
    // Records without keys are told apart, too.
    let rows = json!([{"title": "x"}, {"title": "y"}]);
    let server = desk(move |_, _| Some(Reply::json(&json!({"result": {"data": rows, "total": 9}}))));
    assert!(read(&server).0.unwrap_err().contains("has no end"));
}

/// A desk whose contacts change while they are read: `now` says which are there, by how many questions for them came.
fn moving(now: impl Fn(usize) -> Vec<u32> + Send + Sync + 'static) -> Server {
    let asked_for = std::sync::atomic::AtomicUsize::new(0);
    desk(move |asked, _| {
        if !asked.path.contains("contacts") {
            return None;
        }
        let before = asked_for.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let contact = |n: &u32| json!({"name": format!("c{n}"), "title": "x", "account": null});
        let all: Vec<_> = now(before).iter().map(contact).collect();
        let data = world::page(&all, asked.number("skip").unwrap(), 3);
        Some(Reply::json(&json!({"result": {"data": data, "total": all.len()}})))
    })
}

fn contacts(server: &Server) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().unwrap();
    let fetched = Reading::of("daktela", &server.root).fetch(folder.path()).0;
    fetched.map_err(|error| error.to_string())?;
    let all = lists::read("daktela", folder.path()).unwrap().world.contacts;
    Ok(all.iter().map(|one| one.key.clone()).collect())
}

#[test]
fn a_record_that_goes_while_pages_are_turned_takes_no_other_with_it() {
    // c0 goes after the first page: what was number 3 is number 2, and would never be shown.
    let server = moving(|before| {
        if before == 0 {
            (0..8).collect()
        } else {
            (1..8).collect()
        }
    });
    assert_eq!(contacts(&server).unwrap(), ["c1", "c2", "c3", "c4", "c5", "c6", "c7"]);
    // All but the first page go: no page of before stays.
    let server = moving(|before| if before < 3 { (0..8).collect() } else { vec![1, 2] });
    assert_eq!(contacts(&server).unwrap(), ["c1", "c2"]);
    // One that comes before them is not missed.
    let server = moving(|before| {
        if before == 0 {
            (1..8).collect()
        } else {
            (0..8).collect()
        }
    });
    assert_eq!(
        contacts(&server).unwrap(),
        ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"]
    );
}

#[test]
fn a_list_that_never_stands_still_is_not_taken_in_part() {
    let server = moving(|before| (u32::try_from(before).unwrap()..100).collect());
    let said = contacts(&server).unwrap_err();
    assert!(said.contains("the list contacts changes while it is read"), "{said}");
    // Two pages, three times.
    let asked = server.paths().iter().filter(|path| path.contains("contacts")).count();
    assert_eq!(asked, 6);
}

#[test]
fn what_is_no_list_is_said() {
    for (body, word) in [
        (
            "{\"result\": nonsense}",
            "page 1 of accounts cannot be understood: it is not JSON",
        ),
        ("<!doctype html><p>Log in", "a page for people came"),
        (
            "{\"error\": [\"no such model\"], \"result\": null}",
            "answered with an error ([\"no such model\"])",
        ),
        ("{\"data\": []}", "holds no list of records"),
        ("[]", "holds no list of records"),
    ] {
        let server = desk(move |_, _| Some(Reply::text(body)));
        let said = read(&server).0.unwrap_err();
        assert!(said.contains(word), "{said}");
        assert_eq!(server.asked().len(), 1, "what is no JSON is not asked for again");
    }
    // One that is cut is asked for again, and in the end said.
    let server = desk(|_, _| Some(Reply::text("{\"result\": {\"da")));
    assert!(read(&server).0.unwrap_err().contains("it ends too early"));
    assert_eq!(server.asked().len(), 6);
    let server = desk(|_, _| Some(Reply::status(404)));
    assert!(read(&server).0.unwrap_err().contains("has no list accounts"));
}

#[test]
fn a_list_of_people_under_another_name_is_no_desk_without_people() {
    let server = desk(|asked, _| asked.path.contains("externals").then(|| Reply::status(404)));
    let folder = tempfile::tempdir().unwrap();
    let fetched = Reading::of("daktela", &server.root).fetch(folder.path()).0.unwrap();
    assert_eq!(fetched.findings.len(), 1);
    assert!(fetched.findings[0].message.contains("beside=FOLDER"));
    let read = lists::read("daktela", folder.path()).unwrap();
    assert!(!read.kinds.contains(&"external_users"), "the workspace's stay");
}

#[test]
fn an_answer_that_never_ends_does_not_fill_the_memory() {
    let server = desk(|_, _| {
        Some(Reply {
            says_length: false,
            times: 500,
            ..Reply::text(vec![b'['; 1 << 20])
        })
    });
    let folder = tempfile::tempdir().unwrap();
    let reading = Reading::of("daktela", &server.root);
    let manner = Manner {
        longest: 1 << 20,
        ..Manner::new(&|_| ControlFlow::Continue(()), NOW)
    };
    let error = fetch(
        "daktela",
        &reading.connection(),
        true,
        folder.path(),
        &manner,
        &mut |_| ControlFlow::Continue(()),
    );
    assert!(error.unwrap_err().to_string().contains("longer than 1 MB"));
    let taken = server.sent() >> 20;
    assert!(taken < 50, "{taken} MB were taken of it");
}

#[test]
fn keys_lead_nowhere_else() {
    for id in ["../../tickets", "a/b", "", "x?y", "..", "\u{0}"] {
        let server = Server::start(move |asked, _| {
            if asked.path.ends_with("/accounts") {
                return Reply::json(&json!({"data": [{"id": id, "accountName": "x"}]}));
            }
            Reply::status(204)
        });
        let folder = tempfile::tempdir().unwrap();
        let address = format!("{}?orgId=7&accounts=https://login.example", server.root);
        let error = Reading::of("zoho", &address)
            .fetch(folder.path())
            .0
            .unwrap_err()
            .to_string();
        assert!(error.contains("that could be asked for"), "{id}: {error}");
    }
}

#[test]
fn whoever_waits_can_stop_waiting() {
    let server = desk(|_, _| Some(Reply::status(503)));
    let folder = tempfile::tempdir().unwrap();
    let reading = Reading::of("daktela", &server.root);
    let manner = Manner::new(&|_| ControlFlow::Break(()), NOW);
    let error = fetch(
        "daktela",
        &reading.connection(),
        true,
        folder.path(),
        &manner,
        &mut |_| ControlFlow::Continue(()),
    );
    assert!(matches!(error, Err(DeskError::Stopped(Stopped::Cancelled))));
    assert_eq!(server.asked().len(), 1);
}
