//! Asking for a higher rung: what that rung asks is given or explained, and skipping one says why.

pub(super) mod pieces;

use std::collections::BTreeSet;

use axum::extract::{Path, Query};
use axum::http::Method;
use axum::response::Response;
use ladder::{Organisation, Rung, RungId};
use screens::{Choice, Field, Frame, Here, Input, page};
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::try_join;

use super::answer::{self, Failure};
use super::api::{Refused, id};
use super::deeds::{bases, onwards};
use super::fields::Filled;
use super::visitor::Visitor;

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
    #[serde(default)]
    may_do: Vec<String>,
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
    /// Whether the reader may ask it.
    permitted: bool,
    /// The name of who leads the case.
    owner: Option<String>,
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
    if !plan.permitted {
        let frame = visitor.frame(Here::Elsewhere);
        let what = page::Begun::Higher(plan.page.case);
        let owner = plan.owner.into_iter().collect();
        return answer::refused(&page::Problem::not_yours(frame, what, owner));
    }
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
        permitted: case.may_do.iter().any(|may| may == "RequestEscalation"),
        owner: case.owner.as_deref().map(|owner| web.name_of(owner)),
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
    items.truncate(pieces::MOST);
    items
}

fn fields(
    visitor: &Visitor,
    frame: &Frame,
    items: &[(String, bool)],
    (skips, outside): (bool, bool),
) -> Vec<Field> {
    let mut fields = pieces::fields(frame, items);
    if skips {
        let skips = SKIPS.iter().map(|code| Choice {
            value: (*code).to_owned(),
            label: frame.code("skip", code),
        });
        let label = frame.t("climb.skip").to_owned();
        let mut why = pieces::field("waarom", label, true, Input::Radios(skips.collect()));
        why.help = Some(frame.t("climb.skip-help").to_owned());
        fields.push(why);
    }
    if outside {
        let label = frame.t("climb.basis").to_owned();
        let choices = Input::List(bases(visitor, frame.language));
        let mut basis = pieces::field("grondslag", label, true, choices);
        basis.help = Some(frame.t("climb.basis-help").to_owned());
        fields.push(basis);
    }
    let label = frame.t("climb.urgent").to_owned();
    let mut urgent = pieces::field(
        "spoed",
        label,
        false,
        pieces::flag(frame.t("climb.urgent-yes")),
    );
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
    let mut body = Map::new();
    body.insert(
        "evidence".to_owned(),
        pieces::given(items.iter().map(|(item, _)| item), filled),
    );
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
