//! porticoctl as a program, in a folder of its own.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A folder with workspaces in it.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// The data as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }
}

/// The copy of a real OTOBO that the project keeps.
pub(crate) fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/otobo-small")
}

/// The seven files of that OTOBO's own answers.
pub(crate) fn answer_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(fixture().join("answers"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// With an OTOBO imported under the settings of one of its answer files.
    pub(crate) fn with_otobo(answers: &Path) -> Self {
        let desk = Self::new();
        let text = std::fs::read_to_string(answers).unwrap();
        let mut config = serde_json::from_str::<Value>(&text).unwrap()["config"].clone();
        config["Portico::NothingElseDecides"] = Value::Bool(true);
        desk.write("settings.json", &config.to_string());
        desk.ok(&["init", "w.portico", "--desk", "otobo"]);
        let tables = fixture().join("tables");
        let ran = desk.run(&[
            "import",
            "w.portico",
            "--from",
            tables.to_str().unwrap(),
            "--settings",
            "settings.json",
            "--database",
            "postgresql",
            "--json",
        ]);
        assert!(ran.code <= 1, "{ran:?}");
        assert_eq!(ran.json()["unknown"], serde_json::json!([]), "{ran:?}");
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs porticoctl in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[])
    }

    /// Runs porticoctl in the folder, with these variables in its environment.
    pub(crate) fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_porticoctl"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("USER", "tester")
            .env_remove("PORTICO_PASSPHRASE")
            .env_remove("PORTICO_NEW_PASSPHRASE")
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs what must end with 0.
    pub(crate) fn ok(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {ran:?}");
        ran
    }

    /// Runs with `--json` what must end with 0.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        self.ok(&[arguments, &["--json"]].concat()).json()
    }
}

/// The numbers of all tickets that a preview has in a list or lets open.
pub(crate) fn seen(preview: &Value) -> std::collections::BTreeSet<String> {
    if preview["may_log_in"] != true {
        return std::collections::BTreeSet::new();
    }
    let lists = preview["lists"].as_object().unwrap().values();
    let listed = lists.flat_map(|list| list["all"].as_array().unwrap());
    let mut seen: std::collections::BTreeSet<String> =
        listed.map(|number| number.as_str().unwrap().to_owned()).collect();
    let opened = preview["openable"].as_object().unwrap().iter();
    seen.extend(
        opened
            .filter(|(_, how)| how["ro"] == true)
            .map(|(number, _)| number.clone()),
    );
    seen
}
