//! Typed and initial passwords, from the form through an export into the desk's format, and nowhere else.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::error::{ApiError, Code};
use portico_api::passphrase::change_passphrase;
use portico_api::session::{Session, system_actor};
use portico_api::types::passphrase::{PassphraseInput, Secret};
use portico_api::types::transfer::{ExportReport, InitialPasswords};
use portico_api::types::users::{SaveUser, UserForm};
use portico_api::{desk, find, history, invented, users};
use tempfile::TempDir;

const TYPED: &str = "Tajné-Heslo-9! o'clock";
const WORDS: &str = "correct horse battery staple";
/// SHA-256 of the UTF-8 of [`TYPED`], as `sha256sum` says.
const DIGEST: &str = "87cf8654cf8e9d0f9cf3d7d092d37cb67c28c43e13536bc508e1f97e8c6d3807";

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

struct Scene {
    folder: TempDir,
    session: Session,
}

impl Scene {
    /// The sample.
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("one.portico");
        let session = invented::create_sample_at(&path, None, "otobo", system_actor()).unwrap();
        Self { folder, session }
    }

    /// The sample behind a passphrase.
    fn locked() -> Self {
        let Self { folder, session } = Self::open();
        let input = PassphraseInput {
            current: None,
            new: Some(secret(WORDS)),
        };
        let never = Arc::new(AtomicBool::new(false));
        let session = change_passphrase(session, &input, "job", &mut |_| {}, &never).unwrap();
        Self { folder, session }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn id(&self, login: &str) -> String {
        find::user_by_login(&self.session, login).unwrap().unwrap()
    }

    fn way(&self, login: &str) -> String {
        users::get_user(&self.session, &self.id(login)).unwrap().form.password
    }

    /// Saves what is to become of a person's password.
    fn save(&self, login: &str, way: &str, clear: Option<&str>) {
        let detail = users::get_user(&self.session, &self.id(login)).unwrap();
        let input = SaveUser {
            id: Some(detail.id),
            version: Some(detail.version),
            form: UserForm {
                password: way.to_owned(),
                ..detail.form
            },
        };
        match clear {
            Some(clear) => users::save_typed_user(&self.session, &input, None, &secret(clear)).unwrap(),
            None => users::save_user(&self.session, &input).unwrap(),
        };
    }

    fn export(&self, to: &str, list: Option<&str>, cancelled: bool) -> Result<ExportReport, ApiError> {
        let initial = list.map(|name| InitialPasswords {
            path: self.path(name).display().to_string(),
            passphrase: secret(WORDS),
        });
        let flag = Arc::new(AtomicBool::new(cancelled));
        desk::export_desk(
            &self.session,
            &self.path(to),
            initial.as_ref(),
            "job",
            &mut |_| (),
            &flag,
        )
    }

    fn read(&self, folder: &str, name: &str) -> String {
        fs::read_to_string(self.path(folder).join(name)).unwrap()
    }

    /// Whether any file below the folder holds a text.
    fn is_anywhere(&self, text: &str) -> bool {
        fn files(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    files(&path, found);
                } else {
                    found.push(path);
                }
            }
        }
        let mut all = Vec::new();
        files(self.folder.path(), &mut all);
        assert!(
            all.iter().any(|path| path.extension().is_some_and(|e| e == "portico")),
            "{all:?}"
        );
        let holds = |path: &PathBuf| {
            let bytes = fs::read(path).unwrap();
            bytes.windows(text.len()).any(|part| part == text.as_bytes())
        };
        all.iter().any(holds)
    }
}

fn logins(session: &Session) -> (String, String) {
    let page = users::list_users(session, &portico_api::types::users::UserQuery::default(), 0, 50).unwrap();
    let mut some = page
        .rows
        .into_iter()
        .filter(|row| row.status == "valid")
        .map(|row| row.login);
    (some.next().unwrap(), some.next().unwrap())
}

#[test]
fn a_typed_password_goes_out_once_in_the_desks_format_and_is_forgotten() {
    let scene = Scene::locked();
    let (anna, ben) = logins(&scene.session);
    scene.save(&anna, "typed", Some(TYPED));
    scene.save(&ben, "typed", Some("other"));
    scene.save(&ben, "unchanged", None);
    let plan = desk::plan(&scene.session).unwrap();
    let step = plan
        .operations
        .iter()
        .find(|o| o.key == anna && o.entity == "external_user")
        .unwrap();
    assert_eq!(step.changes.last().unwrap().new.as_deref(), Some("typed"));

    // Neither a cancelled export nor one that cannot be written forgets it.
    assert_eq!(scene.export("out", None, true).unwrap_err().code, Code::Cancelled);
    fs::write(scene.path("file"), "in the way").unwrap();
    assert_eq!(scene.export("file", None, false).unwrap_err().code, Code::Storage);
    fs::create_dir_all(scene.path("half").join("portico-mysql.sql")).unwrap();
    assert_eq!(scene.export("half", None, false).unwrap_err().code, Code::Storage);
    assert_eq!(scene.way(&anna), "typed");

    let report = scene.export("out", None, false).unwrap();
    assert_eq!((report.passwords, report.initial_passwords), (1, None));
    assert!(
        scene
            .read("out", "portico-postgresql.sql")
            .contains(&format!("'{DIGEST}'"))
    );
    let hex = DIGEST
        .bytes()
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02X}"));
    assert!(scene.read("out", "portico-mysql.sql").contains(&hex));
    assert!(scene.read("out", "README.txt").contains("delete these files"));
    assert!(!scene.read("out", "portico-console.sh").contains(DIGEST));

    assert_eq!(
        (scene.way(&anna), scene.way(&ben)),
        ("unchanged".to_owned(), "unchanged".to_owned())
    );
    let again = scene.export("again", None, false);
    assert_eq!(
        again.unwrap_err().code,
        Code::Conflict,
        "there is nothing left to export"
    );
    let fits = |clear| users::check_login(&scene.session, &anna, &secret(clear)).unwrap();
    assert_eq!(
        (fits(TYPED), fits("other")),
        (Some(true), Some(false)),
        "the verifier stays"
    );

    // What an undo brings back is the word, not the password: it has to be typed again.
    let taken = history::list_changes(&scene.session, None, 5).unwrap();
    assert!(
        taken.iter().any(|change| change.intent == "intent.take_passwords"),
        "{taken:?}"
    );
    history::undo(&scene.session).unwrap();
    assert_eq!(scene.way(&anna), "typed");
    let left = desk::plan(&scene.session).unwrap().not_exported;
    assert!(
        left.iter()
            .any(|not| not.key == anna && not.code == "not_exported.password_gone"),
        "{left:?}"
    );

    assert!(
        !scene.is_anywhere(TYPED) && !scene.is_anywhere("Tajn"),
        "in clear somewhere"
    );
    let log = format!("{taken:?}");
    assert!(!log.contains("Tajn") && !log.contains(DIGEST), "{log}");
}

