use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Answer, Due};
use crate::signal::Artefact;
use crate::{
    CaseId, ContactId, ErasureGround, Ground, MeetingId, Organisation, PersonRef, RequestId, Room,
    RungId, Sealed,
};

/// What somebody asks of a meeting. Who may ask it is the gate's to say; whether it can be now is
/// the rules'.
#[derive(Debug, Clone)]
pub enum Command {
    /// Plan a meeting of a rung's table.
    Plan(Plan),
    /// Plan it for another moment.
    Reschedule(Reschedule),
    /// Put a case on the agenda, or say that it became urgent.
    PutOnAgenda(PutOnAgenda),
    /// Take a case off the agenda.
    TakeOffAgenda(TakeOffAgenda),
    /// Invite an organisation, or name another contact of it.
    Invite(Invite),
    /// Take no part in a case.
    DeclareRecusal(DeclareRecusal),
    /// Open the meeting with those who are present.
    Open(OpenMeeting),
    /// Record what collides in a case; what was recorded before is replaced.
    RecordCollision(RecordCollision),
    /// Ask an organisation at the table to commit itself.
    RequestCommitment(RequestCommitment),
    /// Answer such a request.
    AnswerRequest(AnswerRequest),
    /// Record the decision on a case.
    RecordDecision(RecordDecision),
    /// Leave a case undecided.
    Adjourn(Adjourn),
    /// Record what in the system would make the next case stick.
    RecordObstacle(RecordObstacle),
    /// Say that nothing in the system would.
    NoObstacle(NoObstacle),
    /// Adopt the minutes, which ends the meeting.
    AdoptMinutes(AdoptMinutes),
    /// Call the meeting off. What an open meeting recorded has no effect then.
    Cancel(Cancel),
    /// Erase what was written of the meeting itself; what was said of a case goes with that case.
    EraseTexts(EraseTexts),
    /// A deadline fell due.
    Lapse(Due),
}

/// See [`Command::Plan`].
#[derive(Debug, Clone)]
pub struct Plan {
    /// The id that the platform gives it.
    pub meeting: MeetingId,
    /// Whose table meets.
    pub body: Organisation,
    /// Of which rung; its quorum is looked up.
    pub rung: RungId,
    /// When.
    pub at: Timestamp,
}

/// See [`Command::Reschedule`].
#[derive(Debug, Clone)]
pub struct Reschedule {
    /// When instead.
    pub at: Timestamp,
}

/// See [`Command::PutOnAgenda`].
#[derive(Debug, Clone)]
pub struct PutOnAgenda {
    /// Which case.
    pub case: CaseId,
    /// Whether it goes before those that are not.
    pub urgent: bool,
    /// Since when it has waited for a table.
    pub since: Timestamp,
}

/// See [`Command::TakeOffAgenda`].
#[derive(Debug, Clone)]
pub struct TakeOffAgenda {
    /// Which case.
    pub case: CaseId,
    /// Why.
    pub reason: Sealed,
}

/// See [`Command::Invite`].
#[derive(Debug, Clone)]
pub struct Invite {
    /// Which organisation.
    pub organisation: Organisation,
    /// Its person in the register, when known.
    pub contact: Option<ContactId>,
}

/// See [`Command::DeclareRecusal`].
#[derive(Debug, Clone)]
pub struct DeclareRecusal {
    /// In which case.
    pub case: CaseId,
    /// Which organisation takes no part.
    pub organisation: Organisation,
    /// Who says so.
    pub by: PersonRef,
}

/// See [`Command::Open`].
#[derive(Debug, Clone)]
pub struct OpenMeeting {
    /// The organisations at the table.
    pub present: BTreeSet<Organisation>,
}

/// See [`Command::RecordCollision`].
#[derive(Debug, Clone)]
pub struct RecordCollision {
    /// In which case.
    pub case: CaseId,
    /// What collides.
    pub collision: Sealed,
}

/// See [`Command::RequestCommitment`].
#[derive(Debug, Clone)]
pub struct RequestCommitment {
    /// In which case.
    pub case: CaseId,
    /// The id that the platform gives it; the case will know it by the same.
    pub request: RequestId,
    /// Who is asked.
    pub of: Organisation,
    /// On which law or theme: the mandate of whoever answers must cover it.
    pub law_or_theme: String,
    /// What is asked.
    pub text: Sealed,
}

/// See [`Command::AnswerRequest`].
#[derive(Debug, Clone)]
pub struct AnswerRequest {
    /// In which case.
    pub case: CaseId,
    /// Which request.
    pub request: RequestId,
    /// Whose answer.
    pub by: Organisation,
    /// Who gives it.
    pub person: PersonRef,
    /// What it is.
    pub answer: Answer,
}

/// See [`Command::RecordDecision`].
#[derive(Debug, Clone)]
pub struct RecordDecision {
    /// On which case.
    pub case: CaseId,
    /// The organisation in whose name it is taken.
    pub by: Organisation,
    /// What was decided.
    pub text: Sealed,
    /// The room it uses.
    pub room: Room,
    /// What it rests on.
    pub grounds: BTreeSet<Ground>,
}

/// See [`Command::Adjourn`].
#[derive(Debug, Clone)]
pub struct Adjourn {
    /// Which case.
    pub case: CaseId,
    /// Why.
    pub reason: Sealed,
}

/// See [`Command::RecordObstacle`].
#[derive(Debug, Clone)]
pub struct RecordObstacle {
    /// In which case it was met.
    pub case: CaseId,
    /// What it is.
    pub text: Sealed,
    /// What would have to change (domain, row H9).
    pub target: Artefact,
    /// Who can take it away.
    pub owner: Organisation,
}

/// See [`Command::NoObstacle`].
#[derive(Debug, Clone)]
pub struct NoObstacle {
    /// In which case.
    pub case: CaseId,
}

/// See [`Command::AdoptMinutes`].
#[derive(Debug, Clone)]
pub struct AdoptMinutes {
    /// Who chairs.
    pub by: PersonRef,
}

/// See [`Command::Cancel`].
#[derive(Debug, Clone)]
pub struct Cancel {
    /// Why.
    pub reason: Sealed,
}

/// See [`Command::EraseTexts`].
#[derive(Debug, Clone)]
pub struct EraseTexts {
    /// Who orders it; nobody when a term of keeping has ended.
    pub by: Option<Organisation>,
    /// Why.
    pub ground: ErasureGround,
}
