//! The desk's columns: what field goes where, and how much fits.

/// A field of the form and the column it lies in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// The field's name in the form.
    pub(super) field: &'static str,
    /// The column's name.
    pub(super) name: &'static str,
    /// How many characters fit.
    pub(super) max: usize,
}

const fn column(field: &'static str, name: &'static str, max: usize) -> Column {
    Column { field, name, max }
}

/// Columns of `customer_user`, the validity apart.
pub(super) static USER: [Column; 14] = [
    column("login", "login", 191),
    column("title", "title", 50),
    column("first_name", "first_name", 100),
    column("last_name", "last_name", 100),
    column("email", "email", 150),
    column("account", "customer_id", 150),
    column("phone", "phone", 150),
    column("mobile", "mobile", 150),
    column("fax", "fax", 150),
    column("street", "street", 150),
    column("zip", "zip", 200),
    column("city", "city", 200),
    column("country", "country", 200),
    column("description", "comments", 250),
];

/// Columns of `customer_company`, the validity apart.
pub(super) static COMPANY: [Column; 8] = [
    column("key", "customer_id", 150),
    column("name", "name", 191),
    column("street", "street", 200),
    column("zip", "zip", 200),
    column("city", "city", 200),
    column("country", "country", 200),
    column("url", "url", 200),
    column("description", "comments", 250),
];

/// Columns of the table of groups, the validity apart.
pub(super) static GROUP: [Column; 2] = [column("name", "name", 191), column("description", "comments", 250)];

/// Columns of the relation tables, by the field that goes there.
pub(super) static LINK: [Column; 5] = [
    column("user", "user_id", 100),
    column("account", "customer_id", 150),
    column("group", "group_id", 191),
    column("permission", "permission_key", 20),
    column("service", "service_id", 191),
];

/// The columns of an entity; `None` for what is not exported.
pub(super) fn columns(entity: &str) -> Option<&'static [Column]> {
    match entity {
        "external_user" => Some(&USER),
        "account" => Some(&COMPANY),
        "permission_group" => Some(&GROUP),
        "user_account" | "user_group" | "account_group" | "user_service" => Some(&LINK),
        _ => None,
    }
}

/// The number of a validity.
pub(super) fn validity(status: &str) -> Option<i64> {
    portico_core::model::Validity::from_name(status).map(portico_core::model::Validity::number)
}
