//! What stands between a form and a desk's database, beside the field that is to be looked at.

use portico_core::error::FieldProblem;
use portico_desks::database::DatabaseError;

/// An error as a problem of a field: of the address' parts, or of the password.
pub(crate) fn problem(error: &DatabaseError) -> FieldProblem {
    let (field, code) = place(error);
    let text = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    FieldProblem {
        field: field.to_owned(),
        code: format!("database.{code}"),
        detail: values(error).into_iter().map(text).collect(),
        message: error.to_string(),
        warning: false,
    }
}

/// The field, and what is wrong.
fn place(error: &DatabaseError) -> (&'static str, &'static str) {
    match error {
        DatabaseError::Address(_) => ("host", "address"),
        DatabaseError::NotThisDesk(_) => ("host", "not_this_desk"),
        DatabaseError::Unreachable { .. } => ("host", "unreachable"),
        DatabaseError::NoTls(_) => ("tls", "no_tls"),
        DatabaseError::Untrusted { .. } => ("tls", "untrusted"),
        DatabaseError::Authority { .. } => ("authority", "authority"),
        DatabaseError::Refused { .. } => ("password", "refused"),
        DatabaseError::NoPassword { .. } => ("password", "no_password"),
        DatabaseError::NoDatabase { .. } => ("database", "no_database"),
        DatabaseError::Elsewhere { .. } => ("database", "elsewhere"),
        DatabaseError::Forbidden { .. } => ("user", "forbidden"),
        DatabaseError::NoTransactions(_) => ("database", "no_transactions"),
        DatabaseError::Occupied(_) => ("database", "occupied"),
        DatabaseError::Unprepared { .. } => ("user", "unprepared"),
        DatabaseError::Lost { .. } => ("host", "lost"),
        DatabaseError::Unsure { .. } => ("host", "unsure"),
        DatabaseError::NotFinal { .. } => ("host", "not_final"),
        DatabaseError::Query { .. } => ("database", "query"),
    }
}

/// Values for the text.
fn values(error: &DatabaseError) -> Vec<(&'static str, &str)> {
    match error {
        DatabaseError::Address(_) | DatabaseError::NotThisDesk(_) => Vec::new(),
        DatabaseError::NoTls(server) | DatabaseError::Occupied(server) => vec![("server", server)],
        DatabaseError::Unreachable { server, reason }
        | DatabaseError::Untrusted { server, reason }
        | DatabaseError::Lost { server, reason }
        | DatabaseError::Unsure { server, reason }
        | DatabaseError::NotFinal { server, reason } => vec![("server", server), ("reason", reason)],
        DatabaseError::Authority { path, reason } => vec![("path", path), ("reason", reason)],
        DatabaseError::Refused { server, user } | DatabaseError::NoPassword { server, user } => {
            vec![("server", server), ("user", user)]
        }
        DatabaseError::NoDatabase { server, database, user } => {
            vec![("server", server), ("database", database), ("user", user)]
        }
        DatabaseError::Elsewhere { database, table, user } => {
            vec![("database", database), ("table", table), ("user", user)]
        }
        DatabaseError::Forbidden { table, user } => vec![("table", table), ("user", user)],
        DatabaseError::NoTransactions(table) => vec![("table", table)],
        DatabaseError::Unprepared { user, reason, .. } => vec![("user", user), ("reason", reason)],
        DatabaseError::Query { table, reason } => vec![("table", table), ("reason", reason)],
    }
}
