//! What people can do on a screen, each as a table: where it is sent, what is filled in, and which
//! field of the API that becomes. One way for all of them to a form, to a body, and from what the
//! API refuses back to the field that is to blame.

mod choices;
mod of_advice;
mod of_case;
mod of_citizen;
mod of_inbox;
mod of_office;
mod of_own;
mod of_sharing;
mod of_signal;
mod of_table;
mod part;

use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::DateTime;
use screens::page::Deed;
use screens::{Field, Frame, ZONE};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::answer::Failure;
use super::api::{Refused, id};
use super::fields::Filled;
use super::visitor::Visitor;
use crate::person_free::Kind as Found;

pub(super) use choices::{Choices, Group, bases};
pub(super) use of_advice::{ASK, GIVE};
pub(super) use of_case::OF_CASE;
pub(super) use of_citizen::{LINK, OF_CITIZEN, WITHDRAWAL};
pub(super) use of_inbox::GIVE_BACK;
pub(super) use of_office::{LIFT, OF_OFFICE, PROOF, REPLAY, SEARCH};
pub(super) use of_own::OF_OWN;
pub(super) use of_sharing::CHECK;
pub(super) use of_signal::{OF_SIGNAL, RAISE};
pub(super) use of_table::OF_TABLE;
pub(super) use part::{Kind, Part};

/// Something that people can do.
pub(super) struct Spec {
    /// Its name in the address that its form is sent to, and of its words.
    pub(super) name: &'static str,
    /// Where it goes in the API; `{over}` is what the form is about.
    pub(super) path: &'static str,
    /// What the body says whatever is filled in, as JSON Pointers; `{over}` is what the form is
    /// about, `{true}` is no text but yes, and `{false}` is no.
    pub(super) says: &'static [(&'static str, &'static str)],
    /// What is filled in.
    pub(super) parts: &'static [Part],
    /// Whether there are words to read first: `deed.<name>-lead`.
    pub(super) lead: bool,
}

/// Deeds with a quiet button: another is what people come for.
const SECOND: [&str; 7] = [
    "gezien",
    "agenderen",
    "verschonen",
    "geen-obstakel",
    "intrekken",
    "vrijgeven",
    "weer-terug",
];

/// Deeds that put something in a place or take it away; every other is posted.
const OTHERWISE: [(&str, Method); 4] = [
    ("afwezig", Method::PUT),
    ("weer-terug", Method::DELETE),
    ("van-agenda", Method::DELETE),
    ("vrijgeven", Method::DELETE),
];

