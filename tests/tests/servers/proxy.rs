//! What stands between a program and a server, and breaks just when the changes are made final.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use portico_desks::reader::Database;

/// When the connection breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// The server never hears of it.
    BeforeCommit,
    /// The server has made it final, and its answer gets lost.
    AfterCommit,
}

/// The packet that makes a transaction final.
fn commit(kind: Database) -> &'static [u8] {
    match kind {
        Database::PostgreSql => b"Q\0\0\0\x0bcommit\0",
        Database::MySql => b"\x07\0\0\0\x03commit",
    }
}

/// Listens on a port of its own and passes one connection on.
pub(crate) fn start(kind: Database, port: u16, breaks: Breaks) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let own = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let (client, _) = listener.accept().unwrap();
        let server = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let broken = Arc::new(AtomicBool::new(false));
        let back = {
            let (from, to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
            let broken = Arc::clone(&broken);
            std::thread::spawn(move || pass(from, &to, &mut |_| !broken.load(Ordering::SeqCst)))
        };
        pass(client.try_clone().unwrap(), &server, &mut |bytes| {
            let is_commit = bytes == commit(kind);
            broken.fetch_or(is_commit, Ordering::SeqCst);
            !is_commit || breaks == Breaks::AfterCommit
        });
        for end in [&client, &server] {
            let _ = end.shutdown(Shutdown::Both);
        }
        back.join().unwrap();
    });
    own
}

/// Passes on what comes, until `goes_on` says no or one end is closed; then closes both.
fn pass(mut from: TcpStream, mut to: &TcpStream, goes_on: &mut dyn FnMut(&[u8]) -> bool) {
    let mut bytes = vec![0; 1 << 16];
    while let Ok(length @ 1..) = from.read(&mut bytes) {
        if !goes_on(&bytes[..length]) || to.write_all(&bytes[..length]).is_err() {
            break;
        }
    }
    for end in [&from, to] {
        let _ = end.shutdown(Shutdown::Both);
    }
}
