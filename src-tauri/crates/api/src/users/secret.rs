//! Passwords that are typed here: kept only in a workspace with a passphrase, until the next export.

use portico_core::error::FieldProblem;
use portico_core::form::check::{NOT_KEPT, check_password as demands};
use portico_core::id::ExternalUserId;
use portico_store::Tx;
use portico_store::table::{external_user, user_secret};

use super::{check, save};
use crate::error::{ApiError, Code};
use crate::session::{Action, Session};
use crate::types::passphrase::Secret;
use crate::types::users::UserForm;

/// The way a form says that a password was typed.
const TYPED: &str = "typed";

/// What the desk demands of a password and this one does not keep, as problems of the field `password`.
pub fn check_password(session: &Session, clear: &Secret) -> Result<Vec<FieldProblem>, ApiError> {
    session.may(Action::Read)?;
    Ok(demands(&crate::forms::rules(session.desk())?.password, clear.text()))
}

/// Checks and writes a form that says that a password was typed, and keeps that for the next export.
pub(super) fn write_form(
    session: &Session,
    tx: &Tx<'_>,
    user: Option<ExternalUserId>,
    form: &UserForm,
    clear: &Secret,
) -> Result<ExternalUserId, ApiError> {
    let rules = crate::forms::rules(session.desk())?;
    if !rules.password.ways.contains(&TYPED) {
        return Err(ApiError::refused(
            "the desk takes no password: it invites people, or leaves it to them",
        ));
    }
    if form.password != TYPED {
        return Err(ApiError::refused(
            "a password was typed, and the form does not say so: password=typed",
        ));
    }
    if !session.store().is_encrypted() {
        let message = "a password is kept only in a workspace with a passphrase: set one, then type it again";
        return Err(ApiError::new(Code::Conflict, message));
    }
    let mut problems = check::problems(tx, session.desk(), user, form)?;
    // It is not there yet: this is what puts it there.
    problems.retain(|problem| problem.code != NOT_KEPT);
    problems.extend(demands(&rules.password, clear.text()));
    let user = save::write_checked(tx, user, form, problems)?;
    user_secret::put(session.store(), tx, user, clear.text())?;
    Ok(user)
}

