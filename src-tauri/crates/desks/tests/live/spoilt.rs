//! Pages that are spoilt on their way: what is read ends, never panics, and is right or said to be wrong.

use portico_desks::error::DeskError;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::budget::for_a_while;
use crate::lists;
use crate::reading::Reading;
use crate::server::{Reply, Server};
use crate::spoil::{spoil, spoilt};
use crate::world::{self, Lists};

#[test]
fn spoilt_pages_never_panic() {
    let statuses = prop::sample::select(vec![200_u16, 200, 200, 200, 200, 204, 302, 400, 403, 429, 500]);
    let how = (
        0..2_usize,
        any::<Index>(),
        spoil(),
        statuses,
        prop::option::of(0..200_usize),
    );
    for_a_while("tests/live/regressions.txt", &how, |(desk, which, how, status, cut)| {
        let (desk, records) = [("daktela", "/result/data"), ("elma365", "/result/result")][desk];
        let lists = Lists::of(&format!("{desk}-small"), records);
        // The desks have some twenty pages; asked again, the same page comes whole.
        let bad = which.index(20);
        let server = Server::start(move |asked, before| {
            let whole = if desk == "daktela" {
                world::daktela(&lists, asked)
            } else {
                world::elma365(&lists, asked)
            };
            if before != bad || whole.status != 200 {
                return whole;
            }
            Reply {
                status,
                body: spoilt(whole.body.clone(), &how),
                cut,
                ..whole
            }
        });
        let folder = tempfile::tempdir().unwrap();
        let (fetched, _) = Reading::of(desk, &server.root).fetch(folder.path());
        match fetched {
            Err(error) => prop_assert!(!error.to_string().is_empty() && !error.to_string().contains("hunter2")),
            Ok(_) => match lists::read(desk, folder.path()) {
                Ok(read) => prop_assert!(!read.kinds.is_empty() && read.report.problems.is_empty()),
                Err(DeskError::BadSource { problems, .. }) => prop_assert!(!problems.is_empty()),
                Err(other) => prop_assert!(false, "{other}"),
            },
        }
        Ok(())
    });
}
