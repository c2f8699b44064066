//! Whether a command can be carried out now, and what follows from it. One file per subject.

mod closing;
mod commitment;
mod descent;
mod escalation;
mod handoff;
mod lapse;
mod report;

use jiff::Timestamp;

use crate::{Case, Command, Event, Refusal, Rules};

pub(super) fn decide(
    rules: &Rules,
    case: &Case,
    command: Command,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    match (case, command) {
        (Case::Absent, Command::Report(report)) => Ok(report::report(&rules.ladder, *report)),
        (Case::Underway(_) | Case::Closed(_), Command::Report(_)) => Err(Refusal::CaseExists),
        (Case::Absent | Case::Closed(_), Command::Lapse(_)) => Ok(Vec::new()),
        (Case::Underway(case), Command::Lapse(due)) => Ok(lapse::lapse(case, &due, at)),
        (Case::Underway(_), Command::ReportFact(fact)) => Ok(report::report_fact(fact)),
        (Case::Underway(_), Command::RecordBlock(block)) => Ok(report::record_block(block)),
        (Case::Underway(case), Command::OfferHandoff(offer)) => {
            handoff::offer(rules, &case.file, offer, at)
        }
        (Case::Underway(case), Command::AnswerHandoff(answer)) => {
            handoff::answer(&case.file, answer, at)
        }
        (Case::Underway(case), Command::WithdrawHandoff(withdrawal)) => {
            handoff::withdraw(&case.file, withdrawal, at)
        }
        (Case::Underway(case), Command::ShareIdentity(share)) => {
            handoff::share_identity(&case.file, share)
        }
        (Case::Underway(case), Command::RequestEscalation(request)) => {
            escalation::request(rules, case, request, at)
        }
        (Case::Underway(case), Command::Triage(triage)) => escalation::triage(case, triage),
        (Case::Underway(case), Command::RequestCommitment(request)) => {
            commitment::request(rules, case, request)
        }
        (Case::Underway(case), Command::AnswerCommitment(answer)) => {
            commitment::answer(&case.file, answer)
        }
        (Case::Underway(case), Command::FulfilCommitment(fulfilment)) => {
            commitment::fulfil(rules, case, fulfilment, at)
        }
        (Case::Underway(case), Command::TakeDecision(decision)) => {
            closing::take_decision(case, decision)
        }
        (Case::Underway(_), Command::SendFeedback(feedback)) => Ok(closing::feedback(feedback)),
        (Case::Underway(_), Command::InformCitizen(news)) => Ok(closing::inform_citizen(news)),
        (Case::Underway(case), Command::ProposeDeescalation(proposal)) => {
            descent::propose(&rules.ladder, case, proposal)
        }
        (Case::Underway(case), Command::AnswerDeescalation(answer)) => {
            descent::answer(&case.file, answer)
        }
        (Case::Underway(case), Command::Close(close)) => closing::close(&case.file, *close),
        (
            Case::Absent,
            Command::ReportFact(_)
            | Command::RecordBlock(_)
            | Command::OfferHandoff(_)
            | Command::AnswerHandoff(_)
            | Command::WithdrawHandoff(_)
            | Command::ShareIdentity(_)
            | Command::RequestEscalation(_)
            | Command::Triage(_)
            | Command::RequestCommitment(_)
            | Command::AnswerCommitment(_)
            | Command::FulfilCommitment(_)
            | Command::TakeDecision(_)
            | Command::SendFeedback(_)
            | Command::InformCitizen(_)
            | Command::ProposeDeescalation(_)
            | Command::AnswerDeescalation(_)
            | Command::Close(_),
        ) => Err(Refusal::UnknownCase),
        (
            Case::Closed(_),
            Command::ReportFact(_)
            | Command::RecordBlock(_)
            | Command::OfferHandoff(_)
            | Command::AnswerHandoff(_)
            | Command::WithdrawHandoff(_)
            | Command::ShareIdentity(_)
            | Command::RequestEscalation(_)
            | Command::Triage(_)
            | Command::RequestCommitment(_)
            | Command::AnswerCommitment(_)
            | Command::FulfilCommitment(_)
            | Command::TakeDecision(_)
            | Command::SendFeedback(_)
            | Command::InformCitizen(_)
            | Command::ProposeDeescalation(_)
            | Command::AnswerDeescalation(_)
            | Command::Close(_),
        ) => Err(Refusal::CaseClosed),
    }
}

/// A reason that says something: one that is absent or blank is none.
fn given(reason: Option<String>) -> Option<String> {
    reason.filter(|reason| !reason.trim().is_empty())
}
