//! Consulting: a question that names nobody, put to an organisation that has no part in the case,
//! and its answer (domain, finding 2 and row K6).

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, CaseFacts, Category, Classified, Decision, Strength};
use ladder::{AskAdvice, Command, ConsultationId, GiveAdvice, event};
use proto::{InvalidParam, Oin, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::caller::Caller;
use super::page::{List, Page};
use super::refusal::unavailable;
use super::reveal::{self, Reader};
use super::{Platform, body, parties, sight, written};
use crate::person_free;
use crate::seal::{CaseSealer, persons_named};
use crate::views::{self, AdviceRow};

/// A question for advice.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Asked {
    /// The organisation that is asked.
    of: Oin,
    /// The question; without anything that points at a person.
    question: Text,
}

/// `POST /v1/cases/{id}/advice`.
pub(super) async fn ask(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::AskAdvice, None).await?;
    let (asked, about) = body::told::<Asked>(request).await?;
    let mut wrong = Vec::new();
    parties::check_known(&platform, "/of", &asked.of, &mut wrong);
    check_free("/question", &asked.question, &mut wrong);
    if !wrong.is_empty() {
        return Err(Problem::bad_request(wrong));
    }
    let sealer = sight.sealer_about(&platform, &about).await?;
    let ground = &platform.ground;
    let id = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let command = Command::AskAdvice(AskAdvice {
        consultation: ConsultationId::parse(&id).map_err(|_| Problem::internal())?,
        by: parties::organisation(&caller.oin)?,
        of: parties::organisation(&asked.of)?,
        question: sealer.text(&asked.question).map_err(unavailable)?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/advice"))
}

/// Notes everything in a text that points at a person: what it is and where, never the text.
pub(super) fn check_free(field: &str, text: &Text, wrong: &mut Vec<InvalidParam>) {
    for found in person_free::check(text) {
        let reason = format!(
            "personal_data: {} at character {}",
            found.kind.as_str(),
            found.at
        );
        wrong.push(InvalidParam::new(field, reason));
    }
}

/// A question for advice, and the answer.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AdviceSeen {
    /// Its id.
    consultation: String,
    /// `open`, `answered` or `expired`.
    status: String,
    /// Who asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// Who is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    /// The theme of the case that it is about.
    theme: String,
    /// Until when it is to be answered.
    answer_by: String,
    /// The question.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    /// The advice.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
}

/// `GET /v1/cases/{id}/advice`: part of the weighing.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<AdviceSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listAdvice");
    let course = reader.strength(Category::Process);
    let rows = views::advice(&platform.ground.db, sight.id.as_str())
        .await
        .map_err(unavailable)?;
    let (rows, next_cursor) = page.cut(rows, |row| row.position)?;
    let mut items = Vec::new();
    if course >= Strength::Masked {
        for row in rows {
            let full = course == Strength::Full;
            let (asked, given) = said(&row)?;
            let decision = Classified::<Decision, _>::new;
            reader.about(Some(asked.by.as_str()), []);
            let question = reader.open(&decision(asked.question)).await?;
            reader.about(Some(asked.of.as_str()), []);
            let answer = given.map(|given| decision(given.answer));
            items.push(AdviceSeen {
                consultation: row.consultation,
                status: row.status,
                from: full.then(|| asked.by.to_string()),
                of: full.then(|| asked.of.to_string()),
                theme: sight.row.theme.clone(),
                answer_by: row.answer_by,
                question,
                answer: reader.open_some(answer.as_ref()).await?,
            });
        }
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

/// Open questions come before all others, whenever they were asked.
const OVER: i64 = 1 << 60;

/// `GET /v1/advice`: the questions put to the caller's organisation, the open ones first. Of the
/// case nothing else is shown than its theme and who asks.
pub(super) async fn inbox(
    State(platform): State<Platform>,
    caller: Caller,
    page: Page,
) -> Result<Json<List<AdviceSeen>>, Problem> {
    let rows = views::advice_asked_of(&platform.ground.db, caller.oin.as_str())
        .await
        .map_err(unavailable)?;
    let place = |row: &AdviceRow| match row.status.as_str() {
        "open" => row.position,
        _ => OVER + row.position,
    };
    let (rows, next_cursor) = page.cut(rows, place)?;
    let mut items = Vec::new();
    for row in rows {
        let (facts, theme) = facts(&platform, &caller, &row).await?;
        let gate = &platform.ground.gate;
        if gate.may(&caller.actor, Action::GiveAdvice, &facts).is_err() {
            continue;
        }
        let (asked, given) = said(&row)?;
        let answers = (Action::GiveAdvice, &facts);
        let open =
            |text| reveal::to_whoever_may(&platform, &caller, answers, text, "listAskedAdvice");
        let question = open(&asked.question).await?;
        let answer = match &given {
            Some(given) => open(&given.answer).await?,
            None => None,
        };
        items.push(AdviceSeen {
            consultation: row.consultation,
            status: row.status,
            from: Some(asked.by.to_string()),
            of: None,
            theme,
            answer_by: row.answer_by,
            question,
            answer,
        });
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}

/// The advice.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Given {
    /// The answer; without anything that points at a person.
    answer: Text,
}

/// What was stored: nothing that names the case.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answered {
    /// The question that was answered.
    consultation: String,
    /// What it led to: the ids of the events.
    event_ids: Vec<Uuid>,
    /// The log's position after it.
    position: i64,
}