/// What a text that should name nobody can hold, with the words for it.
const PERSONAL: [(Found, &str); 5] = [
    (Found::PersonNumber, "deed.personal-number"),
    (Found::Email, "deed.personal-email"),
    (Found::Phone, "deed.personal-phone"),
    (Found::Address, "deed.personal-address"),
    (Found::Date, "deed.personal-date"),
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
            input: part::input(visitor, frame, part),
        };
        Deed {
            fields: self.parts.iter().map(field).collect(),
            action: format!("{address}/doen/{}", self.name),
            about: over.map(str::to_owned),
            title: frame.t(&format!("deed.{}", self.name)).to_owned(),
            lead: self
                .lead
                .then(|| frame.t(&format!("deed.{}-lead", self.name)).to_owned()),
            send: frame
                .known(&format!("deed.{}-send", self.name))
                .unwrap_or(frame.t("deed.send"))
                .to_owned(),
            second: SECOND.contains(&self.name),
            open: false,
            id,
        }
    }

    /// The key of the words of the field of this name.
    pub(super) fn word(&self, name: &str) -> Option<String> {
        let part = self.parts.iter().find(|part| part.name == name)?;
        Some(format!("deed.{}", part.word))
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
                "{false}" => Value::from(false),
                says => Value::from(says),
            };
            put(&mut body, to, says);
        }
        for part in self.parts {
            let given = filled.get(part.name);
            if given.is_empty() || part.to.is_empty() || part.to.starts_with('?') {
                continue;
            }
            if let (Kind::Either(_), Some((field, value))) = (&part.kind, given.split_once('.')) {
                put(&mut body, &format!("/{field}"), Value::from(value));
                continue;
            }
            let value = match part.kind {
                Kind::Checks(_) => Value::from(filled.all(part.name)),
                Kind::Flag => Value::from(true),
                Kind::Moment => Value::from(moment(given)),
                Kind::Line
                | Kind::Lines(_)
                | Kind::Day
                | Kind::List(_)
                | Kind::Either(_)
                | Kind::Radios(_) => Value::from(given),
            };
            put(&mut body, part.to, value);
        }
        body
    }

    /// The address with what stands in its query.
    ///
    /// # Errors
    /// [`Failure::MISSING`] when something was sent that is no code.
    fn asked(&self, path: String, filled: &Filled) -> Result<String, Failure> {
        let mut path = path;
        for part in self.parts.iter().filter(|part| part.to.starts_with('?')) {
            path = format!("{path}{}={}", part.to, id(filled.get(part.name))?);
        }
        Ok(path)
    }

    /// The fields that the API finds something wrong with.
    fn blamed(&self, refused: &Refused) -> Wrong {
        let mut blamed = Wrong::new();
        for place in &refused.fields {
            let of_body = self.parts.iter().filter(|part| !part.to.is_empty());
            let fits = of_body.filter(|part| place.starts_with(part.to));
            if let Some(part) = fits.max_by_key(|part| part.to.len())
                && !blamed.iter().any(|(name, _)| *name == part.name)
            {
                blamed.push((part.name, why(refused, place)));
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
        let path = self.asked(path, filled)?;
        let body = self.body(filled);
        let other = OTHERWISE.iter().find(|(name, _)| *name == self.name);
        let method = other.map_or(Method::POST, |(_, method)| method.clone());
        let done = visitor.act(method, &path, &filled.token, &body).await?;
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
        let typed = self.parts.iter().any(|part| part.name == "over");
        let about = |deed: &Deed| match &deed.about {
            Some(about) => about == over,
            None => typed || over.is_empty(),
        };
        let ours = format!("/doen/{}", self.name);
        let found = deeds
            .iter_mut()
            .find(|deed| deed.action.ends_with(&ours) && about(deed));
        if let Some(deed) = found {
            self.fill(deed, (frame, filled), wrong);
        }
    }

    /// The same in one deed.
    pub(super) fn fill(&self, deed: &mut Deed, (frame, filled): (&Frame, &Filled), wrong: &Wrong) {
        deed.open = true;
        for field in &mut deed.fields {
            field.value = filled.all(field.name).join(",");
            let found = wrong.iter().find(|(name, _)| *name == field.name);
            field.error = found.map(|(_, key)| frame.t(key).to_owned());
        }
    }
}

/// The deed of this name, on whatever page.
pub(super) fn any(name: &str) -> Option<&'static Spec> {
    all().find(|spec| spec.name == name)
}

/// Every deed there is.
fn all() -> impl Iterator<Item = &'static Spec> {
    let lists = [OF_CASE, OF_TABLE, OF_CITIZEN, OF_SIGNAL, OF_OWN, OF_OFFICE];
    let alone = [
        &WITHDRAWAL,
        &CHECK,
        &RAISE,
        &REPLAY,
        &SEARCH,
        &PROOF,
        &GIVE_BACK,
        &ASK,
        &GIVE,
        &LINK,
        &LIFT,
    ];
    lists.into_iter().flatten().chain(alone)
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

/// What was just done, when the reader comes from a form.
#[derive(Deserialize)]
pub(super) struct Coming {
    /// The name of the deed.
    pub(super) gedaan: Option<String>,
}

impl Coming {
    /// What to say of it on top of the page.
    pub(super) fn says(&self, frame: &Frame) -> Option<String> {
        let done = self.gedaan.as_deref()?;
        frame.known(&format!("deed.{done}-done")).map(str::to_owned)
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

/// The words for what is wrong at a place: what of a person stands there, that nothing stands there
/// or too much, or that it does not fit.
pub(super) fn why(refused: &Refused, place: &str) -> &'static str {
    let reason = refused.reason(place);
    let found = PERSONAL
        .iter()
        .find(|(kind, _)| reason.contains(kind.as_str()));
    found.map_or_else(
        || match reason {
            "is required" => "deed.missing",
            reason if reason.starts_with("is shorter than ") => "deed.missing",
            reason if reason.starts_with("is longer than ") => "deed.too-long",
            _ => "deed.unfit",
        },
        |(_, key)| *key,
    )
}

/// On to the page where the reader came from, which says what was done.
pub(super) fn onwards(to: &str, done: &str) -> Response {
    Redirect::to(&format!("{to}?gedaan={done}")).into_response()
}

/// A moment on Dutch clocks, as the API writes it; what was typed when it is none, for the API to
/// refuse.
pub(super) fn moment(typed: &str) -> String {
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
mod tests;
