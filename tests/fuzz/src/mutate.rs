//! Changes to a specimen: to its bytes, and, while it is JSON, to what it says.

mod bytes;
mod json;

use rand::{Rng, RngExt as _};
use serde_json::Value;

/// What stands in for every text that is put in: a refusal that repeats its input repeats this.
pub const MARKER: &str = "Bella-7f3a91";

/// A specimen with one to six changes. The same `rng` gives the same changes.
pub fn mutated(specimen: &[u8], others: &[(String, Vec<u8>)], rng: &mut impl Rng) -> Vec<u8> {
    let mut all = specimen.to_vec();
    // What is no JSON any more is refused early: most specimens change in what they say alone.
    let says = rng.random_bool(0.7);
    for _ in 0..rng.random_range(1..=6) {
        all = if says {
            json::changed(&all, rng).unwrap_or_else(|| bytes::changed(all, others, rng))
        } else {
            bytes::changed(all, others, rng)
        };
    }
    all
}

/// The same for what an event tells, with the envelope around it left as it was; for a specimen
/// without data, the whole of it.
pub fn mutated_data(specimen: &[u8], others: &[(String, Vec<u8>)], rng: &mut impl Rng) -> Vec<u8> {
    let Ok(Value::Object(mut event)) = serde_json::from_slice(specimen) else {
        return mutated(specimen, others, rng);
    };
    let Some(mut data) = event.get("data").map(|data| data.to_string().into_bytes()) else {
        return mutated(specimen, others, rng);
    };
    for _ in 0..rng.random_range(1..=3) {
        data = json::changed(&data, rng).unwrap_or(data);
    }
    event.insert(
        "data".to_owned(),
        serde_json::from_slice(&data).unwrap_or_default(),
    );
    Value::Object(event).to_string().into_bytes()
}
