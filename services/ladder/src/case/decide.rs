//! Whether a command can be carried out now, and what follows from it. One file per subject.

mod citizen;
mod closing;
mod commitment;
mod consent;
mod consultation;
mod decision;
mod descent;
mod draft;
mod erasure;
mod escalation;
mod handoff;
mod lapse;
mod mandate;
mod money;
mod pause;
mod report;
mod sharing;
mod silence;
mod terms;
mod triage;
mod urgency;
mod weighing;

use jiff::Timestamp;

use super::evolve::evolve;
use crate::{Case, Command, Event, Refusal, Rules, Underway};

pub(super) fn decide(
    rules: &Rules,
    case: &Case,
    command: Command,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    match (case, command) {
        (Case::Draft(draft), Command::Report(report)) if draft.owner != report.owner => {
            Err(Refusal::NotOwner(report.owner))
        }
        (Case::Draft(draft), Command::SaveDraft(saved)) if draft.owner != saved.owner => {
            Err(Refusal::NotOwner(saved.owner))
        }
        (Case::Absent | Case::Draft(_), Command::Report(report)) => {
            Ok(report::report(rules, *report, at))
        }
        (Case::Absent | Case::Draft(_), Command::SaveDraft(draft)) => {
            Ok(draft::save(rules, draft, at))
        }
        (Case::Draft(_), Command::DiscardDraft) => Ok(draft::discard()),
        (Case::Draft(draft), Command::Lapse(due)) => Ok(draft::lapse(rules, draft, &due, at)),
        (Case::Absent | Case::Discarded | Case::Closed(_), Command::Lapse(_)) => Ok(Vec::new()),
        (Case::Closed(case), Command::Reopen(reopen)) => closing::reopen(rules, case, reopen, at),
        (Case::Closed(case), Command::OrderErasure(order)) => {
            erasure::order(&case.file, order, true, at)
        }
        (Case::Closed(case), Command::CompleteErasure(it)) => {
            Ok(erasure::complete(&case.file, &it))
        }
        (Case::Closed(_), Command::PlaceHold(hold)) => erasure::hold(hold, at),
        (Case::Closed(case), Command::LiftHold(lift)) => erasure::lift(&case.file, lift, at),
        (Case::Closed(case), Command::RecordRedaction(it)) => erasure::redact(&case.file, it),
        (Case::Closed(case), Command::LinkCitizen(it)) => citizen::link(&case.file, it),
        (Case::Closed(case), Command::UnlinkCitizen(it)) => citizen::unlink(&case.file, it),
        (Case::Underway(case), command) => settled(rules, case, command, at),
        // What is not under way knows the commands above and no others.
        (Case::Closed(_) | Case::Discarded, Command::Report(_)) => Err(Refusal::CaseExists),
        (Case::Absent, _) => Err(Refusal::UnknownCase),
        (Case::Draft(_), _) => Err(Refusal::NotShared),
        (Case::Closed(_) | Case::Discarded, _) => Err(Refusal::CaseClosed),
    }
}

/// A claim of urgency ends with its term, whether the clock or a command comes first: what is asked
/// after it meets the ordinary terms.
fn settled(
    rules: &Rules,
    case: &Underway,
    command: Command,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let Some(ended) = urgency::ended(rules, case, at) else {
        return underway(rules, case, command, at);
    };
    let rings = lapse::rings(case, &command, at);
    let after = evolve(Case::Underway(Box::new(case.clone())), &ended, at);
    let Case::Underway(after) = after else {
        return Ok(vec![ended]);
    };
    let events = underway(rules, &after, command, at)?;
    if events.is_empty() && !rings {
        return Ok(events);
    }
    Ok([ended].into_iter().chain(events).collect())
}

