//! What a caller may do in a case: what the policies say, for a page to offer no more than that.

use gate::{Action, CaseFacts};

use super::super::Platform;
use super::super::caller::Caller;

/// What people do on the page of a case.
const DEEDS: [Action; 28] = [
    Action::OfferHandoff,
    Action::AnswerCounter,
    Action::WithdrawHandoff,
    Action::AskAdvice,
    Action::RecordBlock,
    Action::RecordPerspective,
    Action::RequestEscalation,
    Action::Insist,
    Action::GiveEvidence,
    Action::Triage,
    Action::AcknowledgeEscalation,
    Action::ConfirmUrgency,
    Action::RecordAssessment,
    Action::RequestCommitment,
    Action::AnswerCommitment,
    Action::FulfilCommitment,
    Action::TakeDecision,
    Action::SendFeedback,
    Action::InformCitizen,
    Action::ProposeDeEscalation,
    Action::AnswerDeEscalation,
    Action::LinkCitizen,
    Action::RecordConsent,
    Action::RaiseObjection,
    Action::SettleObjection,
    Action::StartMeasure,
    Action::EndMeasure,
    Action::Close,
];

/// Those of them that the gate permits; where it matters for whom, for the caller's organisation.
pub(super) fn may_do(platform: &Platform, caller: &Caller, facts: &CaseFacts) -> Vec<&'static str> {
    let own = CaseFacts {
        target: Some(caller.oin.to_string()),
        ..facts.clone()
    };
    let gate = &platform.ground.gate;
    let may = |action: &Action| gate.may(&caller.actor, *action, &own).is_ok();
    let deeds = DEEDS.iter().filter(|action| may(action));
    deeds.map(|action| action.as_str()).collect()
}
