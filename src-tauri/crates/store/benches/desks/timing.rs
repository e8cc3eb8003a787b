//! Times, memory, and what goes from one process to the other.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

/// How often a question is asked at most, and for how long.
const TIMES: usize = 60;
const PATIENCE: Duration = Duration::from_secs(4);

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
        let took = p95(|| {
            divan::black_box(ask());
        });
        self.numbers.insert(name.to_owned(), ms(took));
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

/// The 95th percentile; of a slow question, of as many times as there is patience for.
fn p95(mut ask: impl FnMut()) -> Duration {
    let began = Instant::now();
    let mut times = Vec::with_capacity(TIMES);
    while times.len() < TIMES && (times.len() < 3 || began.elapsed() < PATIENCE) {
        let start = Instant::now();
        ask();
        times.push(start.elapsed());
    }
    times.sort();
    times[(times.len() * 95).div_ceil(100) - 1]
}

/// The most memory that this process has had since it began or was forgotten last, in MB; what the system does not
/// tell is not a number.
pub(crate) fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.map_or(f64::NAN, |kilobytes| kilobytes / 1024.0)
}
