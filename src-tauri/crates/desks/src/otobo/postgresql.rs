//! The script for `PostgreSQL`: one transaction; each operation applies, skips, or stops everything.
//!
//! The functions hold no input; every text of a person is an argument in quotes.

use std::fmt::Write as _;

use super::columns::{columns, validity};
use super::quote::postgresql as quoted;
use super::read;
use super::statements::Frame;
use super::write::link_columns;
use crate::plan::{Change, Kind, Operation, PASSWORD};

const HEAD: &str = r#"-- Changes for the desk's PostgreSQL database, written by Portico.
-- Run:  psql -X -v ON_ERROR_STOP=1 -d otobo -f portico-postgresql.sql
--
-- All in one transaction. Each operation looks first: the old value is there -> it is applied; the new
-- value is there already -> it is skipped; anything else -> everything stops and nothing is changed.
-- The script can be run again.
begin;
set local standard_conforming_strings = on;
set local client_encoding = 'UTF8';

create or replace function pg_temp.portico_row(tbl text, keycol text, key text) returns bigint
language plpgsql as $portico$
declare
  n bigint := 0;
  one record;
begin
  for one in execute format('select 1 from %I where %I = $1 for update', tbl, keycol) using key loop
    n := n + 1;
  end loop;
  if n <> 1 then
    raise exception 'portico: % has % rows where % is %; nothing is changed. Import the desk again.', tbl, n, keycol, key using errcode = '45002';
  end if;
  return n;
end $portico$;

create or replace function pg_temp.portico_id(tbl text, name_ text) returns text
language plpgsql as $portico$
declare
  found_ text;
begin
  perform pg_temp.portico_row(tbl, 'name', name_);
  execute format('select id::text from %I where name = $1', tbl) into found_ using name_;
  return found_;
end $portico$;

create or replace function pg_temp.portico_set(tbl text, keycol text, key text, col text, typ text, old_ text, new_ text) returns text
language plpgsql as $portico$
declare
  now_ text;
begin
  perform pg_temp.portico_row(tbl, keycol, key);
  execute format('select coalesce(%I::text, '''') from %I where %I = $1', col, tbl, keycol) into now_ using key;
  if now_ = new_ then
    return 'skipped';
  end if;
  if now_ <> old_ then
    raise exception 'portico: %.% of % is "%", neither the old value "%" nor the new "%"; nothing is changed. Import the desk again.', tbl, col, key, now_, old_, new_ using errcode = '45001', column = col;
  end if;
  execute format('update %I set %I = $1::%s, change_time = current_timestamp, change_by = 1 where %I = $2', tbl, col, typ, keycol) using new_, key;
  return 'applied';
end $portico$;

create or replace function pg_temp.portico_password(login_ text, hash text) returns text
language plpgsql as $portico$
declare
  now_ text;
begin
  perform pg_temp.portico_row('customer_user', 'login', login_);
  select pw into now_ from customer_user where login = login_;
  if now_ is not distinct from hash then
    return 'skipped';
  end if;
  update customer_user set pw = hash, change_time = current_timestamp, change_by = 1 where login = login_;
  return 'applied';
end $portico$;

create or replace function pg_temp.portico_rename(tbl text, old_ text, new_ text) returns text
language plpgsql as $portico$
declare
  olds bigint;
  news bigint;
begin
  execute format('select 1 from %I where name in ($1, $2) for update', tbl) using old_, new_;
  execute format('select count(*) filter (where name = $1), count(*) filter (where name = $2) from %I', tbl) into olds, news using old_, new_;
  if olds = 0 and news = 1 then
    return 'skipped';
  end if;
  if olds <> 1 or news <> 0 then
    raise exception 'portico: % has % rows named "%" and % named "%"; nothing is changed. Import the desk again.', tbl, olds, old_, news, new_ using errcode = '45004';
  end if;
  execute format('update %I set name = $2, change_time = current_timestamp, change_by = 1 where name = $1', tbl) using old_, new_;
  return 'applied';
end $portico$;

create or replace function pg_temp.portico_create(tbl text, cols text[], vals text[], types text[]) returns text
language plpgsql as $portico$
declare
  n bigint;
  same bigint;
begin
  execute format('select count(*) from %I where lower(%I) = lower($1)', tbl, cols[1]) into n using vals[1];
  if n > 0 then
    execute format('select count(*) from %I where %s', tbl, (select string_agg(format('coalesce(%I::text, '''') = %L', c, v), ' and ') from unnest(cols, vals) as u(c, v))) into same;
    if n = 1 and same = 1 then
      return 'skipped';
    end if;
    raise exception 'portico: % has % already, in capitals or with other values; nothing is changed. Import the desk again.', tbl, vals[1] using errcode = '45003';
  end if;
  execute format('insert into %I (%s, create_time, create_by, change_time, change_by) values (%s, current_timestamp, 1, current_timestamp, 1)', tbl,
    (select string_agg(format('%I', c), ', ') from unnest(cols) as u(c)),
    (select string_agg(format('%L::%s', v, t), ', ') from unnest(vals, types) as u(v, t)));
  return 'applied';
end $portico$;

create or replace function pg_temp.portico_link(tbl text, cols text[], vals text[], stamped boolean) returns text
language plpgsql as $portico$
declare
  n bigint;
