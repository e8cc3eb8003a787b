//! The people whom a kind of findings is about, held against the findings one by one.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::error::Code;
use portico_api::exposure::Work;
use portico_api::findings::{count_findings, list_findings, mute_finding, people_of_finding};
use portico_api::invented;
use portico_api::session::{Session, system_actor};
use portico_api::types::findings::{FindingCounts, FindingQuery, FindingRow, MuteFinding};

fn counts(session: &Session) -> FindingCounts {
    let mut work = Work {
        job: "job",
        tell: &mut |_| (),
        cancelled: &Arc::new(AtomicBool::new(false)),
    };
    count_findings(session, &mut work).unwrap()
}

fn all(session: &Session, kind: &str) -> Vec<FindingRow> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let query = FindingQuery {
            kind: kind.to_owned(),
            muted: false,
            after,
            limit: 50,
        };
        let page = list_findings(session, &query).unwrap();
        rows.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return rows;
        }
    }
}

#[test]
fn everybody_is_named_once_and_nobody_who_is_muted() {
    let mut several = 0;
    for desk in ["daktela", "elma365", "innosoft", "otobo", "zoho"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("w.portico");
        let session = invented::create_sample_at(&path, None, desk, system_actor()).unwrap();
        for kind in counts(&session).kinds {
            let people = people_of_finding(&session, &kind.id);
            if kind.about != "external_user" {
                assert_eq!(people.unwrap_err().code, Code::NotFound, "{desk} {}", kind.id);
                continue;
            }
            let rows = all(&session, &kind.id);
            let subjects = |rows: &[FindingRow]| rows.iter().map(|row| row.subject.clone()).collect::<BTreeSet<_>>();
            let named: BTreeSet<String> = people.as_ref().unwrap().iter().cloned().collect();
            assert_eq!(named.len(), people.unwrap().len(), "{desk} {}: somebody twice", kind.id);
            assert_eq!(named, subjects(&rows), "{desk} {}", kind.id);
            several += usize::from(named.len() > 1);
            let Some(first) = rows.first() else { continue };
            let mute = MuteFinding {
                finding: first.key.clone(),
                reason: String::new(),
            };
            mute_finding(&session, &mute).unwrap();
            let left: BTreeSet<String> = people_of_finding(&session, &kind.id).unwrap().into_iter().collect();
            assert_eq!(left, subjects(&all(&session, &kind.id)), "{desk} {}: muted", kind.id);
        }
    }
    assert!(several > 0, "no sample has two people of a kind");
}
