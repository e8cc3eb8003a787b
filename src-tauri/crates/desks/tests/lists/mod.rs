//! What the tests of readers share: fixtures, copies of them that can be spoilt, and what was read.
#![allow(dead_code, reason = "not every test needs all of it")]

use std::fmt::Debug;
use std::io::Write;
use std::path::{Path, PathBuf};

use portico_core::access::world::World;
use portico_core::model::DeskSetting;
use portico_core::snapshot::{Batch, Scope};
use portico_desks::error::DeskError;
use portico_desks::reader::ReadOptions;
use portico_desks::registry;
use portico_desks::report::Report;
use tempfile::TempDir;

/// A folder of tests/fixtures.
pub(crate) fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/fixtures")
        .join(name)
}

/// What a reader handed over.
pub(crate) struct Read {
    pub(crate) world: World,
    pub(crate) settings: Vec<DeskSetting>,
    /// Kinds of which a batch came, empty ones included.
    pub(crate) kinds: Vec<&'static str>,
    pub(crate) report: Report,
    pub(crate) scope: Scope,
}

impl Read {
    /// Whether a finding speaks of this.
    pub(crate) fn found(&self, part: &str) -> bool {
        self.report
            .findings
            .iter()
            .any(|finding| finding.to_string().contains(part))
    }

    /// All records as text.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.world.batches().iter().flat_map(words).collect();
        lines.extend(self.settings.iter().map(|one| format!("{one:?}")));
        lines.sort();
        lines
    }
}

fn words(batch: &impl Debug) -> Vec<String> {
    let text = format!("{batch:?}");
    let records = text.trim_end_matches("])").trim_end_matches('}');
    let records = records.split_once('[').map_or(records, |(_, records)| records);
    records
        .split("}, ")
        .filter(|one| !one.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Reads a desk's files with the defaults.
pub(crate) fn read(desk: &str, path: &Path) -> Result<Read, DeskError> {
    read_with(
        desk,
        ReadOptions {
            path: path.to_owned(),
            ..ReadOptions::default()
        },
    )
}

/// Reads a desk's files.
pub(crate) fn read_with(desk: &str, options: ReadOptions) -> Result<Read, DeskError> {
    let mut reader = registry::reader(desk, options).unwrap();
    let (mut world, mut settings, mut kinds) = (World::default(), Vec::new(), Vec::new());
    reader.read(&mut |batch| {
        if !kinds.contains(&batch.kind()) {
            kinds.push(batch.kind());
        }
        match batch {
            Batch::Settings(all) => settings.extend(all),
            other => world.take(other),
        }
        Ok(())
    })?;
    Ok(Read {
        world,
        settings,
        kinds,
        report: reader.report().clone(),
        scope: reader.scope(),
    })
}

/// The archive beside a copy.
const ARCHIVE: &str = "whole.zip";

/// A copy of a fixture that can be spoilt.
pub(crate) struct Copy(TempDir);

impl Copy {
    pub(crate) fn of(folder: &Path) -> Self {
        let copy = Self(tempfile::tempdir().unwrap());
        for name in files(folder) {
            let to = copy.path().join(&name);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::copy(folder.join(&name), to).unwrap();
        }
        copy
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).unwrap();
    }

    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.path().join(name)).unwrap();
    }

    /// Replaces the first `from`, which must be there.
    pub(crate) fn change(&self, name: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path().join(name)).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        self.write(name, &text.replacen(from, to, 1));
    }

    /// The same in an archive beside it.
    pub(crate) fn zipped(&self) -> PathBuf {
        let path = self.path().join(ARCHIVE);
        let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        for name in files(self.path()).iter().filter(|name| name.as_str() != ARCHIVE) {
            zip.start_file(format!("export/{name}"), zip::write::SimpleFileOptions::default())
                .unwrap();
            zip.write_all(&std::fs::read(self.path().join(name)).unwrap()).unwrap();
        }
        zip.finish().unwrap();
        path
    }

    /// The lists as members of one file, in a folder of their own with the settings; the list of a page lies at `member`.
    pub(crate) fn bundled(&self, member: &str) -> PathBuf {
        let folder = self.path().join("one");
        std::fs::create_dir_all(&folder).unwrap();
        let mut lists: Vec<(String, Vec<serde_json::Value>)> = Vec::new();
        for name in files(self.path()).iter().filter(|name| name.as_str() != ARCHIVE) {
            if name == "settings.json" {
                std::fs::copy(self.path().join(name), folder.join(name)).unwrap();
                continue;
            }
            let page: serde_json::Value =
                serde_json::from_slice(&std::fs::read(self.path().join(name)).unwrap()).unwrap();
            let stem = name.trim_end_matches(".json");
            let list = stem.trim_end_matches("-1").trim_end_matches("-2").to_owned();
            let records = page
                .pointer(member)
                .or(Some(&page))
                .and_then(serde_json::Value::as_array)
                .unwrap()
                .clone();
            match lists.iter_mut().find(|(known, _)| *known == list) {
                Some((_, all)) => all.extend(records),
                None => lists.push((list, records)),
            }
        }
        // Links first: their order must not matter.
        lists.reverse();
        let map: serde_json::Map<_, _> = lists.into_iter().map(|(list, all)| (list, all.into())).collect();
        std::fs::write(
            folder.join("everything.json"),
            serde_json::Value::Object(map).to_string(),
        )
        .unwrap();
        folder
    }
}

/// Names of all files of a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<String> {
    fn list(folder: &Path, prefix: &str, names: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                list(&entry.path(), &format!("{name}/"), names);
            } else {
                names.push(name);
            }
        }
    }
    let mut names = Vec::new();
    list(folder, "", &mut names);
    names.sort();
    names
}
