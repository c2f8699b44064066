//! What the platform told and somebody should know: kept for the inbox, in the order in which it
//! came, as long as this organisation has access to the case.

use proto::{Envelope, Pseudonym, ToParty};

use crate::{error::GatewayError, rest::Owner, sql, work::Work};

/// Whether this release knows a kind of letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It does.
    Known,
    /// It does not, or not in this version: the letter is kept as it came, for people to read.
    Unknown,
}

impl Work<'_> {
    /// Keeps a letter for the inbox.
    pub(crate) async fn keep_letter(
        &mut self,
        envelope: &Envelope,
        case: Option<&Pseudonym>,
        kind: Kind,
    ) -> Result<(), GatewayError> {
        let owner = Owner::of_incoming(case);
        let sealed = self.core.seal(&owner, &envelope.data.to_string()).await?;
        sqlx::query(sql::LETTER_ADD)
            .bind(envelope.id.as_str())
            .bind(case.map(Pseudonym::as_str))
            .bind(envelope.type_.event.as_str())
            .bind(i64::from(envelope.type_.version))
            .bind(envelope.time.to_string())
            .bind(sealed)
            .bind(i64::from(kind == Kind::Known))
            .execute(self.conn())
            .await?;
        Ok(())
    }
}

/// What a letter is to this organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// It is about the exchange itself: an answer to what was sent, a name, a checkpoint.
    Exchange,
    /// It is about something that is no case, a meeting or a signal. Somebody should know of it.
    OfNoCase,
    /// Somebody should know of it, beside what the lists of handoffs and commitments show; nothing
    /// of the party's own changes.
    ToKnow,
    /// Somebody should know of it, and the party's own lists change.
    ToKnowAndKeep,
    /// The party's own lists change, and show it.
    ToKeep,
    /// The log keeps its words; nothing of the party's own changes.
    ToLog,
}

impl Use {
    /// Whether somebody in this organisation finds it in the inbox as a letter about a case.
    pub(crate) fn is_for_the_inbox(self) -> bool {
        match self {
            Self::ToKnow | Self::ToKnowAndKeep => true,
            Self::Exchange | Self::OfNoCase | Self::ToKeep | Self::ToLog => false,
        }
    }

    /// Whether something of the party's own changes.
    pub(crate) fn changes_lists(self) -> bool {
        match self {
            Self::ToKeep | Self::ToKnowAndKeep => true,
            Self::Exchange | Self::OfNoCase | Self::ToKnow | Self::ToLog => false,
        }
    }
}

/// What this letter is; the one list of all of them.
pub(crate) fn use_of(event: &ToParty) -> Use {
    match event {
        ToParty::CaseRegistered(_)
        | ToParty::CheckpointPublished(_)
        | ToParty::InputStored(_)
        | ToParty::InputRefused(_) => Use::Exchange,
        ToParty::MeetingInvited(_)
        | ToParty::MeetingRescheduled(_)
        | ToParty::MeetingCancelled(_)
        | ToParty::MinutesAdopted(_)
        | ToParty::SignalAssigned(_)
        | ToParty::SignalAnswered(_)
        | ToParty::SignalOverdue(_)
        | ToParty::SignalStepRecorded(_)
        | ToParty::SignalClosed(_) => Use::OfNoCase,
        ToParty::CounterExpired(_)
        | ToParty::OwnerChanged(_)
        | ToParty::AdviceAsked(_)
        | ToParty::AdviceGiven(_)
        | ToParty::AdviceExpired(_)
        | ToParty::EscalationRequested(_)
        | ToParty::EscalationAcknowledged(_)
        | ToParty::AcknowledgementOverdue(_)
        | ToParty::EscalationReturned(_)
        | ToParty::CompletionExpired(_)
        | ToParty::EscalationRefused(_)
        | ToParty::EscalationExpired(_)
        | ToParty::ExplanationOverdue(_)
        | ToParty::SilencePersisted(_)
        | ToParty::RungSkipped(_)
        | ToParty::ReviewPassed(_)
        | ToParty::StayWarned(_)
        | ToParty::UrgencyClaimed(_)
        | ToParty::UrgencyConfirmed(_)
        | ToParty::CommitmentLate(_)
        | ToParty::MeasureDue(_)
        | ToParty::PassIssued(_)
        | ToParty::PassReviewOverdue(_)
        | ToParty::DeescalationProposed(_)
        | ToParty::DeescalationDeclined(_)
        | ToParty::CaseSuspended(_)
        | ToParty::ConsentWithdrawn(_)
        | ToParty::ObjectionRaised(_)
        | ToParty::ObjectionExtended(_)
        | ToParty::ObjectionOverdue(_)
        | ToParty::ObjectionSettled(_)
        | ToParty::ErasureCompleted(_) => Use::ToKnow,
        ToParty::HandoffExpired(_)
        | ToParty::HandoffReturned(_)
        | ToParty::CounterAnswered(_)
        | ToParty::UrgencyLapsed(_)
        | ToParty::CaseResumed(_)
        | ToParty::TermExtended(_)
        | ToParty::CaseReopened(_) => Use::ToKnowAndKeep,
        ToParty::HandoffOffered(_)
        | ToParty::HandoffOpened(_)
        | ToParty::IdentityShared(_)
        | ToParty::HandoffAnswered(_)
        | ToParty::HandoffWithdrawn(_)
        | ToParty::HandoffReminded(_)
        | ToParty::CommitmentRequested(_)
        | ToParty::CaseEscalated(_)
        | ToParty::CaseDeescalated(_)
        | ToParty::CaseClosed(_)
        | ToParty::AccessEnded(_) => Use::ToKeep,
        ToParty::DecisionTaken(_) | ToParty::FeedbackSent(_) => Use::ToLog,
    }
}
