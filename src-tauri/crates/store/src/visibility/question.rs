//! What is asked about tickets.

use portico_core::access::model::{AccessModel, Permission};
use portico_core::access::rule::Node;

use crate::error::{Result, StoreError};

/// Which tickets are meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Question {
    /// Those that the portal's list of this name shows.
    List(String),
    /// Those of them that lie in an object of the portal (the desk's key), or are it.
    ListIn {
        /// The list.
        list: String,
        /// The object.
        object: String,
    },
    /// Those that any list shows.
    Listed,
    /// Those that a search may find.
    Searchable(Permission),
    /// Those that can be opened.
    Openable(Permission),
    /// Those that can be replied to.
    Reply,
    /// Those of the person or of her accounts (case ignored) that no list shows.
    Hidden,
    /// Those of which it cannot be told whether a list shows them, or whether they can be opened.
    Untold,
}

impl Question {
    /// The tree behind it; an error where the model has no list of that name, and for
    /// [`Question::Untold`], which is about what [`Self::asked`] cannot tell.
    pub fn tree(&self, model: &AccessModel) -> Result<Node> {
        Ok(match self {
            Self::List(name) | Self::ListIn { list: name, .. } => {
                let list = model.list(name).ok_or_else(|| StoreError::NotFound {
                    what: "list",
                    key: name.clone(),
                })?;
                list.shows()
            }
            Self::Listed => model.listed(),
            Self::Searchable(permission) => model.searchable.get(*permission).clone(),
            Self::Openable(permission) => model.openable.get(*permission).clone(),
            Self::Reply => model.reply.allowed.clone(),
            Self::Hidden => model.hidden(),
            Self::Untold => {
                return Err(StoreError::NotFound {
                    what: "tree",
                    key: "Untold".to_owned(),
                });
            }
        })
    }

    /// What is asked of a ticket before it is said to be untold: whether a list shows it, whether it can be opened.
    pub(super) fn asked() -> [Self; 2] {
        [Self::Listed, Self::Openable(Permission::Ro)]
    }
}
