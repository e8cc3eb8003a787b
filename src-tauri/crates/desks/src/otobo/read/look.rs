//! A database before it is read: whose it is, and how much is in it.

use crate::database::{self, Connection, DatabaseError, DatabaseLook, Moment};
use crate::error::DeskError;
use crate::reader::Database;

/// What everything else hangs on.
const NEEDED: [&str; 2] = ["customer_user", "ticket"];

/// Connects, counts, and goes.
pub(crate) fn look(connection: &Connection) -> Result<DatabaseLook, DeskError> {
    let mut moment = database::open(connection)?;
    let tables = moment.tables()?;
    let missing = |table: &str| DatabaseError::Elsewhere {
        database: connection.address.database.clone(),
        table: table.to_owned(),
        user: connection.address.user.clone(),
    };
    if let Some(table) = NEEDED.into_iter().find(|table| !tables.contains(*table)) {
        return Err(missing(table).into());
    }
    let product = if tables.contains("permission_groups") {
        "Znuny"
    } else if tables.contains("groups_table") {
        "OTOBO"
    } else {
        return Err(missing("groups_table").into());
    };
    let said = one(&mut *moment, "version", "select version() as said")?;
    Ok(DatabaseLook {
        server: connection.address.server(),
        version: version(connection.address.kind, &said),
        product,
        people: count(&mut *moment, "customer_user")?,
        tickets: count(&mut *moment, "ticket")?,
    })
}

/// The first value of the first row.
fn one(moment: &mut dyn Moment, table: &str, query: &str) -> Result<String, DeskError> {
    let mut text = String::new();
    moment.rows(table, query, &mut |rows| {
        rows.read_to_string(&mut text).map_err(|e| DeskError::io(table, e))?;
        Ok(())
    })?;
    Ok(text.lines().nth(1).unwrap_or_default().trim_matches('"').to_owned())
}

fn count(moment: &mut dyn Moment, table: &str) -> Result<u64, DeskError> {
    let counted = one(moment, table, &format!("select count(*) as counted from {table}"))?;
    Ok(counted.parse().unwrap_or_default())
}

/// Name and number, without where and how it was built.
fn version(kind: Database, said: &str) -> String {
    match kind {
        Database::PostgreSql => said.split(' ').take(2).collect::<Vec<_>>().join(" "),
        Database::MySql => {
            let name = if said.contains("MariaDB") { "MariaDB" } else { "MySQL" };
            format!("{name} {}", said.split('-').next().unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Database, version};

    #[test]
    fn a_version_is_a_name_and_a_number() {
        let said = "PostgreSQL 15.8 (Debian 15.8-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc";
        assert_eq!(version(Database::PostgreSql, said), "PostgreSQL 15.8");
        assert_eq!(version(Database::MySql, "10.11.6-MariaDB-0+deb12u1"), "MariaDB 10.11.6");
        assert_eq!(version(Database::MySql, "8.0.39"), "MySQL 8.0.39");
    }
}
