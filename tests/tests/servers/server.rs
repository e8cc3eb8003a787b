//! A database server of our own: in a temporary folder, on a free port, gone with the test.

use std::fs;
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use portico_desks::reader::Database;
use tempfile::TempDir;

/// Names the servers that must start here (`postgresql,mysql`): set by `make test` where the packages are installed.
const NEEDED: &str = "PORTICO_DATABASES";

/// A running server of either kind, stopped when dropped.
pub(crate) struct Server {
    pub(crate) kind: Database,
    pub(crate) port: u16,
    pub(crate) folder: TempDir,
    child: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        // PostgreSQL leaves shared memory behind when it is not asked to end.
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-QUIT", &pid]).status();
        if self.kind == Database::MySql || !asked.is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

impl Server {
    /// `None`, with a word on why, where there is no such server; a panic where `make test` says that there is one.
    pub(crate) fn start(kind: Database) -> Option<Self> {
        Self::started(kind, false)
    }

    /// One that lets in from the network only who speaks TLS; its certificate, for 127.0.0.1 alone, is `cert.pem`.
    pub(crate) fn start_with_tls(kind: Database) -> Option<Self> {
        if let Err(reason) = program("openssl") {
            eprintln!("SKIPPED: no certificate can be made here ({reason})");
            return None;
        }
        Self::started(kind, true)
    }

    fn started(kind: Database, tls: bool) -> Option<Self> {
        let started = match kind {
            Database::PostgreSql => Self::postgresql(tls),
            Database::MySql => Self::mariadb(tls),
        };
        let needed = std::env::var(NEEDED).unwrap_or_default();
        match started {
            Ok(server) => Some(server),
            Err(reason) if needed.split(',').any(|name| name == kind.name()) => {
                panic!("{} is installed and cannot be started: {reason}", kind.name())
            }
            Err(reason) => {
                eprintln!("SKIPPED: no {} server can be started here ({reason})", kind.name());
                None
            }
        }
    }

    fn postgresql(tls: bool) -> Result<Self, String> {
        let (initdb, postgres) = (program("initdb")?, program("postgres")?);
        program("psql")?;
        let (folder, as_user) = folder()?;
        let data = folder.path().join("data");
        let mut made = command(&initdb, as_user);
        made.args(["--auth-local=trust", "--auth-host=scram-sha-256", "-U", "desk"])
            .args(["-E", "UTF8", "--locale=C.UTF-8", "-N", "-D"])
            .arg(&data);
        done(&mut made)?;
        let port = free_port()?;
        let mut server = command(&postgres, as_user);
        if tls {
            let (cert, key) = certificate(&folder, as_user)?;
            let access = data.join("pg_hba.conf");
            let text = fs::read_to_string(&access).map_err(|e| e.to_string())?;
            fs::write(&access, text.replace("\nhost ", "\nhostssl ")).map_err(|e| e.to_string())?;
            server.args([
                "-c",
                "ssl=on",
                "-c",
                &format!("ssl_cert_file={cert}"),
                "-c",
                &format!("ssl_key_file={key}"),
            ]);
        }
        let child = server
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(folder.path())
            .args(["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"])
            .args(["-p", &port.to_string()])
            .spawn()
            .map_err(|e| e.to_string())?;
        let kind = Database::PostgreSql;
        Self {
            kind,
            port,
            folder,
            child,
        }
        .ready()
    }

    fn mariadb(tls: bool) -> Result<Self, String> {
        let (install, daemon) = (program("mariadb-install-db")?, program("mariadbd")?);
        program("mariadb")?;
        let (folder, as_user) = folder()?;
        let data = folder.path().join("data");
        let datadir = format!("--datadir={}", data.display());
        let mut made = command(&install, as_user);
        made.args(["--no-defaults", &datadir, "--skip-test-db"])
            .arg("--auth-root-authentication-method=normal");
        done(&mut made)?;
        let port = free_port()?;
        let mut server = command(&daemon, as_user);
        server.args(["--no-defaults", &datadir, "--bind-address=127.0.0.1"]);
        if tls {
            let (cert, key) = certificate(&folder, as_user)?;
            server.args([format!("--ssl-cert={cert}"), format!("--ssl-key={key}")]);
        }
        let child = server
            .args(["--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=16M"])
            .arg(format!("--port={port}"))
            .arg(format!("--socket={}", folder.path().join("s").display()))
            .arg(format!("--pid-file={}", folder.path().join("pid").display()))
            .spawn()
            .map_err(|e| e.to_string())?;
        let kind = Database::MySql;
        Self {
            kind,
            port,
            folder,
            child,
        }
        .ready()
    }

