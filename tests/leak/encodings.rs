//! In how many ways a value may stand in a file: as it is, and in the encodings that logs,
//! databases, tokens, addresses and pages use.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use jiff::civil::Date;

/// The months as pages write a day in words, in each language.
const MONTHS: [&str; 2] = [
    "januari februari maart april mei juni juli augustus september oktober november december",
    "January February March April May June July August September October November December",
];

/// The name of an encoding and the bytes in it.
pub(crate) type Form = (&'static str, Vec<u8>);

/// The bytes of `text` in every encoding that is looked for, each once.
pub(crate) fn forms(text: &str) -> Vec<Form> {
    let bytes = text.as_bytes();
    let each =
        |form: &dyn Fn(char) -> String| text.chars().map(form).collect::<String>().into_bytes();
    let wide = |low_first: bool| {
        let unit = |unit: u16| {
            if low_first {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        };
        text.encode_utf16().flat_map(unit).collect::<Vec<u8>>()
    };
    let mut forms = vec![
        ("raw", bytes.to_vec()),
        ("lower case", text.to_lowercase().into_bytes()),
        ("upper case", text.to_uppercase().into_bytes()),
        ("UTF-16LE", wide(true)),
        ("UTF-16BE", wide(false)),
        (
            "hex",
            bytes
                .iter()
                .flat_map(|byte| format!("{byte:02x}").into_bytes())
                .collect(),
        ),
        (
            "HEX",
            bytes
                .iter()
                .flat_map(|byte| format!("{byte:02X}").into_bytes())
                .collect(),
        ),
        ("percent", each(&|c| format!("%{:02x}", u32::from(c)))),
        ("PERCENT", each(&|c| format!("%{:02X}", u32::from(c)))),
        ("JSON escape", each(&|c| format!("\\u{:04x}", u32::from(c)))),
        ("JSON ESCAPE", each(&|c| format!("\\u{:04X}", u32::from(c)))),
        ("HTML", each(&|c| format!("&#{};", u32::from(c)))),
        ("HTML hex", each(&|c| format!("&#x{:x};", u32::from(c)))),
    ];
    if let Ok(day) = text.parse::<Date>() {
        let (date, year) = (day.day(), day.year());
        let month = usize::from(day.month().unsigned_abs());
        for month in MONTHS.map(|months| months.split(' ').nth(month - 1)) {
            let month = month.expect("there are twelve");
            forms.push(("in words", format!("{date} {month} {year}").into_bytes()));
        }
        let numbers = format!("{date:02}-{:02}-{year}", day.month());
        forms.push(("day first", numbers.into_bytes()));
    }
    for (name, engine) in [
        ("base64", &STANDARD_NO_PAD),
        ("base64url", &URL_SAFE_NO_PAD),
    ] {
        forms.extend((0..3).map(|before| (name, within_base64(engine, bytes, before))));
    }
    let mut once: Vec<Form> = Vec::new();
    for form in forms {
        if once.iter().all(|(_, known)| *known != form.1) {
            once.push(form);
        }
    }
    once
}

/// The characters that the bytes always give when `before` bytes (modulo 3) stand before them:
/// those at the ends also depend on their neighbours.
fn within_base64<E: Engine>(engine: &E, bytes: &[u8], before: usize) -> Vec<u8> {
    let padded: Vec<u8> = vec![0; before]
        .into_iter()
        .chain(bytes.iter().copied())
        .collect();
    let text = engine.encode(&padded);
    let first = (before * 8).div_ceil(6);
    let last = padded.len() * 8 / 6;
    text.as_bytes()[first..last].to_vec()
}
