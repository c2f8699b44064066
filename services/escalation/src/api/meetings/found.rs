//! Whether a meeting is there for the caller, and which case of its agenda is meant.

use std::collections::BTreeMap;

use chassis::problem::Problem;
use gate::{Action, MeetingFacts};
use ladder::{Body, CaseId, MeetingId, Organisation, RungId};
use proto::{InvalidParam, Oin};

use super::super::caller::Caller;
use super::super::refusal::unavailable;
use super::super::{Platform, parties, sight};
use super::facts_of_meeting;
use crate::views::{self, AgendaRow, MeetingRow};

/// A meeting that is there for the caller.
pub(super) struct Sight {
    /// Where it stands.
    pub(super) row: MeetingRow,
    /// What the gate decides on.
    pub(super) facts: MeetingFacts,
    /// Its id.
    pub(super) id: MeetingId,
    /// The rung whose table meets.
    pub(super) rung: RungId,
    /// Whose table.
    pub(super) body: Organisation,
    /// Who is invited, with the person in the register.
    pub(super) invited: BTreeMap<String, Option<String>>,
}

impl Sight {
    /// What the view says of a meeting, whoever asks.
    pub(super) fn of(platform: &Platform, row: MeetingRow) -> Result<Self, Problem> {
        let id = MeetingId::parse(&row.meeting_id).map_err(unavailable)?;
        let rung = RungId::parse(&row.rung).map_err(unavailable)?;
        let body = Organisation::parse(&row.body).map_err(unavailable)?;
        let invited: BTreeMap<String, Option<String>> =
            serde_json::from_value(row.content["invited"].clone()).unwrap_or_default();
        let ladder = &platform.ground.rules.ladder;
        let facts = MeetingFacts {
            invited: invited.keys().cloned().collect(),
            ..facts_of_meeting(&id, &body, &rung, ladder)
        };
        Ok(Self {
            row,
            facts,
            id,
            rung,
            body,
            invited,
        })
    }

    /// Whether the caller may do this at the meeting, for the own organisation where it matters.
    pub(super) fn may(&self, platform: &Platform, caller: &Caller, action: Action) -> bool {
        let facts = MeetingFacts {
            target: Some(caller.oin.to_string()),
            ..self.facts.clone()
        };
        let gate = &platform.ground.gate;
        gate.may(&caller.actor, action, &facts).is_ok()
    }

    /// The case of the agenda that the caller names, by its id or by the own pseudonym.
    ///
    /// # Errors
    /// 404 when it is not on the agenda.
    pub(super) async fn case(
        &self,
        platform: &Platform,
        caller: &Caller,
        name: &str,
    ) -> Result<CaseId, Problem> {
        let agenda = views::agenda_of(&platform.ground.db, self.id.as_str())
            .await
            .map_err(unavailable)?;
        let (case, _) = named(platform, caller, agenda, name)?.ok_or_else(|| {
            Problem::not_found("There is no such case on the agenda of this meeting.")
        })?;
        caller.logbook.found(case.as_str());
        Ok(case)
    }
}

/// The row of the case that the caller names, by its id or by the own pseudonym.
pub(super) fn named(
    platform: &Platform,
    caller: &Caller,
    agenda: Vec<AgendaRow>,
    name: &str,
) -> Result<Option<(CaseId, AgendaRow)>, Problem> {
    for row in agenda {
        let case = CaseId::parse(&row.case_id).map_err(unavailable)?;
        if name == row.case_id || name == sight::pseudonym(platform, &caller.oin, &case)? {
            return Ok(Some((case, row)));
        }
    }
    Ok(None)
}

/// The meeting of that id, for who may read it or do this with it.
///
/// # Errors
/// 404 when it is not there for this caller.
pub(super) async fn find(
    platform: &Platform,
    caller: &Caller,
    id: &str,
    action: Action,
) -> Result<Sight, Problem> {
    let no_such = || Problem::not_found("There is no such meeting.");
    let row = views::find_meeting(&platform.ground.db, id)
        .await
        .map_err(unavailable)?;
    let sight = Sight::of(platform, row.ok_or_else(no_such)?)?;
    let there =
        sight.may(platform, caller, Action::ReadMeeting) || sight.may(platform, caller, action);
    if there { Ok(sight) } else { Err(no_such()) }
}

/// The rung that is named, and whose table meets there: the one that is named, else the rung's
/// only body, else the caller's own organisation.
///
/// # Errors
/// 400 for a rung that is not on the ladder, or an organisation that does not take part.
pub(super) fn body_of(
    platform: &Platform,
    caller: &Caller,
    rung: &str,
    body: Option<&Oin>,
) -> Result<(RungId, Organisation), Problem> {
    let ladder = &platform.ground.rules.ladder;
    let known = RungId::parse(rung)
        .ok()
        .and_then(|id| ladder.rung(&id).cloned());
    let Some(rung) = known else {
        let params = vec![InvalidParam::new("/rung", "is no rung of the ladder")];
        return Err(Problem::bad_request(params));
    };
    let body = match (body, &rung.body) {
        (Some(oin), _) => {
            let mut wrong = Vec::new();
            parties::check_known(platform, "/body", oin, &mut wrong);
            if !wrong.is_empty() {
                return Err(Problem::bad_request(wrong));
            }
            parties::organisation(oin)?
        }
        (None, Body::Organisation(only)) => only.clone(),
        (None, Body::Owner | Body::Competent(_)) => parties::organisation(&caller.oin)?,
    };
    Ok((rung.id, body))
}
