//! Tickets of a source that tells some of them: the others stay, and so does what it does not tell of those that come.

use portico_core::model::Ticket;
use rusqlite::Connection;

use super::{Ids, KINDS, TicketFile, insert_ticket};
use crate::error::Result;
use crate::import::KindCount;
use crate::import::homes::Homes;
use crate::open::Place;
use crate::snapshot::{self, Dict};

/// How tickets that come join those that the workspace has.
#[derive(Debug, Clone, Default)]
pub(in crate::import) struct Merge {
    /// The id of the workspace's snapshot.
    pub(in crate::import) before: Option<String>,
    /// The fields that the source tells, beside the number and the time of creation; `None` for all.
    pub(in crate::import) told: Option<Vec<String>>,
}

/// A merge under way.
pub(super) struct Merging {
    pub(super) how: Merge,
    /// How many tickets there were.
    there: u64,
    /// The row's number of the next ticket that is new.
    next: i64,
    added: u64,
    changed: u64,
}

impl Merging {
    /// Attaches the tickets that are there. Nothing may be begun on the connection yet.
    pub(super) fn begin(conn: &Connection, workspace: &Place, how: Merge) -> Result<Self> {
        snapshot::attach_beside(conn, workspace, how.before.as_deref())?;
        let last: i64 = conn.query_row("SELECT coalesce(max(id), 0) FROM tickets.ticket", [], |r| r.get(0))?;
        Ok(Self {
            how,
            there: snapshot::count(conn)?,
            next: last + 1,
            added: 0,
            changed: 0,
        })
    }

    pub(super) fn counts(&self) -> KindCount {
        KindCount {
            kind: "tickets",
            added: self.added,
            changed: self.changed,
            removed: 0,
        }
    }

    /// Gives a ticket that comes the number of its row, and what the source does not tell of it; hands over what it was.
    pub(super) fn join(&mut self, conn: &Connection, ticket: &mut Ticket) -> Result<Option<Ticket>> {
        let old = if self.there > 0 {
            snapshot::ticket_by_number(conn, &ticket.number)?
        } else {
            None
        };
        let Some(old) = old else {
            ticket.id = self.next;
            self.next += 1;
            self.added += 1;
            return Ok(None);
        };
        let before = Ticket {
            id: old.id,
            number: old.number,
            title: old.title,
            owner: old.owner,
            account: old.account,
            queue: old.queue,
            state: old.state,
            state_kind: old.state_kind,
            ticket_type: old.ticket_type,
            priority: old.priority,
            service: old.service,
            created: old.created,
            changed: old.changed,
            archived: old.archived,
        };
        ticket.id = before.id;
        if let Some(told) = &self.how.told {
            fill(ticket, &before, told);
        }
        Ok(Some(before))
    }

    /// Counts a ticket that was there.
    pub(super) fn count(&mut self, before: &Ticket, now: &Ticket) {
        self.changed += u64::from(before != now);
    }
}

/// What is not told stays as it was.
fn fill(ticket: &mut Ticket, before: &Ticket, told: &[String]) {
    let untold = |field: &str| told.iter().all(|one| one != field);
    macro_rules! stays {
        ($($field:ident)*) => {
            $(if untold(stringify!($field)) {
                ticket.$field.clone_from(&before.$field);
            })*
        };
    }
    stays!(title owner account queue state state_kind ticket_type priority service changed archived);
}

/// Numbers of the new file's dictionaries for those of the old one, as far as they were asked for.
struct Names([Vec<i64>; KINDS]);

impl Names {
    fn number(&mut self, file: &mut TicketFile, conn: &Connection, dict: Dict, old: i64) -> Result<i64> {
        let Ok(place) = usize::try_from(old) else { return Ok(0) };
        if place == 0 {
            return Ok(0);
        }
        let known = &mut self.0[dict as usize - 1];
        if known.len() <= place {
            known.resize(place + 1, 0);
        }
        if known[place] == 0 {
            known[place] = file.intern(dict, &snapshot::key_of(conn, dict, old)?);
        }
        Ok(known[place])
    }
}

impl TicketFile {
    /// Takes over the tickets that did not come, and what was said on any.
    pub(in crate::import) fn carry(&mut self, homes: Option<Homes<'_>>) -> Result<()> {
        if self.merging.is_none() {
            return Ok(());
        }
        let Some(conn) = self.conn.take() else { return Ok(()) };
        let carried = self.carry_all(&conn, homes);
        self.conn = Some(conn);
        carried
    }

    fn carry_all(&mut self, conn: &Connection, homes: Option<Homes<'_>>) -> Result<()> {
        let mut names = Names(Default::default());
        self.carry_tickets(conn, &mut names, homes)?;
        self.carry_activities(conn, &mut names)?;
        self.newest = self.newest.max(snapshot::as_of(conn)?);
        Ok(())
    }

    fn carry_tickets(&mut self, conn: &Connection, names: &mut Names, mut homes: Option<Homes<'_>>) -> Result<()> {
        let mut statement = conn.prepare(
            "SELECT id, number, title, owner, account, queue, state, state_kind, ticket_type, priority, service, age,
                    changed, archived
             FROM tickets.ticket o WHERE NOT EXISTS (SELECT 1 FROM main.ticket n WHERE n.id = o.id)",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut of = |dict, column: usize| -> Result<i64> { names.number(self, conn, dict, row.get(column)?) };
            let mut ids = Ids {
                owner: of(Dict::Owner, 3)?,
                account: of(Dict::Account, 4)?,
                queue: of(Dict::Queue, 5)?,
                state: of(Dict::State, 6)?,
                state_kind: of(Dict::StateKind, 7)?,
                ticket_type: of(Dict::TicketType, 8)?,
                priority: of(Dict::Priority, 9)?,
                service: of(Dict::Service, 10)?,
            };
            if let Some(homes) = &mut homes {
                let owner = snapshot::key_of(conn, Dict::Owner, row.get(3)?)?;
                let account = homes.account_of(&owner)?;
                ids.account = self.intern(Dict::Account, &account);
            }
            let ticket = Ticket {
                id: row.get(0)?,
                number: row.get(1)?,
                title: row.get(2)?,
                created: -row.get::<_, i64>(11)?,
                changed: row.get(12)?,
                archived: row.get(13)?,
                ..Ticket::default()
            };
            insert_ticket(self, conn, &ticket, &ids)?;
            self.tickets += 1;
        }
        Ok(())
    }

    fn carry_activities(&mut self, conn: &Connection, names: &mut Names) -> Result<()> {
        let mut statement = conn.prepare(
            "SELECT ticket, position, channel, sender, visible, author, subject, created FROM tickets.activity",
        )?;
        let mut insert = conn.prepare(
            "INSERT INTO main.activity (ticket, position, channel, sender, visible, author, subject, created)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let channel = names.number(self, conn, Dict::Channel, row.get(2)?)?;
            let sender = names.number(self, conn, Dict::Sender, row.get(3)?)?;
            let (ticket, position): (i64, i64) = (row.get(0)?, row.get(1)?);
            let (visible, author, subject): (bool, String, String) = (row.get(4)?, row.get(5)?, row.get(6)?);
            insert.execute((
                ticket,
                position,
                channel,
                sender,
                visible,
                author,
                subject,
                row.get::<_, i64>(7)?,
            ))?;
            self.activities += 1;
        }
        conn.execute(
            "INSERT INTO main.activity_body SELECT ticket, position, body FROM tickets.activity_body",
            [],
        )?;
        Ok(())
    }
}
