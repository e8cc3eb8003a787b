//! Files that are refused, and files that are stopped.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use portico_api::error::Code;
use portico_api::exposure;
use portico_api::types::exposure::ExposureSource;
use portico_api::types::transfer::Progress;

use super::{ending, everybody, export, input, sample, working};

#[test]
fn columns_that_there_are_not_and_sources_that_are_refused_leave_no_file() {
    let (folder, session) = sample("otobo");
    let path = folder.path().join("all.csv");
    let unknown = export(&session, &input(ExposureSource::Pending, ["login", "shoe"], &path)).unwrap_err();
    assert!(unknown.message.contains("shoe"), "{unknown:?}");
    let gone = ExposureSource::Undo { change: 9_999 };
    let refused = export(&session, &input(gone, ["login"], &path)).unwrap_err();
    assert!(refused.message.contains("9999"), "{refused:?}");
    assert!(!path.exists());
    let itself = session.path().to_owned();
    let mut over = input(ExposureSource::Pending, ["login"], &path);
    over.path = itself.display().to_string();
    assert_eq!(export(&session, &over).unwrap_err().code, Code::Conflict);
}

#[test]
fn cancelled_it_leaves_nothing_and_what_was_there() {
    let (folder, session) = sample("otobo");
    let before = |folder: &Path| -> BTreeSet<PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    let there = folder.path().join("there.xlsx");
    std::fs::write(&there, "of yesterday").unwrap();
    let files = before(folder.path());
    let source = ExposureSource::Bulk {
        edit: ending(&session, everybody()),
    };
    // Stopped while the change is tried out, and while people are compared.
    for phase in ["trying", "comparing"] {
        for path in [&there, &folder.path().join("new.csv")] {
            let cancelled = Arc::new(AtomicBool::new(false));
            let mut phases = BTreeSet::new();
            let mut tell = |news: Progress| {
                if news.phase == phase {
                    cancelled.store(true, Ordering::Relaxed);
                }
                phases.insert(news.phase);
            };
            let refused = working(&mut tell, &cancelled, |work| {
                exposure::export_exposure(&session, &input(source.clone(), ["login"], path), work)
            });
            assert_eq!(refused.unwrap_err().code, Code::Cancelled);
            assert!(phases.contains(phase) && !phases.contains("writing"), "{phases:?}");
            assert_eq!(before(folder.path()), files);
        }
    }
    assert_eq!(std::fs::read_to_string(&there).unwrap(), "of yesterday");
    let mut phases = Vec::new();
    let mut tell = |news: Progress| {
        if phases.last() != Some(&news.phase) {
            phases.push(news.phase);
        }
    };
    working(&mut tell, &Arc::default(), |work| {
        exposure::export_exposure(&session, &input(source, ["login"], &there), work).unwrap()
    });
    assert_eq!(phases, ["trying", "comparing", "writing"]);
    assert!(std::fs::read(&there).unwrap().starts_with(b"PK"));
}
