//! How many tests passed and failed, read from what the test programs print.

use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Counts {
    /// Sums the summary lines of nextest, of rustdoc's tests and of vitest in `output`.
    pub(crate) fn read(output: &str) -> Self {
        let mut sum = Self::default();
        output
            .lines()
            .filter(|line| is_summary(line))
            .for_each(|line| sum += Self::of_line(line));
        sum
    }

    fn of_line(line: &str) -> Self {
        let words: Vec<&str> = line
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let mut counts = Self::default();
        for pair in words.windows(2) {
            let Ok(number) = pair[0].parse::<u32>() else {
                continue;
            };
            match pair[1] {
                "passed" => counts.passed += number,
                "failed" | "timed" => counts.failed += number,
                _ => {}
            }
        }
        counts
    }
}

/// vitest also counts files, and nextest repeats, indented, what a failed test printed: only
/// these lines count.
fn is_summary(line: &str) -> bool {
    let words = line.trim_start();
    line.starts_with("test result:")
        || words.starts_with("Summary [")
        || words.starts_with("Tests ")
}

#[cfg(test)]
mod tests {
    use super::Counts;

    const NEXTEST: &str = "\
        PASS [   0.883s] (1/5) felloe::journeys opening\n\
    \x20   test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured\n\
     Summary [ 602.627s] 8 tests run: 4 passed (1 slow), 3 failed, 1 timed out, 2 skipped\n";
    const DOC_TESTS: &str = "\
test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s\n\
test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n";
    const VITEST: &str = "\
 Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 11 passed (12)\n";

    #[test]
    fn a_nextest_summary_gives_passed_and_failed_with_timeouts_as_failures() {
        assert_eq!(
            Counts::read(NEXTEST),
            Counts {
                passed: 4,
                failed: 4
            }
        );
    }

    #[test]
    fn the_doc_tests_of_several_crates_are_added_up() {
        assert_eq!(
            Counts::read(DOC_TESTS),
            Counts {
                passed: 4,
                failed: 2
            }
        );
    }

    #[test]
    fn vitest_counts_tests_and_not_files() {
        assert_eq!(
            Counts::read(VITEST),
            Counts {
                passed: 11,
                failed: 1
            }
        );
    }

    #[test]
    fn output_without_a_summary_counts_nothing() {
        assert_eq!(
            Counts::read("error: 3 failed to compile"),
            Counts::default()
        );
    }
}
