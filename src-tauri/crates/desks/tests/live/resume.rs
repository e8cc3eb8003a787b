//! A reading that broke off, and goes on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use portico_core::snapshot::Stopped;
use portico_desks::error::DeskError;

use crate::lists;
use crate::reading::{NOW, Reading};
use crate::server::{Reply, Server};
use crate::world::{self, Lists};

fn desk() -> Server {
    let lists = Lists::of("daktela-small", "/result/data");
    Server::start(move |asked, _| world::daktela(&lists, asked))
}

fn whole(server: &Server) -> (Vec<String>, usize) {
    let folder = tempfile::tempdir().unwrap();
    server.forget();
    Reading::of("daktela", &server.root).fetch(folder.path()).0.unwrap();
    let asked = server.asked().len();
    server.forget();
    (lists::read("daktela", folder.path()).unwrap().lines(), asked)
}

#[test]
fn after_a_break_only_what_is_missing_is_asked_for() {
    let server = desk();
    let (expected, all) = whole(&server);
    for pages in 0..=all {
        let folder = tempfile::tempdir().unwrap();
        let reading = Reading::of("daktela", &server.root);
        server.forget();
        let broken = reading.until(folder.path(), pages).0;
        let is_cancelled = matches!(broken, Err(DeskError::Stopped(Stopped::Cancelled)));
        assert!(is_cancelled, "{pages}");
        let first = server.asked().len();
        let fetched = reading.fetch(folder.path()).0.unwrap();
        assert_eq!(fetched.kept, first as u64, "{pages}");
        assert_eq!(server.asked().len(), all, "{pages}: {:?}", server.paths());
        let mut paths = server.paths();
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), all, "no page is asked for twice");
        assert_eq!(
            lists::read("daktela", folder.path()).unwrap().lines(),
            expected,
            "{pages}"
        );
    }
}

#[test]
fn a_page_that_did_not_become_whole_is_asked_for_again() {
    let server = desk();
    let (expected, _) = whole(&server);
    let folder = tempfile::tempdir().unwrap();
    let reading = Reading::of("daktela", &server.root);
    let _ = reading.until(folder.path(), 4).0;
    // As if the machine had gone down while the line of the last page was written.
    let journal = folder.path().join("reading.log");
    let text = std::fs::read_to_string(&journal).unwrap();
    std::fs::write(&journal, &text[..text.len() - 9]).unwrap();
    reading.fetch(folder.path()).0.unwrap();
    assert_eq!(lists::read("daktela", folder.path()).unwrap().lines(), expected);
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        names.iter().all(|name| !name.to_string_lossy().ends_with(".part")),
        "{names:?}"
    );
    // Once more, nothing is asked.
    server.forget();
    let fetched = reading.fetch(folder.path()).0.unwrap();
    assert_eq!((fetched.requests, server.asked().len()), (0, 0));
}

#[test]
fn pages_of_another_reading_are_not_gone_on_with() {
    let server = desk();
    let folder = tempfile::tempdir().unwrap();
    let reading = Reading::of("daktela", &server.root);
    let _ = reading.until(folder.path(), 3).0;
    let other = desk();
    let error = Reading::of("daktela", &other.root)
        .fetch(folder.path())
        .0
        .unwrap_err()
        .to_string();
    assert!(error.contains("another reading"), "{error}");
    let journal = folder.path().join("reading.log");
    let old = std::fs::read_to_string(&journal)
        .unwrap()
        .replace(&NOW.to_string(), "1795600000");
    std::fs::write(&journal, old).unwrap();
    let error = reading.fetch(folder.path()).0.unwrap_err().to_string();
    assert!(error.contains("older than a day"), "{error}");
    let full = tempfile::tempdir().unwrap();
    std::fs::write(full.path().join("letter.txt"), "Dear").unwrap();
    let error = reading.fetch(full.path()).0.unwrap_err().to_string();
    assert!(error.contains("is not empty"), "{error}");
}

#[test]
fn lists_of_records_go_on_too() {
    let broken = Arc::new(AtomicBool::new(true));
    let is_broken = Arc::clone(&broken);
    let lists = Lists::of("zoho-small", "/data");
    let server = Server::start(move |asked, _| {
        if asked.path.contains("4000000001102/contacts") && is_broken.load(Ordering::SeqCst) {
            return Reply::status(503);
        }
        world::zoho(&lists, asked, 1, world::TOKEN)
    });
    let address = format!("{}?orgId=7&accounts=https://login.example", server.root);
    let folder = tempfile::tempdir().unwrap();
    let reading = Reading::of("zoho", &address);
    let (error, pauses) = reading.fetch(folder.path());
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("answered 503 for contacts of accounts, 6 times"),
        "{error}"
    );
    assert_eq!(
        pauses.iter().map(std::time::Duration::as_secs).collect::<Vec<_>>(),
        [1, 2, 4, 8, 16]
    );
    broken.store(false, Ordering::SeqCst);
    server.forget();
    reading.fetch(folder.path()).0.unwrap();
    let paths = server.paths();
    assert_eq!(paths[0], "/api/v1/accounts/4000000001102/contacts:");
    assert!(
        !paths.iter().any(|path| path.starts_with("/api/v1/contacts:")),
        "{paths:?}"
    );
}
