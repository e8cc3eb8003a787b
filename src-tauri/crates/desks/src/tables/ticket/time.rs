//! Times as people and their programs write them into tables.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::said::Said;
use crate::source::time::{RANGE, of_text};
use crate::tables::said;

/// A time of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    /// Seconds since 1970-01-01 UTC.
    pub(super) seconds: i64,
    /// Whether it says its zone; without one it is taken for UTC.
    pub(super) zoned: bool,
}

/// The time of a cell that is not empty; otherwise what is wrong with it.
///
/// Takes ISO 8601 with and without a zone, `27.11.2026`, `27/11/2026` and `11/27/2026` where only one of the two can be
/// meant, `27-11-2026`, each with `14:30`, `14:30:15` or `2:30 PM` behind it, and seconds or milliseconds since 1970.
pub(super) fn told(cell: &str) -> Result<Told, Said> {
    let odd = || said::no_time(cell);
    let found = if cell.len() > 40 {
        None
    } else if cell.bytes().all(|byte| byte.is_ascii_digit()) && cell.len() > 8 {
        of_digits(cell)
    } else if let Some(seconds) = of_text(cell) {
        let zoned = cell.ends_with(['Z', 'z', ']']) || cell.get(10..).is_some_and(|rest| rest.contains(['+', '-']));
        Some(Told { seconds, zoned })
    } else {
        written(cell)?
    };
    let told = found.ok_or_else(odd)?;
    if RANGE.contains(&told.seconds) {
        Ok(told)
    } else {
        Err(said::far_time(cell))
    }
}

/// Seconds or milliseconds since 1970; fewer digits may be a day without signs between.
fn of_digits(cell: &str) -> Option<Told> {
    let number: i64 = cell.parse().ok()?;
    let seconds = match cell.len() {
        9..=10 => number,
        12..=13 => number / 1_000,
        _ => return None,
    };
    Some(Told { seconds, zoned: true })
}

/// A day as people write it, and the time of that day behind it; an error where two days can be meant.
fn written(cell: &str) -> Result<Option<Told>, Said> {
    let (day, rest) = cell.split_once([' ', 'T', ',']).unwrap_or((cell, ""));
    let Some(sign) = ['.', '/', '-'].into_iter().find(|sign| day.contains(*sign)) else {
        return Ok(None);
    };
    let parts: Vec<&str> = day.split(sign).collect();
    let [first, second, year] = parts[..] else {
        return Ok(None);
    };
    let (Some(first), Some(second), Some(year)) = (small(first), small(second), year_of(year, sign)) else {
        return Ok(None);
    };
    let (day, month) = match sign {
        '/' if first <= 12 && second <= 12 && first != second => {
            let day = |month: i8, day: i8| format!("{year:04}-{month:02}-{day:02}");
            return Err(said::two_days(cell, day(second, first), day(first, second)));
        }
        '/' if second > 12 => (second, first),
        _ => (first, second),
    };
    let (Ok(date), Some(time)) = (Date::new(year, month, day), time_of(rest)) else {
        return Ok(None);
    };
    let zoned = DateTime::from_parts(date, time).to_zoned(TimeZone::UTC);
    Ok(zoned.ok().map(|at| Told {
        seconds: at.timestamp().as_second(),
        zoned: false,
    }))
}

fn small(text: &str) -> Option<i8> {
    let digits = !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

/// A year of four digits; of two only where points stand between, as in German.
fn year_of(text: &str, sign: char) -> Option<i16> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 if sign == '.' => Some(if year < 70 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

/// A time of day; nothing is midnight.
fn time_of(text: &str) -> Option<Time> {
    let text = text.trim_start_matches([',', ' ']).trim();
    if text.is_empty() {
        return Some(Time::midnight());
    }
    let lower = text.to_lowercase();
    let (clock, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(0)),
        (_, Some(clock)) => (clock, Some(12)),
        _ => (lower.strip_suffix("uhr").unwrap_or(&lower), None),
    };
    let parts: Vec<&str> = clock.trim().split(':').collect();
    let (hour, minute, second) = match parts[..] {
        [hour, minute] => (small(hour)?, small(minute)?, 0),
        [hour, minute, second] => {
            let whole = second.split_once('.').map_or(second, |(whole, _)| whole);
            (small(hour)?, small(minute)?, small(whole)?)
        }
        _ => return None,
    };
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + half,
        None => hour,
    };
    Time::new(hour, minute, second, 0).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::told;

    #[test]
    fn the_usual_forms_are_one_time() {
        let at = 1_795_789_800; // 2026-11-27 14:30 UTC
        for cell in [
            "2026-11-27 14:30",
            "2026-11-27T14:30:00",
            "2026-11-27T14:30:00.000Z",
            "2026-11-27T15:30:00+01:00",
            "2026-11-27 15:30+01",
            "27.11.2026 14:30",
            "27.11.2026, 14:30:00 Uhr",
            "27.11.26 14:30",
            "27-11-2026 14:30",
            "27/11/2026 14:30",
            "11/27/2026 2:30 PM",
            "11/27/2026, 02:30:00pm",
            "1795789800",
            "1795789800000",
        ] {
            assert_eq!(told(cell).map(|told| told.seconds), Ok(at), "{cell}");
        }
        for cell in [
            "2026-11-27",
            "27.11.2026",
            "27/11/2026",
            "11/27/2026",
            "11/27/2026 12:00 AM",
        ] {
            assert_eq!(told(cell).unwrap().seconds, at - 14 * 3600 - 1800, "{cell}");
        }
        assert_eq!(told("04/04/2026").unwrap(), told("2026-04-04").unwrap());
        assert!(told("2026-11-27T14:30:00-05:00").unwrap().zoned && !told("2026-11-27 14:30").unwrap().zoned);
    }

    #[test]
    fn what_may_be_two_days_and_what_is_none_is_said_with_what_to_write() {
        let wrong = |cell: &str| told(cell).unwrap_err().message;
        assert!(
            wrong("03/04/2026").contains("may be 2026-04-03 or 2026-03-04"),
            "{}",
            wrong("03/04/2026")
        );
        for cell in [
            "soon",
            "31.02.2026",
            "27.13.2026",
            "27/11/26",
            "2026-11-27 25:00",
            "27.11.2026 13:00 PM",
            "27.11.2026 14",
            "12",
            "123456789012345678",
            "+1",
            "ä.ö.2026",
            ".2026",
        ] {
            assert!(
                wrong(cell).contains("is no time; write it like"),
                "{cell}: {}",
                wrong(cell)
            );
        }
        assert!(wrong("01.01.1901").contains("before 1970"));
    }
}
