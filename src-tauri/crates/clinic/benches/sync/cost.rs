//! What an exchange costs, and the figures made of it.

use crate::Outcome;
use crate::asked::Asked;
use crate::documents::Documents;
use crate::ours::{Kept, Moved};
use crate::proxy::Proxy;
use crate::table::Row;

/// What one exchange of a client with its server took.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) seconds: f64,
    /// Seconds that the client had of the processor.
    pub(crate) processor: f64,
    /// Bytes to the server, with everything round them but TCP's own.
    pub(crate) up: f64,
    pub(crate) down: f64,
}

impl Cost {
    /// Asks a client for something, and takes down what that cost.
    pub(crate) fn of(client: &mut Asked, what: &str, proxy: &Proxy) -> Outcome<Self> {
        let before = proxy.at_rest();
        let told = client.ask(what)?;
        let after = proxy.at_rest();
        let figure = |name: &str| told[name].as_f64().ok_or("a client told no figure");
        let [up, down] = [0, 1].map(|way| (after[way] - before[way]) as f64);
        Ok(Self {
            seconds: figure("seconds")?,
            processor: figure("processor")?,
            up,
            down,
        })
    }

    fn figures(&self) -> [f64; 4] {
        [self.seconds, self.processor, self.up, self.down]
    }

    fn each(all: &[Self], choose: impl Fn(&[f64]) -> f64) -> Self {
        let [seconds, processor, up, down] = [0, 1, 2, 3].map(|at| {
            let mut sorted: Vec<f64> = all.iter().map(|cost| cost.figures()[at]).collect();
            sorted.sort_by(f64::total_cmp);
            choose(&sorted)
        });
        Self {
            seconds,
            processor,
            up,
            down,
        }
    }

    /// Each figure's median.
    pub(crate) fn median(all: &[Self]) -> Self {
        Self::each(all, |sorted| sorted[sorted.len() / 2])
    }

    /// Each figure at its best.
    pub(crate) fn best(all: &[Self]) -> Self {
        Self::each(all, |sorted| sorted[0])
    }

    fn bytes(&self) -> f64 {
        self.up + self.down
    }
}

/// Figures of ours, beside them those of PouchDB with these documents.
pub(crate) fn rows_beside(ours: &Moved, theirs: &Moved, of: &Documents) -> Vec<Row> {
    let mut rows = ours.rows();
    let figures = theirs.rows().into_iter().map(|row| row.ours);
    for (row, figure) in rows.iter_mut().zip(figures) {
        row.peer = Some(crate::table::Peer {
            name: of.name,
            figure,
        });
    }
    rows
}

impl Moved {
    /// All figures, in one order.
    pub(crate) fn rows(&self) -> Vec<Row> {
        let entries = self.entries as f64;
        let mut rows = Vec::new();
        for (way, cost) in [
            ("pushed", &self.pushed),
            ("pulled by a second", &self.pulled),
        ] {
            let named = |what: &str| format!("{way}: {what}");
            let each = cost.bytes() / entries;
            rows.extend([
                Row::rate(named("rate"), "entries a second", entries / cost.seconds),
                Row::alone(named("processor time of the client"), "s", cost.processor),
                Row::alone(named("bytes up"), "kB", cost.up / 1e3),
                Row::alone(named("bytes down"), "kB", cost.down / 1e3),
                Row::alone(named("both ways, for each entry"), "bytes", each),
            ]);
        }
        rows.extend(small("", &self.small.nothing, "nothing to send"));
        rows.extend(small("", &self.small.one, "one entry"));
        rows
    }
}

fn small(size: &str, cost: &Cost, what: &str) -> [Row; 2] {
    let row = |unit, figure| Row::alone(format!("{what}, connected{size}"), unit, figure);
    [row("bytes", cost.bytes()), row("ms", cost.seconds * 1e3)]
}

/// What small exchanges cost with so many patients in the record.
pub(crate) fn rows_of_size(found: &Kept, patients: usize) -> Vec<Row> {
    let size = format!(", {patients} patients");
    let mut rows = Vec::new();
    rows.extend(small(&size, &found.small.nothing, "nothing to send"));
    rows.extend(small(&size, &found.small.one, "one entry"));
    let whole = format!("nothing to send, with connection, TLS and login{size}");
    rows.push(Row::alone(whole.clone(), "bytes", found.fresh.bytes()));
    rows.push(Row::alone(whole, "ms", found.fresh.seconds * 1e3));
    rows
}
