//! What an admin runs on the server to get a dump: only the columns that are needed, never a password.

use std::fmt::Write as _;

use crate::reader::{Bodies, Database};

/// Tables and what to ask of them. `{groups}` stands for the table of groups, `{filled:pw}` for whether there is a password.
const TABLES: [(&str, &str); 25] = [
    (
        "{groups}",
        "select id, name, comments, valid_id from {groups} order by id",
    ),
    (
        "customer_company",
        "select customer_id, name, street, zip, city, country, url, comments, valid_id from customer_company order by customer_id",
    ),
    (
        "customer_user",
        "select id, login, email, customer_id, title, first_name, last_name, phone, fax, mobile, street, zip, city, country, comments, valid_id, (pw is not null and pw <> '') as has_password from customer_user order by id",
    ),
    (
        "customer_user_customer",
        "select user_id, customer_id from customer_user_customer",
    ),
    (
        "group_customer_user",
        "select user_id, group_id, permission_key, permission_value from group_customer_user",
    ),
    (
        "group_customer",
        "select customer_id, group_id, permission_key, permission_value, permission_context from group_customer",
    ),
    (
        "queue",
        "select id, name, group_id, follow_up_id, valid_id from queue order by id",
    ),
    (
        "follow_up_possible",
        "select id, name from follow_up_possible order by id",
    ),
    ("ticket_type", "select id, name, valid_id from ticket_type order by id"),
    (
        "ticket_state",
        "select id, name, type_id, valid_id from ticket_state order by id",
    ),
    (
        "ticket_state_type",
        "select id, name from ticket_state_type order by id",
    ),
    (
        "ticket_priority",
        "select id, name, valid_id from ticket_priority order by id",
    ),
    ("service", "select id, name, valid_id from service order by id"),
    (
        "service_customer_user",
        "select customer_user_login, service_id from service_customer_user",
    ),
    ("sla", "select id, name, valid_id from sla order by id"),
    ("valid", "select id, name from valid order by id"),
    ("acl", "select id, valid_id from acl order by id"),
    ("pm_process", "select id, state_entity_id from pm_process order by id"),
    (
        "article_sender_type",
        "select id, name from article_sender_type order by id",
    ),
    (
        "communication_channel",
        "select id, name from communication_channel order by id",
    ),
    (
        "sysconfig_modified",
        "select name, effective_value, is_valid, user_id, reset_to_default from sysconfig_modified where name in ('CustomerGroupSupport', 'CustomerGroupAlwaysGroups', 'CustomerGroupCompanyAlwaysGroups', 'Ticket::Frontend::CustomerDisableCompanyTicketAccess', 'Ticket::Type', 'Ticket::Service', 'Ticket::ArchiveSystem', 'Ticket::CustomerArchiveSystem') or name like 'CustomerGroupPermissionContext%'",
    ),
    (
        "ticket",
        "select id, tn, title, queue_id, type_id, service_id, ticket_state_id, ticket_priority_id, customer_id, customer_user_id, archive_flag, create_time, change_time from ticket order by id",
    ),
    (
        "article",
        "select id, ticket_id, article_sender_type_id, communication_channel_id, is_visible_for_customer, create_time from article order by id",
    ),
    (
        "article_data_mime",
        "select article_id, a_from, a_subject, left(a_body, 4096) as a_body from article_data_mime order by article_id",
    ),
    (
        "customer_preferences",
        "select user_id, preferences_key, preferences_value from customer_preferences where preferences_key = 'UserLanguage'",
    ),
];

/// How the texts of articles are asked for.
const SHORT_BODY: &str = "left(a_body, 4096) as a_body";

/// Settings whose effective values decide who sees what.
const SETTINGS: [&str; 10] = [
    "CustomerGroupSupport",
    "CustomerGroupAlwaysGroups",
    "CustomerGroupCompanyAlwaysGroups",
    "CustomerGroupPermissionContext",
    "CustomerTicket::Permission",
    "Ticket::Frontend::CustomerDisableCompanyTicketAccess",
    "Ticket::Type",
    "Ticket::Service",
    "Ticket::ArchiveSystem",
    "Ticket::CustomerArchiveSystem",
];

/// Each table that may be there, and what to ask of it; texts as far as they are wanted.
pub(super) fn queries(bodies: Bodies) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for (table, query) in TABLES {
        if table == "{groups}" {
            all.extend(["groups_table", "permission_groups"].map(|name| (name, query.replace("{groups}", name))));
            continue;
        }
        let query = match bodies {
            Bodies::Short => query.to_owned(),
            Bodies::Full => query.replace(SHORT_BODY, "a_body"),
            Bodies::None => query.replace(&format!(", {SHORT_BODY}"), ""),
        };
        all.push((table, query));
    }
    all
}

/// The script for a database.
pub fn dump_script(database: Database) -> String {
    match database {
        Database::PostgreSql => postgresql(),
        Database::MySql => mysql(),
    }
}

