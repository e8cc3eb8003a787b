//! The script for `MySQL` and `MariaDB`: procedures that signal, created before the transaction because
//! creating them commits; then one transaction.
//!
//! Every text of a person goes as hexadecimal digits, which mean the same under every SQL mode and client.

use std::fmt::Write as _;

use super::columns::{columns, validity};
use super::quote::hex;
use super::read;
use super::statements::Frame;
use super::write::link_columns;
use crate::plan::{Change, Kind, Operation, PASSWORD};

const HEAD: &str = r"-- Changes for the desk's MySQL or MariaDB database, written by Portico.
-- Run:  mysql --default-character-set=utf8mb4 otobo < portico-mysql.sql
--
-- All in one transaction. Each operation looks first: the old value is there -> it is applied; the new
-- value is there already -> it is skipped; anything else -> everything is rolled back and the rest refuses
-- to run. The script can be run again. Texts stand as hexadecimal digits: no sign in them can end a quote.
-- It needs the right to create procedures, and drops them at the end.
SET NAMES utf8mb4;
SET @portico_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = 'STRICT_ALL_TABLES';
SET @portico_stopped = 0, @portico_applied = 0, @portico_skipped = 0;

DROP PROCEDURE IF EXISTS portico_count;
DROP PROCEDURE IF EXISTS portico_need;
DROP PROCEDURE IF EXISTS portico_set;
DROP PROCEDURE IF EXISTS portico_password;
DROP PROCEDURE IF EXISTS portico_rename;
DROP PROCEDURE IF EXISTS portico_create;
DROP PROCEDURE IF EXISTS portico_link;
DROP PROCEDURE IF EXISTS portico_unlink;

DELIMITER //
CREATE PROCEDURE portico_count(p_sql LONGTEXT)
BEGIN
  SET @portico_sql = p_sql;
  PREPARE portico_statement FROM @portico_sql;
  EXECUTE portico_statement;
  DEALLOCATE PREPARE portico_statement;
END//

CREATE PROCEDURE portico_need(p_table VARCHAR(64), p_where LONGTEXT, p_words VARCHAR(100))
BEGIN
  DECLARE words VARCHAR(128);
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; SET @portico_stopped = 1; RESIGNAL; END;
  IF COALESCE(@portico_stopped, 1) <> 0 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'portico: stopped before; nothing is changed';
  END IF;
  CALL portico_count(CONCAT('SELECT COUNT(*) INTO @portico_n FROM ', p_table, ' WHERE ', p_where, ' FOR UPDATE'));
  IF @portico_n <> 1 THEN
    SET words = LEFT(CONCAT('portico: ', p_table, ' has ', @portico_n, ' rows of ', p_words, '; nothing is changed'), 128);
    SIGNAL SQLSTATE '45002' SET MESSAGE_TEXT = words;
  END IF;
END//

