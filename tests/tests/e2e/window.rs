//! The real window under a driver: its own ports, its own home, its own sample.

use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long anything may take to appear; debug builds on two busy cores are slow.
const PATIENCE: Duration = Duration::from_secs(40);
const PAUSE: Duration = Duration::from_millis(50);

/// A running Portico and what drives it. `close` ends it; so does dropping it when a test fails.
pub(crate) struct Window {
    client: Client,
    driver: Child,
    home: TempDir,
}

impl Window {
    /// Starts the program on the built-in sample and waits until its people are listed.
    pub(crate) async fn on_sample() -> Self {
        let window = Self::start(&["--sample"]).await;
        window
            .find("[role='grid'] [role='row'][aria-rowindex='2'] [role='gridcell']")
            .await;
        window
            .holds(
                "people are listed",
                "return document.querySelectorAll('[role=grid] [role=row]').length > 10",
            )
            .await;
        window
    }

    /// Starts the program with arguments.
    pub(crate) async fn start(arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let (port, native) = (free_port(), free_port());
        let mut driver = driver(home.path(), port, native);
        for port in [port, native] {
            wait_for_port(port, &mut driver);
        }
        let wanted = json!({ "tauri:options": { "application": program(), "args": arguments } });
        let Value::Object(wanted) = wanted else { unreachable!() };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        Self { client, driver, home }
    }

    /// A folder that only this window knows.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Ends the program and its driver in good order.
    pub(crate) async fn close(self) {
        self.client.clone().close().await.unwrap();
    }

    /// The element, as soon as it is there and shown.
    pub(crate) async fn find(&self, css: &str) -> Element {
        let script = "return [...document.querySelectorAll(arguments[0])].find((e) => e.checkVisibility()) ?? null";
        self.pick(script, &[json!(css)], || format!("{css} is not shown")).await
    }

    /// The button, link, tab or row that is called so (its label, or the words in it).
    pub(crate) async fn named(&self, role: &str, name: &str) -> Element {
        let script = "const [role, name] = arguments;
            const tags = { button: 'button', link: 'a[href]', textbox: 'input,textarea', checkbox: 'input[type=checkbox]', heading: 'h1,h2,h3' };
            const all = [...document.querySelectorAll(`[role=${role}]` + (tags[role] ? ',' + tags[role] : ''))];
            const call = (e) => e.getAttribute('aria-label') || [...(e.labels || [])].map((l) => l.innerText).join(' ')
              || (e.getAttribute('aria-labelledby') || '').split(' ').filter(Boolean).map((id) => document.getElementById(id)?.innerText).join(' ')
              || e.innerText || '';
            const shown = all.filter((e) => e.checkVisibility()).map((e) => [e, call(e).trim().replace(/\\s+/g, ' ')]);
            const part = role === 'row' || role === 'option' ? 'includes' : 'startsWith';
            return (shown.find(([, called]) => called === name) ?? shown.find(([, called]) => called[part](name)) ?? [null])[0];";
        self.pick(script, &[json!(role), json!(name)], || {
            format!("no {role} is called {name:?}")
        })
        .await
    }

    /// The element that a piece of script returns, as soon as it returns one.
    async fn pick(&self, script: &str, arguments: &[Value], complaint: impl Fn() -> String) -> Element {
        let started = Instant::now();
        loop {
            if let Ok(found) = self.client.execute(script, arguments.to_vec()).await
                && let Some(element) = self.element(&found)
            {
                return element;
            }
            self.still_patient(started, &complaint).await;
        }
    }

    /// Presses what is called so. What is being drawn anew at that moment is looked for again.
    pub(crate) async fn press(&self, role: &str, name: &str) {
        let started = Instant::now();
        while let Err(problem) = self.named(role, name).await.click().await {
            self.still_patient(started, || format!("the {role} {name:?} cannot be pressed: {problem}"))
                .await;
        }
    }

    /// Searches for a person and opens the form.
    pub(crate) async fn open_person(&self, search: &str, login: &str) {
        let field = self.named("textbox", "Name, login, e-mail, account").await;
        field.click().await.unwrap();
        field.send_keys(search).await.unwrap();
        let few = "return document.querySelectorAll('[role=grid] [role=row][aria-selected]').length < 8";
        self.holds("few people are left", few).await;
        self.press("row", login).await;
        self.find("[role='form']").await;
    }

