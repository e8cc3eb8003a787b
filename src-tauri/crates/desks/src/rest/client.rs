//! Asks one question after the other, and the same again where the server was busy or the line was cut.

use std::io::Read as _;
use std::time::Duration;

use serde_json::Value;
use ureq::http::{Response, StatusCode};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, TlsProvider, parse_pem};
use ureq::{Agent, Body};
use url::Url;
use zeroize::Zeroizing;

use super::list::{Interface, Question};
use super::login::{Login, checked};
use super::manner::{Manner, retry_after};
use super::{Connection, RestError};
use crate::error::DeskError;
use portico_core::snapshot::Stopped;

/// How often a question is asked.
const TRIES: u32 = 6;
/// How often the first one is, where nobody answers: it may be the wrong address.
const FIRST_TRIES: u32 = 2;
/// How long a server may take to answer the first time, and for a whole answer.
const PATIENCE: Duration = Duration::from_secs(15);
const WHOLE: Duration = Duration::from_mins(3);
/// Whoever wants to be left alone for longer is not waited for.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);
/// The most that is repeated of what a server says.
const SAID: usize = 200;

/// What came.
pub(super) enum Answer {
    /// A page: as it came, and what it says.
    Page(Vec<u8>, Value),
    /// Nothing (204).
    Empty,
    /// There is no such list (404).
    Missing,
}

/// What one try gave.
enum Once {
    Done(Answer),
    Again(RestError, Option<Duration>),
    Unauthorised,
}

pub(super) struct Client<'a> {
    agent: Agent,
    server: String,
    base: String,
    headers: Vec<(&'static str, String)>,
    login: Login,
    manner: Manner<'a>,
    requests: u64,
    /// Whether anybody ever answered.
    answered: bool,
}

impl<'a> Client<'a> {
    /// Nothing is asked yet.
    pub(super) fn open(
        interface: &dyn Interface,
        connection: &Connection,
        manner: &Manner<'a>,
    ) -> Result<Self, RestError> {
        let address = &connection.address;
        let secret = connection.secret.as_ref().filter(|secret| !secret.trim().is_empty());
        let secret = secret.ok_or_else(|| RestError::NoSecret(address.host.clone()))?;
        Ok(Self {
            agent: agent(connection)?,
            server: address.host.clone(),
            base: format!("{}{}", address.root, interface.base()),
            headers: interface.headers(address),
            login: interface.login(address, secret)?,
            manner: *manner,
            requests: 0,
            answered: false,
        })
    }

    /// Who is asked.
    pub(super) fn server(&self) -> &str {
        &self.server
    }

    /// How many requests were made.
    pub(super) fn requests(&self) -> u64 {
        self.requests
    }

    /// Asks until there is an answer.
    pub(super) fn ask(&mut self, question: &Question) -> Result<Answer, DeskError> {
        if self.login.token.is_none() {
            self.refresh()?;
        }
        let mut is_new = false;
        let mut tries = 1;
        loop {
            match self.once(question)? {
                Once::Done(answer) => return Ok(answer),
                Once::Unauthorised if is_new => return Err(forbidden(question).into()),
                Once::Unauthorised if self.login.refresh.is_some() => {
                    self.refresh()?;
                    is_new = true;
                }
                Once::Unauthorised => return Err(RestError::Refused(self.server.clone()).into()),
                Once::Again(error, _) if tries >= self.tries() => return Err(error.into()),
                Once::Again(_, after) => {
                    self.pause(tries, after)?;
                    tries += 1;
                }
            }
        }
    }

    fn once(&mut self, question: &Question) -> Result<Once, RestError> {
        self.requests += 1;
        let response = match self.send(question) {
            Ok(response) => response,
            Err(error) => return self.failed(&error).map(|error| Once::Again(error, None)),
        };
        self.answered = true;
        let status = response.status();
        let again = |error| Ok(Once::Again(error, self.wanted_pause(&response)));
        match status.as_u16() {
            200..=203 => return self.page(question, response),
            204 => return Ok(Once::Done(Answer::Empty)),
            300..=399 => return Err(self.elsewhere(&response)),
            401 => return Ok(Once::Unauthorised),
            403 => return Err(forbidden(question)),
            404 => return Ok(Once::Done(Answer::Missing)),
            429 => return again(self.failing(question, status)),
            code if code >= 500 => return again(self.failing(question, status)),
            _ => {}
        }
        Err(RestError::Status {
            server: self.server.clone(),
            list: question.list.clone(),
            status: status.as_u16(),
            said: self.said(response),
        })
    }

