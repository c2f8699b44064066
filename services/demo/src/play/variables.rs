//! `$name`: a value that an earlier answer gave. `$$` stands for a dollar sign.

use std::collections::BTreeMap;

use serde_json::Value;

/// The values that were bound so far, by name.
pub type Bound = BTreeMap<String, String>;

/// A piece of a text.
enum Piece<'a> {
    Text(&'a str),
    Name(&'a str),
}

/// Whether `name` can be used after a `$`.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(dollar) = rest.find('$') {
        let (before, after) = (&rest[..dollar], &rest[dollar + 1..]);
        pieces.push(Piece::Text(before));
        let end = after
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .unwrap_or(after.len());
        if is_name(&after[..end]) {
            pieces.push(Piece::Name(&after[..end]));
            rest = &after[end..];
        } else {
            // `$$`, or a dollar sign before something else, such as an amount.
            pieces.push(Piece::Text("$"));
            rest = after.strip_prefix('$').unwrap_or(after);
        }
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// The names that a text uses.
pub(super) fn names_in(text: &str) -> Vec<String> {
    pieces(text)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Name(name) => Some(name.to_owned()),
            Piece::Text(_) => None,
        })
        .collect()
}

/// The names that the strings in a value use.
pub(super) fn names_in_value(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => names_in(text),
        Value::Array(items) => items.iter().flat_map(names_in_value).collect(),
        Value::Object(fields) => fields.values().flat_map(names_in_value).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// The text with its values. A name that was never bound stays as it is: the check of the story
/// refused it before.
pub(super) fn fill(text: &str, bound: &Bound) -> String {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Name(name) => bound
                .get(name)
                .cloned()
                .unwrap_or_else(|| format!("${name}")),
        })
        .collect()
}

/// The value with every string filled in.
pub(super) fn fill_value(value: &Value, bound: &Bound) -> Value {
    match value {
        Value::String(text) => Value::String(fill(text, bound)),
        Value::Array(items) => items.iter().map(|item| fill_value(item, bound)).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), fill_value(value, bound)))
            .collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_is_replaced_as_a_whole_string_and_within_one() {
        let bound = Bound::from([("case".to_owned(), "case_1".to_owned())]);
        assert_eq!(
            fill_value(&json!({"a": "$case", "b": ["/v1/$case/x"], "n": 3}), &bound),
            json!({"a": "case_1", "b": ["/v1/case_1/x"], "n": 3})
        );
    }

    #[test]
    fn a_doubled_dollar_and_an_amount_are_no_names() {
        assert_eq!(fill("$$case costs $5", &Bound::new()), "$case costs $5");
        assert!(names_in("$$case costs $5").is_empty());
    }

    #[test]
    fn the_names_in_a_value_are_found_at_any_depth() {
        let names = names_in_value(&json!({"a": [{"b": "$one and $two"}]}));
        assert_eq!(names, ["one", "two"]);
    }
}
