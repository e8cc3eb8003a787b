//! The power goes at every moment of a change of passphrase.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_core::actor::Actor;
use portico_core::snapshot::{Sink, Source};
use tempfile::TempDir;

use super::*;
use crate::import::ImportOptions;
use crate::table::external_user;
use crate::{NewWorkspace, Store};

const CHEAP: Cost = Cost {
    memory_kib: 64,
    passes: 1,
    lanes: 1,
};

fn words(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

fn workspace() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.portico");
    let new = NewWorkspace {
        name: "Test".to_owned(),
        desk: portico_sample::DESK.to_owned(),
    };
    let store = Store::create(&path, &new).unwrap();
    let mut source = portico_sample::built_in();
    let mut read = |sink: &mut Sink<'_>| source.read(sink).map_err(|never| match never {});
    let (options, cancel) = (ImportOptions::default(), CancelFlag::new());
    let taken: Result<_> = store.import(
        &Actor::named("Ada"),
        portico_sample::DESK,
        &mut read,
        &options,
        &mut |_| {},
        &cancel,
    );
    taken.unwrap();
    (folder, path.canonicalize().unwrap())
}

fn unlock(path: &Path, text: Option<&str>) -> Result<Store> {
    Store::unlock(path, text.map(words).as_ref())
}

fn relock(path: &Path, text: Option<&str>, how: Relock<'_>) -> Result<()> {
    let relocked = unlock(path, text)?.relock(how, &mut |_| {}, &CancelFlag::new());
    relocked.map(|_| ()).map_err(|not| not.error)
}

fn set(path: &Path, text: &str) -> Result<()> {
    let how = Relock::Set {
        new: &words(text),
        cost: CHEAP,
    };
    relock(path, None, how)
}

fn content(path: &Path, text: Option<&str>) -> (u64, u64) {
    let store = unlock(path, text).unwrap();
    let people = store.read(external_user::count).unwrap();
    (people, store.read(snapshot::count).unwrap())
}

fn names(folder: &TempDir) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path()).unwrap().flatten();
    let mut names: Vec<String> = entries.map(|e| e.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// How far a change comes before the power goes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Until {
    KeyFile,
    Written,
    TakenOver,
    KeySettled,
    TicketsSettled,
    End,
}

const MOMENTS: [Until; 6] = [
    Until::KeyFile,
    Until::Written,
    Until::TakenOver,
    Until::KeySettled,
    Until::TicketsSettled,
    Until::End,
];

/// Does a change up to a moment, then leaves all files as they are, and no connection.
fn interrupted(path: &Path, from: Option<&str>, to: Option<&str>, until: Until) {
    let from = super::super::place(path, from.map(words).as_ref()).unwrap();
    let to = to.map(|text| KeyFile::fresh(&words(text), CHEAP).unwrap());
    let locked = to.is_some();
    let cancel = CancelFlag::new();
    let begun = Rewriting::begin(&from, &cancel).unwrap();
    if until == Until::KeyFile {
        if let Some((key_file, _)) = &to {
            key_file.write(&key_file::part_of(path)).unwrap();
        }
        // And half of everything else.
        for part in [
            part_of(path, &uuid::Uuid::now_v7().to_string()),
            snapshot::part_of(path, "0"),
        ] {
            std::fs::write(part, vec![0x5a; 10_000]).unwrap();
        }
        return;
    }
    let mut written = begun.write(to.as_ref(), &mut |_| {}).unwrap();
    if until != Until::Written {
        written.take_over().unwrap();
    }
    let before = from.key.as_ref().map(Key::salt);
    if until == Until::KeySettled && locked {
        KeyFile::settle(path, before).unwrap();
    } else if until == Until::KeySettled {
        forget(path, before).unwrap();
    }
    if until == Until::TicketsSettled {
        snapshot::take_over(path, written.tickets.as_ref().unwrap()).unwrap();
    }
    if until == Until::End {
        written.settle();
    } else {
        let Written { parts, .. } = written;
        std::mem::forget(parts);
    }
}

