use std::fs;
use std::time::Duration;

/// The median and the one of a hundred that is slowest, in milliseconds; nothing of nothing.
pub(crate) fn times(taken: &mut [Duration]) -> [f64; 2] {
    taken.sort_unstable();
    [0.50, 0.99].map(|part| {
        let at = ((taken.len() as f64 * part).ceil() as usize).saturating_sub(1);
        taken
            .get(at)
            .map_or(f64::NAN, |taken| taken.as_secs_f64() * 1000.0)
    })
}

/// The most memory that a process has had in use, in MiB.
pub(crate) fn peak_memory(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    let kib: f64 = line.trim().trim_end_matches(" kB").parse().unwrap();
    kib / 1024.0
}