fn postgresql() -> String {
    let mut out = String::from(
        "-- Portico: reads the tables that Portico needs, at one moment, and changes nothing.\n\
         -- Save as portico-dump.sql; then, in an empty folder on the server:\n\
         --   psql -X -d otobo -f portico-dump.sql\n\
         -- Passwords are never read. To leave the texts of tickets out, delete the line of article_data_mime.\n\
         \\set ON_ERROR_STOP on\n\
         set client_encoding = 'UTF8';\n\
         set datestyle = 'ISO';\n\
         begin isolation level repeatable read read only;\n\
         select (to_regclass('permission_groups') is not null) as znuny \\gset\n",
    );
    for (table, query) in TABLES {
        let line =
            |table: &str, query: &str| format!("\\copy ({query}) to '{table}.csv' with (format csv, header true)\n");
        if table == "{groups}" {
            let of = |name: &str| line(name, &query.replace("{groups}", name));
            let _ = write!(
                out,
                "\\if :znuny\n{}\\else\n{}\\endif\n",
                of("permission_groups"),
                of("groups_table")
            );
        } else {
            out.push_str(&line(table, query));
        }
    }
    out.push_str("commit;\n\n");
    settings(&mut out, "-- ");
    out.push_str("--\n-- Then give Portico the folder:  porticoctl import FILE --from FOLDER --database postgresql\n");
    out
}

fn mysql() -> String {
    let mut out = String::from(
        "#!/usr/bin/env bash\n\
         # Portico: reads the tables that Portico needs, at one moment, and changes nothing.\n\
         # Save as portico-dump.sh; then, in an empty folder on the server:\n\
         #   bash portico-dump.sh otobo          (further words go to mysql: -u otobo -p otobo)\n\
         # With -p, mysql asks for the password twice.\n\
         # Passwords of people are never read. To leave the texts of tickets out, delete the line of article_data_mime.\n\
         set -euo pipefail\n\
         export LC_ALL=C\n\
         groups=$(mysql \"$@\" --batch --skip-column-names -e \"select table_name from information_schema.tables where table_schema = database() and table_name in ('groups_table', 'permission_groups')\")\n\
         # No row of the desk can begin with this mark, which parts the tables.\n\
         mark=portico-$(od -An -N12 -tx8 /dev/urandom | tr -d ' \\n')\n\
         mysql \"$@\" --batch --quick --default-character-set=utf8mb4 <<SQL | awk -v mark=\"$mark\" '\n\
         \x20 skip { skip = 0; next }\n\
         \x20 index($0, mark \" \") == 1 { if (file) close(file); file = substr($0, length(mark) + 2) \".tsv\"; printf \"\" > file; skip = 1; next }\n\
         \x20 { print > file }'\n\
         set session transaction isolation level repeatable read;\n\
         start transaction with consistent snapshot, read only;\n",
    );
    for (table, query) in TABLES {
        let (table, query) = (
            table.replace("{groups}", "$groups"),
            query.replace("{groups}", "$groups"),
        );
        let _ = writeln!(out, "select 1 as '$mark {table}'; {query};");
    }
    out.push_str("commit;\nSQL\n\n");
    settings(&mut out, "# ");
    out.push_str("#\n# Then give Portico the folder:  porticoctl import FILE --from FOLDER --database mysql\n");
    out
}

fn settings(out: &mut String, mark: &str) {
    let names: Vec<String> = SETTINGS
        .iter()
        .map(|s| (*s).to_owned())
        .chain((1..=10).map(|n| format!("CustomerUser{n}")))
        .collect();
    let words = names.join(" ");
    let mut lines = vec![
        "The tables do not show settings that a configuration file overrides, so Portico asks for the effective"
            .to_owned(),
        "values. Either ask for each, as the desk's own user in its folder (/opt/otobo):".to_owned(),
    ];
    lines.extend(
        SETTINGS
            .iter()
            .map(|name| format!("  bin/otobo.Console.pl Admin::Config::Read --setting-name '{name}'")),
    );
    lines.extend(
        [
            "and write them into settings.json beside the tables, as {\"CustomerGroupSupport\": 1, ...};",
            "or let the desk's own code write the file (of a back end it tells only the module's name):",
        ]
        .map(str::to_owned),
    );
    lines.push(format!(
        "  perl -I. -IKernel/cpan-lib -ICustom -MKernel::System::ObjectManager -MJSON::PP -e '$Kernel::OM = Kernel::System::ObjectManager->new; my $c = $Kernel::OM->Get(\"Kernel::Config\"); my %s = map {{ my $v = $c->Get($_); ($_ => (/^CustomerUser\\d/ && ref $v ? 1 : $v)) }} qw({words}); my $u = $c->Get(\"CustomerUser\"); $s{{\"CustomerUser###Module\"}} = $u->{{Module}} if ref $u; print JSON::PP->new->canonical->pretty->encode(\\%s)' > settings.json"
    ));
    for line in lines {
        let _ = writeln!(out, "{mark}{line}");
    }
}

#[cfg(test)]
mod tests {
    use super::{TABLES, dump_script};
    use crate::reader::Database;

    #[test]
    fn no_password_is_ever_asked_for() {
        for database in [Database::PostgreSql, Database::MySql] {
            let script = dump_script(database);
            assert!(!script.contains("select *"));
            let asked = script.replace("(pw is not null and pw <> '') as has_password", "");
            assert!(
                !asked
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .any(|word| word == "pw"),
                "{asked}"
            );
            for (table, _) in TABLES.iter().skip(1) {
                assert!(script.contains(table), "{table}");
            }
        }
    }
}
