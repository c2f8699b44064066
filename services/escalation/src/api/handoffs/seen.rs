//! A handoff as a caller may see it: the card, and what may be opened after acceptance.

use chassis::problem::Problem;
use gate::{Category, Classified, Decision, Family, Strength};
use ladder::{CaseId, Sealed, event};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::caller::Caller;
use super::super::refusal::unavailable;
use super::super::register::{Addressed, addressed};
use super::super::reveal::Reader;
use super::super::{Platform, sight};
use crate::views::{CaseRow, HandoffRow};

/// A handoff. Without `summary` and the texts of the answer it is the card: codes only.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct HandoffSeen {
    /// Its id.
    handoff: String,
    /// The platform's id of the case; shown to those who see the whole course.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
    /// The caller's own organisation's name for the case.
    pseudonym: String,
    /// `offered`, `accepted`, `declined`, `countered`, `withdrawn`, `expired`, `returning` (given
    /// back, and not accepted yet) or `returned`.
    status: String,
    /// Who offers.
    from: String,
    /// Who is asked.
    to: String,
    /// In which role it was offered.
    contact: String,
    /// What is asked: `advice`, `task` or `ownership`.
    kind: &'static str,
    /// The theme of the case.
    theme: String,
    /// The rules in collision.
    rules: Vec<String>,
    /// What should come of it, coded.
    requested_outcome: String,
    /// How old the person is whom it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    age_band: Option<String>,
    /// Whether the short term holds.
    urgent: bool,
    /// Until when it can be answered.
    answer_by: String,
    /// Since when it is accepted: since the answer, or since a counter-offer was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted_at: Option<String>,
    /// What the receiver must know; after acceptance.
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    /// Why it was declined or countered.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The answer in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// What is offered or advised instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    alternative: Option<String>,
    /// Until when the sender answers a counter-offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    follow_up_by: Option<String>,
    /// How the sender answered it: `accepted`, `refused`, or `expired` without an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    counter_answer: Option<&'static str>,
    /// Why the alternative was not taken, coded.
    #[serde(skip_serializing_if = "Option::is_none")]
    counter_reason: Option<String>,
    /// The earlier handoff that this one takes the place of.
    #[serde(skip_serializing_if = "Option::is_none")]
    instead_of: Option<String>,
    /// The person who is addressed at the organisation that is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    addressee: Option<Addressed>,
    /// The accepted handoff that goes back with this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    returns: Option<String>,
}

/// How a counter-offer was answered.
#[derive(Default, Deserialize)]
struct Countered {
    kind: String,
    reason: Option<String>,
    at: Option<String>,
}

impl Countered {
    fn word(&self) -> Option<&'static str> {
        match self.kind.as_str() {
            "counter.accepted" => Some("accepted"),
            "counter.refused" => Some("refused"),
            "counter.expired" => Some("expired"),
            _ => None,
        }
    }
}

/// What the answers to an offer have in common.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answered {
    reason: Option<Value>,
    text: Option<Sealed>,
    alternative: Option<Sealed>,
    follow_up_by: Option<String>,
    at: Option<String>,
}

impl HandoffSeen {
    pub(super) async fn of(
        platform: &Platform,
        caller: &Caller,
        reader: &mut Reader<'_>,
        (case, id): (&CaseRow, &CaseId),
        row: HandoffRow,
    ) -> Result<Self, Problem> {
        let HandoffRow {
            handoff,
            sender,
            receiver,
            status,
            answer_by,
            mut content,
            ..
        } = row;
        let answer = content
            .get_mut("answer")
            .map(Value::take)
            .unwrap_or_default();
        let counter = content.get_mut("counter").map(Value::take);
        let counter: Countered = counter
            .and_then(|counter| serde_json::from_value(counter).ok())
            .unwrap_or_default();
        let offer: event::HandoffOffered = serde_json::from_value(content).map_err(unavailable)?;
        let own = caller.oin.as_str();
        let course = reader.strength(Category::Process);

        // The offer's own legal basis discloses the summary, to its receiver and no other.
        let accepted = matches!(status.as_str(), "accepted" | "returning");
        let disclosed = accepted.then(|| receiver.clone());
        // A receiver accepts first, also an owner to whom something is given back.
        let owns = own == case.owner && own != receiver;
        let part = own == sender || owns || (own == receiver && accepted);
        let mut summary = None;
        let (mut text, mut alternative, mut reason) = (None, None, None);
        let (mut follow_up_by, mut counter_answer, mut counter_reason) = (None, None, None);
        let mut accepted_at = None;
        if part {
            reader.about(Some(&sender), disclosed);
            summary = reader
                .open(&Classified::<Family, _>::new(offer.summary))
                .await?;
        }
        if part || own == receiver {
            let decision = Classified::<Decision, _>::new;
            let answer: Answered = serde_json::from_value(answer).unwrap_or_default();
            reader.about(Some(&receiver), []);
            text = reader.open_some(answer.text.map(decision).as_ref()).await?;
            alternative = reader
                .open_some(answer.alternative.map(decision).as_ref())
                .await?;
            // A reason for declining is a code; that of a withdrawal is a sealed text.
            let coded = matches!(status.as_str(), "declined" | "countered");
            reason = answer.reason.filter(|_| coded);
            counter_answer = counter.word();
            counter_reason = counter.reason;
            accepted_at = counter.at.or(answer.at).filter(|_| accepted);
            let waits = status == "countered" && counter_answer.is_none();
            follow_up_by = answer.follow_up_by.filter(|_| waits);
        }
        let addressee = match &offer.addressee {
            Some(contact) => {
                let contact = (receiver.as_str(), contact.as_str());
                addressed(platform, caller, contact, "listHandoffs").await?
            }
            None => None,
        };
        Ok(Self {
            addressee,
            case: (course == Strength::Full).then(|| case.case_id.clone()),
            pseudonym: sight::pseudonym(platform, &caller.oin, id)?,
            age_band: age_band(&case.content),
            handoff,
            status,
            from: sender,
            to: receiver,
            contact: offer.contact_role,
            kind: offer.handoff_kind.as_str(),
            theme: case.theme.clone(),
            rules: offer.rules,
            requested_outcome: offer.requested_outcome,
            urgent: offer.urgent,
            answer_by,
            accepted_at,
            summary,
            reason: reason.and_then(|reason| reason.as_str().map(str::to_owned)),
            text,
            alternative,
            follow_up_by,
            counter_answer,
            counter_reason,
            instead_of: offer.instead_of.map(|earlier| earlier.to_string()),
            returns: offer.returns.map(|earlier| earlier.to_string()),
        })
    }
}

/// The age band of the first person whom the case is about: it stands on the card.
fn age_band(report: &Value) -> Option<String> {
    let persons = report["persons"].as_array()?;
    let first = persons
        .iter()
        .find(|person| person["role"] == "data_subject")?;
    first["ageBand"].as_str().map(str::to_owned)
}