/// Whether this is the person's password, for the preview's login page; `None` for a login that nobody has, and where
/// no password was typed here.
pub fn check_login(session: &Session, login: &str, clear: &Secret) -> Result<Option<bool>, ApiError> {
    session.may(Action::Preview)?;
    session.store().read(|c| {
        let person = external_user::by_login(c, login)?;
        let fits = person
            .map(|row| user_secret::fits(c, row.id, clear.text()))
            .transpose()?;
        Ok(fits.flatten())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use std::path::Path;

    use portico_core::actor::Actor;
    use portico_store::Store;
    use portico_store::import::CancelFlag;
    use portico_store::passphrase::{Cost, Passphrase, Relock};

    use super::{check_login, check_password};
    use crate::error::{ApiError, Code};
    use crate::session::Session;
    use crate::types::passphrase::Secret;
    use crate::types::users::{SaveUser, Saved, UserForm};
    use crate::{history, users};

    const COST: Cost = Cost {
        memory_kib: 64 * 1024,
        passes: 1,
        lanes: 1,
    };

    fn typed(clear: &str) -> Secret {
        Secret::new(clear.to_owned())
    }

    /// Types a password for a person, as her form does.
    fn set_password(session: &Session, id: &str, clear: &Secret) -> Result<Saved, ApiError> {
        let detail = users::get_user(session, id).unwrap();
        let form = UserForm {
            password: "typed".to_owned(),
            ..detail.form
        };
        let input = SaveUser {
            id: Some(id.to_owned()),
            version: Some(detail.version),
            form,
        };
        users::save_typed_user(session, &input, None, clear)
    }

    fn anna(path: &Path) -> String {
        let session = Session::create(path, "Test", "daktela", Actor::named("Marta")).unwrap();
        let form = UserForm {
            title: "Anna".to_owned(),
            login: "anna".to_owned(),
            ..users::new_user(&session, None).unwrap().form
        };
        let input = SaveUser {
            id: None,
            version: None,
            form,
        };
        users::save_user(&session, &input).unwrap().id
    }

    fn relocked(store: Store, how: Relock<'_>) -> Store {
        store
            .relock(how, &mut |_| {}, &CancelFlag::new())
            .map_err(|not| not.error)
            .unwrap()
    }

    fn session(store: Store, path: &Path) -> Session {
        Session::of(store, path, Actor::named("Marta"), false).unwrap()
    }

    #[test]
    fn a_typed_password_is_kept_under_lock_until_an_export_takes_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("w.portico");
        let id = anna(&path);
        let clear = "Tajné-Heslo-9!";
        let open = session(Store::open(&path).unwrap(), &path);
        assert_eq!(
            set_password(&open, &id, &typed(clear)).unwrap_err().code,
            Code::Conflict,
            "not under lock"
        );
        drop(open);

        let new = Passphrase::new("correct horse").unwrap();
        let locked = relocked(Store::open(&path).unwrap(), Relock::Set { new: &new, cost: COST });
        let locked = session(locked, &path);
        let weak = set_password(&locked, &id, &typed("short")).unwrap_err();
        assert_eq!((weak.code, weak.fields[0].field.as_str()), (Code::Invalid, "password"));
        assert_eq!(
            check_login(&locked, "anna", &typed(clear)).unwrap(),
            None,
            "nothing is known yet"
        );
        set_password(&locked, &id, &typed(clear)).unwrap();
        let detail = users::get_user(&locked, &id).unwrap();
        assert_eq!((detail.form.password.as_str(), detail.problems.len()), ("typed", 0));
        assert_eq!(check_login(&locked, "anna", &typed(clear)).unwrap(), Some(true));
        assert_eq!(check_login(&locked, "anna", &typed("other")).unwrap(), Some(false));
        assert_eq!(check_login(&locked, "nobody", &typed(clear)).unwrap(), None);
        // The log tells that it happened, and nothing else.
        let log = format!("{:?}", history::list_changes(&locked, None, 10).unwrap());
        assert!(log.contains("typed") && !log.contains("Heslo"), "{log}");

        // Taken back, it is as if none had been typed; done again, it counts again.
        history::undo(&locked).unwrap();
        assert_eq!(check_login(&locked, "anna", &typed(clear)).unwrap(), None);
        history::redo(&locked).unwrap();

        let kept = users::get_user(&locked, &id).unwrap().form;
        let told = SaveUser {
            id: Some(id),
            version: None,
            form: UserForm {
                password: "unchanged".to_owned(),
                ..kept
            },
        };
        let refused = users::save_typed_user(&locked, &told, None, &typed(clear)).unwrap_err();
        assert_eq!(refused.code, Code::Invalid, "the form says something else");
    }

    #[test]
    fn somebody_new_gets_form_and_password_in_one_change() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("w.portico");
        anna(&path);
        let new = Passphrase::new("correct horse").unwrap();
        let locked = relocked(Store::open(&path).unwrap(), Relock::Set { new: &new, cost: COST });
        let locked = session(locked, &path);
        let clear = typed("Tajné-Heslo-9!");
        let mut input = SaveUser {
            id: None,
            version: None,
            form: UserForm {
                title: "Ben".to_owned(),
                login: "ben".to_owned(),
                password: "typed".to_owned(),
                ..users::new_user(&locked, None).unwrap().form
            },
        };
        assert_eq!(
            users::save_user(&locked, &input).unwrap_err().fields[0].code,
            "problem.password_not_kept"
        );
        let weak = users::save_typed_user(&locked, &input, None, &typed("x")).unwrap_err();
        assert!(
            weak.fields.iter().all(|p| p.code.starts_with("problem.password_")),
            "{weak:?}"
        );
        assert_eq!(weak.fields.len(), check_password(&locked, &typed("x")).unwrap().len());
        input.form.title.clear();
        let both = users::save_typed_user(&locked, &input, None, &typed("x")).unwrap_err();
        assert!(
            both.fields.iter().any(|p| p.field == "title") && both.fields.len() > weak.fields.len(),
            "{both:?}"
        );
        assert_eq!(check_login(&locked, "ben", &clear).unwrap(), None, "nothing was kept");
        input.form.title = "Ben".to_owned();
        let before = history::list_changes(&locked, None, 10).unwrap().len();
        users::save_typed_user(&locked, &input, None, &clear).unwrap();
        assert_eq!(history::list_changes(&locked, None, 10).unwrap().len(), before + 1);
        assert_eq!(check_login(&locked, "ben", &clear).unwrap(), Some(true));
    }

    #[test]
    fn nothing_of_a_password_is_left_once_the_lock_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("w.portico");
        let id = anna(&path);
        let new = Passphrase::new("correct horse").unwrap();
        let locked = relocked(Store::open(&path).unwrap(), Relock::Set { new: &new, cost: COST });
        let locked = session(locked, &path);
        set_password(&locked, &id, &typed("Tajne-Heslo-9!")).unwrap();
        drop(locked);
        let store = Store::unlock(&path, Some(&new)).unwrap();
        let open = session(relocked(store, Relock::Remove { old: &new }), &path);
        assert_eq!(check_login(&open, "anna", &typed("Tajne-Heslo-9!")).unwrap(), None);
        let told = users::get_user(&open, &id).unwrap().problems;
        assert!(
            told.iter().any(|p| p.code == "problem.password_not_kept" && p.warning),
            "{told:?}"
        );
        drop(open);
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            for trace in [&b"Tajne-Heslo"[..], b"$argon2id$v=19$m=19456"] {
                assert!(!bytes.windows(trace.len()).any(|part| part == trace), "left behind");
            }
        }
    }
}