/// `POST /v1/advice/{consultation}/answer`. Only an organisation that was asked knows of it.
pub(super) async fn answer(
    State(platform): State<Platform>,
    caller: Caller,
    Path(consultation): Path<String>,
    request: Request,
) -> Result<Json<Answered>, Problem> {
    let no_such = || Problem::not_found("There is no such question.");
    let db = &platform.ground.db;
    let row = views::find_for_adviser(db, caller.oin.as_str(), &consultation)
        .await
        .map_err(unavailable)?
        .ok_or_else(no_such)?;
    let (facts, _) = facts(&platform, &caller, &row).await?;
    let ground = &platform.ground;
    let may = ground.gate.may(&caller.actor, Action::GiveAdvice, &facts);
    may.map_err(|_| no_such())?;
    let given: Given = body::read(request).await?;
    let mut wrong = Vec::new();
    check_free("/answer", &given.answer, &mut wrong);
    if !wrong.is_empty() {
        return Err(Problem::bad_request(wrong));
    }
    let case = ladder::CaseId::parse(&row.case_id).map_err(|_| Problem::internal())?;
    let now = ground.clock.now();
    let sealer = CaseSealer::load(&platform.vault, &ground.entropy, &case, &[], now)
        .await
        .map_err(unavailable)?;
    // Who advises knows nobody of the case: the answer goes with whom the question goes with.
    let (asked, _) = said(&row)?;
    let persons = persons_named(&platform.vault, &case, &asked.question)
        .await
        .map_err(unavailable)?;
    let sealer = sealer.about_persons(&persons);
    let command = Command::GiveAdvice(GiveAdvice {
        consultation: ConsultationId::parse(&row.consultation).map_err(|_| no_such())?,
        by: parties::organisation(&caller.oin)?,
        answer: sealer.text(&given.answer).map_err(unavailable)?,
    });
    let written = written::carry_out(&platform, &caller, &case, command).await?;
    let (event_ids, position) = written.stored();
    Ok(Json(Answered {
        consultation: row.consultation,
        event_ids,
        position,
    }))
}

/// What the gate decides on, with who is asked as the one whom it is about; and the theme.
async fn facts(
    platform: &Platform,
    caller: &Caller,
    row: &AdviceRow,
) -> Result<(CaseFacts, String), Problem> {
    let sight = sight::find(platform, caller, &row.case_id).await?;
    let facts = CaseFacts {
        target: Some(row.adviser.clone()),
        ..sight.facts
    };
    Ok((facts, sight.row.theme))
}

/// The question, and the answer when there is one.
fn said(row: &AdviceRow) -> Result<(event::AdviceAsked, Option<event::AdviceGiven>), Problem> {
    let mut content = row.content.clone();
    let given = content.get_mut("answer").map(Value::take);
    let asked = serde_json::from_value(content).map_err(unavailable)?;
    let given = given.filter(|_| row.status == "answered");
    let given = given.map(serde_json::from_value).transpose();
    Ok((asked, given.map_err(unavailable)?))
}
