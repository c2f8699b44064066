//! Whether a text that goes to an organisation outside the case is free of what points at a
//! person (domain, rows K6 and K8: no person data accepted). It finds what has a form: a person
//! number, an address by e-mail, a phone number, a postcode with a house number, a full date. A
//! name has none; the screens ask the writer to leave names out.

mod dates;

#[cfg(test)]
mod tests;

use proto::Bsn;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Nine digits that pass the eleven-test of a BSN.
    PersonNumber,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A postcode with a house number.
    Address,
    /// A full date: it may be somebody's birth date. A month and a year say enough.
    Date,
}

impl Kind {
    /// What it is, in a sentence.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PersonNumber => "a number that may be a person number",
            Self::Email => "an e-mail address",
            Self::Phone => "a phone number",
            Self::Address => "a postcode with a house number",
            Self::Date => "a full date",
        }
    }
}

/// What was found, and where. Never the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// At which character it begins, counted from 1.
    pub at: usize,
    /// What it is.
    pub kind: Kind,
}

/// Everything in a text that points at a person, in its order; nothing when it is free of that.
pub fn check(text: &str) -> Vec<Found> {
    let characters: Vec<char> = text.chars().collect();
    let mut found = numbers(&characters);
    found.extend(emails(&characters));
    found.extend(addresses(&characters));
    found.extend(dates::dates(&characters).map(|at| Found {
        at,
        kind: Kind::Date,
    }));
    found.sort_unstable();
    found
}

/// The characters that people put between the digits of one number.
const BETWEEN: [char; 6] = [' ', '.', '-', '/', '\u{a0}', '\u{2011}'];

/// The most characters that a house number stands away from its postcode.
const NEAR: usize = 4;

fn found(index: usize, kind: Kind) -> Found {
    Found {
        at: index + 1,
        kind,
    }
}

/// Person numbers and phone numbers: runs of digits, with what people put in between.
fn numbers(text: &[char]) -> Vec<Found> {
    let mut all = Vec::new();
    let mut index = 0;
    while index < text.len() {
        if !starts_number(text, index) {
            index += 1;
            continue;
        }
        let (digits, end) = run(text, index);
        if is_phone(text, index, &digits) {
            all.push(found(index, Kind::Phone));
        } else if Bsn::is_valid(&digits) {
            all.push(found(index, Kind::PersonNumber));
        }
        index = end;
    }
    all
}

fn starts_number(text: &[char], index: usize) -> bool {
    let glued = index > 0 && text[index - 1].is_alphanumeric();
    !glued && text[index].is_ascii_digit()
}

/// The digits of a run, and the index after it. At most three characters of those that people put
/// between them stand between two digits: `030 - 123`.
fn run(text: &[char], start: usize) -> (String, usize) {
    let mut digits = String::new();
    let mut end = start;
    let mut index = start;
    let mut gap = 0;
    while let Some(character) = text.get(index) {
        if character.is_ascii_digit() {
            digits.push(*character);
            gap = 0;
            end = index + 1;
        } else if gap < 3 && (BETWEEN.contains(character) || ['(', ')'].contains(character)) {
            gap += 1;
        } else {
            break;
        }
        index += 1;
    }
    (digits, end)
}

/// A Dutch number with its leading zero, or any number with a country in front.
fn is_phone(text: &[char], start: usize, digits: &str) -> bool {
    let plus = text[..start]
        .iter()
        .rev()
        .find(|character| !['(', ' '].contains(character))
        == Some(&'+');
    let abroad = digits.starts_with("00") && (11..=15).contains(&digits.len());
    let dutch = digits.starts_with('0') && !digits.starts_with("00") && digits.len() == 10;
    dutch || abroad || (plus && (9..=15).contains(&digits.len()))
}

fn emails(text: &[char]) -> Vec<Found> {
    let local = |c: &char| c.is_alphanumeric() || "._%+-".contains(*c);
    let domain = |c: &char| c.is_alphanumeric() || ".-".contains(*c);
    let mut all = Vec::new();
    for (index, character) in text.iter().enumerate() {
        if *character != '@' {
            continue;
        }
        let before = text[..index].iter().rev().take_while(|c| local(c)).count();
        let after: String = text[index + 1..].iter().take_while(|c| domain(c)).collect();
        let has_dot = after
            .trim_end_matches('.')
            .split_once('.')
            .is_some_and(|(host, rest)| !host.is_empty() && !rest.is_empty());
        if before > 0 && has_dot {
            all.push(found(index - before, Kind::Email));
        }
    }
    all
}

/// A postcode (four digits, two letters) with a number just before or just after it.
fn addresses(text: &[char]) -> Vec<Found> {
    let mut all = Vec::new();
    for start in 0..text.len() {
        let Some(end) = postcode(text, start) else {
            continue;
        };
        let is_near = |c: &&char| [' ', ',', '\n', '\u{a0}', '.'].contains(*c);
        let skip_town = &text[end..];
        let gap = skip_town.iter().take_while(is_near).count();
        let number_after = gap <= NEAR && skip_town.get(gap).is_some_and(char::is_ascii_digit);
        if number_after || number_before(&text[..start]) {
            all.push(found(start, Kind::Address));
        }
    }
    all
}

/// The index after a postcode that begins here.
fn postcode(text: &[char], start: usize) -> Option<usize> {
    let glued = start > 0 && text[start - 1].is_alphanumeric();
    let digits = text.get(start..start + 4)?;
    let shaped = digits[0] != '0' && digits.iter().all(char::is_ascii_digit);
    if glued || !shaped {
        return None;
    }
    let blank = text
        .get(start + 4)
        .is_some_and(|c| [' ', '\u{a0}'].contains(c));
    let letters = start + 4 + usize::from(blank);
    let pair = text.get(letters..letters + 2)?;
    let alone = !text.get(letters + 2).is_some_and(|c| c.is_alphanumeric());
    // Two small letters after a blank are a word: "1000 en".
    let cased = pair.iter().all(char::is_ascii_uppercase)
        || (!blank && pair.iter().all(char::is_ascii_lowercase));
    (alone && cased).then_some(letters + 2)
}

/// A house number, with its addition, just before a postcode: `12`, `12a`, `12-2`, `12 bis`.
fn number_before(text: &[char]) -> bool {
    let line: String = text.iter().collect();
    let line = line.trim_end_matches([' ', ',', '\n', '\u{a0}', '.']);
    if text.len() - line.chars().count() > NEAR {
        return false;
    }
    let mut words = line.rsplit([' ', '\n', '\u{a0}']);
    let begins = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let last = words.next().unwrap_or_default();
    let addition = ["bis", "hs", "huis", "rood", "zwart"].contains(&last)
        || (last.chars().count() == 1 && last.chars().all(char::is_alphabetic));
    begins(last) || (addition && words.next().is_some_and(begins))
}