    /// The words that an element shows.
    pub(crate) async fn words(&self, css: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.innerText ?? ''";
        let words = self.client.execute(script, vec![json!(css)]).await.unwrap();
        words.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the words of an element are as wished, and returns them.
    pub(crate) async fn until(&self, css: &str, what: &str, wished: impl Fn(&str) -> bool) -> String {
        let started = Instant::now();
        loop {
            let words = self.words(css).await;
            if wished(&words) {
                return words;
            }
            self.still_patient(started, || format!("{css} never {what}; it says: {words}"))
                .await;
        }
    }

    /// What a piece of script returns.
    pub(crate) async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.unwrap()
    }

    /// Waits until a piece of script returns true.
    pub(crate) async fn holds(&self, what: &str, script: &str) {
        let started = Instant::now();
        while self.client.execute(script, vec![]).await.ok() != Some(json!(true)) {
            self.still_patient(started, || format!("it never came true that {what}"))
                .await;
        }
    }

    /// Types on the keyboard, wherever the focus is.
    pub(crate) async fn type_text(&self, text: &str) {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for value in text.chars() {
            keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Presses a key while others are held.
    pub(crate) async fn chord(&self, held: &[char], key: char) {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for value in held.iter().copied().chain([key]) {
            keys = keys.then(KeyAction::Down { value });
        }
        for value in std::iter::once(key).chain(held.iter().rev().copied()) {
            keys = keys.then(KeyAction::Up { value });
        }
        self.client.perform_actions(keys).await.unwrap();
    }

    /// What axe-core complains of on the screen as it stands: rule, and the elements it names.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
        self.script(&std::fs::read_to_string(axe).unwrap(), vec![]).await;
        let run = "const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then((r) => done({ passes: r.passes.length,
              violations: r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ') + ' (' + n.any.concat(n.all).map((c) => c.message).join('; ') + ')').join(' | ')) }),
              (e) => done({ passes: 0, violations: ['axe: ' + e] }))";
        let answer = self.client.execute_async(run, vec![]).await.unwrap();
        assert!(
            answer["passes"].as_u64().unwrap() > 10,
            "axe looked at nothing: {answer}"
        );
        answer["violations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|v| v.as_str().unwrap().to_owned())
            .collect()
    }

    /// Keeps a picture of the window in target/e2e, for people.
    pub(crate) async fn picture(&self, name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("e2e");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{name}.png"));
        std::fs::write(&path, self.client.screenshot().await.unwrap()).unwrap();
        path
    }

    fn element(&self, found: &Value) -> Option<Element> {
        let id = found.as_object()?.values().next()?.as_str()?;
        Some(Element::from_element_id(self.client.clone(), id.to_owned().into()))
    }

    async fn still_patient(&self, started: Instant, complaint: impl FnOnce() -> String) {
        if started.elapsed() > PATIENCE {
            let page = self.words("body").await;
            let picture = self.picture("failed").await;
            panic!(
                "{} (picture: {})\nThe window says:\n{page}",
                complaint(),
                picture.display()
            );
        }
        tokio::time::sleep(PAUSE).await;
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // The driver was started as the head of a group of its own: its end is that of the whole group.
        let group = format!("-{}", self.driver.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
        let _ = self.driver.wait();
    }
}

fn named_by(variable: &str) -> PathBuf {
    std::env::var_os(variable)
        .unwrap_or_else(|| panic!("{variable} is not set; run these tests with `make test`"))
        .into()
}

fn program() -> PathBuf {
    named_by("PORTICO_E2E_PROGRAM")
}

/// Starts tauri-driver in a home of its own, so that nothing is remembered from one test to the next.
fn driver(home: &Path, port: u16, native: u16) -> Child {
    let mut command = Command::new(named_by("PORTICO_E2E_DRIVER"));
    for (variable, folder) in [
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_RUNTIME_DIR", "run"),
    ] {
        let folder = home.join(folder);
        std::fs::create_dir_all(&folder).unwrap();
        command.env(variable, folder);
    }
    command
        .env("HOME", home)
        .env("LANG", "C.UTF-8")
        .env("TZ", "UTC")
        .env_remove("PORTICO_OPEN")
        .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn wait_for_port(port: u16, driver: &mut Child) {
    let started = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(
            driver.try_wait().unwrap().is_none(),
            "tauri-driver ended at once; is WebKitWebDriver installed?"
        );
        assert!(
            started.elapsed() < PATIENCE,
            "the driver does not answer on port {port}"
        );
        std::thread::sleep(PAUSE);
    }
}
