//! Servers that must be trusted.
#![allow(clippy::print_stderr, reason = "a test that was not tried must say so")]

use std::path::Path;
use std::process::Command;

use native_tls::{Identity, TlsAcceptor};
use portico_desks::error::DeskError;
use portico_desks::rest::RestError;

use crate::lists;
use crate::reading::Reading;
use crate::server::Server;
use crate::world::{self, Lists};

/// Makes a certificate that is its own authority, and its key; false where no program makes some.
fn made(folder: &Path, name: &str) -> bool {
    let [cert, key] = ["cert.pem", "key.pem"].map(|file| folder.join(file));
    let made = Command::new("openssl")
        .args([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test",
        ])
        .args(["-addext", &format!("subjectAltName={name}"), "-keyout"])
        .arg(key)
        .arg("-out")
        .arg(cert)
        .output();
    made.is_ok_and(|made| made.status.success())
}

/// A desk that speaks TLS with the certificate of the folder.
fn desk(folder: &Path) -> Server {
    let [cert, key] = ["cert.pem", "key.pem"].map(|file| std::fs::read(folder.join(file)).unwrap());
    let acceptor = TlsAcceptor::new(Identity::from_pkcs8(&cert, &key).unwrap()).unwrap();
    let lists = Lists::of("daktela-small", "/result/data");
    let wrap = move |stream| acceptor.accept(stream).ok().map(|line| Box::new(line) as _);
    Server::behind(Box::new(wrap), move |asked, _| world::daktela(&lists, asked))
}

fn read(address: &str) -> Result<usize, DeskError> {
    let folder = tempfile::tempdir().unwrap();
    Reading::of("daktela", address).fetch(folder.path()).0?;
    Ok(lists::read("daktela", folder.path()).unwrap().world.users.len())
}

#[test]
fn only_who_is_trusted_gets_the_token() {
    let folder = tempfile::tempdir().unwrap();
    if !made(folder.path(), "IP:127.0.0.1") {
        eprintln!("not tried: there is no openssl to make a certificate with");
        return;
    }
    let server = desk(folder.path());
    let root = server.root.replace("http://", "https://");
    let cert = folder.path().join("cert.pem");
    assert_eq!(read(&format!("{root}?ca={}", cert.display())).unwrap(), 3);
    let asked = server.asked().len();
    // The system knows no such authority.
    let error = read(&root).unwrap_err();
    assert!(matches!(error, DeskError::Rest(RestError::Untrusted { .. })), "{error}");
    // The certificate is for another name.
    let other = tempfile::tempdir().unwrap();
    assert!(made(other.path(), "DNS:desk.example"));
    let stranger = desk(other.path());
    let root = stranger.root.replace("http://", "https://");
    let error = read(&format!("{root}?ca={}", other.path().join("cert.pem").display())).unwrap_err();
    assert!(matches!(error, DeskError::Rest(RestError::Untrusted { .. })), "{error}");
    assert_eq!((server.asked().len(), stranger.asked().len()), (asked, 0));
    for (file, word) in [("none.pem", "none.pem"), ("key.pem", "holds no certificate")] {
        let error = read(&format!("{root}?ca={}", folder.path().join(file).display())).unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
}
