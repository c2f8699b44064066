//! What a form calls its fields, by the address that it is sent to: for a form that comes back to
//! somebody who is not logged in any more, when there is no page to ask.

use screens::Frame;

use super::deeds;
use super::{climb, inbox, raise, search, weigh};

/// Between the page and the name of what is done on it.
const DOING: &str = "/doen/";

/// What stands at the field of this name.
pub(super) fn of(frame: &Frame, address: &str, name: &str) -> Option<String> {
    let path = address.split('?').next().unwrap_or(address);
    if let Some(number) = climb::pieces::number(name) {
        return Some(frame.t1("unsent.piece", "n", number));
    }
    let key = key(path, name)?;
    frame.known(&key).map(str::to_owned)
}

/// The key of its words.
fn key(path: &str, name: &str) -> Option<String> {
    if let Some((_, deed)) = path.split_once(DOING) {
        return deeds::any(deed)?.word(name);
    }
    let (first, last) = (path.split('/').nth(1)?, path.rsplit('/').next()?);
    let word = match (first, last) {
        ("casussen", "nieuw") => return raise::word(name),
        ("signalen", "nieuw") => return deeds::RAISE.word(name),
        ("casussen", "wegen") => weigh::word(name),
        ("vragen", _) => inbox::word(name),
        ("zoeken", _) => search::word(name),
        _ => None,
    };
    word.map(str::to_owned)
}

#[cfg(test)]
mod tests;
