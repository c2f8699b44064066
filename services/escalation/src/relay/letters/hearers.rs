//! Who hears of what happens to a case.

use std::collections::BTreeSet;

use ladder::{Case, Due, File, Organisation, Request, Underway};
use proto::ToParty;

use super::Told;

/// Everybody named hears the same, once.
pub(super) fn once<'a>(
    organisations: impl IntoIterator<Item = &'a Organisation>,
    told: impl Into<ToParty>,
) -> Told {
    let told = told.into();
    let organisations: BTreeSet<&Organisation> = organisations.into_iter().collect();
    organisations
        .into_iter()
        .map(|organisation| (organisation.clone(), told.clone()))
        .collect()
}

/// The organisations that take part: who owns, raised or handles the case, who accepted a
/// handoff, who was asked for a commitment.
pub(super) fn concerned(file: &File) -> BTreeSet<&Organisation> {
    file.participants()
        .into_iter()
        .chain(file.asked())
        .chain([&file.owner, &file.raiser, &file.handler])
        .collect()
}

/// Those who take part, and those whose answer is awaited: to an offer, a question for advice or
/// a request for admission.
pub(super) fn awaited_too(case: &Case) -> BTreeSet<&Organisation> {
    let Some(file) = case.file() else {
        return BTreeSet::new();
    };
    let consulted = file
        .consultations
        .values()
        .filter(|consultation| consultation.answer_by.is_some())
        .map(|consultation| &consultation.of);
    concerned(file)
        .into_iter()
        .chain(file.offered())
        .chain(consulted)
        .chain(asked_to_admit(case))
        .collect()
}

/// The request for admission that waits for an answer.
pub(super) fn pending(case: &Case) -> Option<&Request> {
    match case {
        Case::Underway(underway) => underway.pending(),
        Case::Absent | Case::Draft(_) | Case::Discarded | Case::Closed(_) => None,
    }
}

/// Who is asked to admit the case to a higher rung: the body there, and who answers for it.
pub(super) fn asked_to_admit(case: &Case) -> impl Iterator<Item = &Organisation> {
    pending(case)
        .into_iter()
        .flat_map(|request| [&request.body, &request.admitting])
}

/// Whether an organisation sees the whole course of a case: who owns, raised or handles it. A body
/// that silence brought the case to sees the card only.
pub(super) fn sees_the_course(file: &File, organisation: &Organisation) -> bool {
    [&file.owner, &file.raiser, &file.handler].contains(&organisation)
        && !file.card_only().contains(organisation)
}

/// Whether an organisation may hear how a deadline moves: it has to meet it or waits for it, or
/// it sees the whole course.
pub(super) fn may_hear_of(case: &Underway, due: &Due, organisation: &Organisation) -> bool {
    let file = &case.file;
    sees_the_course(file, organisation)
        || match due {
            Due::HandoffReminder(id) | Due::HandoffAnswer(id) | Due::CounterFollowUp(id) => file
                .handoffs
                .get(id)
                .is_some_and(|handoff| [&handoff.from, &handoff.to].contains(&organisation)),
            Due::AdviceAnswer(id) => file
                .consultations
                .get(id)
                .is_some_and(|consultation| consultation.of == *organisation),
            Due::CommitmentDay(id) => file
                .commitments
                .get(id)
                .is_some_and(|commitment| commitment.of == *organisation),
            Due::MeasureEnd(id) => file
                .measures
                .get(id)
                .is_some_and(|measure| [&measure.by, &measure.watcher].contains(&organisation)),
            Due::EscalationAcknowledgement(_)
            | Due::EscalationAnswer(_)
            | Due::EscalationReview(_) => case
                .pending()
                .is_some_and(|request| [&request.body, &request.admitting].contains(&organisation)),
            Due::Completion(_)
            | Due::Explanation(_)
            | Due::DraftReminder
            | Due::Climb
            | Due::UrgencyConfirmation
            | Due::Review
            | Due::StayWarning
            | Due::Decision
            | Due::SuspensionEnd
            | Due::Objection(_)
            | Due::AftercareCheck => false,
        }
}
