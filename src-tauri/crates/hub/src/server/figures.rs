//! What the hub server tells of itself: counts and times, and nothing about anybody.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Hello,
    Login,
    Exchange,
    Wait,
    Leave,
    Recover,
}

const ALL: [(Asked, &str); 6] = [
    (Asked::Hello, "hello"),
    (Asked::Login, "login"),
    (Asked::Exchange, "exchange"),
    (Asked::Wait, "wait"),
    (Asked::Leave, "leave"),
    (Asked::Recover, "recover"),
];

/// How an answer is counted.
const CLASSES: [&str; 5] = ["2xx", "401_403", "429", "4xx", "5xx"];

/// Upper ends of the times in which requests are counted, in milliseconds.
const TIMES_MS: [u64; 12] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

#[derive(Debug, Default)]
pub(super) struct Figures {
    answers: [[AtomicU64; CLASSES.len()]; ALL.len()],
    /// Of exchanges; a long poll's time says nothing.
    times: [AtomicU64; TIMES_MS.len() + 1],
    micros: AtomicU64,
    received: AtomicU64,
    sent: AtomicU64,
    kept: AtomicU64,
    shelf_failures: AtomicU64,
    connections: AtomicI64,
    answering: AtomicI64,
    waiting: AtomicI64,
    handshakes: AtomicU64,
}

/// Counts something that is there while this is.
pub(super) struct There<'a>(&'a AtomicI64);

impl Drop for There<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Figures {
    pub(super) fn answered(&self, asked: Asked, status: u16, took: Duration) {
        let class = match status {
            200..=299 => 0,
            401 | 403 => 1,
            429 => 2,
            500.. => 4,
            _ => 3,
        };
        add(&self.answers[asked as usize][class], 1);
        if asked == Asked::Exchange {
            let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
            let at = TIMES_MS
                .iter()
                .position(|end| ms < *end)
                .unwrap_or(TIMES_MS.len());
            add(&self.times[at], 1);
            add(
                &self.micros,
                u64::try_from(took.as_micros()).unwrap_or_default(),
            );
        }
    }

    pub(super) fn moved(&self, received: usize, sent: usize) {
        add(&self.received, received as u64);
        add(&self.sent, sent as u64);
    }

    pub(super) fn kept(&self, envelopes: usize) {
        add(&self.kept, envelopes as u64);
    }

    pub(super) fn shelf_failed(&self) {
        add(&self.shelf_failures, 1);
    }

    pub(super) fn handshake_failed(&self) {
        add(&self.handshakes, 1);
    }

    pub(super) fn connected(&self) -> There<'_> {
        there(&self.connections)
    }

    pub(super) fn answers(&self) -> There<'_> {
        there(&self.answering)
    }

    pub(super) fn waits(&self) -> There<'_> {
        there(&self.waiting)
    }

    /// In the text form that Prometheus reads, version 0.0.4.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.answers_text(&mut text);
        self.times_text(&mut text);
        for (name, help, figure) in [
            (
                "received_bytes",
                "Bytes of messages received.",
                &self.received,
            ),
            ("sent_bytes", "Bytes of messages sent.", &self.sent),
            (
                "envelopes_kept",
                "Envelopes kept that were new.",
                &self.kept,
            ),
            (
                "shelf_failures",
                "Times the database failed.",
                &self.shelf_failures,
            ),
            (
                "handshakes_failed",
                "TLS handshakes that failed.",
                &self.handshakes,
            ),
        ] {
            single(
                &mut text,
                &format!("{name}_total"),
                "counter",
                help,
                read(figure),
            );
        }
        for (name, help, figure) in [
            (
                "connections",
                "Connections that are open.",
                &self.connections,
            ),
            (
                "answering",
                "Requests that are being answered.",
                &self.answering,
            ),
            (
                "waiting",
                "Devices that wait for something new.",
                &self.waiting,
            ),
        ] {
            let now = figure.load(Ordering::Relaxed).max(0).unsigned_abs();
            single(&mut text, name, "gauge", help, now);
        }
        text
    }

    fn answers_text(&self, text: &mut String) {
        let head = "felloe_hub_answers_total";
        title(
            text,
            head,
            "counter",
            "Answers given, by what was asked and how it ended.",
        );
        for (asked, name) in ALL {
            for (at, class) in CLASSES.iter().enumerate() {
                let count = read(&self.answers[asked as usize][at]);
                line(
                    text,
                    head,
                    &format!("{{asked=\"{name}\",answer=\"{class}\"}}"),
                    count,
                );
            }
        }
    }

    fn times_text(&self, text: &mut String) {
        let name = "felloe_hub_exchange_seconds";
        title(
            text,
            name,
            "histogram",
            "Time to answer one message of an exchange.",
        );
        let mut sum = 0;
        for (at, count) in self.times.iter().enumerate() {
            sum += read(count);
            let end = TIMES_MS
                .get(at)
                .map_or("+Inf".to_owned(), |ms| seconds(*ms));
            line(
                text,
                &format!("{name}_bucket"),
                &format!("{{le=\"{end}\"}}"),
                sum,
            );
        }
        let micros = read(&self.micros);
        // Writing to a text does not fail.
        let _ = writeln!(
            text,
            "{name}_sum {}.{:06}",
            micros / 1_000_000,
            micros % 1_000_000
        );
        line(text, &format!("{name}_count"), "", sum);
    }
}

fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

fn title(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

/// A figure by itself.
fn single(text: &mut String, name: &str, kind: &str, help: &str, figure: u64) {
    let name = format!("felloe_hub_{name}");
    title(text, &name, kind, help);
    line(text, &name, "", figure);
}

fn line(text: &mut String, name: &str, labels: &str, count: u64) {
    let _ = writeln!(text, "{name}{labels} {count}");
}

fn there(figure: &AtomicI64) -> There<'_> {
    figure.fetch_add(1, Ordering::Relaxed);
    There(figure)
}

fn add(figure: &AtomicU64, more: u64) {
    figure.fetch_add(more, Ordering::Relaxed);
}

fn read(figure: &AtomicU64) -> u64 {
    figure.load(Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_and_times_are_counted_where_they_belong() {
        let figures = Figures::default();
        figures.answered(Asked::Exchange, 200, Duration::from_millis(7));
        figures.answered(Asked::Exchange, 503, Duration::from_secs(9));
        figures.answered(Asked::Login, 403, Duration::ZERO);
        figures.kept(3);
        let open = figures.connected();
        let text = figures.text();
        for line in [
            r#"felloe_hub_answers_total{asked="exchange",answer="2xx"} 1"#,
            r#"felloe_hub_answers_total{asked="exchange",answer="5xx"} 1"#,
            r#"felloe_hub_answers_total{asked="login",answer="401_403"} 1"#,
            r#"felloe_hub_exchange_seconds_bucket{le="0.005"} 0"#,
            r#"felloe_hub_exchange_seconds_bucket{le="0.010"} 1"#,
            r#"felloe_hub_exchange_seconds_bucket{le="+Inf"} 2"#,
            "felloe_hub_exchange_seconds_sum 9.007000",
            "felloe_hub_envelopes_kept_total 3",
            "felloe_hub_connections 1",
        ] {
            assert!(text.lines().any(|it| it == line), "{line} in\n{text}");
        }
        drop(open);
        assert!(figures.text().contains("felloe_hub_connections 0"));
    }
}
