//! Checks of tickets and articles, and the order of articles on their tickets.

use std::collections::HashMap;

use super::catalog::{Catalog, missing, no_such};
use super::people::People;
use super::records::{ARTICLES, MIME, TICKETS, TicketRow, ticket};
use super::row::Row;
use super::said;
use super::table::{Scanning, scan};
use crate::error::DeskError;
use crate::reader::Bodies;
use crate::report::Report;
use crate::source::tally::{Match, Tally, Unique};

/// What is known of all tickets.
#[derive(Default)]
pub(super) struct Tickets {
    /// Ids, ascending.
    pub(super) ids: Vec<i64>,
    /// How many are in the archive.
    pub(super) archived: u64,
}

/// Checks the tickets.
pub(super) fn check(
    on: &Scanning<'_>,
    catalog: &Catalog,
    people: &People,
    report: &mut Report,
) -> Result<Tickets, DeskError> {
    let mut found = Tickets::default();
    let mut lines: Vec<(i64, u64)> = Vec::new();
    let mut numbers = Unique::default();
    let (mut nobody, mut no_company) = (Tally::default(), Tally::default());
    let there = scan(on, &TICKETS, report, &mut |row, report| {
        let Some(read) = ticket(row, &catalog.states, report) else {
            return Ok(());
        };
        check_references(row, &read, catalog, report);
        let ticket = &read.ticket;
        lines.push((ticket.id, row.line()));
        numbers.add(&ticket.number, row.line());
        found.archived += u64::from(ticket.archived);
        if !ticket.owner.is_empty() && people.logins.find(&ticket.owner) != Match::Exact {
            nobody.add(&ticket.owner, row.line());
        }
        if !ticket.account.is_empty() && people.companies.find(&ticket.account) != Match::Exact {
            no_company.add(&ticket.account, row.line());
        }
        Ok(())
    })?;
    if !there {
        missing(&TICKETS, report);
        return Ok(found);
    }
    let file = on.dump.file_of(TICKETS.table).unwrap_or(TICKETS.table);
    found.ids = unique_ids(lines, file, report);
    numbers.finish(file, "tn", report);
    nobody.finish(file, "customer_user_id", report, &|login, n| {
        people.about_login(login, n)
    });
    no_company.finish(file, "customer_id", report, &|key, n| people.about_company(key, n));
    Ok(found)
}

fn unique_ids(mut lines: Vec<(i64, u64)>, file: &str, report: &mut Report) -> Vec<i64> {
    lines.sort_unstable();
    for pair in lines.windows(2) {
        if pair[0].0 == pair[1].0 {
            report.problem(file, pair[1].1, "id", said::same_id(pair[1].0, pair[0].1));
        }
    }
    lines.into_iter().map(|(id, _)| id).collect()
}

fn check_references(row: &Row<'_>, read: &TicketRow, catalog: &Catalog, report: &mut Report) {
    let mut check = |column: &str, id: i64, known: bool, to: &str| {
        if !known {
            no_such(row, column, id, to, report);
        }
    };
    check("queue_id", read.queue, catalog.queues.contains(&read.queue), "queue");
    check(
        "ticket_state_id",
        read.state,
        catalog.states.contains_key(&read.state),
        "ticket_state",
    );
    check(
        "ticket_priority_id",
        read.priority,
        catalog.priorities.contains(&read.priority),
        "ticket_priority",
    );
    if let Some(id) = read.ticket_type {
        check("type_id", id, catalog.types.contains(&id), "ticket_type");
    }
    if let Some(id) = read.service.filter(|_| catalog.has_services) {
        check("service_id", id, catalog.services.contains(&id), "service");
    }
}

/// An article's place, in 32 bytes: there may be millions.
pub(super) struct Seat {
    pub(super) article: i64,
    pub(super) ticket: i64,
    pub(super) created: i64,
    pub(super) position: u32,
    pub(super) channel: u16,
    pub(super) sender: u8,
    pub(super) visible: bool,
}

/// All articles' places, ascending by article.
#[derive(Default)]
pub(super) struct Seats {
    pub(super) all: Vec<Seat>,
    pub(super) senders: Vec<String>,
    pub(super) channels: Vec<String>,
}

impl Seats {
    /// The index of an article's seat.
    pub(super) fn find(&self, article: i64) -> Option<usize> {
        self.all.binary_search_by_key(&article, |seat| seat.article).ok()
    }
}

/// The index of a name in a small list; the name of a number that has none is the number.
fn intern(names: &mut Vec<String>, known: &mut HashMap<i64, usize>, id: i64, words: &HashMap<i64, String>) -> usize {
    *known.entry(id).or_insert_with(|| {
        names.push(words.get(&id).cloned().unwrap_or_else(|| id.to_string()));
        names.len() - 1
    })
}

