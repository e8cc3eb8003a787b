//! Access tokens that are over, and what gives new ones.

use serde_json::json;

use crate::lists;
use crate::reading::Reading;
use crate::server::{Asked, Reply, Server};
use crate::world::{self, Lists};

const CLIENT: &str = r#"{"client_id": "1000.me", "client_secret": "hunter2-secret", "refresh_token": "1000.hunter2"}"#;

/// A desk and its login server. The `n`th token that is given is `token-n`; each is good for `good` questions.
fn desk(good: usize, login: impl Fn(&Asked) -> Option<Reply> + Send + Sync + 'static) -> Server {
    let lists = Lists::of("zoho-small", "/data");
    let state = std::sync::Mutex::new((0_usize, 0_usize));
    Server::start(move |asked, _| {
        let mut state = state.lock().unwrap();
        if asked.path == "/oauth/v2/token" {
            *state = (state.0 + 1, 0);
            let token =
                json!({"access_token": format!("token-{}", state.0), "expires_in": 3600, "token_type": "Bearer"});
            return login(asked).unwrap_or_else(|| Reply::json(&token));
        }
        state.1 += 1;
        if state.1 > good {
            return Reply::status(401);
        }
        world::zoho(&lists, asked, 1, &format!("token-{}", state.0))
    })
}

fn read(server: &Server) -> Result<usize, String> {
    let folder = tempfile::tempdir().unwrap();
    let reading = Reading {
        secret: CLIENT,
        ..Reading::of("zoho", &format!("{0}?orgId=7&accounts={0}", server.root))
    };
    let fetched = reading.fetch(folder.path()).0.map_err(|error| error.to_string());
    if let Err(error) = &fetched {
        assert!(!error.contains("hunter2"), "{error}");
    }
    fetched.map(|_| lists::read("zoho", folder.path()).unwrap().world.users.len())
}

#[test]
fn a_token_that_is_over_is_had_anew() {
    let server = desk(5, |_| None);
    assert_eq!(read(&server), Ok(4));
    let asked = server.asked();
    let logins: Vec<&Asked> = asked.iter().filter(|one| one.path == "/oauth/v2/token").collect();
    assert!(
        logins.len() > 1 && logins.len() <= asked.len() / 5,
        "{} of {}",
        logins.len(),
        asked.len()
    );
    // Secrets stand in no address, where servers write them into their logs.
    assert!(logins.iter().all(|one| one.method == "POST" && one.query.is_empty()));
    assert_eq!(
        logins[0].body,
        "grant_type=refresh_token&client_id=1000.me&client_secret=hunter2-secret&refresh_token=1000.hunter2"
    );
    assert!(
        asked
            .iter()
            .filter(|one| one.path != "/oauth/v2/token")
            .all(|one| one.method == "GET")
    );
}

#[test]
fn a_new_token_that_does_not_open_either_is_not_had_for_ever() {
    let server = desk(0, |_| None);
    let said = read(&server).unwrap_err();
    assert!(said.contains("needs the scope Desk.basic.READ"), "{said}");
    assert_eq!(server.asked().len(), 4);
}

#[test]
fn a_login_server_that_gives_none_is_understood() {
    let refused = json!({"error": "invalid_client"});
    let server = desk(9, move |_| Some(Reply::json(&refused)));
    let said = read(&server).unwrap_err();
    assert!(said.contains("gives no access token for it (invalid_client)"), "{said}");
    assert_eq!(server.asked().len(), 1);
    let echo = json!({"error": "1000.hunter2 is wrong"});
    let server = desk(9, move |_| Some(Reply::json(&echo)));
    assert!(read(&server).unwrap_err().contains("gives no access token for it:"));
    let server = desk(9, |_| {
        Some(Reply::status(302).with("Location", "https://evil.example/x"))
    });
    assert!(read(&server).unwrap_err().contains("sends to https://evil.example"));
    let server = desk(9, |_| Some(Reply::status(503)));
    assert!(read(&server).unwrap_err().contains("answered 503 for a new token"));
}
