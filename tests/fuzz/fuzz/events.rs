use fuzz::corpus;
use fuzz::mutate::{MARKER, mutated, mutated_data};
use fuzz::reading::{ACCEPTED, Broken, Reading, as_binary, binary, refused, structured};
use rand::RngExt as _;

use crate::memory::bounded;
use crate::run::{Tally, rng, rounds, seed};

/// Every way in which an event is refused.
const REFUSALS: [Reading; 7] = [
    "too_large",
    "broken_json",
    "no_object",
    "invalid_envelope",
    "unknown_type",
    "unsupported_version",
    "invalid_data",
];

type Reader = fn(&[u8], &str) -> Result<Reading, Broken>;

#[test]
fn events_in_structured_mode() {
    attack(
        "events, structured",
        &corpus::events().unwrap(),
        structured,
        &REFUSALS,
    );
}

#[test]
fn events_in_binary_mode() {
    let written = |(name, specimen): (String, Vec<u8>)| Some((name, as_binary(&specimen)?));
    let specimens: Vec<_> = corpus::events()
        .unwrap()
        .into_iter()
        .filter_map(written)
        .collect();
    // In binary mode there is always an object: data without one is invalid.
    let expected = REFUSALS.map(|code| {
        if code == "no_object" {
            "unsupported_content_type"
        } else {
            code
        }
    });
    attack("events, binary", &specimens, binary, &expected);
}

fn attack(what: &str, specimens: &[(String, Vec<u8>)], read: Reader, refusals: &[Reading]) {
    let mut tally = Tally::default();
    for (name, specimen) in specimens {
        let came = bounded(specimen, || read(specimen, MARKER));
        tally.add(came.unwrap_or_else(|broken| panic!("{name}: {broken:?}")));
    }
    let seed = seed();
    let mut rng = rng(seed);
    for round in 0..rounds(10_000) {
        let (name, specimen) = &specimens[rng.random_range(0..specimens.len())];
        let input = match round % 2 {
            0 => mutated(specimen, specimens, &mut rng),
            _ => mutated_data(specimen, specimens, &mut rng),
        };
        match bounded(&input, || read(&input, MARKER)) {
            Ok(came) => tally.add(came),
            Err(broken) => panic!(
                "{what}, seed {seed}, round {round}, from {name}: {broken:?}\n{}",
                String::from_utf8_lossy(&input)
            ),
        }
    }
    tally.saw(what, seed, &[refusals, &[ACCEPTED]].concat());
}

#[test]
fn a_refusal_that_repeats_its_input_is_found() {
    let said = format!("no such field: {MARKER}");
    assert_eq!(refused("invalid_data", &said, MARKER), Err(Broken::Repeats));
    assert_eq!(
        refused("invalid_data", &"no such field", MARKER),
        Ok("invalid_data")
    );
}