/// Checks the articles and gives each its position from 1 on its ticket, in the order of article ids.
pub(super) fn check_articles(
    on: &Scanning<'_>,
    catalog: &Catalog,
    tickets: &Tickets,
    report: &mut Report,
) -> Result<Seats, DeskError> {
    let mut seats = Seats::default();
    let mut known = Known::default();
    let there = scan(on, &ARTICLES, report, &mut |row, report| {
        if let Some(seat) = seat(row, catalog, tickets, &mut known, &mut seats, report) {
            seats.all.push(seat);
        }
        Ok(())
    })?;
    number(&mut seats.all);
    for pair in seats.all.windows(2).filter(|pair| pair[0].article == pair[1].article) {
        let file = on.dump.file_of(ARTICLES.table).unwrap_or(ARTICLES.table);
        let article = pair[0].article;
        let message = said::same_article(article);
        report.problem(file, 0, "id", message);
    }
    let absent = said::no_names;
    if there && catalog.senders.is_empty() {
        report.finding("article_sender_type.csv", 0, "", absent());
    }
    if there && catalog.channels.is_empty() {
        report.finding("communication_channel.csv", 0, "", absent());
    }
    Ok(seats)
}

/// Where the names of senders and channels stand in their lists.
#[derive(Default)]
struct Known {
    senders: HashMap<i64, usize>,
    channels: HashMap<i64, usize>,
}

fn seat(
    row: &Row<'_>,
    catalog: &Catalog,
    tickets: &Tickets,
    known: &mut Known,
    seats: &mut Seats,
    report: &mut Report,
) -> Option<Seat> {
    let (article, ticket) = (row.id("id", report), row.id("ticket_id", report));
    let sender = row.id("article_sender_type_id", report);
    let channel = row.id("communication_channel_id", report);
    let visible = row.number("is_visible_for_customer", report);
    let created = row.time("create_time", report);
    if let Some(ticket) = ticket.filter(|ticket| tickets.ids.binary_search(ticket).is_err()) {
        no_such(row, "ticket_id", ticket, "ticket", report);
    }
    let (article, ticket, visible, created) = (article?, ticket?, visible?, created?);
    let sender = intern(&mut seats.senders, &mut known.senders, sender?, &catalog.senders);
    let channel = intern(&mut seats.channels, &mut known.channels, channel?, &catalog.channels);
    let (Ok(sender), Ok(channel)) = (u8::try_from(sender), u16::try_from(channel)) else {
        let message = said::many_names();
        report.problem(row.file(), row.line(), "article_sender_type_id", message);
        return None;
    };
    Some(Seat {
        article,
        ticket,
        created,
        position: 0,
        channel,
        sender,
        visible: visible == 1,
    })
}

fn number(seats: &mut [Seat]) {
    seats.sort_unstable_by_key(|seat| (seat.ticket, seat.article));
    let (mut ticket, mut position) = (0, 0);
    for seat in seats.iter_mut() {
        position = if seat.ticket == ticket { position + 1 } else { 1 };
        ticket = seat.ticket;
        seat.position = position;
    }
    seats.sort_unstable_by_key(|seat| seat.article);
}

/// Checks the texts of articles.
pub(super) fn check_texts(
    on: &Scanning<'_>,
    seats: &Seats,
    bodies: Bodies,
    report: &mut Report,
) -> Result<(), DeskError> {
    if on.dump.file_of(ARTICLES.table).is_none() {
        return Ok(());
    }
    let mut taken = vec![false; seats.all.len()];
    let (mut twice, mut has_bodies) = (0_u64, true);
    scan(on, &MIME, report, &mut |row, report| {
        row.text("a_subject", report);
        row.text("a_from", report);
        has_bodies = row.has("a_body");
        if bodies != Bodies::None {
            row.text("a_body", report);
        }
        if let Some(article) = row.id("article_id", report) {
            match seats.find(article) {
                None => no_such(row, "article_id", article, "article", report),
                Some(seat) => twice += u64::from(std::mem::replace(&mut taken[seat], true)),
            }
        }
        Ok(())
    })?;
    let file = on.dump.file_of(MIME.table).unwrap_or(MIME.table);
    if twice > 0 {
        report.finding(file, 0, "article_id", said::several_texts(twice));
    }
    if bodies != Bodies::None && !has_bodies {
        report.finding(file, 1, "a_body", said::no_texts());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Seat, number};

    #[test]
    fn articles_are_numbered_by_id_within_their_ticket() {
        let seat = |article, ticket| Seat {
            article,
            ticket,
            created: 0,
            position: 0,
            channel: 0,
            sender: 0,
            visible: true,
        };
        let mut seats = vec![seat(9, 1), seat(3, 2), seat(5, 1), seat(4, 2), seat(1, 3)];
        number(&mut seats);
        let order: Vec<_> = seats.iter().map(|s| (s.article, s.ticket, s.position)).collect();
        assert_eq!(order, [(1, 3, 1), (3, 2, 1), (4, 2, 2), (5, 1, 1), (9, 1, 2)]);
        assert_eq!(size_of::<Seat>(), 32);
    }
}
