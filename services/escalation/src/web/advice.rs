//! Questions for advice that name nobody: those of a case, and those that the reader's organisation
//! is asked.

use axum::extract::Path;
use axum::response::Response;
use jiff::Timestamp;
use screens::{Frame, page};
use serde::Deserialize;

use super::answer::{self, Failure};
use super::deeds::{GIVE, onwards};
use super::fields::Filled;
use super::inbox;
use super::visitor::Visitor;

/// Where questions of others are answered.
const PLACE: &str = "/vragen";

/// A question, as the API tells it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Question {
    pub(super) consultation: String,
    status: String,
    from: Option<String>,
    of: Option<String>,
    pub(super) theme: String,
    pub(super) answer_by: Timestamp,
    question: Option<String>,
    answer: Option<String>,
}

impl Question {
    /// Whether it waits for an answer.
    pub(super) fn is_open(&self) -> bool {
        self.status == "open"
    }
}

/// The questions of a case, oldest first.
///
/// # Errors
/// As [`Visitor::list`].
pub(super) async fn of_case(
    visitor: &Visitor,
    case: &str,
) -> Result<Vec<page::AdviceLine>, Failure> {
    let path = format!("/v1/cases/{case}/advice");
    let asked = visitor.whole::<Question>(&path).await?;
    let web = visitor.web();
    let lines = asked.into_iter().map(|one| page::AdviceLine {
        answer_by: one.is_open().then_some(one.answer_by),
        of: one.of.map(|of| web.name_of(&of)),
        status: one.status,
        question: one.question,
        answer: one.answer,
    });
    Ok(lines.collect())
}

/// Those that the reader's organisation is asked: what waits with the form to answer it, and how many
/// were answered or are over.
///
/// # Errors
/// As [`Visitor::list`].
pub(super) async fn asked(
    visitor: &Visitor,
    frame: &Frame,
) -> Result<Vec<page::AskedAdvice>, Failure> {
    let asked = visitor.whole::<Question>("/v1/advice").await?;
    let (web, now) = (visitor.web(), visitor.now());
    let shown = asked.into_iter().map(|one| {
        let over = (PLACE, Some(one.consultation.as_str()));
        let deed = one.is_open().then(|| GIVE.deed(visitor, frame, over));
        page::AskedAdvice {
            deed,
            from: one.from.map(|from| web.name_of(&from)),
            theme: one.theme,
            status: one.status,
            left: web.left(now, one.answer_by),
            by: one.answer_by,
            question: one.question,
            answer: one.answer,
            id: one.consultation,
        }
    });
    Ok(shown.collect())
}

/// `POST /vragen/doen/{deed}`: answers a question for advice.
pub(super) async fn act(
    visitor: Visitor,
    Path(deed): Path<String>,
    filled: Filled,
) -> Result<Response, Failure> {
    if deed != GIVE.name {
        return Err(Failure::MISSING);
    }
    let mistake = match GIVE.carry_out(&visitor, (GIVE.path, &filled)).await? {
        Ok(_) => return Ok(onwards(PLACE, GIVE.name)),
        Err(mistake) => mistake,
    };
    let mut page = inbox::inbox(&visitor).await?;
    for asked in &mut page.advice {
        let Some(deed) = &mut asked.deed else {
            continue;
        };
        let deeds = std::slice::from_mut(deed);
        GIVE.again(deeds, (&page.frame, &filled), &mistake.fields);
        if deeds[0].open {
            page.fields.clone_from(&deeds[0].fields);
        }
    }
    page.refusal = mistake.says(&page.frame);
    answer::wrong(&page)
}