CREATE PROCEDURE portico_set(p_table VARCHAR(64), p_where LONGTEXT, p_column VARCHAR(64), p_old LONGTEXT, p_new LONGTEXT, p_words VARCHAR(100))
BEGIN
  DECLARE words VARCHAR(128);
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; SET @portico_stopped = 1; RESIGNAL; END;
  CALL portico_need(p_table, p_where, p_words);
  SET @portico_column = p_column;
  CALL portico_count(CONCAT('SELECT HEX(CONVERT(COALESCE(', p_column, ', '''') USING utf8mb4)) INTO @portico_now FROM ', p_table, ' WHERE ', p_where, ' FOR UPDATE'));
  IF CAST(@portico_now AS BINARY) = CAST(p_new AS BINARY) THEN
    SET @portico_skipped = @portico_skipped + 1;
  ELSEIF CAST(@portico_now AS BINARY) = CAST(p_old AS BINARY) THEN
    CALL portico_count(CONCAT('UPDATE ', p_table, ' SET ', p_column, ' = _utf8mb4 X''', p_new, ''', change_time = CURRENT_TIMESTAMP, change_by = 1 WHERE ', p_where));
    SET @portico_applied = @portico_applied + 1;
  ELSE
    SET words = LEFT(CONCAT('portico: ', p_column, ' of ', p_words, ' has neither the old nor the new value; nothing is changed'), 128);
    SIGNAL SQLSTATE '45001' SET MESSAGE_TEXT = words;
  END IF;
END//

CREATE PROCEDURE portico_password(p_where LONGTEXT, p_hash LONGTEXT, p_words VARCHAR(100))
BEGIN
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; SET @portico_stopped = 1; RESIGNAL; END;
  CALL portico_need('customer_user', p_where, p_words);
  CALL portico_count(CONCAT('SELECT COUNT(*) INTO @portico_m FROM customer_user WHERE ', p_where, ' AND CAST(CONVERT(COALESCE(pw, '''') USING utf8mb4) AS BINARY) = X''', p_hash, ''' FOR UPDATE'));
  IF @portico_m > 0 THEN
    SET @portico_skipped = @portico_skipped + 1;
  ELSE
    CALL portico_count(CONCAT('UPDATE customer_user SET pw = _utf8mb4 X''', p_hash, ''', change_time = CURRENT_TIMESTAMP, change_by = 1 WHERE ', p_where));
    SET @portico_applied = @portico_applied + 1;
  END IF;
END//

CREATE PROCEDURE portico_rename(p_table VARCHAR(64), p_old LONGTEXT, p_new LONGTEXT, p_name LONGTEXT, p_words VARCHAR(100))
BEGIN
  DECLARE words VARCHAR(128);
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; SET @portico_stopped = 1; RESIGNAL; END;
  IF COALESCE(@portico_stopped, 1) <> 0 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'portico: stopped before; nothing is changed';
  END IF;
  CALL portico_count(CONCAT('SELECT COUNT(*) INTO @portico_n FROM ', p_table, ' WHERE ', p_old, ' FOR UPDATE'));
  CALL portico_count(CONCAT('SELECT COUNT(*) INTO @portico_m FROM ', p_table, ' WHERE ', p_new, ' FOR UPDATE'));
  IF @portico_n = 0 AND @portico_m = 1 THEN
    SET @portico_skipped = @portico_skipped + 1;
  ELSEIF @portico_n = 1 AND @portico_m = 0 THEN
    CALL portico_count(CONCAT('UPDATE ', p_table, ' SET name = _utf8mb4 X''', p_name, ''', change_time = CURRENT_TIMESTAMP, change_by = 1 WHERE ', p_old));
    SET @portico_applied = @portico_applied + 1;
  ELSE
    SET words = LEFT(CONCAT('portico: ', p_table, ' does not have exactly one of both names of ', p_words, '; nothing is changed'), 128);
    SIGNAL SQLSTATE '45004' SET MESSAGE_TEXT = words;
  END IF;
END//

CREATE PROCEDURE portico_create(p_table VARCHAR(64), p_like LONGTEXT, p_same LONGTEXT, p_columns LONGTEXT, p_values LONGTEXT, p_words VARCHAR(100))
BEGIN
  DECLARE words VARCHAR(128);
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; SET @portico_stopped = 1; RESIGNAL; END;
  IF COALESCE(@portico_stopped, 1) <> 0 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'portico: stopped before; nothing is changed';
  END IF;
  CALL portico_count(CONCAT('SELECT COUNT(*) INTO @portico_n FROM ', p_table, ' WHERE ', p_like, ' FOR UPDATE'));
  IF @portico_n = 0 THEN
    CALL portico_count(CONCAT('INSERT INTO ', p_table, ' (', p_columns, ', create_time, create_by, change_time, change_by) VALUES (', p_values, ', CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1)'));
    SET @portico_applied = @portico_applied + 1;
  ELSE
    CALL portico_count(CONCAT('SELECT COUNT(*) INTO @portico_m FROM ', p_table, ' WHERE ', p_same, ' FOR UPDATE'));
    IF @portico_n = 1 AND @portico_m = 1 THEN
      SET @portico_skipped = @portico_skipped + 1;
    ELSE
      SET words = LEFT(CONCAT('portico: ', p_words, ' is there already, in capitals or with other values; nothing is changed'), 128);
      SIGNAL SQLSTATE '45003' SET MESSAGE_TEXT = words;
    END IF;
  END IF;
END//

CREATE PROCEDURE portico_link(p_table VARCHAR(64), p_where LONGTEXT, p_columns LONGTEXT, p_values LONGTEXT)
BEGIN
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; SET @portico_stopped = 1; RESIGNAL; END;
  IF COALESCE(@portico_stopped, 1) <> 0 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'portico: stopped before; nothing is changed';
  END IF;
  CALL portico_count(CONCAT('SELECT COUNT(*) INTO @portico_n FROM ', p_table, ' WHERE ', p_where, ' FOR UPDATE'));
  IF @portico_n > 0 THEN
    SET @portico_skipped = @portico_skipped + 1;
  ELSE
    CALL portico_count(CONCAT('INSERT INTO ', p_table, ' (', p_columns, ') VALUES (', p_values, ')'));
    SET @portico_applied = @portico_applied + 1;
  END IF;
END//

CREATE PROCEDURE portico_unlink(p_table VARCHAR(64), p_where LONGTEXT)
BEGIN
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; SET @portico_stopped = 1; RESIGNAL; END;
  IF COALESCE(@portico_stopped, 1) <> 0 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'portico: stopped before; nothing is changed';
  END IF;
  CALL portico_count(CONCAT('SELECT COUNT(*) INTO @portico_n FROM ', p_table, ' WHERE ', p_where, ' FOR UPDATE'));
  IF @portico_n = 0 THEN
    SET @portico_skipped = @portico_skipped + 1;
  ELSE
    CALL portico_count(CONCAT('DELETE FROM ', p_table, ' WHERE ', p_where));
    SET @portico_applied = @portico_applied + 1;
  END IF;
END//
DELIMITER ;

START TRANSACTION;
";

const FOOT: &str = r"
COMMIT;
SELECT @portico_applied AS applied, @portico_skipped AS skipped, @portico_stopped AS stopped;

DROP PROCEDURE portico_unlink;
DROP PROCEDURE portico_link;
DROP PROCEDURE portico_create;
DROP PROCEDURE portico_rename;
DROP PROCEDURE portico_password;
DROP PROCEDURE portico_set;
DROP PROCEDURE portico_need;
DROP PROCEDURE portico_count;
SET SESSION sql_mode = @portico_mode;

";

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
        let (here, hash) = (quoted(&exactly("login", &operation.key)), hex(hash));
        let _ = writeln!(out, "CALL portico_password({here}, '{hash}', {});", words(operation));
    }
    out
}

/// SQL that we made ourselves (names of ours and hexadecimal digits), as a literal.
fn quoted(sql: &str) -> String {
    format!("'{}'", sql.replace('\'', "''"))
}

fn literal(text: &str) -> String {
    format!("_utf8mb4 X'{}'", hex(text))
}

/// Exactly this text: the first half finds it by the index, the second tells capitals apart.
fn exactly(column: &str, text: &str) -> String {
    format!("{column} = {} AND {}", literal(text), same(column, text))
}

fn same(column: &str, text: &str) -> String {
    format!(
        "CAST(CONVERT(COALESCE({column}, '') USING utf8mb4) AS BINARY) = X'{}'",
        hex(text)
    )
}

fn words(operation: &Operation) -> String {
    let text: String = super::quote::comment(&operation.key).chars().take(60).collect();
    quoted(&text)
}

fn create(operation: &Operation) -> String {
    let columns = columns(&operation.entity).unwrap_or_default();
    let Some(first) = columns.first() else {
        return String::new();
    };
    let status = validity(operation.new_value("status")).unwrap_or(1).to_string();
    let pairs = || {
        columns
            .iter()
            .map(|c| (c.name, operation.new_value(c.field)))
            .chain([("valid_id", status.as_str())])
    };
    let names: Vec<_> = pairs().map(|(name, _)| name).collect();
    let values: Vec<_> = pairs().map(|(_, value)| literal(value)).collect();
    let equal: Vec<_> = pairs().map(|(name, value)| same(name, value)).collect();
    // Capitals do not tell logins apart, whatever the collation of this column is.
    let key = literal(operation.new_value(first.field));
    let like = format!("LOWER(CONVERT({} USING utf8mb4)) = LOWER({key})", first.name);
    format!(
        "CALL portico_create('{}', {}, {}, '{}', {}, {});\n",
        operation.target,
        quoted(&like),
        quoted(&equal.join(" AND ")),
        names.join(", "),
        quoted(&values.join(", ")),
        words(operation)
    )
}

fn update(operation: &Operation) -> String {
    let columns = columns(&operation.entity).unwrap_or_default();
    let Some(first) = columns.first() else {
        return String::new();
    };
    let mut key = operation.key.clone();
    let mut out = String::new();
    if operation.changes.iter().any(|c| c.field == first.field) {
        let (old, new) = (operation.old_value(first.field), operation.new_value(first.field));
        new.clone_into(&mut key);
        let (from, to) = (quoted(&exactly(first.name, old)), quoted(&exactly(first.name, new)));
        let _ = writeln!(
            out,
            "CALL portico_rename('{}', {from}, {to}, '{}', {});",
            operation.target,
            hex(new),
            words(operation)
        );
    }
    let has_column = |c: &&Change| c.field != first.field && c.field != PASSWORD;
    for change in operation.changes.iter().filter(has_column) {
        let (old, new) = (
            change.old.as_deref().unwrap_or_default(),
            change.new.as_deref().unwrap_or_default(),
        );
        let number = |status: &str| validity(status).map(|n| n.to_string()).unwrap_or_default();
        let (column, old, new) = match columns.iter().find(|c| c.field == change.field) {
            Some(column) => (column.name, hex(old), hex(new)),
            None => ("valid_id", hex(&number(old)), hex(&number(new))),
        };
        let here = quoted(&exactly(first.name, &key));
        let _ = writeln!(
            out,
            "CALL portico_set('{}', {here}, '{column}', '{old}', '{new}', {});",
            operation.target,
            words(operation)
        );
    }
    out
}

fn link(operation: &Operation, groups: &str) -> String {
    let mut out = String::new();
    let (mut names, mut values, mut conditions) = (Vec::new(), Vec::new(), Vec::new());
    for (field, column) in link_columns(&operation.entity) {
        names.push((*column).to_owned());
        let value = operation.value(field);
        let (sql, condition) = match *field {
            "group" | "service" => {
                let table = if *field == "group" { groups } else { "service" };
                let here = exactly("name", value);
                let _ = writeln!(
                    out,
                    "CALL portico_need('{table}', {}, {});",
                    quoted(&here),
                    words(operation)
                );
                let id = format!("(SELECT id FROM {table} WHERE {here})");
                let condition = format!("{column} = {id}");
                (id, condition)
            }
            "context" => {
                let name = if value == "other" { read::OTHER } else { read::SAME };
                (literal(name), exactly(column, name))
            }
            "value" => ("1".to_owned(), format!("{column} = 1")),
            _ => (literal(value), exactly(column, value)),
        };
        values.push(sql);
        conditions.push(condition);
    }
    let condition = quoted(&conditions.join(" AND "));
    if operation.kind == Kind::Unlink {
        let _ = writeln!(out, "CALL portico_unlink('{}', {condition});", operation.target);
        return out;
    }
    if operation.entity != "account_group" {
        let here = quoted(&exactly("login", operation.value("user")));
        let _ = writeln!(out, "CALL portico_need('customer_user', {here}, {});", words(operation));
    }
    for (name, value) in stamps(&operation.entity) {
        names.push((*name).to_owned());
        values.push((*value).to_owned());
    }
    let _ = writeln!(
        out,
        "CALL portico_link('{}', {condition}, '{}', {});",
        operation.target,
        names.join(", "),
        quoted(&values.join(", "))
    );
    out
}

/// Who made a link and when: columns and their SQL.
fn stamps(entity: &str) -> &'static [(&'static str, &'static str)] {
    let all = &[
        ("create_time", "CURRENT_TIMESTAMP"),
        ("create_by", "1"),
        ("change_time", "CURRENT_TIMESTAMP"),
        ("change_by", "1"),
    ];
    if entity == "user_service" { &all[..2] } else { all }
}
