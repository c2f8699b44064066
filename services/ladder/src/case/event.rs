//! What happened to a case.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    BlockType, CaseId, EscalationId, HandoffId, HandoffKind, Organisation, Outcome, Person,
    ProposalId, Receiver, RequestId, RungId, Sealed, Tier, TriageReason,
};

macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident = $kind:literal { $($(#[$fdoc:meta])* $field:ident : $type:ty),* $(,)? })+) => {
        /// A thing that happened to a case; never changed, never deleted.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind", content = "data")]
        pub enum Event {
            $($(#[$doc])* #[serde(rename = $kind)] $variant($variant)),+
        }

        impl Event {
            /// Every kind of event.
            pub const KINDS: &[&str] = &[$($kind),+];

            /// Its kind, `<noun>.<past-verb>`, as stored and shown.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => $kind),+ }
            }
        }

        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
            #[serde(rename_all = "camelCase")]
            pub struct $variant { $($(#[$fdoc])* pub $field: $type),* }
        )+
    };
}

events! {
    /// A case was reported.
    Reported = "case.reported" {
        /// The id that the platform gave it.
        case: CaseId,
        /// Who reported it and owns it.
        owner: Organisation,
        /// The owner's own reference.
        own_reference: String,
        /// The rung where it starts.
        rung: RungId,
        /// That rung's tier.
        tier: Tier,
        /// What is going on.
        story: Sealed,
        /// What should be reached.
        desired_outcome: Sealed,
        /// The citizen's own words.
        citizens_words: Option<Sealed>,
        /// Life domains.
        life_domains: Vec<String>,
        /// The people it is about.
        persons: Vec<Person>,
        /// Organisations already involved.
        parties_involved: Vec<String>,
        /// Provisions already tried.
        tried_provisions: Vec<Sealed>,
        /// Theme.
        theme: String,
        /// Region.
        region: String,
    }
    /// A ground for sharing with one receiver was recorded.
    LegalBasisRecorded = "legal-basis.recorded" {
        /// Who shares.
        source: Organisation,
        /// With whom.
        receiver: Organisation,
        /// On what ground.
        legal_basis: String,
    }
    /// An organisation reported a fact.
    FactReported = "fact.reported" {
        /// Who knows it.
        source: Organisation,
        /// Data category.
        category: String,
        /// Law.
        law: String,
        /// Rule in the catalogue.
        rule: Option<String>,
        /// What is the case.
        summary: Sealed,
        /// Since when.
        since: String,
        /// On what ground it was shared.
        legal_basis: String,
    }
    /// What blocks was recorded.
    BlockRecorded = "block.recorded" {
        /// The kind of block.
        block: BlockType,
        /// The rules in collision.
        rules: Vec<String>,
        /// Why it blocks.
        explanation: Sealed,
    }
    /// A handoff was offered.
    HandoffOffered = "handoff.offered" {
        /// Which.
        handoff: HandoffId,
        /// By whom.
        from: Organisation,
        /// To whom.
        to: Organisation,
        /// The kind.
        handoff_kind: HandoffKind,
        /// The coded outcome asked for.
        requested_outcome: String,
        /// Rules in collision.
        rules: Vec<String>,
        /// Urgent or not.
        urgent: bool,
        /// Opened after acceptance.
        summary: Sealed,
        /// The ground for sharing.
        legal_basis: String,
        /// The offering role.
        contact_role: String,
        /// When a reminder goes out.
        remind_at: Timestamp,
        /// Until when it can be answered.
        answer_by: Timestamp,
    }
    /// Half of the answer term has passed in silence.
    HandoffReminded = "handoff.reminded" {
        /// Which.
        handoff: HandoffId,
    }
    /// A handoff was accepted.
    HandoffAccepted = "handoff.accepted" {
        /// Which.
        handoff: HandoffId,
        /// By whom.
        by: Organisation,
        /// With what remark.
        text: Option<Sealed>,
    }
    /// A handoff was declined.
    HandoffDeclined = "handoff.declined" {
        /// Which.
        handoff: HandoffId,
        /// By whom.
        by: Organisation,
        /// The coded reason.
        reason: String,
        /// With what remark.
        text: Option<Sealed>,
        /// Who or what might help instead.
        alternative: Option<Sealed>,
    }
    /// Something else was offered instead.
    HandoffCountered = "handoff.countered" {
        /// Which.
        handoff: HandoffId,
        /// By whom.
        by: Organisation,
        /// The coded reason.
        reason: Option<String>,
        /// With what remark.
        text: Option<Sealed>,
        /// What is offered instead.
        alternative: Sealed,
    }
    /// An offer was taken back.
    HandoffWithdrawn = "handoff.withdrawn" {
        /// Which.
        handoff: HandoffId,
        /// Why.
        reason: Sealed,
    }
    /// The answer term ended in silence.
    HandoffExpired = "handoff.expired" {
        /// Which.
        handoff: HandoffId,
    }
    /// Sealed identities went to an organisation that had accepted.
    IdentityShared = "identity.shared" {
        /// Under which handoff.
        handoff: HandoffId,
        /// By whom.
        from: Organisation,
        /// To whom.
        to: Organisation,
        /// Unreadable here.
        sealed: String,
    }
    /// A rung was passed over.
    RungSkipped = "rung.skipped" {
        /// Which rung.
        rung: RungId,
        /// Why.
        reason: String,
        /// The body that was passed over, if there is one.
        body: Option<Organisation>,
    }
    /// Admission to a higher rung was requested.
    EscalationRequested = "escalation.requested" {
        /// Which request.
        escalation: EscalationId,
        /// By whom.
        by: Organisation,
        /// To which rung.
        to: RungId,
        /// That rung's tier.
        tier: Tier,
        /// The body that would take it up.
        body: Organisation,
        /// The organisation that answers.
        admitting: Organisation,
        /// The role in which it is answered.
        admitting_role: String,
        /// Evidence given with it.
        evidence: Vec<EvidenceGiven>,
        /// Urgent or not.
        urgent: bool,
        /// Until when it is to be answered.
        answer_by: Timestamp,
    }
    /// A request for admission came back with named items missing.
    EscalationReturned = "escalation.returned" {
        /// Which request.
        escalation: EscalationId,
        /// What is missing.
        missing: Vec<String>,
        /// With what remark.
        text: Option<Sealed>,
    }
    /// Admission was refused.
    EscalationRefused = "escalation.refused" {
        /// Which request.
        escalation: EscalationId,
        /// Why.
        reason: TriageReason,
        /// With what advice.
        text: Option<Sealed>,
    }
    /// The term to answer a request for admission ended in silence.
    EscalationExpired = "escalation.expired" {
        /// Which request.
        escalation: EscalationId,
    }
    /// The case was admitted to a higher rung.
    Escalated = "case.escalated" {
        /// By which request.
        escalation: EscalationId,
        /// The rung it now stands on.
        rung: RungId,
        /// That rung's tier.
        tier: Tier,
        /// The body that takes it up.
        body: Organisation,
    }
    /// An organisation was asked to commit itself.
    CommitmentRequested = "commitment.requested" {
        /// Which request.
        request: RequestId,
        /// Who is asked.
        of: Organisation,
        /// Who asks.
        by: Organisation,
        /// What is asked.
        text: Sealed,
    }
    /// An organisation committed itself.
    CommitmentMade = "commitment.made" {
        /// Which request.
        request: RequestId,
        /// Who.
        by: Organisation,
        /// To what.
        text: Sealed,
        /// In which mandate.
        mandate: Sealed,
        /// Until when.
        due: Date,
    }
    /// An organisation would not commit itself.
    CommitmentRefused = "commitment.refused" {
        /// Which request.
        request: RequestId,
        /// Who.
        by: Organisation,
        /// Why.
        reason: Sealed,
    }
    /// A commitment was fulfilled.
    CommitmentFulfilled = "commitment.fulfilled" {
        /// Which.
        request: RequestId,
        /// Whose.
        by: Organisation,
        /// What came of it.
        result: Sealed,
    }
    /// The decision was taken.
    DecisionTaken = "decision.taken" {
        /// What was decided.
        text: Sealed,
        /// The obstacle in the system.
        system_obstacle: Option<Sealed>,
    }
    /// The raiser was told.
    FeedbackSent = "feedback.sent" {
        /// What.
        text: Sealed,
    }
    /// The citizen was told.
    CitizenInformed = "citizen.informed" {
        /// What.
        text: Sealed,
    }
    /// It was proposed to send the case down.
    DeescalationProposed = "deescalation.proposed" {
        /// Which proposal.
        proposal: ProposalId,
        /// To which rung.
        to: RungId,
        /// That rung's tier.
        tier: Tier,
        /// Who would take it.
        receiver: Receiver,
        /// Why.
        reason: String,
    }
    /// The receiver did not take it.
    DeescalationDeclined = "deescalation.declined" {
        /// Which proposal.
        proposal: ProposalId,
        /// Why not.
        reason: String,
    }
    /// The case went down and was taken.
    Deescalated = "case.deescalated" {
        /// The rung it now stands on.
        rung: RungId,
        /// That rung's tier.
        tier: Tier,
        /// Who took it.
        receiver: Receiver,
        /// Why.
        reason: String,
    }
    /// Aftercare began.
    AftercareStarted = "aftercare.started" {
        /// When to check with the citizen.
        check_at: Timestamp,
    }
    /// It is time to check with the citizen.
    AftercareReminded = "aftercare.reminded" {
    }
    /// A lesson was recorded, or that there is none.
    LessonRecorded = "lesson.recorded" {
        /// The kind of change it asks for; absent when there is no lesson.
        lesson: Option<LessonKind>,
        /// What others can learn.
        text: Option<Sealed>,
    }
    /// The case was closed.
    CaseClosed = "case.closed" {
        /// How it ended.
        outcome: Outcome,
        /// Looking back.
        evaluation: Sealed,
    }
}

/// One item of evidence as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceGiven {
    /// The item.
    pub item: String,
    /// Whether it is an explanation in place of evidence.
    pub explained: bool,
    /// The text.
    pub text: Sealed,
}

/// What a lesson asks for (*RMO Leren innoveren*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LessonKind {
    /// Deviate from the rule in such cases.
    Deviate,
    /// Scrap the rule.
    ScrapRule,
    /// Change the rule.
    ChangeRule,
}

/// Why a stored event cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// No such kind and version.
    #[error("no event '{kind}' version {version}")]
    Unknown {
        /// The stored kind.
        kind: String,
        /// The stored version.
        version: i64,
    },
    /// The data does not have the event's form.
    #[error("event '{kind}': {source}")]
    Data {
        /// The stored kind.
        kind: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

impl Event {
    /// The version in which this release writes its events.
    pub const VERSION: i64 = 1;

    /// The data as stored, without the kind.
    pub fn data(&self) -> Value {
        match serde_json::to_value(self) {
            Ok(Value::Object(mut tagged)) => tagged.remove("data").unwrap_or(Value::Null),
            _ => Value::Null,
        }
    }

    /// The event of a stored kind, version and data.
    ///
    /// # Errors
    /// [`EventError`] when this release knows no such event.
    pub fn from_stored(kind: &str, version: i64, data: Value) -> Result<Self, EventError> {
        if version != Self::VERSION || !Self::KINDS.contains(&kind) {
            return Err(EventError::Unknown {
                kind: kind.to_owned(),
                version,
            });
        }
        let tagged = [("kind".to_owned(), kind.into()), ("data".to_owned(), data)];
        serde_json::from_value(Value::Object(tagged.into_iter().collect())).map_err(|source| {
            EventError::Data {
                kind: kind.to_owned(),
                source,
            }
        })
    }
}
