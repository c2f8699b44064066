//! Samples of a form that was not taken.

use screens::Frame;
use screens::page::Unsent;

use super::html;

fn filled() -> Vec<(String, String)> {
    let long = "Zij belden zeven keer en schreven drie brieven. ".repeat(60);
    [
        ("doe", "inbrengen"),
        ("leeftijd", "18-20"),
        ("grondslag", "municipality_own_task"),
        ("verhaal", "a\"><script> b"),
        ("anders", "Nog iets"),
        ("wens", "</textarea><script> W"),
        ("woorden", long.as_str()),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

/// What the form calls its fields; of one it is not known here.
fn label(frame: &Frame, name: &str) -> Option<String> {
    let key = match name {
        "verhaal" => "raise.story",
        "wens" => "raise.wish",
        "woorden" => "raise.words",
        _ => return None,
    };
    Some(frame.t(key).to_owned())
}

/// Nobody is logged in any more.
pub(super) fn unsent(frame: Frame) -> String {
    let frame = Frame {
        user: None,
        ..frame
    };
    html(&Unsent::of(
        frame,
        "/casussen/nieuw".to_owned(),
        &filled(),
        label,
    ))
}

/// Somebody logged in anew.
pub(super) fn unsent_known(frame: Frame) -> String {
    html(&Unsent::of(
        frame,
        "/casussen/nieuw".to_owned(),
        &filled(),
        label,
    ))
}
