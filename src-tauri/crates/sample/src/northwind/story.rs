//! The tickets of the story, as they are written down.

use portico_core::model::Activity;

use crate::table::Row;
use crate::{NOW, time};

/// A ticket of the story.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) created: i64,
    pub(super) owner: &'static str,
    pub(super) account: &'static str,
    /// The queue's name.
    pub(super) queue: &'static str,
    pub(super) state: &'static str,
    pub(super) priority: &'static str,
    pub(super) title: &'static str,
    /// What is said; the ticket's number is not known yet.
    pub(super) said: Vec<Activity>,
}

/// All tickets of the story, in the order of the text.
pub(super) fn told() -> Vec<Told> {
    let mut tickets: Vec<Told> = Vec::new();
    for line in include_str!("../../data/story.txt")
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        if let Some(rest) = line.strip_prefix("ticket:") {
            let row = Row::of(rest);
            tickets.push(Told {
                created: NOW - 60 * i64::try_from(row.number(0)).unwrap_or(0),
                owner: row.text(1),
                account: row.text(2),
                queue: row.text(3),
                state: row.text(4),
                priority: row.text(5),
                title: row.text(6),
                said: Vec::new(),
            });
        } else if let Some(ticket) = tickets.last_mut() {
            let activity = activity(&Row::of(line), ticket);
            ticket.said.push(activity);
        }
    }
    tickets
}

fn activity(row: &Row, ticket: &Told) -> Activity {
    let position = i64::try_from(ticket.said.len()).unwrap_or(0) + 1;
    Activity {
        ticket: 0,
        position,
        channel: row.owned(3),
        sender: row.owned(1),
        visible: row.text(2) == "visible",
        from: row.owned(4),
        subject: if position == 1 {
            ticket.title.to_owned()
        } else {
            format!("Re: {}", ticket.title)
        },
        body: Some(row.text(5).replace("\\n", "\n")),
        created: time::after(ticket.created, 60 * i64::try_from(row.number(0)).unwrap_or(0)),
    }
}
