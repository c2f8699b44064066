use std::collections::BTreeSet;

use ladder::{Case, EscalationId, Event, Ladder, Organisation, Origin, RungId};

use super::super::generated::Move;
use super::{Evolve, Recorded, Verdict, ensure};

/// A request for admission: its id, and the rungs below it that were passed over or heard it.
struct Asked {
    escalation: EscalationId,
    to: usize,
    passed: BTreeSet<usize>,
}

/// The rung rises by one, or by more when every rung between was skipped by the same request with
/// a reason, or was asked itself: silence and insistence go on from the request before.
pub(crate) fn no_rung_without_reason(log: &[Recorded], ladder: &Ladder) -> Verdict {
    let height = |rung: &RungId| {
        ladder
            .height(rung)
            .ok_or_else(|| format!("rung {rung} is not on the ladder"))
    };
    let mut now = 0;
    let mut skipped: BTreeSet<usize> = BTreeSet::new();
    let mut asked: Option<Asked> = None;
    for (event, _) in log {
        match event {
            Event::RungSkipped(skip) => {
                ensure(!skip.reason.trim().is_empty(), || {
                    format!("rung {} was skipped without a reason", skip.rung)
                })?;
                skipped.insert(height(&skip.rung)?);
            }
            Event::EscalationRequested(request) => {
                let mut passed = std::mem::take(&mut skipped);
                if request.origin != Origin::Asked
                    && let Some(earlier) = asked.take()
                {
                    passed.extend(earlier.passed);
                    passed.insert(earlier.to);
                }
                asked = Some(Asked {
                    escalation: request.escalation.clone(),
                    to: height(&request.to)?,
                    passed,
                });
            }
            Event::Escalated(up) => {
                let to = height(&up.rung)?;
                ensure(to > now, || {
                    format!("{} is not up from rung {now}", up.rung)
                })?;
                let passed = match asked.take() {
                    Some(asked) if asked.escalation == up.escalation => asked.passed,
                    _ => return Err(format!("nobody asked for {}", up.rung)),
                };
                let jumped = (now + 1..to).find(|between| !passed.contains(between));
                ensure(jumped.is_none(), || {
                    format!("from rung {now} to {to} without skipping rung {jumped:?}")
                })?;
                now = to;
            }
            Event::Deescalated(down) => {
                let to = height(&down.rung)?;
                ensure(to < now, || {
                    format!("{} is not down from rung {now}", down.rung)
                })?;
                now = to;
                // What was passed over on the way up does not count from here.
                if let Some(asked) = &mut asked {
                    asked.to = 0;
                    asked.passed.clear();
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn is_silent(origin: Origin) -> bool {
    match origin {
        Origin::HandoffSilence | Origin::TriageSilence | Origin::NoProgress => true,
        Origin::Asked | Origin::Insisted => false,
    }
}

/// Whom silence brought a case sees the card, until a ground for them is recorded and the citizen
/// knows, or it was said why not. The request itself tells them nothing, and lists what the owner
/// still has to give or explain.
pub(crate) fn silence_discloses_nothing(log: &[Recorded], evolve: Evolve) -> Verdict {
    let mut case = Case::Absent;
    let mut told: BTreeSet<Organisation> = BTreeSet::new();
    let mut grounded: BTreeSet<Organisation> = BTreeSet::new();
    let mut citizen_knows = false;
    for (position, (event, at)) in log.iter().enumerate() {
        match event {
            Event::EscalationRequested(request) if is_silent(request.origin) => {
                let owner = case.owner().cloned();
                let bodies = [&request.body, &request.admitting].into_iter().cloned();
                told.extend(bodies.filter(|body| Some(body) != owner.as_ref()));
                let silent = request.evidence.is_empty() && request.insistence.is_none();
                ensure(silent, || {
                    format!("position {position}: silence tells what nobody gave")
                })?;
                let task = request.explain_by.is_some() != request.unexplained.is_empty();
                ensure(task, || {
                    format!("position {position}: nobody is asked to explain")
                })?;
            }
            Event::LegalBasisRecorded(basis) => {
                grounded.insert(basis.receiver.clone());
            }
            Event::CitizenInformed(_) | Event::InformingPostponed(_) => citizen_knows = true,
            Event::CaseReopened(_) => citizen_knows = false,
            _ => {}
        }
        case = evolve(case, event, *at);
        let Some(file) = case.file() else { continue };
        let closed: BTreeSet<&Organisation> = told
            .iter()
            .filter(|body| !(citizen_knows && grounded.contains(*body)))
            .collect();
        ensure(file.card_only() == closed, || {
            format!(
                "position {position}: {:?} see the card only, and {closed:?} should",
                file.card_only()
            )
        })?;
    }
    Ok(())
}

/// A shortage is not sent up, by nobody and by no silence.
pub(crate) fn scarcity_stays_below(moves: &[Move]) -> Verdict {
    for done in moves {
        let scarce = done.before.file().is_some_and(ladder::File::is_scarcity);
        let up = done
            .events
            .iter()
            .any(|event| matches!(event, Event::EscalationRequested(_)));
        ensure(!(scarce && up), || {
            format!("{:?} sent a shortage up", done.command)
        })?;
    }
    Ok(())
}