#[test]
fn initial_passwords_are_made_when_asked_for_and_listed_only_under_lock() {
    let scene = Scene::open();
    let (anna, ben) = logins(&scene.session);
    assert_eq!(
        scene.export("out", Some("list.age"), false).unwrap_err().code,
        Code::Conflict,
        "nobody waits"
    );
    scene.save(&anna, "initial", None);
    scene.save(&ben, "initial", None);
    assert_eq!(desk::plan(&scene.session).unwrap().initial_passwords, 2);
    let plain = scene.export("plain", None, false).unwrap();
    assert_eq!((plain.passwords, plain.not_exported), (0, 2), "none unless asked");
    assert_eq!(scene.way(&anna), "initial");

    fs::write(scene.path("there.age"), "other passwords").unwrap();
    assert_eq!(
        scene.export("out", Some("there.age"), false).unwrap_err().code,
        Code::Conflict
    );
    assert_eq!(
        scene.export("out", Some("list.age"), true).unwrap_err().code,
        Code::Cancelled
    );
    assert!(!scene.path("list.age").exists(), "a cancelled export leaves no list");
    let report = scene.export("out", Some("list.age"), false).unwrap();
    assert_eq!(report.passwords, 2);
    assert_eq!(
        (scene.way(&anna), scene.way(&ben)),
        ("unchanged".to_owned(), "unchanged".to_owned())
    );

    let list = opened(&scene.path("list.age"), WORDS).unwrap();
    let mut rows = csv::Reader::from_reader(list.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().collect::<Result<_, _>>().unwrap();
    let mut listed: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
    listed.sort_unstable();
    let mut wanted = [anna.as_str(), ben.as_str()];
    wanted.sort_unstable();
    assert_eq!(listed, wanted);
    assert_ne!(rows[0][3], rows[1][3]);
    let sql = scene.read("out", "portico-postgresql.sql");
    for row in &rows {
        let clear = &row[3];
        assert!(
            clear.len() >= 19 && clear.chars().any(|c| c.is_ascii_digit()),
            "{clear}"
        );
        assert!(
            sql.contains(&format!("'{}'", sha256(clear))),
            "another one is in the script"
        );
        assert!(!scene.is_anywhere(clear), "in clear somewhere");
    }
    assert!(opened(&scene.path("list.age"), "wrong words").is_none());
}

#[test]
fn a_list_that_nobody_could_keep_is_refused() {
    let scene = Scene::open();
    let (anna, _) = logins(&scene.session);
    scene.save(&anna, "initial", None);
    let never = Arc::new(AtomicBool::new(false));
    let ask = |path: &str, words: &str| {
        let initial = InitialPasswords {
            path: path.to_owned(),
            passphrase: secret(words),
        };
        let to = scene.path("out");
        desk::export_desk(&scene.session, &to, Some(&initial), "job", &mut |_| (), &never).unwrap_err()
    };
    let empty = ask(&scene.path("l").display().to_string(), "  ");
    assert_eq!(
        (empty.code, empty.fields[0].field.as_str()),
        (Code::Invalid, "passphrase")
    );
    assert_eq!(ask("", WORDS).code, Code::Invalid);
    assert_eq!(scene.way(&anna), "initial");
}

fn sha256(clear: &str) -> String {
    let out = std::process::Command::new("sh")
        .args(["-c", "printf %s \"$1\" | sha256sum", "sh", clear])
        .output()
        .unwrap();
    String::from_utf8(out.stdout)
        .unwrap()
        .split(' ')
        .next()
        .unwrap()
        .to_owned()
}

/// What is under lock; `None` with the wrong words.
fn opened(path: &Path, words: &str) -> Option<String> {
    let decryptor = age::Decryptor::new(fs::File::open(path).unwrap()).unwrap();
    let identity = age::scrypt::Identity::new(words.to_owned().into());
    let mut text = String::new();
    let identity: &dyn age::Identity = &identity;
    decryptor
        .decrypt(std::iter::once(identity))
        .ok()?
        .read_to_string(&mut text)
        .unwrap();
    Some(text)
}
