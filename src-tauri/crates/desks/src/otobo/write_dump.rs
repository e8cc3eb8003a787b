//! Writes a world as the desk's dump, in the shape that the reader takes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use csv::Writer;
use jiff::Timestamp;
use portico_core::model::{
    Account, AccountGroup, Activity, Context, DeskSetting, ExternalUser, Group, Named, Queue, Ticket, TicketState,
};
use portico_core::snapshot::{Batch, Source, Stopped};

use super::dump_tables::{Keys, MIME, Numbered, TABLES};
use super::plan::groups_table;
use super::{DATABASE, FLAVOUR, read};
use crate::error::DeskError;
use crate::registry::WriteDumpError;

/// Writes a world into a folder, which is made if it is not there.
///
/// Keys that are positive numbers become the ids; others are numbered. Activities must come ticket by
/// ticket in ascending position, which is how their ids are given.
pub fn write_dump<S: Source>(world: &mut S, folder: &Path) -> Result<(), WriteDumpError<S::Error>> {
    let mut dump = DumpWriter::create(folder).map_err(WriteDumpError::Desk)?;
    let mut failed = None;
    let read = world.read(&mut |batch| {
        dump.take(batch).map_err(|error| {
            failed = Some(error);
            Stopped::Refused("the dump cannot be written".into())
        })
    });
    match (failed, read) {
        (Some(error), _) => Err(WriteDumpError::Desk(error)),
        (None, Err(error)) => Err(WriteDumpError::World(error)),
        (None, Ok(())) => dump.finish().map_err(WriteDumpError::Desk),
    }
}

struct DumpWriter {
    folder: PathBuf,
    tables: BTreeMap<&'static str, Writer<BufWriter<File>>>,
    keys: Keys,
    kinds: Numbered,
    follow_ups: Numbered,
    senders: Numbered,
    channels: Numbered,
    settings: serde_json::Map<String, serde_json::Value>,
    znuny: bool,
    users: i64,
    articles: i64,
    /// Ticket and position of the last activity.
    last: (i64, i64),
}

const STAMP: [&str; 4] = ["2026-01-01 00:00:00", "1", "2026-01-01 00:00:00", "1"];
const STAMPS: &str = "create_time,create_by,change_time,change_by";

impl DumpWriter {
    fn create(folder: &Path) -> Result<Self, DeskError> {
        std::fs::create_dir_all(folder).map_err(|e| DeskError::io(folder, e))?;
        let mut dump = Self {
            folder: folder.to_owned(),
            tables: BTreeMap::new(),
            keys: Keys::default(),
            kinds: Numbered::starting(&[
                "new",
                "open",
                "closed",
                "pending reminder",
                "pending auto",
                "removed",
                "merged",
            ]),
            follow_ups: Numbered::starting(&["possible", "reject", "new ticket"]),
            senders: Numbered::starting(&["agent", "system", "customer"]),
            channels: Numbered::starting(&["Email", "Phone", "Internal", "Chat"]),
            settings: serde_json::Map::new(),
            znuny: false,
            users: 0,
            articles: 0,
            last: (0, 0),
        };
        for (table, columns) in TABLES.into_iter().chain([MIME]) {
            let path = folder.join(format!("{table}.csv"));
            let file = File::create(&path).map_err(|e| DeskError::io(&path, e))?;
            dump.tables
                .insert(table, Writer::from_writer(BufWriter::with_capacity(64 << 10, file)));
            dump.row(
                table,
                columns
                    .split(',')
                    .chain(Self::stamped(table).then_some(STAMPS.split(',')).into_iter().flatten()),
            )?;
        }
        Ok(dump)
    }

    fn stamped(table: &str) -> bool {
        table != MIME.0
    }

    fn row<I: IntoIterator<Item = T>, T: AsRef<[u8]>>(
        &mut self,
        table: &'static str,
        values: I,
    ) -> Result<(), DeskError> {
        let Some(writer) = self.tables.get_mut(table) else {
            return Err(DeskError::Unwritable(table.to_owned()));
        };
        writer.write_record(values).map_err(|e| match e.into_kind() {
            csv::ErrorKind::Io(e) => DeskError::io(self.folder.join(table), e),
            other => DeskError::Unwritable(format!("{table}: {other:?}")),
        })
    }

