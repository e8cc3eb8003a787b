//! How a token is shown to an interface, and how one that is over is had anew (RFC 6749, 6).

use zeroize::Zeroizing;

use super::RestError;

/// A secret that is wiped when it goes.
pub(crate) type Token = Zeroizing<String>;

/// How a token is shown.
pub(crate) struct Login {
    /// The header it stands in.
    pub(crate) header: &'static str,
    /// What stands before it there.
    pub(crate) prefix: &'static str,
    /// The token; `None` where it must be had first.
    pub(crate) token: Option<Token>,
    /// What gives a new one.
    pub(crate) refresh: Option<Refresh>,
}

/// What gives an access token for an hour or so.
pub(crate) struct Refresh {
    /// The address that is asked.
    pub(crate) url: String,
    /// What it is asked with.
    pub(crate) form: Vec<(&'static str, Token)>,
}

impl Login {
    /// A token that stays what it is.
    pub(crate) fn fixed(header: &'static str, prefix: &'static str, token: &str) -> Result<Self, RestError> {
        Ok(Self {
            header,
            prefix,
            token: Some(checked(token)?),
            refresh: None,
        })
    }
}

/// A token can stand in a header: one line of visible signs. What is wrong is said without repeating it.
pub(crate) fn checked(token: &str) -> Result<Token, RestError> {
    let token = token.trim();
    if token.is_empty() {
        return Err(RestError::Secret("it is empty".to_owned()));
    }
    if !token.bytes().all(|b| b.is_ascii_graphic()) {
        let message = "it holds blanks or signs that no token has; is it the right file?";
        return Err(RestError::Secret(message.to_owned()));
    }
    Ok(Zeroizing::new(token.to_owned()))
}
