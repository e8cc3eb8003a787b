//! Indexes for the lists: by name, and with what a record is found by, so that a list reads nothing but its index.

/// One for each kind of record but people, whose list has a projection of its own. The expressions are those of
/// [`super::face`]: a test asks SQLite whether it takes them for the same.
pub(crate) const CREATE: &str = "
CREATE INDEX account_face ON account (portico_search(iif(name = '', key, name)), id, portico_search(key || char(10) || name));
CREATE INDEX contact_face ON contact (portico_search(coalesce(nullif(trim(first_name || ' ' || last_name), ''), nullif(title, ''), email)), id,
    portico_search(first_name || ' ' || last_name || char(10) || title || char(10) || email));
CREATE INDEX address_face ON address (portico_search(iif(name = '', number, name)), id,
    portico_search(number || char(10) || name || char(10) || zip || ' ' || city || char(10) || street));
CREATE INDEX machine_face ON machine (portico_search(iif(name = '', number, name)), id, portico_search(number || char(10) || name));
CREATE INDEX agent_face ON agent (portico_search(iif(name = '', login, name)), id,
    portico_search(login || char(10) || name || char(10) || email));
CREATE INDEX portal_object_face ON portal_object (portico_search(iif(name = '', path, name)), id, portico_search(path || char(10) || name));
CREATE INDEX portal_object_tree ON portal_object (parent_id, portico_search(iif(name = '', path, name)), id);
";