begin
  execute format('select count(*) from %I where %s', tbl, (select string_agg(format('%I = %L', c, v), ' and ') from unnest(cols, vals) as u(c, v))) into n;
  if n > 0 then
    return 'skipped';
  end if;
  execute format('insert into %I (%s, create_time, create_by%s) values (%s, current_timestamp, 1%s)', tbl,
    (select string_agg(format('%I', c), ', ') from unnest(cols) as u(c)),
    case when stamped then ', change_time, change_by' else '' end,
    (select string_agg(format('%L', v), ', ') from unnest(vals) as u(v)),
    case when stamped then ', current_timestamp, 1' else '' end);
  return 'applied';
end $portico$;

create or replace function pg_temp.portico_unlink(tbl text, cols text[], vals text[]) returns text
language plpgsql as $portico$
declare
  n bigint;
begin
  execute format('delete from %I where %s', tbl, (select string_agg(format('%I = %L', c, v), ' and ') from unnest(cols, vals) as u(c, v)));
  get diagnostics n = row_count;
  return case when n > 0 then 'applied' else 'skipped' end;
end $portico$;
"#;

const FOOT: &str = "\ncommit;\n\n";

/// The frame of the script.
pub(super) const FRAME: Frame = Frame { head: HEAD, foot: FOOT };

/// The statements of an operation, each in one line.
pub(super) fn statements(operation: &Operation, groups: &str, hash: Option<&String>) -> String {
    let mut out = match operation.kind {
        Kind::Create => create(operation),
        Kind::Update | Kind::Deactivate => update(operation),
        Kind::Link | Kind::Unlink => link(operation, groups),
    };
    if let Some(hash) = hash {
        let (login, hash) = (quoted(&operation.key), quoted(hash));
        let _ = writeln!(out, "select pg_temp.portico_password({login}, {hash});");
    }
    out
}

fn array(items: &[String]) -> String {
    format!("array[{}]::text[]", items.join(", "))
}

fn create(operation: &Operation) -> String {
    let columns = columns(&operation.entity).unwrap_or_default();
    let mut names: Vec<String> = columns.iter().map(|c| quoted(c.name)).collect();
    let mut values: Vec<String> = columns.iter().map(|c| quoted(operation.new_value(c.field))).collect();
    let mut types = vec![quoted("text"); columns.len()];
    names.push(quoted("valid_id"));
    values.push(quoted(
        &validity(operation.new_value("status")).unwrap_or(1).to_string(),
    ));
    types.push(quoted("smallint"));
    format!(
        "select pg_temp.portico_create({}, {}, {}, {});\n",
        quoted(&operation.target),
        array(&names),
        array(&values),
        array(&types)
    )
}

fn update(operation: &Operation) -> String {
    let columns = columns(&operation.entity).unwrap_or_default();
    let Some(first) = columns.first() else {
        return String::new();
    };
    let (table, keycol) = (quoted(&operation.target), quoted(first.name));
    let mut key = operation.key.clone();
    let mut out = String::new();
    if operation.entity == "permission_group" {
        (key, out) = renamed(operation, &table);
    }
    let has_column = |c: &&Change| c.field != first.field && c.field != PASSWORD;
    for change in operation.changes.iter().filter(has_column) {
        let (old, new) = (
            change.old.as_deref().unwrap_or_default(),
            change.new.as_deref().unwrap_or_default(),
        );
        let (column, kind, old, new) = match columns.iter().find(|c| c.field == change.field) {
            Some(column) => (column.name, "text", old.to_owned(), new.to_owned()),
            None => ("valid_id", "smallint", number(old), number(new)),
        };
        let _ = writeln!(
            out,
            "select pg_temp.portico_set({table}, {keycol}, {}, {}, {}, {}, {});",
            quoted(&key),
            quoted(column),
            quoted(kind),
            quoted(&old),
            quoted(&new)
        );
    }
    out
}

/// A group goes by its name, the new one once it has been given.
fn renamed(operation: &Operation, table: &str) -> (String, String) {
    let (old, new) = (operation.old_value("name"), operation.new_value("name"));
    if operation.changes.iter().all(|c| c.field != "name") {
        return (operation.key.clone(), String::new());
    }
    (
        new.to_owned(),
        format!(
            "select pg_temp.portico_rename({table}, {}, {});\n",
            quoted(old),
            quoted(new)
        ),
    )
}

fn number(status: &str) -> String {
    validity(status).map(|n| n.to_string()).unwrap_or_default()
}

fn link(operation: &Operation, groups: &str) -> String {
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for (field, column) in link_columns(&operation.entity) {
        names.push(quoted(column));
        let value = operation.value(field);
        values.push(match *field {
            "group" => format!("pg_temp.portico_id({}, {})", quoted(groups), quoted(value)),
            "service" => format!("pg_temp.portico_id('service', {})", quoted(value)),
            "context" => quoted(if value == "other" { read::OTHER } else { read::SAME }),
            "value" => quoted("1"),
            _ => quoted(value),
        });
    }
    let table = quoted(&operation.target);
    if operation.kind == Kind::Unlink {
        return format!(
            "select pg_temp.portico_unlink({table}, {}, {});\n",
            array(&names),
            array(&values)
        );
    }
    let mut out = String::new();
    if operation.entity != "account_group" {
        let _ = writeln!(
            out,
            "select pg_temp.portico_row('customer_user', 'login', {}) as person;",
            quoted(operation.value("user"))
        );
    }
    let stamped = operation.entity != "user_service";
    let _ = writeln!(
        out,
        "select pg_temp.portico_link({table}, {}, {}, {stamped});",
        array(&names),
        array(&values)
    );
    out
}
