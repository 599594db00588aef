//! The test vectors, by the name of what they are for.

use serde_json::Value;

/// The cases of that name, of which there is at least one.
pub(crate) fn cases(name: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../vectors.json")).unwrap();
    let cases = all[name]
        .as_array()
        .unwrap_or_else(|| panic!("no vectors for {name}"))
        .clone();
    assert!(!cases.is_empty());
    cases
}

/// Answers in their order; none for an unanswered one.
pub(crate) fn numbers(value: &Value) -> Vec<Option<i64>> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(Value::as_i64)
        .collect()
}
