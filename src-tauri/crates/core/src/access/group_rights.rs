//! How a desk gives rights on groups.

/// What a screen has to know about a desk's rights on groups, beside the permission keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GroupRights {
    /// The switch without which rights on groups have no effect and everybody is in every valid group; `None` where
    /// they always count.
    pub support: Option<&'static str>,
    /// Whether accounts have rights on groups, too.
    pub of_accounts: bool,
    /// The switch without which rights of accounts on tickets of other accounts have no effect.
    pub other_context: Option<&'static str>,
}
