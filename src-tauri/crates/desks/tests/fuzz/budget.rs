//! Cases drawn at random for as long as there is time.

use std::time::{Duration, Instant};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, FileFailurePersistence, TestCaseError, TestRunner};

/// Cases between two looks at the clock.
const AT_ONCE: u32 = 64;

/// How long a test goes on: `PORTICO_FUZZ_SECONDS`, 10 without it.
fn budget() -> Duration {
    let seconds = std::env::var("PORTICO_FUZZ_SECONDS").ok();
    Duration::from_secs(seconds.map_or(10, |text| text.parse().unwrap()))
}

/// Tries what failed once (`kept`, a file beside Cargo.toml), then new cases until the time is up.
pub(crate) fn for_a_while<S: Strategy>(
    kept: &'static str,
    strategy: &S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let until = Instant::now() + budget();
    loop {
        let mut runner = TestRunner::new(Config {
            cases: AT_ONCE,
            failure_persistence: Some(Box::new(FileFailurePersistence::Direct(kept))),
            ..Config::default()
        });
        if let Err(failed) = runner.run(strategy, &test) {
            panic!("{failed}");
        }
        if Instant::now() >= until {
            return;
        }
    }
}
