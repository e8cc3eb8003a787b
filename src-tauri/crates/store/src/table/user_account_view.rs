//! Accounts whose tickets a person sees, be it her primary or a further one.

use portico_core::id::AccountId;

use super::row::user_link;

pub(crate) const CREATE: &str = "
CREATE TABLE user_account_view (
    user_id BLOB NOT NULL REFERENCES external_user (id),
    account_id BLOB NOT NULL REFERENCES account (id),
    copies INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, account_id)
) WITHOUT ROWID;
CREATE INDEX user_account_view_account_id ON user_account_view (account_id);
";

user_link! {
    /// An account whose tickets a person sees.
    user_account_view, account_id: AccountId = "account"
}