fn all_moments(from: Option<&str>, to: Option<&str>) {
    for until in MOMENTS {
        let (folder, path) = workspace();
        let before = content(&path, None);
        assert!(before.0 > 100 && before.1 > 100);
        if let Some(text) = from {
            set(&path, text).unwrap();
        }
        interrupted(&path, from, to, until);
        let happened = until != Until::KeyFile && until != Until::Written;
        let (opens, other) = if happened { (to, from) } else { (from, to) };
        // A reader clears nothing up; it reads all the same.
        let reader = Store::unlock_read_only(&path, opens.map(words).as_ref()).unwrap();
        assert_eq!(reader.read(snapshot::count).unwrap(), before.1, "{until:?}");
        drop(reader);
        assert_eq!(content(&path, opens), before, "{until:?}");
        if opens.is_some() {
            assert!(unlock(&path, other.or(Some("wrong"))).is_err(), "{until:?}");
        }
        // Nothing is left lying about, but for the key file of a passphrase that is no more.
        let left: Vec<String> = names(&folder)
            .into_iter()
            .filter(|n| !n.starts_with("one.portico-key.") && !n.ends_with("-shm") && !n.ends_with("-wal"))
            .collect();
        let mut expected = vec!["one.portico", "one.portico-tickets"];
        if opens.is_some() || left.iter().any(|n| n == "one.portico-key") {
            expected.insert(1, "one.portico-key");
        }
        assert_eq!(left, expected, "{until:?}");
        assert!(!names(&folder).iter().any(|n| n.contains(".part")), "{until:?}");
        // And the next change works.
        match opens {
            Some(text) => relock(&path, opens, Relock::Remove { old: &words(text) }).unwrap(),
            None => set(&path, "next").unwrap(),
        }
        assert_eq!(
            content(&path, opens.map_or(Some("next"), |_| None)),
            before,
            "{until:?}"
        );
    }
}

#[test]
fn setting_is_all_or_nothing() {
    all_moments(None, Some("new"));
}

#[test]
fn changing_is_all_or_nothing() {
    all_moments(Some("old"), Some("new"));
}

#[test]
fn removing_is_all_or_nothing() {
    all_moments(Some("old"), None);
}

#[test]
fn who_waits_for_the_old_file_does_not_take_it_for_the_workspace() {
    let (_folder, path) = workspace();
    let from = Place {
        path: path.clone(),
        key: None,
    };
    // Another process has opened the file, and comes to read from it only after the change.
    let late = Connection::open(&path).unwrap();
    let to = KeyFile::fresh(&words("new"), CHEAP).unwrap();
    let cancel = CancelFlag::new();
    let written = Rewriting::begin(&from, &cancel).unwrap().write(Some(&to), &mut |_| {});
    written.unwrap().finish().unwrap();
    let id: i64 = late.query_row("PRAGMA application_id", [], |r| r.get(0)).unwrap();
    assert_eq!(id, 0);
}

#[test]
fn a_file_that_is_replaced_while_it_is_opened_is_opened_again() {
    let (_folder, path) = workspace();
    let tries = std::cell::Cell::new(0);
    let opened = super::super::enter(&path, Some(&words("new")), |place| {
        tries.set(tries.get() + 1);
        if tries.get() == 1 {
            set(&path, "new")?;
            return Err(StoreError::NotAWorkspace(path.clone()));
        }
        Ok(place.key.is_some())
    });
    assert!(opened.unwrap());
    assert_eq!(tries.get(), 2);
}

/// Whether a mark that is staged stands in a file of this process that has no name.
#[cfg(target_os = "linux")]
fn spills(key: Option<&Key>, mark: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let conn = Connection::open(folder.path().join("one.portico")).unwrap();
    open::set_up(&conn, key).unwrap();
    crate::import::stage_for_tests(&conn, key).unwrap();
    conn.execute_batch("PRAGMA temp.cache_size = 10").unwrap();
    let mut fill = conn
        .prepare("INSERT INTO temp.in_desk_setting (name, value) VALUES (?1, ?2)")
        .unwrap();
    for n in 0..20_000 {
        fill.execute((format!("{mark} {n}"), "of some length, so that it fills pages"))
            .unwrap();
    }
    let nameless = |fd: &PathBuf| std::fs::read_link(fd).is_ok_and(|to| to.to_string_lossy().ends_with("(deleted)"));
    let files = std::fs::read_dir("/proc/self/fd").unwrap().flatten();
    let mut texts = files
        .map(|fd| fd.path())
        .filter(nameless)
        .filter_map(|fd| std::fs::read(fd).ok());
    texts.any(|text| text.windows(mark.len()).any(|w| w == mark.as_bytes()))
}

#[cfg(target_os = "linux")]
#[test]
fn what_an_import_stages_goes_to_files_only_where_there_is_no_passphrase() {
    assert!(
        spills(None, "staged in clear"),
        "looking finds nothing, so it proves nothing"
    );
    let (_, key) = KeyFile::fresh(&words("new"), CHEAP).unwrap();
    assert!(!spills(Some(&key), "staged behind a passphrase"));
}
