//! `why`: the rules that decide about a person and a ticket.

use portico_api::preview;
use portico_api::session::Session;
use portico_api::types::preview::{ActivityView, Viewer};
use portico_api::types::why::{Why, WhyNode};
use serde_json::{Map, Value, json};

use crate::args;
use crate::failure::{Ending, Failure};
use crate::output::Output;
use crate::people;

/// Questions that are no lists, in the order in which they are told.
const QUESTIONS: [&str; 4] = ["login", "openable", "reply", "comment"];

pub(super) fn run(args: &args::Why, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let viewer = Viewer {
        id: Some(people::id_of(session, &args.user)?),
        draft: None,
        at: args.at,
        desk: None,
    };
    let why = preview::why(session, &viewer, &args.ticket)?;
    let activities = preview::preview_ticket(session, &viewer, &args.ticket)?.activities;
    let flips = if args.flips {
        let mut questions = vec!["login", "listed", "openable", "reply"];
        questions.extend(has_comments(&why).then_some("comment"));
        Some(super::flips::of_all(
            session,
            &viewer,
            &args.ticket,
            &questions,
            args.count_all,
        )?)
    } else {
        None
    };
    if output.is_json() {
        let mut value = as_json(&why, &activities);
        if let Some(flips) = &flips {
            value["flips"] = super::flips::as_json(flips);
        }
        output.value(&value)?;
    } else {
        as_text(&why, &activities, output)?;
        super::flips::as_text(flips.as_deref().unwrap_or_default(), output)?;
    }
    Ok(Ending::Done)
}

fn has_comments(why: &Why) -> bool {
    why.trees.iter().any(|tree| tree.question == "comment")
}

fn as_json(why: &Why, activities: &[ActivityView]) -> Value {
    let tree = |question: &str| {
        why.trees
            .iter()
            .find(|tree| tree.question == question)
            .map_or(Value::Null, |tree| node(&tree.tree))
    };
    let listed: Map<String, Value> = why
        .trees
        .iter()
        .filter(|tree| !QUESTIONS.contains(&tree.question.as_str()))
        .map(|tree| (tree.question.clone(), node(&tree.tree)))
        .collect();
    let mut value = json!({
        "login": why.login,
        "ticket": why.ticket,
        "may_log_in": why.may_log_in,
        "listed": why.listed,
        "openable": why.openable,
        "reply": why.reply,
        "right": why.right,
        "trees": { "login": tree("login"), "listed": listed, "openable": tree("openable"), "reply": tree("reply") },
        "activities": activities.iter().map(activity).collect::<Vec<_>>(),
    });
    if let Some(comment) = why.trees.iter().find(|tree| tree.question == "comment") {
        value["comment"] = json!(comment.answer);
        value["trees"]["comment"] = node(&comment.tree);
    }
    value
}

fn activity(activity: &ActivityView) -> Value {
    json!({
        "position": activity.position,
        "channel": activity.channel,
        "sender": activity.sender,
        "shown": activity.shown,
        "simplified": activity.simplified,
        "rule": activity.reason.rule,
        "text": activity.reason.text,
        "standing": activity.reason.standing,
        "assumed": activity.assumed,
    })
}

fn node(node: &WhyNode) -> Value {
    let facts: Map<String, Value> = node
        .facts
        .iter()
        .map(|(name, value)| (name.clone(), json!(value)))
        .collect();
    json!({
        "id": node.id,
        "text": node.text,
        "verdict": node.verdict,
        "standing": node.standing,
        "facts": facts,
        "children": node.children.iter().map(self::node).collect::<Vec<_>>(),
    })
}

fn as_text(why: &Why, activities: &[ActivityView], output: &mut Output) -> Result<(), Failure> {
    let place = if why.place.is_empty() {
        String::new()
    } else {
        format!("  ({})", why.place)
    };
    output.line(&format!("{}  {}{place}", why.ticket, why.title))?;
    if let Some(right) = &why.right {
        let through = match right.through.as_str() {
            "group" => format!("through the group {}", right.group),
            "author" => "as its author".to_owned(),
            _ => "her own".to_owned(),
        };
        let from = if right.from.is_empty() {
            String::new()
        } else {
            format!(", on {}, handed down", right.from)
        };
        output.line(&format!("right: {}, {through}{from}", right.level))?;
    }
    for tree in &why.trees {
        output.line("")?;
        output.line(&format!("{}: {}", tree.question, answer(tree.answer)))?;
        if !tree.reason.text.is_empty() {
            output.line(&format!("  because: {}", tree.reason.text))?;
        }
        write_node(&tree.tree, 1, output)?;
    }
    if activities.is_empty() {
        return Ok(());
    }
    output.line("")?;
    output.line("activities:")?;
    for activity in activities {
        let how = if activity.simplified {
            "simplified"
        } else {
            answer(activity.shown)
        };
        output.line(&format!(
            "  {} {} ({}): {how}, because: {}",
            activity.position, activity.channel, activity.sender, activity.reason.text
        ))?;
    }
    Ok(())
}

pub(super) fn answer(answer: Option<bool>) -> &'static str {
    match answer {
        Some(true) => "yes",
        Some(false) => "no",
        None => "cannot be told",
    }
}

/// The rule's text; a bare junction says what it asks of what stands below.
fn words(node: &WhyNode) -> &str {
    match node.kind.as_str() {
        _ if !node.text.is_empty() => &node.text,
        "all" => "all of:",
        "any" => "one of:",
        "not" => "not:",
        other => other,
    }
}

fn write_node(node: &WhyNode, depth: usize, output: &mut Output) -> Result<(), Failure> {
    let sign = match node.verdict.as_str() {
        "passed" => "+",
        "blocked" => "x",
        "skipped" => "-",
        _ => "?",
    };
    let standing = if node.standing.is_empty() {
        String::new()
    } else {
        format!(" [{}]", node.standing)
    };
    output.line(&format!("{}{sign} {}{standing}", "  ".repeat(depth), words(node)))?;
    for (name, value) in &node.facts {
        output.line(&format!("{}  {name}: {value}", "  ".repeat(depth)))?;
    }
    node.children
        .iter()
        .try_for_each(|child| write_node(child, depth + 1, output))
}
