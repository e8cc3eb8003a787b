//! Which people something is done to: by name, by filter, by a pasted list.

use portico_core::id::ExternalUserId;
use portico_store::Connection;
use portico_store::table::external_user::Sort;
use portico_store::table::user_selection::{self, Order, Selected};

pub use crate::types::selection::Selection;

use crate::error::{ApiError, id};
use crate::session::{Action, Session};
use crate::users::list_query;

/// Ids of the people, each once, in the order of the query (by name where there is none).
pub fn resolve(session: &Session, selection: &Selection) -> Result<Vec<String>, ApiError> {
    session.may(Action::Read)?;
    let found = session.store().read(|c| people(c, selection))?;
    Ok(found.iter().map(ToString::to_string).collect())
}

/// The same as [`resolve`], within a transaction.
pub(crate) fn people(c: &Connection, selection: &Selection) -> Result<Vec<ExternalUserId>, ApiError> {
    let selected = selected(selection)?;
    let by = selected.all.as_ref().map_or_else(Order::default, |query| Order {
        sort: query.sort,
        descending: query.descending,
    });
    Ok(user_selection::ids(c, &selected, by)?)
}

/// The selection as the store takes it.
pub(crate) fn selected(selection: &Selection) -> Result<Selected, ApiError> {
    let ids = |texts: &[String]| -> Result<Vec<ExternalUserId>, ApiError> {
        texts.iter().map(|text| id("external user", text)).collect()
    };
    Ok(Selected {
        ids: ids(&selection.ids)?,
        all: selection.all.as_ref().map(list_query).transpose()?,
        except: ids(&selection.except)?,
    })
}

/// The order by a column's key; empty for the name.
pub(crate) fn sort(key: &str) -> Result<Sort, ApiError> {
    if key.is_empty() {
        return Ok(Sort::default());
    }
    Ok(Sort::by(crate::lists::column(key)?))
}
