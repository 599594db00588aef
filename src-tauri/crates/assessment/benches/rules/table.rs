//! The figures, as a table for people or as JSON.

use serde_json::{Value, json};

/// One figure of ours, and beside it that of another.
pub(crate) struct Row {
    pub(crate) measure: String,
    pub(crate) unit: &'static str,
    pub(crate) ours: f64,
    pub(crate) peer: Option<Peer>,
    /// Whether more is better, as of a rate; less is, as of a time, everywhere else.
    more: bool,
}

pub(crate) struct Peer {
    pub(crate) name: &'static str,
    pub(crate) figure: f64,
}

impl Row {
    pub(crate) fn alone(measure: impl Into<String>, unit: &'static str, ours: f64) -> Self {
        let measure = measure.into();
        Self {
            measure,
            unit,
            ours,
            peer: None,
            more: false,
        }
    }

    /// A figure of which more is better.
    #[allow(dead_code, reason = "not every bench has one")]
    pub(crate) fn rate(measure: impl Into<String>, unit: &'static str, ours: f64) -> Self {
        Self {
            more: true,
            ..Self::alone(measure, unit, ours)
        }
    }

    pub(crate) fn beside(mut self, name: &'static str, figure: f64) -> Self {
        self.peer = Some(Peer { name, figure });
        self
    }

    /// How many times as long the other takes, or as much it asks; of a rate, how many times as
    /// much ours does.
    fn ratio(&self) -> Option<f64> {
        let peer = self.peer.as_ref()?.figure;
        Some(if self.more {
            self.ours / peer
        } else {
            peer / self.ours
        })
    }

    fn json(&self) -> Value {
        json!({
            "measure": self.measure,
            "unit": self.unit,
            "ours": self.ours,
            "peer": self.peer.as_ref().map(|peer| peer.figure),
            "peer_name": self.peer.as_ref().map(|peer| peer.name),
            "ratio": self.ratio(),
        })
    }
}

/// All rows, for a program or for a person.
pub(crate) fn shown(rows: &[Row], as_json: bool) -> String {
    if as_json { json(rows) } else { text(rows) }
}

/// All rows, for a program to read.
fn json(rows: &[Row]) -> String {
    let rows: Vec<Value> = rows.iter().map(Row::json).collect();
    format!("{:#}", Value::from(rows))
}

/// All rows, for a person to read.
pub(crate) fn text(rows: &[Row]) -> String {
    let mut lines = vec![format!(
        "{:<58} {:>14} {:>14} {:>10}  {}",
        "measure", "ours", "peer", "ratio", "peer is"
    )];
    for row in rows {
        let measure = format!("{}, {}", row.measure, row.unit);
        let peer = row.peer.as_ref().map(|peer| figure(peer.figure));
        let ratio = row.ratio().map(|ratio| format!("{} x", figure(ratio)));
        lines.push(format!(
            "{measure:<58} {:>14} {:>14} {:>10}  {}",
            figure(row.ours),
            peer.unwrap_or_default(),
            ratio.unwrap_or_default(),
            row.peer.as_ref().map_or("", |peer| peer.name),
        ));
    }
    lines.join("\n")
}

/// Three figures that count, or all before the point.
fn figure(value: f64) -> String {
    let before = value.abs().log10().floor();
    let places = (2.0 - before).clamp(0.0, 4.0) as usize;
    format!("{value:.places$}")
}
