//! What tickets are called and what is said on them.

use std::sync::LazyLock;

use portico_core::model::Activity;

use crate::dice::Dice;
use crate::table::Lists;
use crate::{names, time};

static TITLES: LazyLock<Lists> = LazyLock::new(|| Lists::of(include_str!("../data/titles.txt")));
static BODIES: LazyLock<Lists> = LazyLock::new(|| Lists::of(include_str!("../data/bodies.txt")));

/// A ticket as far as its conversation depends on it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Talk<'a> {
    pub(crate) ticket: i64,
    pub(crate) title: &'a str,
    /// The name of the queue's group: what it is about.
    pub(crate) group: &'a str,
    /// Given name and surname of the one who asks.
    pub(crate) who: (&'a str, &'a str),
    pub(crate) created: i64,
    pub(crate) closed: bool,
}

/// A title for a ticket in a queue; a general one where the queue has none of its own.
pub(crate) fn title(dice: &mut Dice, queue: &str) -> String {
    let own = TITLES.get(queue);
    let list = if own.is_empty() {
        TITLES.get("Service Desk")
    } else {
        own
    };
    fill(dice.pick(list), dice)
}

/// Puts numbers, places and names into a text.
fn fill(text: &str, dice: &mut Dice) -> String {
    let mut filled = text.replace("\\n", "\n");
    if filled.contains("{n}") {
        filled = filled.replace("{n}", &(1000 + dice.below(8999)).to_string());
    }
    if filled.contains("{d}") {
        filled = filled.replace("{d}", &(1 + dice.below(28)).to_string());
    }
    if filled.contains("{q}") {
        filled = filled.replace("{q}", &(1 + dice.below(4)).to_string());
    }
    if filled.contains("{place}") {
        filled = filled.replace("{place}", dice.pick(BODIES.get("place")));
    }
    if filled.contains("{person}") {
        let language = dice.pick(names::languages());
        let name = names::draw(dice, language);
        let initial = name.first.chars().next().unwrap_or('A');
        filled = filled.replace("{person}", &format!("{initial}. {}", name.last));
    }
    filled
}

/// The parts of a conversation, in an order that makes sense; `None` leaves the length to chance.
fn parts(dice: &mut Dice, closed: bool, length: Option<u32>) -> Vec<&'static str> {
    if let Some(length) = length {
        return (0..length)
            .map(|at| match at % 4 {
                0 if at == 0 => "ask",
                1 => "answer",
                2 => "note",
                _ => "follow",
            })
            .collect();
    }
    let mut parts = vec!["ask"];
    for (part, percent) in [("auto", 15), ("note", 45), ("answer", 75), ("follow", 30), ("note", 15)] {
        if dice.chance(percent) {
            parts.push(part);
        }
    }
    if closed && dice.chance(80) {
        parts.push("done");
    }
    parts
}

/// A conversation on a ticket: visible and internal activities in order.
pub(crate) fn conversation(dice: &mut Dice, talk: &Talk<'_>, length: Option<u32>) -> Vec<Activity> {
    let by_portal = dice.chance(60);
    let agent = dice.pick(BODIES.get("agent"));
    let mut moment = talk.created;
    (1_i64..)
        .zip(parts(dice, talk.closed, length))
        .map(|(position, part)| {
            if position > 1 {
                let wait = if part == "auto" {
                    5
                } else {
                    300 + dice.skewed(3 * 86_400)
                };
                moment = time::after(moment, i64::try_from(wait).unwrap_or(0));
            }
            let (heading, sender, visible) = match part {
                "ask" => (format!("ask {}", talk.group), "customer", true),
                "follow" => ("follow".to_owned(), "customer", true),
                "note" => ("note".to_owned(), "agent", false),
                "auto" => ("auto".to_owned(), "system", true),
                other => (other.to_owned(), "agent", true),
            };
            let own = BODIES.get(&heading);
            let list = if own.is_empty() {
                BODIES.get("ask service-desk")
            } else {
                own
            };
            let body = fill(dice.pick(list), dice).replace("{first}", talk.who.0);
            Activity {
                ticket: talk.ticket,
                position,
                channel: channel(part, by_portal).to_owned(),
                sender: sender.to_owned(),
                visible,
                from: from(sender, agent, talk.who),
                subject: if position == 1 {
                    talk.title.to_owned()
                } else {
                    format!("Re: {}", talk.title)
                },
                body: Some(body),
                created: moment,
            }
        })
        .collect()
}

/// How an activity came.
fn channel(part: &str, by_portal: bool) -> &'static str {
    match part {
        "note" => "Internal",
        "auto" => "Email",
        _ if by_portal => "Internal",
        _ => "Email",
    }
}

/// Who wrote an activity, as the desk shows it.
fn from(sender: &str, agent: &str, (first, last): (&str, &str)) -> String {
    match sender {
        "customer" => format!("{first} {last}").trim().to_owned(),
        "agent" => agent.to_owned(),
        _ => crate::NAME.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Talk, conversation, title};
    use crate::dice::Dice;

    fn talk() -> Talk<'static> {
        let who = ("Jana", "Nováková");
        Talk {
            ticket: 7,
            title: "No network",
            group: "network",
            who,
            created: crate::NOW - 100,
            closed: true,
        }
    }

    #[test]
    fn nothing_is_left_to_fill_in() {
        for n in 0..2000 {
            let mut dice = Dice::new(3, 3, n);
            let queue = dice.pick(&["Finance::Invoices", "Network", "HR::Onboarding", "nowhere"]);
            let title = title(&mut dice, queue);
            assert!(!title.is_empty() && !title.contains(['{', '}']), "{title}");
            for activity in conversation(&mut dice, &talk(), None) {
                let body = activity.body.unwrap_or_default();
                assert!(
                    !body.is_empty() && !body.contains(['{', '}']) && !body.contains("\\n"),
                    "{body}"
                );
                assert!(activity.created <= crate::NOW);
            }
        }
    }

    #[test]
    fn a_conversation_begins_with_the_customer_and_notes_stay_inside() {
        let mut hidden = 0;
        for n in 0..200 {
            let talked = conversation(&mut Dice::new(4, 4, n), &talk(), None);
            assert_eq!(
                (talked[0].sender.as_str(), talked[0].visible, talked[0].position),
                ("customer", true, 1)
            );
            hidden += talked.iter().filter(|a| !a.visible).count();
        }
        assert!(hidden > 60, "{hidden}");
        assert_eq!(conversation(&mut Dice::new(4, 4, 1), &talk(), Some(5)).len(), 5);
        assert!(conversation(&mut Dice::new(4, 4, 1), &talk(), Some(0)).is_empty());
    }
}