    fn ready(mut self) -> Result<Self, String> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_mins(1) {
            if self.run("", "select 1;").is_ok() {
                return Ok(self);
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("the server ended ({status})"));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err("the server does not answer".to_owned())
    }

    /// What a client needs to reach a database of it.
    pub(crate) fn arguments(&self, database: &str) -> Vec<String> {
        let folder = self.folder.path().display();
        let all = match self.kind {
            Database::PostgreSql => {
                let database = if database.is_empty() { "postgres" } else { database };
                format!(
                    "-X -q -At -v ON_ERROR_STOP=1 -U desk -h {folder} -p {} -d {database}",
                    self.port
                )
            }
            Database::MySql => format!("--no-defaults --socket={folder}/s -uroot {database}"),
        };
        all.split_whitespace().map(str::to_owned).collect()
    }

    /// Runs a script as an admin would; what the client says, or its errors.
    pub(crate) fn run(&self, database: &str, sql: &str) -> Result<String, String> {
        self.run_with(database, &[], sql)
    }

    /// The same with a client that is set up otherwise: options of the session or of the program.
    pub(crate) fn run_with(&self, database: &str, more: &[&str], sql: &str) -> Result<String, String> {
        let file = self.folder.path().join("script.sql");
        fs::write(&file, sql).unwrap();
        let mut command = match self.kind {
            Database::PostgreSql => {
                let mut command = Command::new("psql");
                command.args(self.arguments(database)).arg("-f").arg(&file);
                if let [options] = more {
                    command.env("PGOPTIONS", options);
                }
                command
            }
            Database::MySql => {
                let mut command = Command::new("mariadb");
                command
                    .args(self.arguments(database))
                    .args(["-N", "-B", "--default-character-set=utf8mb4"])
                    .args(more);
                command.stdin(fs::File::open(&file).unwrap());
                command
            }
        };
        let out = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if out.status.success() {
            Ok(text(&out.stdout))
        } else {
            Err(text(&out.stderr))
        }
    }

    pub(crate) fn count(&self, database: &str, from: &str) -> u64 {
        let counted = self.run(database, &format!("select count(*) from {from};")).unwrap();
        counted.trim().parse().unwrap()
    }
}

fn program(name: &str) -> Result<PathBuf, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.push(PathBuf::from("/usr/sbin"));
    // Debian keeps each version's server in a folder of its own: the newest.
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    versions.sort();
    folders.extend(versions.into_iter().rev());
    let found = folders
        .into_iter()
        .map(|folder| folder.join(name))
        .find(|path| path.is_file());
    found.ok_or_else(|| format!("{name} is not installed"))
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|e| e.to_string())?;
    listener
        .local_addr()
        .map(|address| address.port())
        .map_err(|e| e.to_string())
}

fn id(arguments: &[&str]) -> Option<u32> {
    let out = Command::new("id").args(arguments).output().ok()?;
    String::from_utf8(out.stdout).ok()?.trim().parse().ok()
}

/// Servers refuse to run as root, so that becomes nobody.
type As = Option<(u32, u32)>;

fn folder() -> Result<(TempDir, As), String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    if id(&["-u"]) != Some(0) {
        return Ok((folder, None));
    }
    let nobody = id(&["-u", "nobody"]).zip(id(&["-g", "nobody"]));
    let (user, group) = nobody.ok_or("this is root, and there is no user nobody")?;
    std::os::unix::fs::chown(folder.path(), Some(user), Some(group)).map_err(|e| e.to_string())?;
    Ok((folder, Some((user, group))))
}

/// A certificate that is its own authority, and its key.
fn certificate(folder: &TempDir, as_user: As) -> Result<(String, String), String> {
    let [cert, key] = ["cert.pem", "key.pem"].map(|name| folder.path().join(name).display().to_string());
    let mut make = command(&program("openssl")?, as_user);
    make.args([
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ])
    .args([
        "-subj",
        "/CN=desk",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        &key,
        "-out",
        &cert,
    ]);
    done(&mut make)?;
    Ok((cert, key))
}

fn command(program: &Path, as_user: As) -> Command {
    let mut command = Command::new(program);
    if let Some((user, group)) = as_user {
        command.uid(user).gid(group);
    }
    command
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .env_remove("PGOPTIONS");
    command
}

fn done(command: &mut Command) -> Result<(), String> {
    let out = command.stderr(Stdio::piped()).output().map_err(|e| e.to_string())?;
    if out.status.success() {
        return Ok(());
    }
    let program = command.get_program().display().to_string();
    Err(format!(
        "{program} failed: {}",
        String::from_utf8_lossy(&out.stderr).trim()
    ))
}