    fn send(&self, question: &Question) -> Result<Response<Body>, ureq::Error> {
        let url = format!("{}{}", self.base, question.path);
        let token = self.login.token.as_ref().map_or("", |token| token.as_str());
        let token = Zeroizing::new(format!("{}{token}", self.login.prefix));
        let query = question.query.iter().map(|(name, value)| (name, value));
        let headers = self.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let headers = headers.chain([(self.login.header, token.as_str()), ("Accept", "application/json")]);
        match &question.body {
            None => {
                let request = self.agent.get(url).query_pairs(query);
                headers
                    .fold(request, |request, (name, value)| request.header(name, value))
                    .call()
            }
            Some(body) => {
                let request = self.agent.post(url).query_pairs(query).content_type("application/json");
                let request = headers.fold(request, |request, (name, value)| request.header(name, value));
                request.send(body.to_string())
            }
        }
    }

    /// A page is whole, short enough, and JSON.
    fn page(&self, question: &Question, response: Response<Body>) -> Result<Once, RestError> {
        let garbage = |reason: &str| RestError::Garbage {
            list: question.list.clone(),
            page: question.page,
            reason: reason.to_owned(),
        };
        let mut bytes = Vec::new();
        let read = response
            .into_body()
            .into_reader()
            .take(self.manner.longest + 1)
            .read_to_end(&mut bytes);
        match read {
            Err(error) => return Ok(Once::Again(self.unreachable(&error.to_string()), None)),
            Ok(length) if length as u64 > self.manner.longest => {
                return Err(RestError::TooLong {
                    list: question.list.clone(),
                    page: question.page,
                    most: self.manner.longest >> 20,
                });
            }
            Ok(_) => {}
        }
        match serde_json::from_slice(&bytes) {
            Ok(value) => Ok(Once::Done(Answer::Page(bytes, value))),
            Err(error) if error.is_eof() => Ok(Once::Again(garbage("it ends too early"), None)),
            Err(_) if bytes.trim_ascii_start().starts_with(b"<") => Err(garbage(
                "a page for people came and no list; is this the address of the desk's interface?",
            )),
            Err(error) => Err(garbage(&format!("it is not JSON ({error})"))),
        }
    }

    fn pause(&self, tries: u32, after: Option<Duration>) -> Result<(), DeskError> {
        let pause = after.unwrap_or_default().max(self.manner.pause(tries));
        if pause > LONGEST_PAUSE {
            let (server, minutes) = (self.server.clone(), pause.as_secs().div_ceil(60));
            return Err(RestError::Busy { server, minutes }.into());
        }
        if (self.manner.wait)(pause).is_break() {
            return Err(Stopped::Cancelled.into());
        }
        Ok(())
    }

    /// Gets a new access token.
    fn refresh(&mut self) -> Result<(), DeskError> {
        let mut tries = 1;
        loop {
            self.requests += 1;
            let Some(refresh) = &self.login.refresh else {
                return Err(RestError::Refused(self.server.clone()).into());
            };
            let form = refresh.form.iter().map(|(name, value)| (*name, value.as_str()));
            let (error, after) = match self.agent.post(&refresh.url).send_form(form) {
                Ok(response) if response.status() == 429 || response.status().is_server_error() => {
                    self.answered = true;
                    let server = host(&refresh.url);
                    let (list, status) = ("a new token".to_owned(), response.status().as_u16());
                    let after = self.wanted_pause(&response);
                    (
                        RestError::Failing {
                            server,
                            list,
                            status,
                            tries: TRIES,
                        },
                        after,
                    )
                }
                Ok(response) if response.status().is_redirection() => return Err(self.elsewhere(&response).into()),
                Ok(response) => {
                    self.login.token = Some(new_token(&host(&refresh.url), response)?);
                    return Ok(());
                }
                Err(error) => (self.failed(&error)?, None),
            };
            if tries >= self.tries() {
                return Err(error.into());
            }
            self.pause(tries, after)?;
            tries += 1;
        }
    }

    /// What lies behind an error of the library; an error of its own where asking again does not help.
    fn failed(&self, error: &ureq::Error) -> Result<RestError, RestError> {
        match error {
            ureq::Error::NativeTls(_) | ureq::Error::Tls(_) | ureq::Error::Der(_) | ureq::Error::Pem(_) => {
                Err(RestError::Untrusted {
                    server: self.server.clone(),
                    reason: error.to_string(),
                })
            }
            other => Ok(self.unreachable(&other.to_string())),
        }
    }

    fn tries(&self) -> u32 {
        if self.answered { TRIES } else { FIRST_TRIES }
    }

    fn unreachable(&self, reason: &str) -> RestError {
        RestError::Unreachable {
            server: self.server.clone(),
            reason: reason.to_owned(),
        }
    }

