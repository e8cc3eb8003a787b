//! Times as desks write them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde_json::Value;

/// The first and the last second that a ticket of any desk can have: 1970 and 2200. A date of the year 0 is none.
pub(crate) const RANGE: std::ops::Range<i64> = 0..7_258_118_400;

/// Seconds since 1970-01-01 UTC; `None` where it is no time.
///
/// Takes RFC 3339, the same with a blank for the `T` or without a zone (then UTC), a day alone, and milliseconds.
pub(crate) fn seconds(value: &Value) -> Option<i64> {
    let seconds = match value {
        Value::Number(number) => number.as_i64()?.div_euclid(1_000),
        Value::String(text) => of_text(text.trim())?,
        _ => return None,
    };
    RANGE.contains(&seconds).then_some(seconds)
}

/// The same of a text without blanks around it, whatever its age.
pub(crate) fn of_text(text: &str) -> Option<i64> {
    if text.len() > 40 {
        return None;
    }
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time.as_second());
    }
    let zoned = match text.parse::<DateTime>() {
        Ok(time) => time.to_zoned(TimeZone::UTC),
        Err(_) => text.parse::<Date>().and_then(|day| day.to_zoned(TimeZone::UTC)),
    };
    zoned.ok().map(|time| time.timestamp().as_second())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::seconds;

    #[test]
    fn the_ways_in_which_desks_write_times_are_known_and_the_year_nought_is_none() {
        let at = Some(1_505_797_130);
        for value in [
            json!(1_505_797_130_000_i64),
            json!("2017-09-19T04:58:50Z"),
            json!("2017-09-19T04:58:50.000Z"),
            json!("2017-09-19 04:58:50"),
            json!("2017-09-19T06:58:50+02:00"),
        ] {
            assert_eq!(seconds(&value), at, "{value}");
        }
        for value in [
            json!("0000-00-00 00:00:00"),
            json!("0001-01-01"),
            json!(""),
            json!("soon"),
            json!(null),
            json!(-5),
        ] {
            assert_eq!(seconds(&value), None, "{value}");
        }
    }
}
