//! The second pass: rows become records, records become batches.

use portico_core::model::Activity;
use portico_core::snapshot::{Batch, Sink};

use super::Checked;
use super::records::{
    COMPANIES, COMPANY_GROUPS, MIME, PRIORITIES, QUEUES, SERVICES, STATES, TICKETS, TYPES, USER_COMPANIES, USER_GROUPS,
    USER_SERVICES, USERS,
};
use super::records::{
    company, company_group, group, named, queue, state, ticket, user, user_company, user_group, user_service,
};
use super::row::Row;
use super::table::{Scanning, Spec, scan};
use super::tickets::{Seat, Seats};
use crate::error::DeskError;
use crate::reader::Bodies;
use crate::report::Report;

/// Records in a batch.
const BATCH: usize = 2_000;
/// Bytes of texts in a batch: a few long mails fill one too.
const BATCH_BYTES: usize = 4 << 20;
/// Bytes of a short text.
const SHORT: usize = 4_096;

/// Yields everything, in order.
pub(super) fn all(on: &Scanning<'_>, checked: &Checked, bodies: Bodies, sink: &mut Sink<'_>) -> Result<(), DeskError> {
    let catalog = &checked.catalog;
    sink(Batch::Settings(checked.settings.clone()))?;
    table(on, catalog.groups_spec(), &group, Batch::Groups, sink)?;
    table(
        on,
        &QUEUES,
        &|row, report| queue(row, &catalog.follow_ups, report),
        Batch::Queues,
        sink,
    )?;
    table(on, &TYPES, &named, Batch::TicketTypes, sink)?;
    table(
        on,
        &STATES,
        &|row, report| state(row, &catalog.kinds, report),
        Batch::TicketStates,
        sink,
    )?;
    table(on, &PRIORITIES, &named, Batch::TicketPriorities, sink)?;
    table(on, &SERVICES, &named, Batch::Services, sink)?;
    table(on, &COMPANIES, &company, Batch::Accounts, sink)?;
    table(on, &USERS, &user, Batch::ExternalUsers, sink)?;
    table(on, &USER_COMPANIES, &user_company, Batch::UserAccounts, sink)?;
    table(on, &USER_GROUPS, &user_group, Batch::UserGroups, sink)?;
    table(on, &COMPANY_GROUPS, &company_group, Batch::AccountGroups, sink)?;
    table(on, &USER_SERVICES, &user_service, Batch::UserServices, sink)?;
    table(
        on,
        &TICKETS,
        &|row, report| ticket(row, &catalog.states, report).map(|t| t.ticket),
        Batch::Tickets,
        sink,
    )?;
    activities(on, &checked.seats, bodies, sink)
}

fn table<T>(
    on: &Scanning<'_>,
    spec: &Spec,
    parse: &dyn Fn(&Row<'_>, &mut Report) -> Option<T>,
    wrap: fn(Vec<T>) -> Batch,
    sink: &mut Sink<'_>,
) -> Result<(), DeskError> {
    let (mut batch, mut report) = (Vec::with_capacity(BATCH), Report::default());
    scan(on, spec, &mut report, &mut |row, report| {
        batch.extend(parse(row, report));
        if batch.len() == BATCH {
            sink(wrap(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))))?;
        }
        Ok(())
    })?;
    unchanged(&report)?;
    if batch.is_empty() {
        Ok(())
    } else {
        Ok(sink(wrap(batch))?)
    }
}

/// The first pass found nothing wrong: a problem now means that the file is another one.
fn unchanged(report: &Report) -> Result<(), DeskError> {
    report
        .problems
        .first()
        .map_or(Ok(()), |p| Err(DeskError::Changed(p.file.clone())))
}

fn activities(on: &Scanning<'_>, seats: &Seats, bodies: Bodies, sink: &mut Sink<'_>) -> Result<(), DeskError> {
    let mut taken = vec![false; seats.all.len()];
    let (mut batch, mut bytes, mut report) = (Vec::with_capacity(BATCH), 0, Report::default());
    scan(on, &MIME, &mut report, &mut |row, report| {
        let Some(index) = row.id("article_id", report).and_then(|article| seats.find(article)) else {
            return Ok(());
        };
        if std::mem::replace(&mut taken[index], true) {
            return Ok(());
        }
        let Some(activity) = with_text(row, bodies, seated(seats, &seats.all[index]), report) else {
            return Ok(());
        };
        bytes += activity.body.as_ref().map_or(0, String::len);
        batch.push(activity);
        if batch.len() == BATCH || bytes > BATCH_BYTES {
            bytes = 0;
            sink(Batch::Activities(std::mem::replace(
                &mut batch,
                Vec::with_capacity(BATCH),
            )))?;
        }
        Ok(())
    })?;
    unchanged(&report)?;
    for (seat, _) in seats.all.iter().zip(&taken).filter(|(_, taken)| !**taken) {
        batch.push(seated(seats, seat));
        if batch.len() >= BATCH {
            sink(Batch::Activities(std::mem::replace(
                &mut batch,
                Vec::with_capacity(BATCH),
            )))?;
        }
    }
    if batch.is_empty() {
        Ok(())
    } else {
        Ok(sink(Batch::Activities(batch))?)
    }
}

/// An activity without its texts.
fn seated(seats: &Seats, seat: &Seat) -> Activity {
    Activity {
        ticket: seat.ticket,
        position: i64::from(seat.position),
        channel: seats
            .channels
            .get(usize::from(seat.channel))
            .cloned()
            .unwrap_or_default(),
        sender: seats.senders.get(usize::from(seat.sender)).cloned().unwrap_or_default(),
        visible: seat.visible,
        created: seat.created,
        ..Activity::default()
    }
}

fn with_text(row: &Row<'_>, bodies: Bodies, activity: Activity, report: &mut Report) -> Option<Activity> {
    let body = match bodies {
        Bodies::None => None,
        _ if !row.has("a_body") => None,
        Bodies::Short => {
            let text = row.text("a_body", report)?;
            Some(text[..text.floor_char_boundary(SHORT)].to_owned())
        }
        Bodies::Full => Some(row.text("a_body", report)?.into_owned()),
    };
    let (from, subject) = (
        row.text("a_from", report)?.into_owned(),
        row.text("a_subject", report)?.into_owned(),
    );
    Some(Activity {
        from,
        subject,
        body,
        ..activity
    })
}
