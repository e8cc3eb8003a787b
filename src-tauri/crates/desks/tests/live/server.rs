//! A server on this machine that answers as a desk's interface does, and badly where a test wants it.
#![allow(dead_code, reason = "not every test needs all of it")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// What was asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// Without what stands behind the `?`.
    pub(crate) path: String,
    /// Decoded, in order.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Asked {
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.query(name)?.parse().ok()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// What is answered.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// How much of the body is sent before the line is cut; `None` for all.
    pub(crate) cut: Option<usize>,
    /// Whether the server says before how long the body is.
    pub(crate) says_length: bool,
    /// How often the body is sent.
    pub(crate) times: usize,
}

impl Reply {
    pub(crate) fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            cut: None,
            says_length: true,
            times: 1,
        }
    }

    pub(crate) fn text(body: impl Into<Vec<u8>>) -> Self {
        Self {
            body: body.into(),
            ..Self::status(200)
        }
    }

    pub(crate) fn json(value: &serde_json::Value) -> Self {
        Self::text(value.to_string())
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// A line to whoever asks.
pub(crate) trait Line: std::io::Read + std::io::Write {}

impl<L: std::io::Read + std::io::Write> Line for L {}

/// What is done with a connection before anything is said; `None` where it fails.
pub(crate) type Wrap = dyn Fn(TcpStream) -> Option<Box<dyn Line>> + Send + Sync;

type Answer = dyn Fn(&Asked, usize) -> Reply + Send + Sync;

/// A running server; it ends with the test.
pub(crate) struct Server {
    pub(crate) root: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    sent: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Answers each question; `answer` hears how many came before.
    pub(crate) fn start(answer: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static) -> Self {
        Self::behind(Box::new(|stream| Some(Box::new(stream))), answer)
    }

    /// The same over lines that are wrapped in something.
    pub(crate) fn behind(wrap: Box<Wrap>, answer: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let root = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let sent = Arc::new(AtomicUsize::new(0));
        let (all, end, bytes) = (Arc::clone(&asked), Arc::clone(&stop), Arc::clone(&sent));
        let answer: Arc<Answer> = Arc::new(answer);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if end.load(Ordering::SeqCst) {
                    return;
                }
                // One question a connection, so that the order of questions is that of connections.
                if let Some(stream) = stream.ok().and_then(&wrap) {
                    serve(stream, &all, &bytes, answer.as_ref());
                }
            }
        });
        Self {
            root,
            asked,
            sent,
            stop,
            thread: Some(thread),
        }
    }

    /// What was asked so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// Paths of what was asked so far, with the parameter that turns the pages.
    pub(crate) fn paths(&self) -> Vec<String> {
        let page = |one: &Asked| {
            let at = one.query("skip").or_else(|| one.query("from")).unwrap_or_default();
            format!("{}:{at}", one.path)
        };
        self.asked().iter().map(page).collect()
    }

    /// How many bytes of bodies were taken.
    pub(crate) fn sent(&self) -> usize {
        self.sent.load(Ordering::SeqCst)
    }

    pub(crate) fn forget(&self) {
        self.asked.lock().unwrap().clear();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.root.trim_start_matches("http://"));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(mut stream: Box<dyn Line>, all: &Mutex<Vec<Asked>>, sent: &AtomicUsize, answer: &Answer) {
    let Some(asked) = read(stream.as_mut()) else { return };
    let before = {
        let mut all = all.lock().unwrap();
        all.push(asked.clone());
        all.len() - 1
    };
    let reply = answer(&asked, before);
    let mut head = format!("HTTP/1.1 {} x\r\nConnection: close\r\n", reply.status);
    if reply.says_length && reply.status != 204 {
        write!(head, "Content-Length: {}\r\n", reply.body.len()).unwrap();
    }
    for (name, value) in &reply.headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    head.push_str("\r\n");
    let _ = stream.write_all(head.as_bytes());
    let end = reply.cut.unwrap_or(reply.body.len()).min(reply.body.len());
    for _ in 0..reply.times {
        if stream.write_all(&reply.body[..end]).is_err() {
            return;
        }
        sent.fetch_add(end, Ordering::SeqCst);
    }
}

fn read(stream: &mut dyn Line) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut asked = Asked {
        method,
        ..Asked::default()
    };
    let url = url::Url::parse(&format!("http://x{target}")).ok()?;
    url.path().clone_into(&mut asked.path);
    asked.query = url
        .query_pairs()
        .map(|(a, b)| (a.into_owned(), b.into_owned()))
        .collect();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(": ") else {
            break;
        };
        asked.headers.push((name.to_owned(), value.to_owned()));
    }
    let length = asked
        .header("content-length")
        .and_then(|value| value.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    asked.body = String::from_utf8(body).ok()?;
    Some(asked)
}
