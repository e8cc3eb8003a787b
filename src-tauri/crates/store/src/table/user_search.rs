//! What the list of people is searched and sorted by: a projection of people and accounts, kept by triggers.
//!
//! It has an integer key of its own (implicit rowids may change when the file is compacted), is not recorded,
//! and can be built again from the tables at any time.

use rusqlite::Connection;

use crate::error::Result;

pub(crate) const CREATE: &str = "
CREATE TABLE user_search (
    key INTEGER NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL UNIQUE,
    present INTEGER NOT NULL,
    validity INTEGER NOT NULL,
    account_id BLOB,
    name TEXT NOT NULL,
    login TEXT NOT NULL,
    account TEXT NOT NULL,
    person TEXT NOT NULL,
    company TEXT NOT NULL
);
CREATE INDEX user_search_name ON user_search (present, name, login, validity, account_id);
CREATE INDEX user_search_login ON user_search (present, login, validity, account_id);
CREATE INDEX user_search_account ON user_search (present, account, name, login, validity, account_id);
CREATE INDEX user_search_status ON user_search (present, validity, name, login, account_id);
CREATE INDEX user_search_of_account ON user_search (present, account_id, validity);
CREATE INDEX user_search_rename ON user_search (account_id);

CREATE VIRTUAL TABLE user_fts USING fts5 (
    person, company,
    content = 'user_search', content_rowid = 'key', columnsize = 0,
    tokenize = 'trigram case_sensitive 1'
);
-- Bulk loads write fewer, larger pieces of the index; the memory is only used while writing.
INSERT INTO user_fts (user_fts, rank) VALUES ('hashsize', 16777216);

CREATE VIEW user_search_source AS
SELECT u.id AS user_id, u.present AS present, u.validity AS validity, u.account_id AS account_id,
       u.sort_name AS name, portico_search(u.login) AS login,
       coalesce(portico_search(iif(a.name = '', a.key, a.name)), '') AS account,
       portico_search(u.login || char(10) || u.first_name || ' ' || u.last_name || char(10) || u.title || char(10) || u.email) AS person,
       coalesce(portico_search(a.key || char(10) || a.name), '') AS company
FROM external_user u LEFT JOIN account a ON a.id = u.account_id;

CREATE TRIGGER user_search_insert AFTER INSERT ON external_user BEGIN
    INSERT INTO user_search (user_id, present, validity, account_id, name, login, account, person, company)
    SELECT user_id, present, validity, account_id, name, login, account, person, company
    FROM user_search_source WHERE user_id = new.id;
END;
CREATE TRIGGER user_search_update
AFTER UPDATE OF login, title, first_name, last_name, email, account_id, validity, present, sort_name ON external_user BEGIN
    UPDATE user_search
    SET (present, validity, account_id, name, login, account, person, company) =
        (SELECT present, validity, account_id, name, login, account, person, company
         FROM user_search_source s WHERE s.user_id = new.id)
    WHERE user_id = new.id;
END;
CREATE TRIGGER user_search_delete AFTER DELETE ON external_user BEGIN
    DELETE FROM user_search WHERE user_id = old.id;
END;
CREATE TRIGGER user_search_account AFTER UPDATE OF key, name ON account
WHEN new.key IS NOT old.key OR new.name IS NOT old.name BEGIN
    UPDATE user_search
    SET account = portico_search(iif(new.name = '', new.key, new.name)),
        company = portico_search(new.key || char(10) || new.name)
    WHERE account_id = new.id;
END;

CREATE TRIGGER user_fts_insert AFTER INSERT ON user_search BEGIN
    INSERT INTO user_fts (rowid, person, company) VALUES (new.key, new.person, new.company);
END;
CREATE TRIGGER user_fts_update AFTER UPDATE OF person, company ON user_search
WHEN new.person IS NOT old.person OR new.company IS NOT old.company BEGIN
    INSERT INTO user_fts (user_fts, rowid, person, company) VALUES ('delete', old.key, old.person, old.company);
    INSERT INTO user_fts (rowid, person, company) VALUES (new.key, new.person, new.company);
END;
CREATE TRIGGER user_fts_delete AFTER DELETE ON user_search BEGIN
    INSERT INTO user_fts (user_fts, rowid, person, company) VALUES ('delete', old.key, old.person, old.company);
END;
";

/// Whether projection and index say what the tables say; for tests and checks of a file.
pub fn is_sound(c: &Connection) -> Result<bool> {
    c.execute(
        "INSERT INTO user_fts (user_fts, rank) VALUES ('integrity-check', 1)",
        [],
    )?;
    let columns = "user_id, present, validity, account_id, name, login, account, person, company";
    let sql = format!(
        "SELECT NOT EXISTS (SELECT {columns} FROM user_search_source EXCEPT SELECT {columns} FROM user_search)
            AND NOT EXISTS (SELECT {columns} FROM user_search EXCEPT SELECT {columns} FROM user_search_source)"
    );
    Ok(c.query_row(&sql, [], |r| r.get(0))?)
}
