//! How questions are asked: what waits, what is random, how much an answer may be. Tests put in their own.

use std::ops::ControlFlow;
use std::time::Duration;

use crate::reader::Step;

/// Hears of every page; `Break` stops the reading.
pub type Hear<'a> = dyn FnMut(Step<'_>) -> ControlFlow<()> + 'a;

/// The most bytes of one answer.
const LONGEST: u64 = 64 << 20;

/// The first pause before a question is asked again; each further one is twice as long.
const FIRST: Duration = Duration::from_secs(1);
/// The longest of these pauses.
const MOST: Duration = Duration::from_mins(1);

/// How questions are asked.
#[derive(Clone, Copy)]
pub struct Manner<'a> {
    /// Waits; `Break` stops the reading.
    pub wait: &'a dyn Fn(Duration) -> ControlFlow<()>,
    /// Something random from 0 to 1, so that many who were refused do not all come again at once.
    pub chance: &'a dyn Fn() -> f64,
    /// Seconds since 1970.
    pub now: i64,
    /// How many records to ask for at once; `None` for what the desk gives at most.
    pub page: Option<u64>,
    /// The most bytes of one answer.
    pub longest: u64,
}

impl<'a> Manner<'a> {
    /// How it is done outside tests.
    pub fn new(wait: &'a dyn Fn(Duration) -> ControlFlow<()>, now: i64) -> Self {
        Self {
            wait,
            chance: &random,
            now,
            page: None,
            longest: LONGEST,
        }
    }

    /// The pause before the question is asked for the `tries` + 1st time: exponential, the second half of it random.
    pub(super) fn pause(&self, tries: u32) -> Duration {
        let whole = FIRST.saturating_mul(1 << tries.saturating_sub(1).min(16)).min(MOST);
        whole.mul_f64(0.5 + (self.chance)().clamp(0.0, 1.0) / 2.0)
    }
}

fn random() -> f64 {
    // Where the system has nothing random, the pauses are the longest.
    getrandom::u32().map_or(1.0, |number| f64::from(number) / f64::from(u32::MAX))
}

/// How long a server wants to be left alone: seconds, or a day and time (RFC 9110, 10.2.3).
pub(super) fn retry_after(value: &str, now: i64) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let at = jiff::fmt::rfc2822::parse(value).ok()?.timestamp().as_second();
    Some(Duration::from_secs(u64::try_from(at - now).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;
    use std::time::Duration;

    use super::{Manner, random, retry_after};

    #[test]
    fn pauses_double_up_to_a_minute_and_their_second_half_is_random() {
        let pauses = |chance: &dyn Fn() -> f64| {
            let manner = Manner {
                chance,
                ..Manner::new(&|_| ControlFlow::Continue(()), 0)
            };
            [1, 2, 3, 4, 7, 60].map(|tries| manner.pause(tries).as_millis())
        };
        assert_eq!(pauses(&|| 1.0), [1_000, 2_000, 4_000, 8_000, 60_000, 60_000]);
        assert_eq!(pauses(&|| 0.0), [500, 1_000, 2_000, 4_000, 30_000, 30_000]);
        let some: Vec<f64> = (0..20).map(|_| random()).collect();
        assert!(some.iter().all(|one| (0.0..=1.0).contains(one)));
        assert!(some.iter().any(|one| (one - some[0]).abs() > f64::EPSILON));
    }

    #[test]
    fn a_server_says_how_long_in_seconds_or_until_when() {
        let seconds = |value| retry_after(value, 784_111_777).map(|pause| pause.as_secs());
        assert_eq!(seconds("120"), Some(120));
        // The example of the standard is that very moment.
        assert_eq!(seconds("Sun, 06 Nov 1994 08:49:37 GMT"), Some(0));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:50:37 GMT"), Some(60));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0));
        assert_eq!(retry_after("soon", 0), None);
        assert_eq!(retry_after("-5", 0), None);
        assert_eq!(retry_after("2", 0), Some(Duration::from_secs(2)));
    }
}
