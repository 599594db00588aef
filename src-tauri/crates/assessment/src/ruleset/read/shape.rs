//! What the reader of TOML complains of, in plain words.

use crate::nearest::nearest;

/// A fault in the shape of a file: what was expected, and the nearest known name.
pub(crate) struct Shape {
    /// What was expected, in plain words.
    pub(crate) expected: String,
    /// The known name nearest to one that is not known.
    pub(crate) nearest: Option<String>,
}

impl Shape {
    /// Puts a complaint of the TOML reader into plain words.
    pub(crate) fn of(error: &toml::de::Error) -> Self {
        let message = error.message();
        let said = unknown(message)
            .or_else(|| missing(message))
            .or_else(|| wrong_type(message))
            .or_else(|| wrong_length(message));
        said.unwrap_or_else(|| Self::plain(syntax(message)))
    }

    fn plain(expected: impl Into<String>) -> Self {
        Self {
            expected: expected.into(),
            nearest: None,
        }
    }
}

/// A key or a value that is none of those known.
fn unknown(message: &str) -> Option<Shape> {
    let rest = ["unknown field ", "unknown variant "]
        .into_iter()
        .find_map(|start| message.strip_prefix(start))?;
    let mut quoted = rest.split('`').skip(1).step_by(2);
    let word = quoted.next()?;
    let known: Vec<&str> = quoted.collect();
    let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    let one_of = if names.len() > 1 { "one of " } else { "" };
    Some(Shape {
        expected: format!("expected {one_of}{}, not `{word}`", names.join(", ")),
        nearest: nearest(word, known).map(str::to_owned),
    })
}

fn missing(message: &str) -> Option<Shape> {
    let name = message.strip_prefix("missing field ")?;
    Some(Shape::plain(format!("expected {name}, which is missing")))
}

fn wrong_type(message: &str) -> Option<Shape> {
    let (found, wanted) = message
        .strip_prefix("invalid type: ")?
        .split_once(", expected ")?;
    let wanted = match wanted {
        "a string" => "words in quotes",
        "a boolean" => "`true` or `false`, without quotes",
        "a sequence" => "a list in square brackets",
        "a TOML datetime" => "a date such as 2027-05-31, without quotes",
        "a type, or a table with a type" => "a type, such as \"yes-no\", or a type with more",
        // What is left are parts of a file, under the names they have in the program.
        _ => "named values in curly brackets",
    };
    let found = match found.split_once(' ') {
        Some(("string" | "integer" | "boolean", value)) => value.trim_matches('`'),
        Some(("floating", value)) => value.trim_start_matches("point ").trim_matches('`'),
        _ if found == "map" => "named values",
        _ if found == "sequence" => "a list",
        _ => found,
    };
    Some(Shape::plain(format!("expected {wanted}, not {found}")))
}

fn wrong_length(message: &str) -> Option<Shape> {
    let wanted = message
        .strip_prefix("invalid length ")?
        .rsplit_once("length ")?
        .1;
    Some(Shape::plain(format!("expected a list of exactly {wanted}")))
}

/// A fault in the writing itself, such as a quote that is not closed.
fn syntax(message: &str) -> String {
    match message {
        "duplicate key" => "expected each name only once in its part".to_owned(),
        "wanted string or table" => "expected one name in quotes".to_owned(),
        other if other.starts_with("string values must be quoted") => {
            "expected words in quotes".to_owned()
        }
        other if other.ends_with("string, expected `\"`") => "expected a closing quote".to_owned(),
        other if other.ends_with("expected `]`") => "expected a closing square bracket".to_owned(),
        other => format!("expected TOML that can be read ({other})"),
    }
}