    fn stamps(&mut self, table: &'static str, values: &[&str]) -> Result<(), DeskError> {
        self.row(table, values.iter().chain(&STAMP))
    }

    fn take(&mut self, batch: Batch) -> Result<(), DeskError> {
        match batch {
            Batch::Settings(all) => all.iter().try_for_each(|s| self.setting(s)),
            Batch::Groups(all) => all.iter().try_for_each(|g| self.group(g)),
            Batch::Queues(all) => all.iter().try_for_each(|q| self.queue(q)),
            Batch::TicketTypes(all) => all.iter().try_for_each(|n| self.named("ticket_type", n)),
            Batch::TicketStates(all) => all.iter().try_for_each(|s| self.state(s)),
            Batch::TicketPriorities(all) => all.iter().try_for_each(|n| self.named("ticket_priority", n)),
            Batch::Services(all) => all.iter().try_for_each(|n| self.named("service", n)),
            Batch::Accounts(all) => all.iter().try_for_each(|a| self.company(a)),
            Batch::ExternalUsers(all) => all.iter().try_for_each(|u| self.user(u)),
            Batch::UserAccounts(all) => all
                .iter()
                .try_for_each(|l| self.stamps("customer_user_customer", &[&l.user, &l.account])),
            Batch::UserGroups(all) => all.iter().try_for_each(|l| {
                let group = self.keys.id("group", &l.group);
                self.stamps("group_customer_user", &[&l.user, &group, &l.permission, "1"])
            }),
            Batch::AccountGroups(all) => all.iter().try_for_each(|l| self.company_group(l)),
            Batch::UserServices(all) => all.iter().try_for_each(|l| {
                let service = self.keys.id("service", &l.service);
                self.stamps("service_customer_user", &[&l.user, &service])
            }),
            Batch::Tickets(all) => all.iter().try_for_each(|t| self.ticket(t)),
            Batch::Activities(all) => all.iter().try_for_each(|a| self.activity(a)),
            other if other.is_empty() => Ok(()),
            other => Err(DeskError::Unwritable(format!("this desk has no {}", other.kind()))),
        }
    }

    fn setting(&mut self, setting: &DeskSetting) -> Result<(), DeskError> {
        let value = serde_json::from_str(&setting.value)
            .map_err(|_| DeskError::Unwritable(format!("the setting {} is no JSON", setting.name)))?;
        if setting.name == FLAVOUR {
            self.znuny = setting.value == "\"znuny\"";
        } else if setting.name != DATABASE {
            self.settings.insert(setting.name.clone(), value);
        }
        Ok(())
    }

    fn group(&mut self, group: &Group) -> Result<(), DeskError> {
        let id = self.keys.id("group", &group.key);
        self.stamps(
            "groups_table",
            &[
                &id,
                &group.name,
                &group.description,
                &group.validity.number().to_string(),
            ],
        )
    }

    fn queue(&mut self, queue: &Queue) -> Result<(), DeskError> {
        let (id, group) = (self.keys.id("queue", &queue.key), self.keys.id("group", &queue.group));
        let follow_up = self.follow_ups.id(&queue.follow_up).to_string();
        self.stamps(
            "queue",
            &[
                &id,
                &queue.name,
                &group,
                &follow_up,
                &queue.validity.number().to_string(),
            ],
        )
    }

    fn named(&mut self, table: &'static str, named: &Named) -> Result<(), DeskError> {
        let id = self.keys.id(table, &named.key);
        self.stamps(table, &[&id, &named.name, &named.validity.number().to_string()])
    }

    fn state(&mut self, state: &TicketState) -> Result<(), DeskError> {
        let (id, kind) = (
            self.keys.id("state", &state.key),
            self.kinds.id(&state.kind).to_string(),
        );
        self.stamps(
            "ticket_state",
            &[&id, &state.name, &kind, &state.validity.number().to_string()],
        )
    }

    fn company(&mut self, a: &Account) -> Result<(), DeskError> {
        let valid = a.validity.number().to_string();
        let values = [
            &a.key,
            &a.name,
            &a.street,
            &a.zip,
            &a.city,
            &a.country,
            &a.url,
            &a.description,
            &valid,
        ];
        self.stamps("customer_company", &values.map(String::as_str))
    }

