//! The words of a text, as they are compared: small letters without accents.

use std::ops::Range;

/// Letters with an accent, after what they are compared as.
const ACCENTS: [&str; 15] = [
    "aàáâãäåāăą",
    "cçćĉċč",
    "dďđð",
    "eèéêëēĕėęě",
    "gĝğġģ",
    "iìíîïĩīĭįı",
    "lĺļľł",
    "nñńņň",
    "oòóôõöøōŏő",
    "rŕŗř",
    "sśŝşšș",
    "tţťŧț",
    "uùúûüũūŭůűų",
    "yýÿŷ",
    "zźżž",
];
/// Words that nearly every text has, in Dutch and in English.
const COMMON: [&str; 62] = [
    "aan", "als", "bij", "dan", "dat", "de", "den", "der", "des", "deze", "die", "dit", "door",
    "een", "en", "er", "had", "heeft", "het", "hij", "ik", "in", "is", "met", "naar", "niet", "of",
    "om", "ook", "op", "te", "tot", "uit", "van", "voor", "was", "wat", "we", "wij", "wordt", "ze",
    "zij", "zijn", "zo", "a", "and", "are", "at", "by", "for", "has", "it", "not", "on", "or",
    "she", "that", "the", "they", "this", "to", "with",
];

/// Whether nearly every text has this word.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.contains(&word)
}

/// The words of a text in order, each with its place in bytes.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, c)| !c.is_alphanumeric()).is_some() {}
        let start = rest.peek()?.0;
        let (mut end, mut word) = (start, String::new());
        while let Some((at, c)) = rest.next_if(|(_, c)| c.is_alphanumeric() || is_accent(*c)) {
            end = at + c.len_utf8();
            fold(c, &mut word);
        }
        Some((start..end, word))
    })
}

/// Whether it is an accent on its own, as in decomposed Unicode.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn fold(c: char, word: &mut String) {
    for c in c.to_lowercase().filter(|c| !is_accent(*c)) {
        let plain = ACCENTS.iter().find(|letters| letters.contains(c));
        match (plain.and_then(|letters| letters.chars().next()), c) {
            (Some(plain), _) => word.push(plain),
            (None, 'ß') => word.push_str("ss"),
            (None, 'æ') => word.push_str("ae"),
            (None, 'œ') => word.push_str("oe"),
            (None, c) => word.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_stand_where_they_stood() {
        let found: Vec<_> = words("Één ‘Café’,\nnr. 12-b").collect();
        let expected = [
            (0..5, "een"),
            (9..14, "cafe"),
            (19..21, "nr"),
            (23..25, "12"),
            (26..27, "b"),
        ];
        let expected = expected.map(|(place, word)| (place, word.to_owned()));
        assert_eq!(found, expected);
    }
}
