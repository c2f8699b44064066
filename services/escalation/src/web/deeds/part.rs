//! A field of what people do: how it is filled in, and where it goes.

use screens::{Choice, Frame, Input};

use super::super::visitor::Visitor;
use super::Choices;

/// How a field is filled in, and what it becomes.
pub(in crate::web) enum Kind {
    /// One line.
    Line,
    /// So many lines.
    Lines(u8),
    /// A day.
    Day,
    /// A day and a time; a moment to the API.
    Moment,
    /// One of a list that folds out.
    List(Choices),
    /// The same, of several fields of the API: a choice `rule.x` is `x` in the field `rule`.
    Either(Choices),
    /// One of these, all in sight.
    Radios(Choices),
    /// Any of these; an array to the API.
    Checks(Choices),
    /// Yes or nothing; `true` to the API.
    Flag,
}

/// A field of a deed.
pub(in crate::web) struct Part {
    /// Its name in the form.
    pub(in crate::web) name: &'static str,
    /// Its words: `deed.<word>`, and `deed.<word>-help` where there is help.
    pub(in crate::web) word: &'static str,
    /// Where it stands in the body, as a JSON Pointer (RFC 6901); in the address, when it begins
    /// with a question mark.
    pub(in crate::web) to: &'static str,
    /// How it is filled in.
    pub(in crate::web) kind: Kind,
    /// Whether it must be.
    pub(in crate::web) required: bool,
    /// Whether there are words that help.
    pub(in crate::web) help: bool,
}

impl Part {
    pub(in crate::web) const fn must(
        name: &'static str,
        word: &'static str,
        to: &'static str,
        kind: Kind,
    ) -> Self {
        Self {
            name,
            word,
            to,
            kind,
            required: true,
            help: false,
        }
    }

    pub(in crate::web) const fn may(
        name: &'static str,
        word: &'static str,
        to: &'static str,
        kind: Kind,
    ) -> Self {
        Self {
            required: false,
            ..Self::must(name, word, to, kind)
        }
    }

    pub(in crate::web) const fn helped(self) -> Self {
        Self { help: true, ..self }
    }
}

pub(super) fn input(visitor: &Visitor, frame: &Frame, part: &Part) -> Input {
    let of = |choices: &Choices| choices.get(visitor, frame);
    match &part.kind {
        Kind::Line => Input::Line,
        Kind::Lines(rows) => Input::Lines(*rows),
        Kind::Day => Input::Day,
        Kind::Moment => Input::Moment,
        Kind::List(choices) | Kind::Either(choices) => Input::List(of(choices)),
        Kind::Radios(choices) => Input::Radios(of(choices)),
        Kind::Checks(choices) => Input::Checks(of(choices)),
        Kind::Flag => Input::Checks(vec![Choice {
            value: "ja".to_owned(),
            label: frame.t(&format!("deed.{}-yes", part.word)).to_owned(),
        }]),
    }
}