    fn user(&mut self, u: &ExternalUser) -> Result<(), DeskError> {
        self.users += 1;
        let (id, valid) = (self.users.to_string(), u.validity.number().to_string());
        let password = u.has_password.map_or("", |has| if has { "t" } else { "f" });
        let values = [
            &id,
            &u.login,
            &u.email,
            &u.account,
            &u.title,
            &u.first_name,
            &u.last_name,
            &u.phone,
            &u.fax,
            &u.mobile,
            &u.street,
            &u.zip,
            &u.city,
            &u.country,
            &u.description,
            &valid,
        ];
        let mut values: Vec<&str> = values.iter().map(|v| v.as_str()).collect();
        values.push(password);
        self.stamps("customer_user", &values)
    }

    fn company_group(&mut self, l: &AccountGroup) -> Result<(), DeskError> {
        let group = self.keys.id("group", &l.group);
        let context = if l.context == Context::Other {
            read::OTHER
        } else {
            read::SAME
        };
        self.stamps("group_customer", &[&l.account, &group, &l.permission, "1", context])
    }

    fn ticket(&mut self, t: &Ticket) -> Result<(), DeskError> {
        let (created, changed) = (time(t.created)?, time(t.changed)?);
        let (queue, kind) = (
            self.keys.id("queue", &t.queue),
            self.keys.id("ticket_type", &t.ticket_type),
        );
        let (service, state) = (self.keys.id("service", &t.service), self.keys.id("state", &t.state));
        let (id, priority) = (t.id.to_string(), self.keys.id("ticket_priority", &t.priority));
        let archived = if t.archived { "1" } else { "0" };
        let values: [&str; 15] = [
            &id, &t.number, &t.title, &queue, &kind, &service, &state, &priority, &t.account, &t.owner, archived,
            &created, "1", &changed, "1",
        ];
        self.row("ticket", values)
    }

    fn activity(&mut self, a: &Activity) -> Result<(), DeskError> {
        if self.last.0 == a.ticket && a.position <= self.last.1 {
            return Err(DeskError::Unwritable(format!(
                "the activities of ticket {} are not in their order",
                a.ticket
            )));
        }
        self.last = (a.ticket, a.position);
        self.articles += 1;
        let (id, ticket, created) = (self.articles.to_string(), a.ticket.to_string(), time(a.created)?);
        let (sender, channel) = (
            self.senders.id(&a.sender).to_string(),
            self.channels.id(&a.channel).to_string(),
        );
        let visible = if a.visible { "1" } else { "0" };
        self.row(
            "article",
            [&id, &ticket, &sender, &channel, visible, &created, "1", &created, "1"] as [&str; 9],
        )?;
        self.row(
            MIME.0,
            [&id, &a.from, &a.subject, a.body.as_deref().unwrap_or_default()] as [&str; 4],
        )
    }

    fn finish(mut self) -> Result<(), DeskError> {
        for (table, names) in [
            ("ticket_state_type", std::mem::take(&mut self.kinds.order)),
            ("follow_up_possible", std::mem::take(&mut self.follow_ups.order)),
            ("article_sender_type", std::mem::take(&mut self.senders.order)),
            ("communication_channel", std::mem::take(&mut self.channels.order)),
        ] {
            for (index, name) in names.iter().enumerate() {
                self.stamps(table, &[&(index + 1).to_string(), name])?;
            }
        }
        for (table, mut writer) in std::mem::take(&mut self.tables) {
            writer.flush().map_err(|e| DeskError::io(self.folder.join(table), e))?;
        }
        if self.znuny {
            let (from, to) = (groups_table(None), groups_table(Some("\"znuny\"")));
            let path = |name| self.folder.join(format!("{name}.csv"));
            std::fs::rename(path(from), path(to)).map_err(|e| DeskError::io(path(to), e))?;
        }
        let path = self.folder.join("settings.json");
        let text = format!("{:#}\n", serde_json::Value::Object(self.settings));
        File::create(&path)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|e| DeskError::io(path, e))
    }
}

fn time(seconds: i64) -> Result<String, DeskError> {
    Timestamp::from_second(seconds)
        .map(|t| t.strftime("%Y-%m-%d %H:%M:%S").to_string())
        .map_err(|_| DeskError::Unwritable(format!("{seconds} is no time")))
}