/// Every command has an answer here: a new one does not compile until it has.
fn underway(
    rules: &Rules,
    case: &Underway,
    command: Command,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let file = &case.file;
    match command {
        Command::Report(_) => Err(Refusal::CaseExists),
        Command::SaveDraft(_) | Command::DiscardDraft => Err(Refusal::NotADraft),
        Command::Reopen(_) => Err(Refusal::NotClosed),
        Command::Lapse(due) => Ok(lapse::lapse(rules, case, &due, at)),
        Command::ReportFact(fact) => report::report_fact(rules, file, fact),
        Command::RecordBlock(block) => Ok(report::record_block(rules, block, at)),
        Command::RecordPerspective(it) => Ok(report::record_perspective(it)),
        Command::RecordLegalBasis(basis) => sharing::record_basis(rules, file, basis),
        Command::Disclose(disclosure) => sharing::disclose(rules, file, *disclosure),
        Command::GiveConsent(it) => consent::give(file, it),
        Command::WithdrawConsent(it) => consent::withdraw(file, it),
        Command::RaiseObjection(it) => consent::object(rules, file, it, at),
        Command::ExtendObjection(it) => consent::extend(rules, file, it, at),
        Command::SettleObjection(it) => consent::settle(file, it),
        Command::LiftObjection(it) => consent::lift(file, it),
        Command::ChooseOwnershipMode(choice) => Ok(report::choose_mode(file, &choice)),
        Command::AskAdvice(question) => consultation::ask(rules, file, question, at),
        Command::GiveAdvice(advice) => consultation::give(file, advice),
        Command::OfferHandoff(offer) => handoff::offer(rules, case, offer, at),
        Command::AnswerHandoff(answer) => handoff::answer(rules, case, answer, at),
        Command::AnswerCounter(answer) => handoff::answer_counter(file, answer),
        Command::WithdrawHandoff(withdrawal) => handoff::withdraw(case, withdrawal, at),
        Command::ReturnHandoff(back) => handoff::give_back(rules, file, back, at),
        Command::ShareIdentity(share) => handoff::share_identity(file, share),
        Command::RequestEscalation(request) => escalation::request(rules, case, request, at),
        Command::Insist(insistence) => escalation::insist(rules, case, insistence, at),
        Command::ConfirmUrgency(second) => urgency::confirm(case, second, at),
        Command::GiveEvidence(evidence) => triage::give_evidence(case, evidence),
        Command::AcknowledgeEscalation(it) => triage::acknowledge(rules, case, it, at),
        Command::Triage(triage) => triage::triage(rules, case, triage, at),
        Command::RequestCommitment(request) => commitment::request(rules, case, request),
        Command::AnswerCommitment(answer) => commitment::answer(rules, file, answer, at),
        Command::FulfilCommitment(it) => commitment::fulfil(rules, case, it, at),
        Command::RecordAssessment(part) => weighing::record(file, part),
        Command::ProposeDecision(it) => decision::propose(rules, case, it, at),
        Command::RejectDecision(it) => decision::reject(rules, case, it, at),
        Command::TakeDecision(it) => decision::take(rules, case, it, at),
        Command::OpenFund(fund) => money::open_fund(file, fund),
        Command::Contribute(share) => money::contribute(rules, file, share, at),
        Command::SpendBudget(spending) => money::spend(rules, spending, at),
        Command::StartMeasure(measure) => money::start_measure(rules, file, measure, at),
        Command::EndMeasure(end) => money::end_measure(file, end),
        Command::Suspend(suspension) => pause::suspend(rules, case, suspension, at),
        Command::Resume(resume) => pause::resume(rules, case, resume, at),
        Command::ExtendTerm(extension) => pause::extend(rules, case, extension, at),
        Command::OrderErasure(order) => erasure::order(file, order, false, at),
        Command::CompleteErasure(it) => Ok(erasure::complete(file, &it)),
        Command::LinkCitizen(it) => citizen::link(file, it),
        Command::UnlinkCitizen(it) => citizen::unlink(file, it),
        Command::PlaceHold(hold) => erasure::hold(hold, at),
        Command::LiftHold(lift) => erasure::lift(file, lift, at),
        Command::RecordRedaction(it) => erasure::redact(file, it),
        Command::SendFeedback(feedback) => Ok(closing::feedback(feedback)),
        Command::InformCitizen(news) => Ok(closing::inform_citizen(news)),
        Command::PostponeInforming(it) => Ok(closing::postpone_informing(it)),
        Command::ProposeDeescalation(it) => descent::propose(&rules.ladder, case, it),
        Command::AnswerDeescalation(it) => descent::answer(rules, file, it, at),
        Command::Close(close) => closing::close(file, *close),
        Command::Withdraw(withdrawal) => Ok(closing::withdraw(withdrawal)),
    }
}

/// A reason that says something: one that is absent or blank is none.
fn given(reason: Option<String>) -> Option<String> {
    reason.filter(|reason| !reason.trim().is_empty())
}
