//! What must hold of every log of a meeting, whatever was asked. Read from the events alone, so
//! that a state that forgets is found too.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Span, Timestamp};
use ladder::meeting::event::MinutesAdopted;
use ladder::meeting::{Command, Conclusion, Event, Meeting, MeetingRules, MinutedCase, deadlines};
use ladder::{CaseId, Decider, Organisation, RequestId};

use super::super::invariants::Verdict;
use super::harness::fold;

/// An event and when it was recorded.
pub(crate) type Recorded = (Event, Timestamp);

fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(otherwise()) }
}

/// No minutes with an unanswered request, without a conclusion, or with a decision that is silent
/// on repetition; and no answer that the minutes leave out.
pub(crate) fn minutes_are_complete(log: &[Recorded]) -> Verdict {
    let mut agenda: BTreeSet<CaseId> = BTreeSet::new();
    let mut asked: BTreeMap<CaseId, BTreeSet<RequestId>> = BTreeMap::new();
    let mut answered: BTreeSet<RequestId> = BTreeSet::new();
    let mut spoken: BTreeSet<CaseId> = BTreeSet::new();
    for (event, _) in log {
        match event {
            Event::AgendaAdded(e) => {
                agenda.insert(e.case.clone());
            }
            Event::AgendaRemoved(e) => {
                agenda.remove(&e.case);
            }
            Event::CommitmentRequested(e) => {
                let requests = asked.entry(e.case.clone()).or_default();
                requests.insert(e.request.clone());
            }
            Event::RecusalDeclared(e) => {
                let requests = asked.entry(e.case.clone()).or_default();
                requests.retain(|request| !e.struck.contains(request));
            }
            Event::CommitmentMade(e) => {
                answered.insert(e.request.clone());
            }
            Event::CommitmentRefused(e) => {
                answered.insert(e.request.clone());
            }
            Event::ObstacleRecorded(e) => {
                spoken.insert(e.case.clone());
            }
            Event::ObstacleRuledOut(e) => {
                spoken.insert(e.case.clone());
            }
            Event::MinutesAdopted(minutes) => {
                let waiting = asked.values().flatten().find(|id| !answered.contains(id));
                ensure(waiting.is_none(), || {
                    format!("minutes were adopted while {waiting:?} waits")
                })?;
                minutes_cover(minutes, &agenda)?;
                for case in &minutes.cases {
                    let of_case = asked.remove(&case.case).unwrap_or_default();
                    minuted_case(case, &of_case, &spoken)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn minutes_cover(minutes: &MinutesAdopted, agenda: &BTreeSet<CaseId>) -> Verdict {
    let covered: BTreeSet<CaseId> = minutes.cases.iter().map(|case| case.case.clone()).collect();
    ensure(
        &covered == agenda && covered.len() == minutes.cases.len(),
        || format!("the minutes cover {covered:?}, the agenda has {agenda:?}"),
    )
}

fn minuted_case(
    case: &MinutedCase,
    asked: &BTreeSet<RequestId>,
    spoken: &BTreeSet<CaseId>,
) -> Verdict {
    let name = &case.case;
    let minuted: BTreeSet<RequestId> = case.requests.iter().map(|r| r.request.clone()).collect();
    ensure(&minuted == asked, || {
        format!("case {name}: {asked:?} was asked, the minutes have {minuted:?}")
    })?;
    let decided = matches!(case.conclusion, Conclusion::Decided { .. });
    ensure(!decided || spoken.contains(name), || {
        format!("case {name} was decided without a word on repetition")
    })
}

/// Never open below the quorum, nor with a stranger; never a word of the table on a case with
/// fewer than the quorum taking part.
pub(crate) fn quorum_is_kept(log: &[Recorded]) -> Verdict {
    let mut quorum = 0;
    let mut invited: BTreeSet<Organisation> = BTreeSet::new();
    let mut present: BTreeSet<Organisation> = BTreeSet::new();
    let mut recused: BTreeSet<(CaseId, Organisation)> = BTreeSet::new();
    for (event, _) in log {
        let about = match event {
            Event::MeetingPlanned(e) => {
                quorum = usize::try_from(e.quorum).map_err(|error| error.to_string())?;
                None
            }
            Event::OrganisationInvited(e) => {
                invited.insert(e.organisation.clone());
                None
            }
            Event::RecusalDeclared(e) => {
                recused.insert((e.case.clone(), e.organisation.clone()));
                None
            }
            Event::MeetingOpened(e) => {
                present.clone_from(&e.present);
                ensure(present.is_subset(&invited), || {
                    "opened with an organisation that was not invited".into()
                })?;
                ensure(present.len() >= quorum, || {
                    format!("opened with {} of {quorum}", present.len())
                })?;
                None
            }
            Event::CollisionRecorded(e) => Some(&e.case),
            Event::CommitmentRequested(e) => Some(&e.case),
            Event::DecisionRecorded(e) => Some(&e.case),
            Event::ObstacleRecorded(e) => Some(&e.case),
            Event::ObstacleRuledOut(e) => Some(&e.case),
            _ => None,
        };
        if let Some(case) = about {
            let part = present
                .iter()
                .filter(|organisation| !recused.contains(&(case.clone(), (*organisation).clone())))
                .count();
            ensure(part >= quorum, || {
                format!("{} with {part} of {quorum} taking part", event.kind())
            })?;
        }
    }
    Ok(())
}

/// A recused organisation is not asked, does not answer and does not decide in that case; and
/// what it said before is not in the minutes.
pub(crate) fn recused_take_no_part(log: &[Recorded]) -> Verdict {
    let mut recused: BTreeSet<(CaseId, Organisation)> = BTreeSet::new();
    let mut of: BTreeMap<RequestId, Organisation> = BTreeMap::new();
    for (event, _) in log {
        let part: Vec<(CaseId, Organisation)> = match event {
            Event::RecusalDeclared(e) => {
                recused.insert((e.case.clone(), e.organisation.clone()));
                let others = e
                    .struck
                    .iter()
                    .find(|id| of.get(*id) != Some(&e.organisation));
                ensure(others.is_none(), || {
                    format!("{others:?} was not its to strike")
                })?;
                Vec::new()
            }
            Event::CommitmentRequested(e) => {
                of.insert(e.request.clone(), e.of.clone());
                vec![(e.case.clone(), e.of.clone())]
            }
            Event::CommitmentMade(e) => vec![(e.case.clone(), e.by.clone())],
            Event::CommitmentRefused(e) => vec![(e.case.clone(), e.by.clone())],
            Event::DecisionRecorded(e) => vec![(e.case.clone(), e.by.clone())],
            Event::MinutesAdopted(minutes) => minutes
                .cases
                .iter()
                .flat_map(|case| {
                    let answers = case.requests.iter();
                    answers.map(|request| (case.case.clone(), request.of.clone()))
                })
                .collect(),
            _ => Vec::new(),
        };
        let found = part.iter().find(|part| recused.contains(*part));
        ensure(found.is_none(), || {
            format!("{} of a recused organisation", event.kind())
        })?;
    }
    Ok(())
}

/// An organisation answers what it was asked, once.
pub(crate) fn answers_are_asked_for(log: &[Recorded]) -> Verdict {
    let mut waiting: BTreeSet<(CaseId, RequestId, Organisation)> = BTreeSet::new();
    for (event, _) in log {
        let answer = match event {
            Event::CommitmentRequested(e) => {
                let fresh = waiting.iter().all(|(_, request, _)| request != &e.request);
                ensure(fresh, || format!("{} was asked twice", e.request))?;
                waiting.insert((e.case.clone(), e.request.clone(), e.of.clone()));
                continue;
            }
            Event::CommitmentMade(e) => (e.case.clone(), e.request.clone(), e.by.clone()),
            Event::CommitmentRefused(e) => (e.case.clone(), e.request.clone(), e.by.clone()),
            _ => continue,
        };
        ensure(waiting.remove(&answer), || {
            format!("{} was not waiting for {}", answer.1, answer.2)
        })?;
    }
    Ok(())
}

/// The log alone gives the state that was kept while it grew.
pub(crate) fn replay_gives(log: &[Recorded], kept: &Meeting) -> Verdict {
    let replayed = log.iter().fold(Meeting::Unplanned, |meeting, (event, at)| {
        MeetingRules::evolve(meeting, event, *at)
    });
    ensure(&replayed == kept, || {
        format!("replay gives {replayed:?}, kept was {kept:?}")
    })
}

/// Every event reads back from what is stored.
pub(crate) fn reads_back(log: &[Recorded]) -> Verdict {
    for (event, _) in log {
        let read = Event::from_stored(event.kind(), i64::from(event.version()), event.data())
            .map_err(|error| error.to_string())?;
        ensure(&read == event, || {
            format!("{event:?} reads back as {read:?}")
        })?;
    }
    Ok(())
}

/// Nothing follows adopted minutes or a cancellation but the erasure of what was written, once.
pub(crate) fn nothing_after_the_end(log: &[Recorded]) -> Verdict {
    let end = log.iter().position(|(event, _)| {
        matches!(event, Event::MinutesAdopted(_) | Event::MeetingCancelled(_))
    });
    let Some(end) = end else {
        return Ok(());
    };
    let mut after = log[end + 1..].iter().map(|(event, _)| event).peekable();
    after.next_if(|event| matches!(event, Event::MeetingErasureOrdered(_)));
    match after.next() {
        Some(event) => Err(format!("{} after {}", event.kind(), log[end].0.kind())),
        None => Ok(()),
    }
}

/// Each open deadline leads to an event at its time, not a second before, and never twice.
pub(crate) fn deadlines_fire_once(rules: &MeetingRules, meeting: &Meeting) -> Verdict {
    let lapse = |meeting: &Meeting, due, at| {
        rules
            .decide(meeting, Command::Lapse(due), at)
            .map_err(|refusal| format!("a deadline was refused: {refusal}"))
    };
    for (due, when) in deadlines(meeting) {
        let early = lapse(meeting, due.clone(), when - Span::new().seconds(1))?;
        ensure(early.is_empty(), || format!("{due} fired too early"))?;
        let events = lapse(meeting, due.clone(), when)?;
        ensure(!events.is_empty(), || {
            format!("{due} passed and nothing followed")
        })?;
        let after = fold(meeting.clone(), &events, when);
        let left = deadlines(&after);
        ensure(left.is_empty(), || format!("{left:?} stays open"))?;
        let again = lapse(&after, due.clone(), when)?;
        ensure(again.is_empty(), || format!("{due} fired twice"))?;
    }
    Ok(())
}
