//! Asking for a higher rung: what that rung asks is given or explained, and skipping one says why.

use std::collections::BTreeSet;

use axum::extract::{Path, Query};
use axum::http::Method;
use axum::response::Response;
use ladder::{Organisation, Rung, RungId};
use screens::{Choice, Field, Frame, Here, Input, page};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::try_join;

use super::answer::{self, Failure};
use super::api::{Refused, id};
use super::deeds::{bases, onwards};
use super::fields::Filled;
use super::visitor::Visitor;

/// The names of the fields for items of evidence, and for saying that one is not there. A rung that
/// asks more than these would ask too much.
const ITEMS: [(&str, &str); 10] = [
    ("stuk-1", "ontbreekt-1"),
    ("stuk-2", "ontbreekt-2"),
    ("stuk-3", "ontbreekt-3"),
    ("stuk-4", "ontbreekt-4"),
    ("stuk-5", "ontbreekt-5"),
    ("stuk-6", "ontbreekt-6"),
    ("stuk-7", "ontbreekt-7"),
    ("stuk-8", "ontbreekt-8"),
    ("stuk-9", "ontbreekt-9"),
    ("stuk-10", "ontbreekt-10"),
];
/// Why a rung that has a body is passed over.
const SKIPS: [&str; 4] = [
    "no_competent_body",
    "beyond_its_power",
    "urgency",
    "tried_before",
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    pseudonym: String,
    own_reference: Option<String>,
    rung: Option<String>,
    owner: Option<String>,
    theme: Option<String>,
    region: Option<String>,
    citizens_words: Option<String>,
    perspective: Option<String>,
    #[serde(default)]
    tried_provisions: Vec<String>,
}

#[derive(Deserialize)]
struct Asked {
    status: String,
    #[serde(default)]
    evidence: Vec<Given>,
    missing: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Given {
    item: String,
}

/// Which rung.
#[derive(Deserialize)]
pub(super) struct Wanted {
    trede: Option<String>,
}

/// A rung to ask, and what it asks of this case.
struct Plan {
    page: page::Climb,
    /// The items, in the order of their fields, and whether each must be filled in.
    items: Vec<(String, bool)>,
}

/// `GET /casussen/{case}/hoger`.
pub(super) async fn show(
    visitor: Visitor,
    Path(name): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let plan = plan(&visitor, &name, wanted.trede.as_deref()).await?;
    answer::page(&plan.page)
}

async fn plan(visitor: &Visitor, name: &str, wanted: Option<&str>) -> Result<Plan, Failure> {
    let name = id(name)?;
    let (case, asked) = (
        format!("/v1/cases/{name}"),
        format!("/v1/cases/{name}/escalations?pageSize=100"),
    );
    let (case, asked) = try_join!(visitor.read::<Case>(&case), visitor.list::<Asked>(&asked))?;
    let frame = visitor.frame(Here::Elsewhere);
    let reachable = reachable(visitor, &case);
    let chosen = reachable
        .iter()
        .position(|(rung, _)| Some(rung.id.as_str()) == wanted)
        .unwrap_or_default();
    let items = reachable
        .get(chosen)
        .map(|(rung, _)| items(visitor, rung, &case, &asked.items))
        .unwrap_or_default();
    let skipped = reachable.iter().take(chosen);
    let own = visitor.session()?.organisation.as_str().to_owned();
    let outside = reachable.get(chosen).is_some_and(|(rung, body)| {
        let admitting = rung.admission.as_ref();
        let admitting = admitting.and_then(|admission| admission.organisation.as_ref());
        body.as_str() != own || admitting.is_some_and(|by| by.as_str() != own)
    });
    let returned = asked.items.last().filter(|last| last.status == "returned");
    let web = visitor.web();
    Ok(Plan {
        page: page::Climb {
            fields: fields(visitor, &frame, &items, (chosen > 0, outside)),
            case: format!("/casussen/{name}"),
            number: case.own_reference.unwrap_or(case.pseudonym),
            refusal: None,
            missing: returned
                .and_then(|last| last.missing.clone())
                .unwrap_or_default(),
            skipped: skipped.map(|(rung, _)| rung.name.clone()).collect(),
            rungs: reachable
                .iter()
                .enumerate()
                .map(|(index, (rung, body))| page::Higher {
                    id: rung.id.to_string(),
                    name: rung.name.clone(),
                    body: web.name_of(body.as_str()),
                    chosen: index == chosen,
                })
                .collect(),
            frame,
        },
        items,
    })
}

/// The rungs above where the case stands that have a body for it.
fn reachable<'a>(visitor: &'a Visitor, case: &Case) -> Vec<(&'a Rung, Organisation)> {
    let ladder = &visitor.web().0.platform.ground.rules.ladder;
    let now = case
        .rung
        .as_deref()
        .and_then(|rung| RungId::parse(rung).ok());
    let owner = case.owner.as_deref();
    let owner = owner.and_then(|owner| Organisation::parse(owner).ok());
    let (Some(now), Some(owner)) = (now, owner) else {
        return Vec::new();
    };
    let (theme, region) = (
        case.theme.as_deref().unwrap_or_default(),
        case.region.as_deref().unwrap_or_default(),
    );
    let rungs = ladder.above(&now).iter();
    rungs
        .filter_map(|rung| Some((rung, rung.body_for(&owner, theme, region)?)))
        .collect()
}

