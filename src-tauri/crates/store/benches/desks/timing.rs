//! Times, memory, and what goes from one process to the other.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

/// How often a question is asked at most, and for how long.
const TIMES: usize = 60;
const PATIENCE: Duration = Duration::from_secs(2);

/// What a step found out: times in milliseconds (memory in MB) and answers, by name.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) numbers: BTreeMap<String, f64>,
    pub(crate) answers: BTreeMap<String, Value>,
}

impl Figures {
    /// Asks once to warm up and keep the answer, then measures.
    pub(crate) fn ask<T: Into<Value>>(&mut self, name: &str, mut ask: impl FnMut() -> T) {
        let start = Instant::now();
        let answer = ask().into();
        self.numbers.insert(format!("{name}, first"), ms(start.elapsed()));
        self.answers.insert(name.to_owned(), answer);
        let (took, worked) = p95(|| {
            divan::black_box(ask());
        });
        self.numbers.insert(name.to_owned(), ms(took));
        self.numbers.insert(format!("{name}, work"), ms(worked));
        if std::env::var_os("PORTICO_BENCH_WATCH").is_some() {
            eprintln!("{name}: {:.2} ms, of which work {:.2}", ms(took), ms(worked));
        }
    }

    /// As one line of JSON.
    pub(crate) fn line(&self) -> String {
        let answers: Map<String, Value> = self.answers.clone().into_iter().collect();
        json!([self.numbers, answers]).to_string()
    }

    pub(crate) fn from_line(line: &str) -> Self {
        let both: (BTreeMap<String, f64>, BTreeMap<String, Value>) = serde_json::from_str(line).unwrap();
        Self {
            numbers: both.0,
            answers: both.1,
        }
    }
}

pub(crate) fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1e3
}

/// The 95th percentile, and how long the processor worked for it in the mean, which others on the machine do not
/// lengthen much; of a slow question, of as many times as there is patience for.
fn p95(mut ask: impl FnMut()) -> (Duration, Duration) {
    let (began, before) = (Instant::now(), worked());
    let mut times = Vec::with_capacity(TIMES);
    while times.len() < TIMES && (times.len() < 3 || began.elapsed() < PATIENCE) {
        let start = Instant::now();
        ask();
        times.push(start.elapsed());
    }
    let mean = worked().saturating_sub(before) / u32::try_from(times.len()).unwrap_or(1);
    times.sort();
    (times[(times.len() * 95).div_ceil(100) - 1], mean)
}

/// How long the processor has worked for this thread; nothing where the system does not tell.
pub(crate) fn worked() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}

/// The most memory that this process has had since it began or was forgotten last, in MB; what the system does not
/// tell is not a number.
pub(crate) fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.map_or(f64::NAN, |kilobytes| kilobytes / 1024.0)
}
