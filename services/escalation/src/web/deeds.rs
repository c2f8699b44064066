//! What people can do on a screen, each as a table: where it is sent, what is filled in, and which
//! field of the API that becomes. One way for all of them to a form, to a body, and from what the
//! API refuses back to the field that is to blame.

mod choices;
mod of_case;
mod of_citizen;
mod of_sharing;
mod of_table;

use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::DateTime;
use screens::page::Deed;
use screens::{Choice, Field, Frame, Input, ZONE};
use serde_json::{Map, Value};

use super::answer::Failure;
use super::api::{Refused, id};
use super::fields::Filled;
use super::visitor::Visitor;

pub(super) use choices::{Choices, Group, bases};
pub(super) use of_case::OF_CASE;
pub(super) use of_citizen::{OF_CITIZEN, WITHDRAWAL};
pub(super) use of_sharing::CHECK;
pub(super) use of_table::OF_TABLE;

/// How a field is filled in, and what it becomes.
pub(super) enum Kind {
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
    /// One of these, all in sight.
    Radios(Choices),
    /// Any of these; an array to the API.
    Checks(Choices),
    /// Yes or nothing; `true` to the API.
    Flag,
}

/// A field of a deed.
pub(super) struct Part {
    /// Its name in the form.
    pub(super) name: &'static str,
    /// Its words: `deed.<word>`, and `deed.<word>-help` where there is help.
    pub(super) word: &'static str,
    /// Where it stands in the body, as a JSON Pointer (RFC 6901).
    pub(super) to: &'static str,
    /// How it is filled in.
    pub(super) kind: Kind,
    /// Whether it must be.
    pub(super) required: bool,
    /// Whether there are words that help.
    pub(super) help: bool,
}

