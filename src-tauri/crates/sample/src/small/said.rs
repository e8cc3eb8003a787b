//! What was said on the tickets of a small desk, in the ways of that desk.

use portico_core::model::{Activity, Ticket};

use super::{PEOPLE, SEED_OF_TALK, person};
use crate::dice::Dice;
use crate::say::{self, Talk};

/// Something that is said, before it is said in a desk's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// The ticket begins.
    Request,
    /// By the one who asked, later on.
    FollowUp,
    /// By an agent, for the one who asked.
    Answer,
    /// By the desk itself.
    Automatic,
    /// Among agents.
    Note,
}

impl Said {
    fn of(activity: &Activity) -> Self {
        match (activity.position, activity.sender.as_str()) {
            (1, _) => Self::Request,
            (_, "customer") => Self::FollowUp,
            (_, "system") => Self::Automatic,
            _ if activity.visible => Self::Answer,
            _ => Self::Note,
        }
    }
}

/// How something came, and whether it is marked as visible for the customer, or as external.
pub(super) type Way = (&'static str, bool);

/// What is said on these tickets; `way` says how the desk has each, or `None` where it has nothing of the kind.
pub(super) fn activities(seed: u64, tickets: &[Ticket], way: impl Fn(Said, &mut Dice) -> Option<Way>) -> Vec<Activity> {
    tickets
        .iter()
        .flat_map(|ticket| {
            let mut dice = Dice::new(seed, SEED_OF_TALK, ticket.id.unsigned_abs());
            let asks = person(seed, asker(ticket));
            let talk = Talk {
                ticket: ticket.id,
                title: &ticket.title,
                group: "service-desk",
                who: (&asks.first_name, &asks.last_name),
                created: ticket.created,
                closed: ticket.state_kind == "closed",
            };
            let said = say::conversation(&mut dice, &talk, None);
            let kept = said.into_iter().filter_map(|activity| {
                let (channel, visible) = way(Said::of(&activity), &mut dice)?;
                Some(Activity {
                    channel: channel.to_owned(),
                    visible,
                    ..activity
                })
            });
            (1..)
                .zip(kept.collect::<Vec<_>>())
                .map(|(position, activity)| Activity { position, ..activity })
        })
        .collect()
}

/// The number of the person who asks: that in the ticket's owner, whatever stands for a person there; where a desk's
/// tickets belong to nobody, any.
fn asker(ticket: &Ticket) -> u64 {
    let name = ticket.owner.split('@').next().unwrap_or_default();
    let digits = name.trim_start_matches(|sign: char| !sign.is_ascii_digit());
    let number = digits.parse().unwrap_or(ticket.id.unsigned_abs());
    number % 1000 % PEOPLE
}
