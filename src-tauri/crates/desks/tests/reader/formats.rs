//! The forms a dump comes in: batch output, archives, character sets, bodies, and bytes at random.

use std::fs;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use portico_core::snapshot::Stopped;
use portico_desks::error::DeskError;
use portico_desks::reader::{Bodies, ReadOptions};
use portico_desks::registry;
use proptest::prelude::*;
use tempfile::TempDir;

use super::{all, append, change, copy, options, read, small};

/// Turns a CSV of the small desk into what `mysql --batch` writes.
fn as_batch(folder: &Path) {
    for entry in fs::read_dir(small()).unwrap() {
        let path = entry.unwrap().path();
        let table = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(&path).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let mut out = String::new();
        // mysql prints nothing at all for a table without rows.
        for row in rows.iter().take(if rows.len() > 1 { usize::MAX } else { 0 }) {
            let cells: Vec<String> = row
                .iter()
                .map(|c| {
                    if c.is_empty() {
                        "NULL".to_owned()
                    } else {
                        c.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t")
                    }
                })
                .collect();
            out.push_str(&cells.join("\t"));
            out.push('\n');
        }
        fs::write(folder.join(format!("{table}.tsv")), out).unwrap();
    }
}

#[test]
fn batch_output_reads_as_the_same_world() {
    let folder = tempfile::tempdir().unwrap();
    as_batch(folder.path());
    let (csv, tsv) = (read(options(&small())), read(options(folder.path())));
    tsv.result.as_ref().unwrap();
    assert_eq!(all!(csv, Tickets), all!(tsv, Tickets));
    assert_eq!(all!(csv, ExternalUsers), all!(tsv, ExternalUsers));
    assert_eq!(all!(csv, Activities), all!(tsv, Activities));
    assert_eq!(all!(csv, AccountGroups), all!(tsv, AccountGroups));
}

#[test]
fn escapes_and_znuny_names_are_understood() {
    let folder = tempfile::tempdir().unwrap();
    as_batch(folder.path());
    fs::rename(
        folder.path().join("groups_table.tsv"),
        folder.path().join("permission_groups.tsv"),
    )
    .unwrap();
    change(
        folder.path(),
        "article_data_mime.tsv",
        "please help",
        r"two\nlines\tC:\\temp",
    );
    let read = read(options(folder.path()));
    read.result.as_ref().unwrap();
    assert_eq!(read.settings()["Portico::Flavour"].0, "\"znuny\"");
    assert_eq!(all!(read, Activities)[0].body.as_deref(), Some("two\nlines\tC:\\temp"));
}

#[test]
fn bodies_are_cut_at_a_character_or_left_out() {
    let folder = copy();
    let long = format!("{}ä{}", "a".repeat(4_095), "b".repeat(10_000));
    change(folder.path(), "article_data_mime.csv", "please help", &long);
    let body = |bodies| {
        all!(
            read(ReadOptions {
                bodies,
                ..options(folder.path())
            }),
            Activities
        )[0]
        .body
        .clone()
    };
    assert_eq!(body(Bodies::None), None);
    assert_eq!(body(Bodies::Short).unwrap().len(), 4_095);
    assert_eq!(body(Bodies::Full).unwrap(), long);
}

fn zip_of(folder: &Path, names: &dyn Fn(&str) -> String) -> TempDir {
    let out = tempfile::tempdir().unwrap();
    let mut zip = zip::ZipWriter::new(fs::File::create(out.path().join("dump.zip")).unwrap());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = names(path.file_name().unwrap().to_str().unwrap());
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&fs::read(path).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    out
}

#[test]
fn an_archive_reads_like_its_folder() {
    let zip = zip_of(&small(), &|name| format!("dump/{name}"));
    let (folder, archive) = (read(options(&small())), read(options(&zip.path().join("dump.zip"))));
    archive.result.as_ref().unwrap();
    assert_eq!(all!(folder, Tickets), all!(archive, Tickets));
    assert_eq!(all!(folder, Activities), all!(archive, Activities));
}

#[test]
fn an_archive_that_points_outside_or_repeats_itself_is_refused() {
    let outside = zip_of(&small(), &|name| format!("../../{name}"));
    let result = read(options(&outside.path().join("dump.zip"))).result;
    assert!(
        matches!(&result, Err(DeskError::Archive { reason, .. }) if reason.contains("outside")),
        "{result:?}"
    );
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("dump.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    for folder in ["a", "b"] {
        zip.start_file(format!("{folder}/ticket.csv"), zip::write::SimpleFileOptions::default())
            .unwrap();
    }
    zip.finish().unwrap();
    let result = read(options(&path)).result;
    assert!(
        matches!(&result, Err(DeskError::Archive { reason, .. }) if reason.contains("more than once")),
        "{result:?}"
    );
}

