//! Counts and times as they cross the bridge.

/// A count as 32 bits; beyond that the largest there is.
pub(crate) fn small(count: impl TryInto<u32>) -> u32 {
    count.try_into().unwrap_or(u32::MAX)
}

/// Seconds since 1970 as RFC 3339, UTC.
pub(crate) fn time(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds)
        .map(|t| t.to_string())
        .unwrap_or_default()
}

/// Milliseconds since 1970 as RFC 3339, UTC.
pub(crate) fn time_ms(milliseconds: i64) -> String {
    jiff::Timestamp::from_millisecond(milliseconds)
        .map(|t| t.to_string())
        .unwrap_or_default()
}

/// The day it is where the program runs.
pub(crate) fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}