    fn failing(&self, question: &Question, status: StatusCode) -> RestError {
        RestError::Failing {
            server: self.server.clone(),
            list: question.list.clone(),
            status: status.as_u16(),
            tries: TRIES,
        }
    }

    fn wanted_pause(&self, response: &Response<Body>) -> Option<Duration> {
        let value = response.headers().get("retry-after")?.to_str().ok()?;
        retry_after(value, self.manner.now)
    }

    /// Where a server sends to: what stands behind its name may be secret.
    fn elsewhere(&self, response: &Response<Body>) -> RestError {
        let to = response.headers().get("location").and_then(|value| value.to_str().ok());
        let base = Url::parse(&self.base).ok();
        let to = to.and_then(|to| Url::parse(to).ok().or_else(|| base.and_then(|base| base.join(to).ok())));
        let to = to.map(|url| url.origin().ascii_serialization());
        RestError::Elsewhere {
            server: self.server.clone(),
            to: to.unwrap_or_else(|| "another place".to_owned()),
        }
    }

    /// What the server says of an error, shortly, and never a token that it may repeat.
    fn said(&self, response: Response<Body>) -> String {
        let mut bytes = Vec::new();
        let read = response.into_body().into_reader().take(1 << 16).read_to_end(&mut bytes);
        let said: Option<Value> = read.ok().and_then(|_| serde_json::from_slice(&bytes).ok());
        let text = ["message", "error", "errorCode"]
            .iter()
            .find_map(|name| said.as_ref()?.get(name)?.as_str().map(ToOwned::to_owned));
        let token = self.login.token.as_ref().map_or("", |token| token.as_str());
        match text {
            Some(text) if token.is_empty() || !text.contains(token) => {
                let short: String = text.chars().filter(|c| !c.is_control()).take(SAID).collect();
                format!(": {short}")
            }
            _ => String::new(),
        }
    }
}

fn forbidden(question: &Question) -> RestError {
    RestError::Forbidden {
        list: question.list.clone(),
        right: question.right.to_owned(),
    }
}

/// The token in the answer of a login server, which says errors with a status of success, too.
fn new_token(server: &str, response: Response<Body>) -> Result<Zeroizing<String>, RestError> {
    let mut bytes = Zeroizing::new(Vec::new());
    let read = response.into_body().into_reader().take(1 << 16).read_to_end(&mut bytes);
    let answer: Value = read
        .ok()
        .and_then(|_| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    if let Some(token) = answer.get("access_token").and_then(Value::as_str) {
        return checked(token);
    }
    let said = answer.get("error").and_then(Value::as_str).unwrap_or_default();
    // Words of the protocol, such as invalid_client.
    let is_word = !said.is_empty() && said.len() < 40 && said.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let said = if is_word { format!(" ({said})") } else { String::new() };
    Err(RestError::Secret(format!(
        "{server} gives no access token for it{said}: are client and refresh token right, and of this data centre?"
    )))
}

fn host(url: &str) -> String {
    let parsed = Url::parse(url).ok();
    parsed
        .and_then(|url| url.host_str().map(ToOwned::to_owned))
        .unwrap_or_default()
}

fn agent(connection: &Connection) -> Result<Agent, RestError> {
    let address = &connection.address;
    let tls = TlsConfig::builder()
        .provider(TlsProvider::NativeTls)
        .root_certs(authorities(connection)?)
        .build();
    let config = Agent::config_builder()
        .tls_config(tls)
        .http_status_as_error(false)
        // A token is not carried to where a server sends.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_connect(Some(PATIENCE))
        .timeout_global(Some(WHOLE))
        .user_agent(concat!("Portico/", env!("CARGO_PKG_VERSION")));
    // What stays on this machine goes through no proxy.
    let config = if address.here { config.proxy(None) } else { config };
    Ok(config.build().new_agent())
}

fn authorities(connection: &Connection) -> Result<RootCerts, RestError> {
    let Some(path) = &connection.address.authority else {
        return Ok(RootCerts::PlatformVerifier);
    };
    let wrong = |reason: String| RestError::Authority {
        path: path.display().to_string(),
        reason,
    };
    let pem = std::fs::read(path).map_err(|e| wrong(e.to_string()))?;
    let mut found: Vec<Certificate<'static>> = Vec::new();
    for item in parse_pem(&pem) {
        if let PemItem::Certificate(one) = item.map_err(|e| wrong(e.to_string()))? {
            found.push(one);
        }
    }
    if found.is_empty() {
        return Err(wrong("it holds no certificate".to_owned()));
    }
    Ok(RootCerts::new_with_certs(&found))
}
