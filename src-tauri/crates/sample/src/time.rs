//! When things happen: a year of working days before the sample's now.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::NOW;

const DAY: i64 = 86_400;

/// Midnight of the day on which a sample stands still.
const TODAY: i64 = NOW - NOW % DAY;

/// The moment at `part` of `whole` through the year that ends now, on a working day between 7 and 18 o'clock UTC
/// (today until 15). Ascends with `part`.
pub(crate) fn working_moment(part: u64, whole: u64) -> i64 {
    const DAYS: i64 = 261;
    let (part, whole) = (i128::from(part), i128::from(whole.max(1)));
    // In units of one whole-th of a day, so that nothing is lost to rounding.
    let along = part * i128::from(DAYS);
    let day = i64::try_from(along / whole).unwrap_or(0).min(DAYS - 1);
    let rest = along - i128::from(day) * whole;
    let hours = if day == DAYS - 1 { 8 } else { 11 };
    let second = i64::try_from(rest * hours * 3600 / whole).unwrap_or(0);
    // Today is a Friday: five working days back are seven days back.
    let back = DAYS - 1 - day;
    TODAY - (back / 5 * 7 + back % 5) * DAY + 7 * 3600 + second
}

/// A day as `20261120`.
pub(crate) fn day(moment: i64) -> String {
    Timestamp::from_second(moment)
        .map(|t| t.to_zoned(TimeZone::UTC).strftime("%Y%m%d").to_string())
        .unwrap_or_default()
}

/// The next moment after `wait` seconds that is not after now.
pub(crate) fn after(moment: i64, wait: i64) -> i64 {
    (moment + wait).min(NOW)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::Weekday;
    use jiff::tz::TimeZone;

    use super::{day, working_moment};
    use crate::NOW;

    #[test]
    fn now_is_the_moment_it_says() {
        assert_eq!(
            Timestamp::from_second(NOW).map(|t| t.to_string()).ok().as_deref(),
            Some("2026-11-20T16:00:00Z")
        );
        assert_eq!(day(NOW), "20261120");
    }

    #[test]
    fn moments_ascend_over_working_days_and_end_before_now() {
        let mut last = 0;
        for part in 0..6000 {
            let moment = working_moment(part, 6000);
            assert!(moment >= last && moment < NOW, "{part}");
            let weekday = Timestamp::from_second(moment).map(|t| t.to_zoned(TimeZone::UTC).weekday());
            assert!(
                !matches!(weekday, Ok(Weekday::Saturday | Weekday::Sunday) | Err(_)),
                "{part}"
            );
            last = moment;
        }
        assert!(day(working_moment(0, 6000)).starts_with("202511"));
        assert_eq!(day(last), "20261120");
    }
}
