//! Weighing a case by a method, one part at a time: what was weighed, and the part that comes next.

mod asked;

use axum::extract::{Path, Query};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use screens::{Frame, Here, Language, page};
use serde::Deserialize;
use tokio::try_join;

use super::answer::{self, Failure};
use super::api::{List, Refused, id};
use super::fields::Filled;
use super::visitor::Visitor;
use asked::Asked;
pub(super) use asked::word;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    pseudonym: String,
    own_reference: Option<String>,
    #[serde(default)]
    may_do: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Known {
    method: String,
    name: String,
    name_en: String,
    heavy: bool,
    in_order: bool,
    parts: Vec<Asks>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asks {
    part: String,
    name: String,
    name_en: String,
    asks: Option<String>,
}

#[derive(Deserialize)]
struct Assessment {
    assessment: String,
    method: Option<String>,
    passed: Option<bool>,
    parts: Vec<Recorded>,
    missing: Vec<String>,
    reason: Option<String>,
}

#[derive(Deserialize)]
struct Recorded {
    part: String,
    score: Option<u8>,
    sufficient: Option<bool>,
    count: Option<u32>,
    text: Option<String>,
}

/// Which part the reader wants to fill in, and what was just done.
#[derive(Deserialize, Default)]
pub(super) struct Wanted {
    methode: Option<String>,
    afweging: Option<String>,
    deel: Option<String>,
    gedaan: Option<String>,
}

/// Everything that the API tells of the weighings of a case.
struct Told {
    address: String,
    case: Case,
    methods: Vec<Known>,
    weighings: Vec<Assessment>,
}

impl Known {
    fn called(&self, language: Language) -> &str {
        match language {
            Language::Dutch => &self.name,
            Language::English => &self.name_en,
        }
    }

    fn part(&self, part: &str) -> Option<&Asks> {
        self.parts.iter().find(|known| known.part == part)
    }
}

impl Asks {
    fn called(&self, language: Language) -> &str {
        match language {
            Language::Dutch => &self.name,
            Language::English => &self.name_en,
        }
    }
}

impl Told {
    async fn read(visitor: &Visitor, name: &str) -> Result<Self, Failure> {
        let (case, weighings) = (
            format!("/v1/cases/{name}"),
            format!("/v1/cases/{name}/assessments?pageSize=100"),
        );
        let (case, weighings, methods): (Case, List<Assessment>, List<Known>) = try_join!(
            visitor.read(&case),
            visitor.list(&weighings),
            visitor.read("/v1/methods"),
        )?;
        Ok(Self {
            address: format!("/casussen/{name}"),
            case,
            methods: methods.items,
            weighings: weighings.items,
        })
    }

    fn method(&self, method: &str) -> Option<&Known> {
        self.methods.iter().find(|known| known.method == method)
    }

    /// The part that is wanted, or that comes next in the weighing that was begun last.
    fn asked(&self, wanted: &Wanted) -> Option<Asked<'_>> {
        if !self.case.may_do.iter().any(|may| may == "RecordAssessment") {
            return None;
        }
        if let (None, Some(method)) = (&wanted.afweging, &wanted.methode) {
            let method = self.method(method)?;
            return Some(Asked {
                method,
                part: method.parts.first()?,
                assessment: None,
            });
        }
        let mut open = self.weighings.iter().rev();
        let weighing = open.find(|one| match &wanted.afweging {
            Some(wanted) => one.assessment == *wanted,
            None => !one.missing.is_empty(),
        })?;
        let method = self.method(weighing.method.as_deref()?)?;
        let is_open = |part: &&String| weighing.missing.contains(part);
        let part = wanted.deel.as_ref().filter(is_open);
        let part = part.filter(|_| !method.in_order);
        let part = method.part(part.or(weighing.missing.first())?)?;
        Some(Asked {
            method,
            part,
            assessment: Some(&weighing.assessment),
        })
    }

    /// The page, with the form of that part.
    fn page(&self, frame: Frame, wanted: &Wanted) -> page::Weigh {
        let language = frame.language;
        let form = self.asked(wanted);
        let methods = self.methods.iter();
        let may = self.case.may_do.iter().any(|may| may == "RecordAssessment");
        let methods = methods.filter(|_| may).map(|method| page::MethodLine {
            name: method.called(language).to_owned(),
            href: format!("{}/wegen?methode={}", self.address, method.method),
            heavy: method.heavy,
        });
        let weighings = self.weighings.iter();
        page::Weigh {
            done: None,
            refusal: None,
            number: match &self.case.own_reference {
                Some(reference) => reference.clone(),
                None => self.case.pseudonym.clone(),
            },
            weighings: weighings
                .filter_map(|one| self.weighing(one, (language, may)))
                .collect(),
            methods: methods.collect(),
            form: form.map(|asked| asked.form(&frame)),
            case: self.address.clone(),
            frame,
        }
    }

    fn weighing(
        &self,
        one: &Assessment,
        (language, may): (Language, bool),
    ) -> Option<page::Weighing> {
        let method = self.method(one.method.as_deref()?)?;
        let called = |part: &str| {
            let known = method.part(part);
            known.map_or_else(
                || part.to_owned(),
                |known| known.called(language).to_owned(),
            )
        };
        let missing = one.missing.iter().enumerate().map(|(index, part)| {
            let next = may && (index == 0 || !method.in_order);
            let href = format!(
                "{}/wegen?afweging={}&deel={part}",
                self.address, one.assessment
            );
            (called(part), next.then_some(href))
        });
        Some(page::Weighing {
            method: method.called(language).to_owned(),
            passed: one.passed,
            reason: one.reason.clone(),
            missing: missing.collect(),
            parts: one
                .parts
                .iter()
                .map(|part| page::PartLine {
                    name: called(&part.part),
                    score: part.score,
                    sufficient: part.sufficient,
                    count: part.count,
                    text: part.text.clone(),
                })
                .collect(),
        })
    }
}