/// What the rung asks of this case and was not given to a rung before; with whether it must be filled
/// in, for the report may hold it.
fn items(visitor: &Visitor, rung: &Rung, case: &Case, asked: &[Asked]) -> Vec<(String, bool)> {
    let ladder = &visitor.web().0.platform.ground.rules.ladder;
    let last = asked.last().and_then(|last| last.missing.as_ref());
    let missing: BTreeSet<&String> = last.into_iter().flatten().collect();
    let before = asked.iter().flat_map(|one| &one.evidence);
    let given: BTreeSet<&String> = before.map(|given| &given.item).collect();
    let reported = |item: &str| match item {
        "tried_provisions" => !case.tried_provisions.is_empty(),
        "citizens_wish" => case.citizens_words.is_some(),
        "perspective" => case.perspective.is_some(),
        _ => false,
    };
    let mut items: Vec<(String, bool)> = Vec::new();
    for item in rung.evidence.iter().chain(&ladder.raising) {
        let wanted = missing.contains(item) || !given.contains(item);
        if wanted && !items.iter().any(|(known, _)| known == item) {
            items.push((item.clone(), missing.contains(item) || !reported(item)));
        }
    }
    items.truncate(ITEMS.len());
    items
}

fn fields(
    visitor: &Visitor,
    frame: &Frame,
    items: &[(String, bool)],
    (skips, outside): (bool, bool),
) -> Vec<Field> {
    let field = |name: &'static str, label: String, required, input| Field {
        id: name.to_owned(),
        name,
        label,
        help: None,
        error: None,
        value: String::new(),
        required,
        input,
    };
    let flag = |label: &str| {
        Input::Checks(vec![Choice {
            value: "ja".to_owned(),
            label: label.to_owned(),
        }])
    };
    let mut fields = Vec::new();
    for ((item, required), (name, absent)) in items.iter().zip(ITEMS) {
        let label = frame.code("evidence-asked", item);
        let mut given = field(name, label.clone(), *required, Input::Lines(3));
        given.help = (!required).then(|| frame.t("climb.in-report").to_owned());
        fields.push(given);
        let absent_label = format!("{} ({label})", frame.t("climb.absent"));
        fields.push(field(
            absent,
            absent_label,
            false,
            flag(frame.t("climb.absent-yes")),
        ));
    }
    if skips {
        let skips = SKIPS.iter().map(|code| Choice {
            value: (*code).to_owned(),
            label: frame.code("skip", code),
        });
        let label = frame.t("climb.skip").to_owned();
        let mut why = field("waarom", label, true, Input::Radios(skips.collect()));
        why.help = Some(frame.t("climb.skip-help").to_owned());
        fields.push(why);
    }
    if outside {
        let label = frame.t("climb.basis").to_owned();
        let choices = Input::List(bases(visitor, frame.language));
        let mut basis = field("grondslag", label, true, choices);
        basis.help = Some(frame.t("climb.basis-help").to_owned());
        fields.push(basis);
    }
    let label = frame.t("climb.urgent").to_owned();
    let mut urgent = field("spoed", label, false, flag(frame.t("climb.urgent-yes")));
    urgent.help = Some(frame.t("climb.urgent-help").to_owned());
    fields.push(urgent);
    fields
}

