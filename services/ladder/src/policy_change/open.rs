use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{OpenDeadline, RungTerm, TermOf};
use crate::{
    Case, Closures, Decider, Due, Event, ObjectionStatus, Organisation, Rules, Stage, TermKey,
    Underway, deadlines,
};

/// The open deadlines of a case that follow from a term of the ladder file, from its whole
/// history. A date that people chose (a commitment's, a measure's, a suspension's) follows from no
/// term, and half a term is not one of its own.
pub fn open<'a>(
    what: &str,
    history: impl IntoIterator<Item = (&'a Event, Timestamp)>,
    closures: &BTreeMap<Organisation, Closures>,
) -> Vec<OpenDeadline> {
    let mut case = Case::Absent;
    let mut since: BTreeMap<Due, Timestamp> = BTreeMap::new();
    let mut aftercare_began = None;
    for (event, at) in history {
        case = Rules::evolve(case, event, at);
        let open: Vec<Due> = deadlines(&case).into_iter().map(|(due, _)| due).collect();
        since.retain(|due, _| open.contains(due));
        for due in open {
            since.entry(due).or_insert(at);
        }
        match event {
            // The next look starts a term of its own.
            Event::ReviewPassed(_) | Event::BlockRecorded(_) => {
                since.insert(Due::Review, at);
            }
            Event::AftercareStarted(started) => aftercare_began = Some((at, started.checks.len())),
            _ => {}
        }
    }
    let Case::Underway(underway) = &case else {
        return Vec::new();
    };
    let named = deadlines(&case).into_iter().filter_map(|(due, at)| {
        let (term_of, debtor) = term_of(underway, &due, aftercare_began.map(|(_, n)| n))?;
        let began = match due {
            Due::AftercareCheck => aftercare_began?.0,
            // Counted from the request, also when it only came with the end of an urgency.
            Due::EscalationAcknowledgement(_) => underway.pending()?.since,
            _ => *since.get(&due)?,
        };
        Some(OpenDeadline {
            what: format!("{what} {due}"),
            since: began,
            term_of,
            closures: debtor
                .and_then(|debtor| closures.get(debtor))
                .cloned()
                .unwrap_or_default(),
            due: at,
        })
    });
    named.collect()
}

/// Which term a deadline follows from, and whose closure days count for it.
fn term_of<'a>(
    case: &'a Underway,
    due: &Due,
    checks: Option<usize>,
) -> Option<(TermOf, Option<&'a Organisation>)> {
    let file = &case.file;
    let key = |key| Some((TermOf::Key(key), None));
    match due {
        Due::HandoffAnswer(id) => {
            let handoff = file.handoffs.get(id)?;
            let term = match handoff.urgent {
                true => TermKey::HandoffAnswerUrgent,
                false => TermKey::HandoffAnswer,
            };
            Some((TermOf::Key(term), Some(&handoff.to)))
        }
        Due::CounterFollowUp(id) => {
            let sender = file.handoffs.get(id).map(|handoff| &handoff.from);
            Some((TermOf::Key(TermKey::CounterFollowUp), sender))
        }
        Due::AdviceAnswer(id) => {
            let asked = file.consultations.get(id).map(|asked| &asked.of);
            Some((TermOf::Key(TermKey::AdviceAnswer), asked))
        }
        Due::EscalationAcknowledgement(_) => {
            let request = case.pending()?;
            let of = TermOf::Rung(request.to.clone(), RungTerm::Acknowledge);
            Some((of, Some(&request.admitting)))
        }
        Due::EscalationAnswer(_) => {
            let request = case.pending()?;
            let term = match request.urgent {
                true => RungTerm::AnswerUrgent,
                false => RungTerm::Answer,
            };
            let of = TermOf::Rung(request.to.clone(), term);
            Some((of, Some(&request.admitting)))
        }
        Due::Completion(_) => key(TermKey::Completion),
        Due::Objection(id) => match file.objections.get(id)?.status {
            ObjectionStatus::Open { extended: true, .. } => key(TermKey::ObjectionAnswerExtended),
            ObjectionStatus::Open { extended: false, .. }
            | ObjectionStatus::Upheld
            | ObjectionStatus::Overruled
            | ObjectionStatus::Lifted => key(TermKey::ObjectionAnswer),
        },
        Due::Explanation(_) => key(TermKey::Explain),
        Due::Climb => key(TermKey::ClimbAfter),
        Due::UrgencyConfirmation => key(TermKey::UrgentConfirmation),
        Due::Decision => key(TermKey::Decision),
        Due::Review => match case.stage {
            Stage::Blocked(_) => key(TermKey::BlockReview),
            _ => Some((TermOf::Rung(file.rung.clone(), RungTerm::Review), None)),
        },
        Due::StayWarning => Some((TermOf::Rung(file.rung.clone(), RungTerm::Warn), None)),
        Due::AftercareCheck => match &case.stage {
            Stage::Aftercare { checks: left } => {
                let index = checks?.checked_sub(left.len())?;
                Some((TermOf::AftercareCheck(index), None))
            }
            _ => None,
        },
        Due::DraftReminder
        | Due::HandoffReminder(_)
        // Whoever acknowledges says when, within the term.
        | Due::EscalationReview(_)
        | Due::CommitmentDay(_)
        | Due::MeasureEnd(_)
        | Due::SuspensionEnd => None,
    }
}
