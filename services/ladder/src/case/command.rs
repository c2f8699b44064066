//! What somebody asks of a case.

mod citizen;
mod closing;
mod commitment;
mod consultation;
mod decision;
mod erasure;
mod escalation;
mod handoff;
mod money;
mod pause;
mod report;
mod sharing;
mod weighing;

pub use citizen::*;
pub use closing::*;
pub use commitment::*;
pub use consultation::*;
pub use decision::*;
pub use erasure::*;
pub use escalation::*;
pub use handoff::*;
pub use money::*;
pub use pause::*;
pub use report::*;
pub use sharing::*;
pub use weighing::*;

use crate::Due;

/// What somebody asks of a case. Who may ask it is the gate's to say; whether it can be now is
/// the rules'.
#[derive(Debug, Clone)]
pub enum Command {
    /// Keep a story that is not shared yet.
    SaveDraft(SaveDraft),
    /// Throw such a story away.
    DiscardDraft,
    /// Report a new case, or a draft.
    Report(Box<Report>),
    /// Report a fact that one's organisation knows.
    ReportFact(ReportFact),
    /// Record what blocks.
    RecordBlock(RecordBlock),
    /// Record how the citizen sees the situation now.
    RecordPerspective(RecordPerspective),
    /// Record the ground for sharing with one receiver.
    RecordLegalBasis(RecordLegalBasis),
    /// Share with one receiver after the check, with the three answers that go with it.
    Disclose(Box<Disclose>),
    /// Record that a person agreed to sharing.
    GiveConsent(GiveConsent),
    /// Record that a person took that back.
    WithdrawConsent(WithdrawConsent),
    /// Record that a person objects to sharing.
    RaiseObjection(RaiseObjection),
    /// Take more time to settle such an objection, once.
    ExtendObjection(ExtendObjection),
    /// Settle such an objection.
    SettleObjection(SettleObjection),
    /// Lift an objection that was right: its ground has fallen away.
    LiftObjection(LiftObjection),
    /// Choose who owns a case that an ownership handoff is accepted for.
    ChooseOwnershipMode(ChooseOwnershipMode),
    /// Ask another organisation for advice, without personal data.
    AskAdvice(AskAdvice),
    /// Give that advice.
    GiveAdvice(GiveAdvice),
    /// Offer a handoff to another organisation.
    OfferHandoff(OfferHandoff),
    /// Answer an offered handoff.
    AnswerHandoff(AnswerHandoff),
    /// Answer a counter-offer.
    AnswerCounter(AnswerCounter),
    /// Take an offer back.
    WithdrawHandoff(WithdrawHandoff),
    /// Give back what was accepted; the sender has to accept it.
    ReturnHandoff(ReturnHandoff),
    /// Pass sealed identities on to an organisation that accepted.
    ShareIdentity(ShareIdentity),
    /// Ask to be admitted to a higher rung.
    RequestEscalation(RequestEscalation),
    /// Go one rung above a body that returned or refused a request.
    Insist(Insist),
    /// Confirm, as a second person, that a case is urgent.
    ConfirmUrgency(ConfirmUrgency),
    /// Give or explain evidence that was not given with a request.
    GiveEvidence(GiveEvidence),
    /// Say that a request for admission was seen, and by when it is looked at again.
    AcknowledgeEscalation(AcknowledgeEscalation),
    /// Answer such a request.
    Triage(Triage),
    /// Ask an organisation to commit itself.
    RequestCommitment(RequestCommitment),
    /// Answer such a request.
    AnswerCommitment(AnswerCommitment),
    /// Report that a commitment was fulfilled.
    FulfilCommitment(FulfilCommitment),
    /// Record a part of a weighing.
    RecordAssessment(RecordAssessment),
    /// Put a decision on paper, with its weighing.
    ProposeDecision(ProposeDecision),
    /// Turn a proposed decision down.
    RejectDecision(RejectDecision),
    /// Take the decision.
    TakeDecision(TakeDecision),
    /// Open a fund to which several organisations contribute.
    OpenFund(OpenFund),
    /// Contribute to it.
    Contribute(Contribute),
    /// Spend from the free budget, inside a mandate.
    SpendBudget(SpendBudget),
    /// Start a bridging measure.
    StartMeasure(StartMeasure),
    /// End it.
    EndMeasure(EndMeasure),
    /// Put the deadlines of a case on hold.
    Suspend(Suspend),
    /// Let them run again.
    Resume(Resume),
    /// Ask for more time, before the deadline.
    ExtendTerm(ExtendTerm),
    /// Tell the raiser what became of it.
    SendFeedback(SendFeedback),
    /// Tell the citizen.
    InformCitizen(InformCitizen),
    /// Let somebody whom the case is about look at the own case.
    LinkCitizen(LinkCitizen),
    /// End that.
    UnlinkCitizen(UnlinkCitizen),
    /// Say why the citizen is not told yet.
    PostponeInforming(PostponeInforming),
    /// Propose to send the case down, to a named receiver.
    ProposeDeescalation(ProposeDeescalation),
    /// Answer that proposal.
    AnswerDeescalation(AnswerDeescalation),
    /// Close the case.
    Close(Box<Close>),
    /// Stop, because the citizen or the raiser does.
    Withdraw(Withdraw),
    /// Open a case again that has ended.
    Reopen(Reopen),
    /// Erase personal data.
    OrderErasure(OrderErasure),
    /// Say that its keys are deleted.
    CompleteErasure(CompleteErasure),
    /// Let nothing be erased for a while.
    PlaceHold(PlaceHold),
    /// End that before its time.
    LiftHold(LiftHold),
    /// Write down how a text reads without some people.
    RecordRedaction(RecordRedaction),
    /// A deadline fell due.
    Lapse(Due),
}
