//! Which action of the policies a command is, and which organisation it is about.

use gate::Action;
use ladder::{Case, Command, Organisation};

/// The action to ask the gate for, and the organisation that the command is about: the receiver
/// of a handoff (the sender, when it is withdrawn or its counter is answered), whose commitment, who
/// takes the case back, who was asked for advice, or the one in whose name it is done.
pub(super) fn permission(command: &Command, case: &Case) -> (Action, Option<Organisation>) {
    let file = case.file();
    match command {
        Command::Report(report) => (Action::Report, Some(report.owner.clone())),
        Command::ReportFact(fact) => (Action::ReportFact, Some(fact.source.clone())),
        Command::RecordBlock(_) => (Action::RecordBlock, None),
        Command::OfferHandoff(offer) => (Action::OfferHandoff, Some(offer.to.clone())),
        Command::AnswerHandoff(answer) => {
            let handoff = file.and_then(|file| file.handoffs.get(&answer.handoff));
            (
                Action::AnswerHandoff,
                handoff.map(|handoff| handoff.to.clone()),
            )
        }
        Command::WithdrawHandoff(withdrawal) => {
            let handoff = file.and_then(|file| file.handoffs.get(&withdrawal.handoff));
            (
                Action::WithdrawHandoff,
                handoff.map(|handoff| handoff.from.clone()),
            )
        }
        Command::ShareIdentity(share) => {
            let handoff = file.and_then(|file| file.handoffs.get(&share.handoff));
            (
                Action::ShareIdentity,
                handoff.map(|handoff| handoff.to.clone()),
            )
        }
        Command::SaveDraft(draft) => (Action::KeepDraft, Some(draft.owner.clone())),
        Command::DiscardDraft => (Action::KeepDraft, case.owner().cloned()),
        Command::RecordPerspective(_) => (Action::RecordPerspective, None),
        Command::RecordLegalBasis(basis) => (Action::RecordLegalBasis, Some(basis.source.clone())),
        Command::Disclose(it) => (Action::RecordLegalBasis, Some(it.source.clone())),
        Command::GiveConsent(_) | Command::WithdrawConsent(_) => (Action::RecordConsent, None),
        Command::RaiseObjection(_) => (Action::RaiseObjection, None),
        Command::ExtendObjection(_) | Command::SettleObjection(_) | Command::LiftObjection(_) => {
            (Action::SettleObjection, None)
        }
        Command::ChooseOwnershipMode(_) => (Action::ChooseOwnershipMode, None),
        Command::AskAdvice(question) => (Action::AskAdvice, Some(question.of.clone())),
        Command::GiveAdvice(advice) => {
            let asked = file.and_then(|file| file.consultations.get(&advice.consultation));
            (Action::GiveAdvice, asked.map(|asked| asked.of.clone()))
        }
        Command::AnswerCounter(answer) => {
            let handoff = file.and_then(|file| file.handoffs.get(&answer.handoff));
            let sender = handoff.map(|handoff| handoff.from.clone());
            (Action::AnswerCounter, sender)
        }
        Command::ReturnHandoff(back) => {
            let handoff = file.and_then(|file| file.handoffs.get(&back.handoff));
            (
                Action::ReturnHandoff,
                handoff.map(|handoff| handoff.to.clone()),
            )
        }
        Command::Insist(_) => (Action::Insist, None),
        Command::ConfirmUrgency(_) => (Action::ConfirmUrgency, None),
        Command::GiveEvidence(_) => (Action::GiveEvidence, None),
        Command::AcknowledgeEscalation(_) => (Action::AcknowledgeEscalation, None),
        Command::RecordAssessment(_) => (Action::RecordAssessment, None),
        Command::ProposeDecision(_) => (Action::ProposeDecision, None),
        Command::RejectDecision(_) => (Action::RejectDecision, None),
        Command::OpenFund(_) => (Action::OpenFund, None),
        Command::Contribute(share) => (Action::Contribute, Some(share.by.clone())),
        Command::SpendBudget(spending) => (Action::SpendBudget, Some(spending.by.clone())),
        Command::StartMeasure(measure) => (Action::StartMeasure, Some(measure.by.clone())),
        Command::EndMeasure(end) => {
            let measure = file.and_then(|file| file.measures.get(&end.measure));
            (
                Action::EndMeasure,
                measure.map(|measure| measure.by.clone()),
            )
        }
        Command::Suspend(_) | Command::Resume(_) => (Action::Suspend, None),
        Command::ExtendTerm(extension) => (Action::ExtendTerm, Some(extension.by.clone())),
        Command::PostponeInforming(_) => (Action::InformCitizen, None),
        Command::Withdraw(_) => (Action::Withdraw, None),
        Command::Reopen(reopen) => (Action::Reopen, Some(reopen.by.clone())),
        Command::RequestEscalation(_) => (Action::RequestEscalation, None),
        Command::Triage(_) => (Action::Triage, None),
        Command::RequestCommitment(request) => {
            (Action::RequestCommitment, Some(request.of.clone()))
        }
        Command::AnswerCommitment(answer) => {
            let commitment = file.and_then(|file| file.commitments.get(&answer.request));
            (
                Action::AnswerCommitment,
                commitment.map(|commitment| commitment.of.clone()),
            )
        }
        Command::FulfilCommitment(fulfilment) => {
            let commitment = file.and_then(|file| file.commitments.get(&fulfilment.request));
            (
                Action::FulfilCommitment,
                commitment.map(|commitment| commitment.of.clone()),
            )
        }
        Command::TakeDecision(_) => (Action::TakeDecision, None),
        Command::SendFeedback(_) => (Action::SendFeedback, None),
        Command::InformCitizen(_) => (Action::InformCitizen, None),
        Command::LinkCitizen(_) => (Action::LinkCitizen, None),
        Command::UnlinkCitizen(_) => (Action::UnlinkCitizen, None),
        Command::ProposeDeescalation(proposal) => (
            Action::ProposeDeEscalation,
            Some(proposal.receiver.organisation.clone()),
        ),
        Command::AnswerDeescalation(_) => {
            let proposal = file.and_then(|file| file.proposal.as_ref());
            let receiver = proposal.map(|proposal| proposal.receiver.organisation.clone());
            (Action::AnswerDeEscalation, receiver)
        }
        Command::OrderErasure(_) | Command::CompleteErasure(_) => (Action::OrderErasure, None),
        Command::PlaceHold(_) | Command::LiftHold(_) => (Action::PlaceHold, None),
        Command::RecordRedaction(_) => (Action::Redact, None),
        Command::Close(_) => (Action::Close, None),
        Command::Lapse(_) => (Action::Lapse, None),
    }
}