/// `POST /casussen/{case}/hoger`.
pub(super) async fn ask(
    visitor: Visitor,
    Path(name): Path<String>,
    filled: Filled,
) -> Result<Response, Failure> {
    let mut plan = plan(&visitor, &name, Some(filled.get("trede"))).await?;
    let mut wrong: Vec<(&'static str, &'static str)> = Vec::new();
    for field in plan.page.fields.iter().filter(|field| field.required) {
        if filled.get(field.name).is_empty() {
            let key = match field.name {
                "waarom" => "climb.skip-missing",
                "grondslag" => "climb.basis-missing",
                _ => "climb.item-missing",
            };
            wrong.push((field.name, key));
        }
    }
    if wrong.is_empty() {
        let path = format!("/v1/cases/{}/escalations", id(&name)?);
        let body = body(&plan.items, &filled);
        match visitor
            .act(Method::POST, &path, &filled.token, &body)
            .await?
        {
            Ok(_) => return Ok(onwards(&format!("/casussen/{name}"), "hoger")),
            Err(refused) if matches!(refused.status.as_u16(), 403 | 404) => {
                return Err(Failure::Status(refused.status));
            }
            Err(refused) => {
                tracing::info!(code = refused.code, "a higher rung could not be asked");
                wrong = blamed(&refused, &plan);
                if wrong.is_empty() {
                    let why = plan.page.frame.refusal(&refused.code);
                    plan.page.refusal = Some(why.to_owned());
                }
            }
        }
    }
    let frame = &plan.page.frame;
    for field in &mut plan.page.fields {
        field.value = filled.all(field.name).join(",");
        let found = wrong.iter().find(|(name, _)| *name == field.name);
        field.error = found.map(|(_, key)| frame.t(key).to_owned());
    }
    answer::wrong(&plan.page)
}

/// The data of `escalation.requested`.
fn body(items: &[(String, bool)], filled: &Filled) -> Value {
    let evidence = items.iter().zip(ITEMS).filter_map(|((item, _), names)| {
        let text = filled.get(names.0);
        let kind = match filled.get(names.1) {
            "" => "text",
            _ => "explanation",
        };
        (!text.is_empty()).then(|| json!({ "item": item, kind: text }))
    });
    let mut body = Map::new();
    body.insert("evidence".to_owned(), evidence.collect());
    body.insert("toRung".to_owned(), filled.get("trede").into());
    body.insert(
        "urgent".to_owned(),
        (!filled.get("spoed").is_empty()).into(),
    );
    for (to, name) in [("skipReason", "waarom"), ("legalBasis", "grondslag")] {
        if !filled.get(name).is_empty() {
            body.insert(to.to_owned(), filled.get(name).into());
        }
    }
    Value::Object(body)
}

/// The fields that the API finds something wrong with.
fn blamed(refused: &Refused, plan: &Plan) -> Vec<(&'static str, &'static str)> {
    let there = |name: &&str| plan.page.fields.iter().any(|field| field.name == *name);
    let blamed = refused.fields.iter().filter_map(|place| {
        Some(match place.as_str() {
            "/skipReason" => ("waarom", "climb.skip-missing"),
            "/legalBasis" => ("grondslag", "climb.basis-missing"),
            "/urgent" => ("spoed", "deed.unfit"),
            place if place.starts_with("/evidence") => ("stuk-1", "climb.item-missing"),
            _ => return None,
        })
    });
    blamed.filter(|(name, _)| there(name)).collect()
}