/// What was weighed in a case, the first begun first.
///
/// # Errors
/// As [`Visitor::read`].
pub(super) async fn weighed(
    visitor: &Visitor,
    name: &str,
    frame: &Frame,
) -> Result<Vec<page::Weighing>, Failure> {
    let told = Told::read(visitor, name).await?;
    Ok(told.page(frame.clone(), &Wanted::default()).weighings)
}

/// `GET /casussen/{case}/wegen`.
pub(super) async fn show(
    visitor: Visitor,
    Path(name): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let told = Told::read(&visitor, id(&name)?).await?;
    let mut page = told.page(visitor.frame(Here::Elsewhere), &wanted);
    let done = wanted.gedaan.as_ref();
    page.done = done.map(|_| page.frame.t("weigh.done").to_owned());
    answer::page(&page)
}

/// `POST /casussen/{case}/wegen`: records the part.
pub(super) async fn record(
    visitor: Visitor,
    Path(name): Path<String>,
    filled: Filled,
) -> Result<Response, Failure> {
    let name = id(&name)?;
    let told = Told::read(&visitor, name).await?;
    let given = |field: &str| Some(filled.get(field).to_owned()).filter(|it| !it.is_empty());
    let wanted = Wanted {
        methode: given("methode"),
        afweging: given("afweging"),
        deel: given("deel"),
        gedaan: None,
    };
    let asked = told.asked(&wanted).ok_or(Failure::MISSING)?;
    let (wrong, refused) = match asked.body(&filled) {
        Err(wrong) => (wrong, None),
        Ok(body) => {
            let path = format!("/v1/cases/{name}/assessments");
            let done = visitor
                .act(Method::POST, &path, &filled.token, &body)
                .await?;
            match done {
                Ok(written) => {
                    let weighing = written["assessment"].as_str().unwrap_or_default();
                    let to = format!("/casussen/{name}/wegen?gedaan=wegen&afweging={weighing}");
                    return Ok(Redirect::to(&to).into_response());
                }
                Err(refused) if matches!(refused.status.as_u16(), 403 | 404) => {
                    return Err(Failure::Status(refused.status));
                }
                Err(refused) => blamed(refused),
            }
        }
    };
    let mut page = told.page(visitor.frame(Here::Elsewhere), &wanted);
    for field in page.form.iter_mut().flat_map(|form| &mut form.fields) {
        field.value = filled.get(field.name).to_owned();
        let found = wrong.iter().find(|(name, _)| *name == field.name);
        field.error = found.map(|(_, key)| page.frame.t(key).to_owned());
    }
    page.refusal = refused.map(|code| page.frame.refusal(&code).to_owned());
    answer::wrong(&page)
}

/// The field that the API finds something wrong with, or its code when none is to blame.
fn blamed(refused: Refused) -> (Vec<(&'static str, &'static str)>, Option<String>) {
    tracing::info!(code = refused.code, "a part of a weighing was refused");
    let mut fields = [
        ("/text", "tekst", "deed.unfit"),
        ("/score", "cijfer", "deed.unfit"),
        ("/reason", "reden", "weigh.reason-wrong"),
    ]
    .into_iter();
    let found = fields.find(|(place, ..)| refused.fields.iter().any(|it| it == place));
    match found {
        Some((_, field, key)) => (vec![(field, key)], None),
        None => (Vec::new(), Some(refused.code)),
    }
}