#[test]
fn an_archive_that_swells_absurdly_is_refused() {
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("dump.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    zip.start_file("ticket.csv", zip::write::SimpleFileOptions::default())
        .unwrap();
    let zeros = vec![b'0'; 1 << 20];
    for _ in 0..257 {
        zip.write_all(&zeros).unwrap();
    }
    zip.finish().unwrap();
    let result = read(options(&path)).result;
    assert!(
        matches!(&result, Err(DeskError::Archive { reason, .. }) if reason.contains("claims")),
        "{result:?}"
    );
}

#[test]
fn a_quote_that_is_never_closed_does_not_fill_the_memory() {
    let folder = copy();
    let mut file = fs::OpenOptions::new()
        .append(true)
        .open(folder.path().join("ticket.csv"))
        .unwrap();
    file.write_all(b"\"").unwrap();
    let block = vec![b'x'; 1 << 20];
    for _ in 0..66 {
        file.write_all(&block).unwrap();
    }
    let read = read(options(folder.path()));
    assert!(
        read.problems()
            .iter()
            .any(|p| p.file == "ticket.csv" && p.line == 47 && p.message.contains("does not end")),
        "{:?}",
        read.problems()
    );
}

#[test]
fn utf_16_and_empty_files_are_named() {
    let folder = copy();
    fs::write(folder.path().join("queue.csv"), [0xFF, 0xFE, b'i', 0, b'd', 0]).unwrap();
    fs::write(folder.path().join("ticket.csv"), []).unwrap();
    let read = read(options(folder.path()));
    assert!(
        read.problems()
            .iter()
            .any(|p| p.file == "queue.csv" && p.message.contains("UTF-16"))
    );
    assert!(
        read.problems()
            .iter()
            .any(|p| p.file == "ticket.csv" && p.message.contains("is empty"))
    );
}

#[test]
fn a_watch_hears_and_stops() {
    let watch: portico_desks::reader::Watch = Arc::new(|step| {
        if step.phase == "reading" {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    let read = read(ReadOptions {
        watch: Some(watch),
        ..options(&small())
    });
    assert!(matches!(read.result, Err(DeskError::Stopped(Stopped::Cancelled))));
}

#[test]
fn a_sink_that_refuses_ends_the_reading() {
    let mut reader = registry::reader("otobo", options(&small())).unwrap();
    let result = reader.read(&mut |_| Err(Stopped::Cancelled));
    assert!(matches!(result, Err(DeskError::Stopped(Stopped::Cancelled))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever stands in a file, reading ends with an answer.
    #[test]
    fn random_bytes_never_panic(
        file in prop::sample::select(vec!["ticket.csv", "customer_user.csv", "queue.csv", "article_data_mime.csv", "settings.json", "sysconfig_modified.csv"]),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        keep_header in any::<bool>(),
    ) {
        let folder = copy();
        let path = folder.path().join(file);
        let mut text = if keep_header && path.exists() {
            let mut header = fs::read(&path).unwrap();
            header.truncate(header.iter().position(|b| *b == b'\n').unwrap() + 1);
            header
        } else if file.starts_with("sysconfig") { b"name,effective_value\nCustomerGroupSupport,".to_vec() } else { Vec::new() };
        text.extend_from_slice(&bytes);
        fs::write(path, text).unwrap();
        let read = read(options(folder.path()));
        prop_assert!(read.result.is_ok() || read.batches.is_empty());
    }

    /// Random rows made of the signs that matter to the two dialects.
    #[test]
    fn random_rows_never_panic(rows in prop::collection::vec("[0-9a,\"\t\\\\\n\r ;:NUL-]{0,80}", 0..12)) {
        let folder = copy();
        append(folder.path(), "ticket.csv", &rows.join("\n"));
        append(folder.path(), "article.csv", &rows.join("\n"));
        let read = read(options(folder.path()));
        prop_assert!(read.result.is_ok() || read.batches.is_empty());
    }

    /// A broken archive is an error, never more.
    #[test]
    fn broken_archives_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0_usize..4_000) {
        let zip = zip_of(&small(), &str::to_owned);
        let path = zip.path().join("dump.zip");
        let mut whole = fs::read(&path).unwrap();
        whole.truncate(whole.len().saturating_sub(cut));
        let at = whole.len() / 2;
        whole.splice(at..at, bytes);
        fs::write(&path, whole).unwrap();
        let read = read(options(&path));
        prop_assert!(read.result.is_ok() || read.batches.is_empty());
    }
}
