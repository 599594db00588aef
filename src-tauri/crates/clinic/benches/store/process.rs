//! What the system says of this process.

use std::fs;
use std::time::Duration;

/// What this thread has had of the processor, as Linux tells it; nothing elsewhere.
pub(crate) fn processor_time() -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}

#[allow(dead_code, reason = "the measurement of the store does not ask")]
/// The most memory that this process ever had, in MiB, as Linux tells it; 0 elsewhere.
pub(crate) fn peak_memory() -> f64 {
    let told = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}
