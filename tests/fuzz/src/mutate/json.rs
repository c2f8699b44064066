use rand::{Rng, RngExt as _};
use serde_json::{Value, json};

use super::MARKER;

/// One change to what the document says; `None` when it is no JSON.
pub(super) fn changed(document: &[u8], rng: &mut impl Rng) -> Option<Vec<u8>> {
    let mut value: Value = serde_json::from_slice(document).ok()?;
    let places = count(&value);
    change(&mut value, &mut rng.random_range(0..places), rng);
    Some(value.to_string().into_bytes())
}

/// In how many places there is a value.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

/// Changes the value at a place, counted from the outside in.
fn change(value: &mut Value, place: &mut usize, rng: &mut impl Rng) {
    if *place == 0 {
        *value = instead(value.take(), rng);
        *place = usize::MAX;
        return;
    }
    *place -= 1;
    let inner: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(fields) => fields.values_mut().collect(),
        _ => Vec::new(),
    };
    for each in inner {
        change(each, place, rng);
        if *place == usize::MAX {
            return;
        }
    }
}

fn instead(old: Value, rng: &mut impl Rng) -> Value {
    match rng.random_range(0..16) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(u64::MAX),
        4 => json!(1e300),
        5 => json!(""),
        6 => json!(MARKER),
        7 => json!(MARKER.repeat(rng.random_range(1..2_000))),
        8 => json!(format!("{MARKER}\u{0}\u{202e}\u{1f469}\u{200d}\u{1f467}")),
        9 => json!([]),
        10 => json!({}),
        11 => json!({ MARKER: old }),
        12 => Value::Array(vec![old; rng.random_range(1..200)]),
        13 => with_another_field(old, rng),
        14 => nested(old, rng.random_range(1..200)),
        _ => date(rng),
    }
}

fn with_another_field(old: Value, rng: &mut impl Rng) -> Value {
    let Value::Object(mut fields) = old else {
        return old;
    };
    if rng.random_bool(0.5) {
        let at = rng.random_range(0..=fields.len());
        let name = fields.keys().nth(at).cloned();
        name.map(|name| fields.remove(&name));
    } else {
        fields.insert(MARKER.to_owned(), json!(MARKER));
    }
    Value::Object(fields)
}

fn nested(old: Value, depth: usize) -> Value {
    (0..depth).fold(old, |inner, _| json!([inner]))
}

fn date(rng: &mut impl Rng) -> Value {
    const DATES: [&str; 7] = [
        "2026-02-30",
        "9999-12-31",
        "-009999-01-01T00:00:00Z",
        "2026-03-02T09:00:60Z",
        "2026-03-29T02:30:00+25:00",
        "0000-00-00T00:00:00Z",
        "2026-03-02T09:00:00.999999999999Z",
    ];
    json!(DATES[rng.random_range(0..DATES.len())])
}
