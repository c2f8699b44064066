//! One case of an agenda, as its reader may see it.

use std::collections::BTreeMap;

use chassis::problem::Problem;
use gate::{CaseFacts, Category, Classified, Decision, Strength};
use ladder::meeting::{Answer, Conclusion, MinutedCase, Obstacle};
use ladder::{CaseId, Sealed};
use serde::Deserialize;

use super::super::super::caller::Caller;
use super::super::super::refusal::unavailable;
use super::super::super::reveal::{Opener, Reader};
use super::super::super::{Platform, sight, signals};
use super::{CaseSeen, OPERATION, ObstacleSeen, RequestSeen};
use crate::react::obstacle_signal;
use crate::views::{self, AgendaRow};

/// What was said of a case, during the meeting or in its minutes.
#[derive(Default, Deserialize)]
pub(super) struct Said {
    collision: Option<Sealed>,
    requests: BTreeMap<String, RequestSaid>,
    conclusion: Option<Conclusion>,
    obstacles: Option<Vec<Obstacle>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RequestSaid {
    of: String,
    law_or_theme: String,
    text: Sealed,
    status: String,
    answer: Option<Answer>,
}

impl From<MinutedCase> for Said {
    fn from(minuted: MinutedCase) -> Self {
        let requests = minuted.requests.into_iter().map(|asked| {
            let said = RequestSaid {
                of: asked.of.to_string(),
                law_or_theme: asked.law_or_theme,
                text: asked.text,
                status: "answered".to_owned(),
                answer: Some(asked.answer),
            };
            (asked.request.to_string(), said)
        });
        Self {
            collision: minuted.collision,
            requests: requests.collect(),
            conclusion: Some(minuted.conclusion),
            obstacles: Some(minuted.obstacles),
        }
    }
}

/// A meeting for its reader.
pub(super) struct At<'a> {
    pub(super) platform: &'a Platform,
    pub(super) caller: &'a Caller,
    pub(super) opener: &'a Opener<'a>,
    /// Whether the reader may hold it.
    pub(super) holds: bool,
    /// The event by which its minutes were adopted.
    pub(super) adopted: Option<String>,
}

impl At<'_> {
    /// One case, as far as the matrix shows it to the caller. Without a part in it, that is the own
    /// pseudonym and nothing else: enough to say that one has an interest. Who holds the meeting
    /// knows how far each case has come, and nothing of what was said.
    pub(super) async fn case(
        &self,
        row: AgendaRow,
        said: Said,
        recused: &[String],
    ) -> Result<CaseSeen, Problem> {
        let (platform, caller) = (self.platform, self.caller);
        let id = CaseId::parse(&row.case_id).map_err(unavailable)?;
        let own = caller.oin.as_str();
        let mut seen = CaseSeen {
            pseudonym: sight::pseudonym(platform, &caller.oin, &id)?,
            case: None,
            theme: None,
            urgent: row.urgent,
            recused: recused.iter().any(|organisation| organisation == own),
            recusals: Vec::new(),
            collision: None,
            requests: Vec::new(),
            conclusion: said.conclusion.as_ref().map(word).filter(|_| self.holds),
            conclusion_text: None,
            obstacles: None,
            obstacle_spoken: self.holds.then_some(said.obstacles.is_some()),
        };
        let Some(facts) = facts(platform, id.as_str(), &said).await? else {
            return Ok(seen);
        };
        if seen.recused || !sight::can_read(platform, caller, &facts) {
            return Ok(seen);
        }
        let mut reader = Reader::new(platform, caller, &facts, OPERATION);
        let course = reader.strength(Category::Process);
        let whole = course == Strength::Full;
        seen.case = whole.then(|| row.case_id.clone());
        seen.theme = (course > Strength::None).then(|| facts.theme.clone());
        if whole {
            seen.recusals = recused.to_vec();
        }
        let decision = Classified::<Decision, _>::new;
        seen.collision = reader
            .open_some(said.collision.map(decision).as_ref())
            .await?;
        for (request, asked) in said.requests {
            if whole || asked.of == own {
                let asked = request_seen(&mut reader, request, asked).await?;
                seen.requests.push(asked);
            }
        }
        reader.about(None, []);
        if course > Strength::None {
            seen.conclusion = said.conclusion.as_ref().map(word);
        }
        let text = said.conclusion.map(|conclusion| match conclusion {
            Conclusion::Decided { text, .. } => text,
            Conclusion::Adjourned { reason } => reason,
        });
        seen.conclusion_text = reader.open_some(text.map(decision).as_ref()).await?;
        seen.obstacles = self.obstacles(&row.case_id, said.obstacles).await?;
        Ok(seen)
    }

    async fn obstacles(
        &self,
        case: &str,
        found: Option<Vec<Obstacle>>,
    ) -> Result<Option<Vec<ObstacleSeen>>, Problem> {
        let Some(found) = found else { return Ok(None) };
        let mut seen = Vec::new();
        for (place, obstacle) in found.into_iter().enumerate() {
            let signal = match &self.adopted {
                Some(adopted) => {
                    let signal = obstacle_signal(adopted, case, place);
                    let shown = signals::is_there(self.platform, self.caller, &signal).await?;
                    shown.then_some(signal)
                }
                None => None,
            };
            seen.push(ObstacleSeen {
                text: self.opener.open(&obstacle.text).await?,
                target: obstacle.target.as_str(),
                owner: obstacle.owner.to_string(),
                signal,
            });
        }
        Ok(Some(seen))
    }
}

/// The word for how a case was concluded.
fn word(conclusion: &Conclusion) -> &'static str {
    match conclusion {
        Conclusion::Decided { .. } => "decided",
        Conclusion::Adjourned { .. } => "adjourned",
    }
}

/// The facts of the case itself; whoever was asked at the table was asked for a commitment.
async fn facts(platform: &Platform, case: &str, said: &Said) -> Result<Option<CaseFacts>, Problem> {
    let db = &platform.ground.db;
    let row = views::find_case(db, case).await.map_err(unavailable)?;
    let Some(row) = row else { return Ok(None) };
    let mut facts = views::facts(db, &row).await.map_err(unavailable)?;
    let asked = said.requests.values();
    let asked = asked.filter(|asked| asked.status != "struck");
    facts.committed.extend(asked.map(|asked| asked.of.clone()));
    Ok(Some(facts))
}

/// Part of the decision; what an organisation was asked and answered is its own part.
async fn request_seen(
    reader: &mut Reader<'_>,
    request: String,
    asked: RequestSaid,
) -> Result<RequestSeen, Problem> {
    reader.about(Some(&asked.of), []);
    let decision = Classified::<Decision, _>::new;
    let (status, text, due) = match asked.answer {
        Some(Answer::Made { text, due, .. }) => ("made", Some(text), Some(due.to_string())),
        Some(Answer::Refused { reason }) => ("refused", Some(reason), None),
        None if asked.status == "struck" => ("struck", None, None),
        None => ("waiting", None, None),
    };
    Ok(RequestSeen {
        request,
        of: asked.of,
        law_or_theme: asked.law_or_theme,
        status,
        asked: reader.open(&decision(asked.text)).await?,
        text: reader.open_some(text.map(decision).as_ref()).await?,
        due,
    })
}