impl Part {
    pub(super) const fn must(
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

    pub(super) const fn may(
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

    pub(super) const fn helped(self) -> Self {
        Self { help: true, ..self }
    }
}

/// Something that people can do.
pub(super) struct Spec {
    /// Its name in the address that its form is sent to, and of its words.
    pub(super) name: &'static str,
    /// Where it goes in the API; `{over}` is what the form is about.
    pub(super) path: &'static str,
    /// What the body says whatever is filled in, as JSON Pointers; `{over}` is what the form is
    /// about, `{true}` is no text but yes.
    pub(super) says: &'static [(&'static str, &'static str)],
    /// What is filled in.
    pub(super) parts: &'static [Part],
    /// Whether there are words to read first: `deed.<name>-lead`.
    pub(super) lead: bool,
}

/// Deeds with a quiet button: another is what people come for.
const SECOND: [&str; 5] = [
    "gezien",
    "agenderen",
    "verschonen",
    "geen-obstakel",
    "intrekken",
];

/// What is wrong with what was filled in: the field's name and the key of the words.
pub(super) type Wrong = Vec<(&'static str, &'static str)>;

impl Spec {
    /// The form, about one thing (`over`) or about the page's own subject.
    pub(super) fn deed(
        &self,
        visitor: &Visitor,
        frame: &Frame,
        (address, over): (&str, Option<&str>),
    ) -> Deed {
        let id = match over {
            Some(over) => format!("{}-{over}", self.name),
            None => self.name.to_owned(),
        };
        let field = |part: &Part| Field {
            id: format!("{id}-{}", part.name),
            name: part.name,
            label: frame.t(&format!("deed.{}", part.word)).to_owned(),
            help: part
                .help
                .then(|| frame.t(&format!("deed.{}-help", part.word)).to_owned()),
            error: None,
            value: String::new(),
            required: part.required,
            input: input(visitor, frame, part),
        };
        Deed {
            fields: self.parts.iter().map(field).collect(),
            action: format!("{address}/doen/{}", self.name),
            about: over.map(str::to_owned),
            back: None,
            title: frame.t(&format!("deed.{}", self.name)).to_owned(),
            lead: self
                .lead
                .then(|| frame.t(&format!("deed.{}-lead", self.name)).to_owned()),
            send: frame.t("deed.send").to_owned(),
            second: SECOND.contains(&self.name),
            open: false,
            id,
        }
    }

    /// What can be seen to be wrong before anybody is asked.
    fn wrong(&self, filled: &Filled) -> Wrong {
        let missing = |part: &&Part| part.required && filled.get(part.name).is_empty();
        let parts = self.parts.iter().filter(missing);
        parts.map(|part| (part.name, "deed.missing")).collect()
    }

    /// What is sent to the API.
    fn body(&self, filled: &Filled) -> Value {
        let mut body = Value::Object(Map::new());
        for (to, says) in self.says {
            let says = match *says {
                "{over}" => Value::from(filled.get("over")),
                "{true}" => Value::from(true),
                says => Value::from(says),
            };
            put(&mut body, to, says);
        }
        for part in self.parts {
            let given = filled.get(part.name);
            if given.is_empty() {
                continue;
            }
            let value = match part.kind {
                Kind::Checks(_) => Value::from(filled.all(part.name)),
                Kind::Flag => Value::from(true),
                Kind::Moment => Value::from(moment(given)),
                Kind::Line | Kind::Lines(_) | Kind::Day | Kind::List(_) | Kind::Radios(_) => {
                    Value::from(given)
                }
            };
            put(&mut body, part.to, value);
        }
        body
    }

    /// The fields that the API finds something wrong with.
    fn blamed(&self, refused: &Refused) -> Wrong {
        let mut blamed = Wrong::new();
        for place in &refused.fields {
            let fits = self.parts.iter().filter(|part| place.starts_with(part.to));
            if let Some(part) = fits.max_by_key(|part| part.to.len())
                && !blamed.iter().any(|(name, _)| *name == part.name)
            {
                blamed.push((part.name, "deed.unfit"));
            }
        }
        blamed
    }

    /// Carries it out.
    ///
    /// # Errors
    /// [`Failure`] when the reader may not, or the service fails; what is wrong with the form is an
    /// answer.
    pub(super) async fn carry_out(
        &self,
        visitor: &Visitor,
        (path, filled): (&str, &Filled),
    ) -> Result<Result<Value, Mistake>, Failure> {
        let wrong = self.wrong(filled);
        if !wrong.is_empty() {
            return Ok(Err(Mistake {
                fields: wrong,
                refusal: None,
            }));
        }
        let path = match path.contains("{over}") {
            true => path.replace("{over}", id(filled.get("over"))?),
            false => path.to_owned(),
        };
        let body = self.body(filled);
        let done = visitor
            .act(Method::POST, &path, &filled.token, &body)
            .await?;
        match done {
            Ok(written) => Ok(Ok(written)),
            Err(refused) if matches!(refused.status.as_u16(), 403 | 404) => {
                Err(Failure::Status(refused.status))
            }
            Err(refused) => {
                tracing::info!(code = refused.code, deed = self.name, "was refused");
                let fields = self.blamed(&refused);
                let refusal = fields.is_empty().then_some(refused.code);
                Ok(Err(Mistake { fields, refusal }))
            }
        }
    }

    /// Marks in a page's deeds what is wrong, and keeps what was filled in.
    pub(super) fn again(
        &self,
        deeds: &mut [Deed],
        (frame, filled): (&Frame, &Filled),
        wrong: &Wrong,
    ) {
        let over = filled.get("over");
        let about = |deed: &Deed| deed.about.as_deref().unwrap_or_default() == over;
        let ours = format!("/doen/{}", self.name);
        let found = deeds
            .iter_mut()
            .find(|deed| deed.action.ends_with(&ours) && about(deed));
        let Some(deed) = found else { return };
        deed.open = true;
        for field in &mut deed.fields {
            field.value = filled.all(field.name).join(",");
            let found = wrong.iter().find(|(name, _)| *name == field.name);
            field.error = found.map(|(_, key)| frame.t(key).to_owned());
        }
    }
}

/// Why a deed was not done.
pub(super) struct Mistake {
    /// The fields to blame.
    pub(super) fields: Wrong,
    /// The code of the refusal, when no field is to blame.
    pub(super) refusal: Option<String>,
}

impl Mistake {
    /// What to say on top of the page, when no field says it.
    pub(super) fn says(&self, frame: &Frame) -> Option<String> {
        let code = self.refusal.as_ref()?;
        Some(frame.refusal(code).to_owned())
    }
}

/// The deed of this name.
///
/// # Errors
/// [`Failure::MISSING`].
pub(super) fn named(specs: &'static [Spec], name: &str) -> Result<&'static Spec, Failure> {
    let mut specs = specs.iter();
    specs.find(|spec| spec.name == name).ok_or(Failure::MISSING)
}

/// On to the page where the reader came from, which says what was done.
pub(super) fn onwards(to: &str, done: &str) -> Response {
    Redirect::to(&format!("{to}?gedaan={done}")).into_response()
}

fn input(visitor: &Visitor, frame: &Frame, part: &Part) -> Input {
    let of = |choices: &Choices| choices.get(visitor, frame);
    match &part.kind {
        Kind::Line => Input::Line,
        Kind::Lines(rows) => Input::Lines(*rows),
        Kind::Day => Input::Day,
        Kind::Moment => Input::Moment,
        Kind::List(choices) => Input::List(of(choices)),
        Kind::Radios(choices) => Input::Radios(of(choices)),
        Kind::Checks(choices) => Input::Checks(of(choices)),
        Kind::Flag => Input::Checks(vec![Choice {
            value: "ja".to_owned(),
            label: frame.t(&format!("deed.{}-yes", part.word)).to_owned(),
        }]),
    }
}

/// A moment on Dutch clocks, as the API writes it; what was typed when it is none, for the API to
/// refuse.
fn moment(typed: &str) -> String {
    let read = typed.parse::<DateTime>().ok();
    let zoned = read.and_then(|moment| moment.in_tz(ZONE).ok());
    zoned.map_or_else(|| typed.to_owned(), |zoned| zoned.timestamp().to_string())
}

/// Puts a value where a JSON Pointer says, making the objects on the way.
fn put(body: &mut Value, pointer: &str, value: Value) {
    let mut place = body;
    for name in pointer.split('/').skip(1) {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        place = &mut place[name];
    }
    *place = value;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    #[test]
    fn every_deed_has_all_its_words_and_a_name_of_its_own() {
        let mut asked = BTreeSet::new();
        let mut names = BTreeSet::new();
        let all = OF_CASE.iter().chain(OF_TABLE).chain(OF_CITIZEN);
        for spec in all.chain([&WITHDRAWAL, &CHECK]) {
            assert!(names.insert(spec.name), "{} is there twice", spec.name);
            asked.insert(format!("deed.{}", spec.name));
            asked.insert(format!("deed.{}-done", spec.name));
            if spec.lead {
                asked.insert(format!("deed.{}-lead", spec.name));
            }
            for part in spec.parts {
                asked.insert(format!("deed.{}", part.word));
                if part.help {
                    asked.insert(format!("deed.{}-help", part.word));
                }
                if matches!(part.kind, Kind::Flag) {
                    asked.insert(format!("deed.{}-yes", part.word));
                }
            }
        }
        let known = screens::catalogue();
        let missing: Vec<_> = asked
            .iter()
            .filter(|key| !known.contains_key(*key))
            .collect();
        assert!(missing.is_empty(), "nobody wrote {missing:?}");
    }

    #[test]
    fn a_body_is_made_of_pointers() {
        let mut body = json!({});
        put(&mut body, "/receiver/organisation", json!("1"));
        put(&mut body, "/receiver/role", json!("case_director"));
        put(&mut body, "/text", json!("x"));
        let receiver = json!({"organisation": "1", "role": "case_director"});
        assert_eq!(body, json!({"receiver": receiver, "text": "x"}));
    }

    #[test]
    fn a_moment_is_on_dutch_clocks() {
        assert_eq!(moment("2026-11-25T10:00"), "2026-11-25T09:00:00Z");
        assert_eq!(moment("2026-07-01T10:00"), "2026-07-01T08:00:00Z");
        assert_eq!(moment("soon"), "soon");
    }
}
