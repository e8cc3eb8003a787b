//! What stands between a form and a desk's interface, beside the field that is to be looked at.

use portico_core::error::FieldProblem;
use portico_desks::rest::RestError;

/// An error as a problem of a field: of the address, or of the token.
pub(crate) fn problem(error: &RestError) -> FieldProblem {
    let (field, code) = place(error);
    FieldProblem {
        field: field.to_owned(),
        code: format!("interface.{code}"),
        detail: values(error)
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        message: error.to_string(),
        warning: false,
    }
}

/// The field, and what is wrong.
fn place(error: &RestError) -> (&'static str, &'static str) {
    match error {
        RestError::Address(_) => ("address", "bad_address"),
        RestError::NotThisDesk(_) => ("address", "not_this_desk"),
        RestError::NoSecret(_) => ("token", "no_token"),
        RestError::Secret(_) => ("token", "bad_token"),
        RestError::Refused(_) => ("token", "refused"),
        RestError::Forbidden { .. } => ("token", "forbidden"),
        RestError::NotThere { .. } => ("address", "not_there"),
        RestError::Elsewhere { .. } => ("address", "elsewhere"),
        RestError::Unreachable { .. } => ("address", "unreachable"),
        RestError::Untrusted { .. } => ("address", "untrusted"),
        RestError::Authority { .. } => ("address", "authority"),
        RestError::Busy { .. } => ("address", "busy"),
        RestError::Failing { .. } => ("address", "failing"),
        RestError::Status { .. } => ("address", "status"),
        RestError::Garbage { .. } => ("address", "garbage"),
        RestError::TooLong { .. } => ("address", "too_long"),
        RestError::Endless { .. } => ("address", "endless"),
        RestError::Restless(_) => ("address", "restless"),
        RestError::Pages { .. } => ("address", "pages"),
    }
}

/// Values for the text.
fn values(error: &RestError) -> Vec<(&'static str, String)> {
    let text = |name: &'static str, value: &dyn ToString| (name, value.to_string());
    match error {
        RestError::Address(reason) | RestError::Secret(reason) => vec![text("reason", reason)],
        RestError::NotThisDesk(_) => Vec::new(),
        RestError::NoSecret(server) | RestError::Refused(server) => vec![text("server", server)],
        RestError::Restless(list) => vec![text("list", list)],
        RestError::Forbidden { list, right } => vec![text("list", list), text("right", right)],
        RestError::NotThere { server, list } => vec![text("server", server), text("list", list)],
        RestError::Elsewhere { server, to } => vec![text("server", server), text("to", to)],
        RestError::Unreachable { server, reason } | RestError::Untrusted { server, reason } => {
            vec![text("server", server), text("reason", reason)]
        }
        RestError::Authority { path, reason } => vec![text("path", path), text("reason", reason)],
        RestError::Busy { server, minutes } => vec![text("server", server), text("minutes", minutes)],
        RestError::Failing {
            server,
            list,
            status,
            tries,
        } => vec![
            text("server", server),
            text("list", list),
            text("status", status),
            text("tries", tries),
        ],
        RestError::Status {
            server,
            list,
            status,
            said,
        } => vec![
            text("server", server),
            text("list", list),
            text("status", status),
            text("said", said),
        ],
        RestError::Garbage { list, page, reason } => {
            vec![text("list", list), text("page", page), text("reason", reason)]
        }
        RestError::TooLong { list, page, most } => vec![text("list", list), text("page", page), text("most", most)],
        RestError::Endless { list, page } => vec![text("list", list), text("page", page)],
        RestError::Pages { folder, reason } => vec![text("folder", folder), text("reason", reason)],
    }
}
