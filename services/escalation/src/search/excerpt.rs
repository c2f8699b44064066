//! A piece of a text around what was found in it.

use std::ops::Range;

/// So many characters before and after are shown at most.
const BEFORE: usize = 60;
const AFTER: usize = 110;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// What stands before; begins with an ellipsis when there is more.
    pub(crate) before: String,
    /// What was found.
    pub(crate) word: String,
    /// What stands after; ends with an ellipsis when there is more.
    pub(crate) after: String,
}

impl Excerpt {
    /// The piece of a text around a place in it, from word to word and on one line.
    pub(crate) fn of(text: &str, place: &Range<usize>) -> Self {
        let (before, rest) = text.split_at_checked(place.start).unwrap_or((text, ""));
        let length = place.end.saturating_sub(place.start);
        let (word, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        Self {
            before: ending(before),
            word: word.to_owned(),
            after: beginning(after),
        }
    }
}

fn ending(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().rev().nth(BEFORE) else {
        return on_one_line(text);
    };
    let piece = &text[cut..];
    let whole = piece.split_once(char::is_whitespace);
    format!(
        "… {}",
        on_one_line(whole.map_or(piece, |(_, whole)| whole)).trim_start()
    )
}

fn beginning(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().nth(AFTER) else {
        return on_one_line(text);
    };
    let piece = &text[..cut];
    let whole = piece.rsplit_once(char::is_whitespace);
    format!(
        "{} …",
        on_one_line(whole.map_or(piece, |(whole, _)| whole)).trim_end()
    )
}

fn on_one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_shown_as_a_whole() {
        let shown = Excerpt::of("Haar toeslag\nstopt.", &(5..12));
        assert_eq!(
            (
                shown.before.as_str(),
                shown.word.as_str(),
                shown.after.as_str()
            ),
            ("Haar ", "toeslag", " stopt.")
        );
    }

    #[test]
    fn a_long_text_is_cut_between_words_and_says_so() {
        let text = format!("{}kamer{}", "één woord ".repeat(20), " nog één".repeat(40));
        let start = "één woord ".repeat(20).len();
        let shown = Excerpt::of(&text, &(start..start + 5));
        assert_eq!(shown.word, "kamer");
        assert!(
            shown.before.starts_with("… één woord") && shown.before.ends_with("woord "),
            "{}",
            shown.before
        );
        assert!(
            shown.after.starts_with(" nog één") && shown.after.ends_with(" …"),
            "{}",
            shown.after
        );
        assert!(
            shown.before.chars().count() <= BEFORE + 3 && shown.after.chars().count() <= AFTER + 2
        );
    }
}
