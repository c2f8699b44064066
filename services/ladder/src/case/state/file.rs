//! What holds of a case at every stage.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::Organisations;
use super::kept::Kept;
use super::parts::{
    Assessment, Commitment, CommitmentStatus, Consultation, Disclosed, Handoff, HandoffStatus,
};
use crate::catalogue::DataCategory;
use crate::sharing::Consents;
use crate::{
    AssessmentId, BlockType, CaseId, ConsultationId, FundId, HandoffId, MeasureId, ObjectionId,
    Organisation, Origin, OwnershipMode, PersonRef, ProposalId, Receiver, RequestId, RungId, Tier,
};

/// What holds of a case at every stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its id.
    pub id: CaseId,
    /// The one organisation that owns it.
    pub owner: Organisation,
    /// The organisation that raised it.
    pub raiser: Organisation,
    /// Who owns it when an ownership handoff is accepted.
    pub ownership_mode: OwnershipMode,
    /// Its theme.
    pub theme: String,
    /// Its region.
    pub region: String,
    /// The rung it stands on.
    pub rung: RungId,
    /// That rung's tier.
    pub tier: Tier,
    /// The organisation that handles it on that rung.
    pub handler: Organisation,
    /// Every handoff ever offered.
    pub handoffs: BTreeMap<HandoffId, Handoff>,
    /// Every question for advice.
    pub consultations: BTreeMap<ConsultationId, Consultation>,
    /// What was recorded as ground for sharing with whom.
    pub legal_bases: BTreeSet<Disclosed>,
    /// What its people agreed to, and took back.
    pub consents: Consents,
    /// What its people objected to.
    pub objections: BTreeMap<ObjectionId, Objection>,
    /// Every block recorded, oldest first.
    pub blocks: Vec<BlockType>,
    /// The rules named with blocks, facts and handoffs.
    pub rules: BTreeSet<String>,
    /// Items of evidence given or explained so far.
    pub evidence: BTreeSet<String>,
    /// Rungs above which somebody insisted.
    pub insisted: BTreeSet<RungId>,
    /// The rung that last refused, until the case moves.
    pub refused_at: Option<RungId>,
    /// Bodies that heard of the case because silence climbed, not because somebody asked: they see
    /// the card until a ground is recorded and the citizen knows.
    pub told_by_silence: BTreeSet<Organisation>,
    /// Every commitment asked for.
    pub commitments: BTreeMap<RequestId, Commitment>,
    /// Every weighing.
    pub assessments: BTreeMap<AssessmentId, Assessment>,
    /// Every shared fund.
    pub funds: BTreeMap<FundId, Fund>,
    /// Every bridging measure.
    pub measures: BTreeMap<MeasureId, Measure>,
    /// Whether it is urgent.
    pub urgency: Urgency,
    /// Whether the raiser has been told of the decision or the course.
    pub feedback_sent: bool,
    /// Whether the citizen has been told.
    pub citizen_informed: bool,
    /// Whether it was said why the citizen is not told yet.
    pub informing_postponed: bool,
    /// Whether a decision was taken.
    pub decided: bool,
    /// An open proposal to go down.
    pub proposal: Option<Proposal>,
    /// When somebody looks whether there is progress.
    pub review: Review,
    /// The first review that found no progress, until something happens.
    pub stuck_since: Option<Timestamp>,
    /// After silence: when the process climbs, and what led to it.
    pub silence: Option<(Timestamp, Origin)>,
    /// When it is said aloud that the case has stayed long on its rung.
    pub warn_at: Option<Timestamp>,
    /// Deadlines that were extended; each can be once.
    pub extended: BTreeSet<String>,
    /// What is kept of the people it is about, and what is erased.
    pub kept: Kept,
}

/// When somebody looks whether there is progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// When.
    pub at: Timestamp,
    /// Whether anything happened since it was set.
    pub progress: bool,
}

/// Whether a case is urgent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Urgency {
    /// Nobody says so, or nobody confirmed it.
    Ordinary,
    /// One person says so; short terms hold until a second one has had the time to confirm it.
    Claimed {
        /// The organisation.
        by: Organisation,
        /// The person.
        person: PersonRef,
        /// Until when it can be confirmed.
        confirm_by: Timestamp,
    },
    /// A second person confirmed it.
    Confirmed,
}

/// An objection to sharing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// When it was raised: its terms count from there.
    pub raised_at: Timestamp,
    /// Which kinds of data it is about.
    pub categories: BTreeSet<DataCategory>,
    /// How far it is.
    pub status: ObjectionStatus,
}

/// How far an objection to sharing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectionStatus {
    /// Nobody has settled it.
    Open {
        /// Until when the owner does.
        settle_by: Timestamp,
        /// Whether the owner took more time already.
        extended: bool,
        /// Whether that moment has come.
        overdue: bool,
    },
    /// The person is right: nothing more is shared.
    Upheld,
    /// Sharing goes on, for a reason that was given.
    Overruled,
    /// The person was right, and the ground of that has fallen away.
    Lifted,
}

impl Objection {
    /// Whether it stands in the way of sharing: it is open, or the person was right.
    pub fn stands(&self) -> bool {
        match self.status {
            ObjectionStatus::Open { .. } | ObjectionStatus::Upheld => true,
            ObjectionStatus::Overruled | ObjectionStatus::Lifted => false,
        }
    }
}

/// A proposal to send the case down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// The rung it would go to.
    pub to: RungId,
    /// That rung's tier.
    pub tier: Tier,
    /// Who would take it.
    pub receiver: Receiver,
    /// Why.
    pub reason: String,
}

/// A fund to which several organisations contribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fund {
    /// The sum that the shares have to make, in euro cents.
    pub amount_cents: i64,
    /// The shares, in euro cents.
    pub shares: BTreeMap<Organisation, i64>,
}

/// A bridging measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Who took it.
    pub by: Organisation,
    /// Who watches over its end.
    pub watcher: Organisation,
    /// Its last day.
    pub until: Date,
    /// The end of that day; passed or ended when absent.
    pub ends_at: Option<Timestamp>,
    /// Whether it was ended.
    pub ended: bool,
}

impl Fund {
    /// What is still missing, in euro cents.
    pub fn missing_cents(&self) -> i64 {
        self.amount_cents - self.shares.values().sum::<i64>()
    }
}

impl File {
    /// Organisations whose acceptance of a handoff gives them a part in the case.
    pub fn participants(&self) -> BTreeSet<&Organisation> {
        self.receivers(|status| {
            matches!(
                status,
                HandoffStatus::Accepted { .. } | HandoffStatus::Returning { .. }
            )
        })
    }

    /// Every organisation that received anything of the case, at any time.
    pub fn received(&self) -> BTreeSet<&Organisation> {
        let handoffs = self.handoffs.values();
        let consulted = self.consultations.values();
        handoffs
            .flat_map(|handoff| [&handoff.from, &handoff.to])
            .chain(consulted.map(|consultation| &consultation.of))
            .chain(self.asked())
            .chain(&self.told_by_silence)
            .chain(&self.kept.handlers)
            .chain([&self.owner, &self.raiser, &self.handler])
            .collect()
    }

    /// Organisations with an offer that waits for their answer.
    pub fn offered(&self) -> BTreeSet<&Organisation> {
        self.receivers(|status| matches!(status, HandoffStatus::Offered { .. }))
    }

    fn receivers(&self, matches: impl Fn(&HandoffStatus) -> bool) -> Organisations<'_> {
        self.handoffs
            .values()
            .filter(|handoff| matches(&handoff.status))
            .map(|handoff| &handoff.to)
            .collect()
    }

    /// Organisations that were asked for a commitment.
    pub fn asked(&self) -> BTreeSet<&Organisation> {
        self.commitments
            .values()
            .map(|commitment| &commitment.of)
            .collect()
    }

    /// Whether an answer to a question for advice is still to come.
    pub fn awaits_advice(&self) -> bool {
        self.consultations
            .values()
            .any(|consultation| consultation.answer_by.is_some())
    }

    /// Whether the day of a commitment that was made is still to come.
    pub fn awaits_a_commitment(&self) -> bool {
        self.commitments.values().any(|commitment| {
            matches!(
                commitment.status,
                CommitmentStatus::Made { late: false, .. }
            )
        })
    }

    /// Bodies that see no more than the card: silence brought them the case, and no ground for
    /// sharing is recorded yet or the citizen was not told and nobody said why not.
    pub fn card_only(&self) -> BTreeSet<&Organisation> {
        let citizen_knows = self.citizen_informed || self.informing_postponed;
        self.told_by_silence
            .iter()
            .filter(|body| {
                let grounded = self.is_told(body);
                !(grounded && citizen_knows)
            })
            .collect()
    }

    /// Whether any ground for sharing with this receiver was recorded.
    pub fn is_told(&self, receiver: &Organisation) -> bool {
        self.legal_bases.iter().any(|it| it.receiver == *receiver)
    }

    /// What was opened to a receiver on one basis, by one source.
    pub fn opened_on(
        &self,
        source: &Organisation,
        receiver: &Organisation,
        legal_basis: &str,
    ) -> Option<BTreeSet<DataCategory>> {
        let mut between = self
            .legal_bases
            .iter()
            .filter(|it| it.is_between(source, receiver) && it.legal_basis == legal_basis)
            .peekable();
        between.peek()?;
        Some(between.flat_map(|it| it.categories.clone()).collect())
    }

    /// Whether a recorded ground of this source opens a category to a receiver now.
    pub fn discloses(
        &self,
        source: &Organisation,
        receiver: &Organisation,
        category: DataCategory,
    ) -> bool {
        self.legal_bases
            .iter()
            .filter(|it| it.is_between(source, receiver) && it.categories.contains(&category))
            .any(|it| !it.consent || !self.consents.close(category, receiver))
    }

    /// Whether an objection stands in the way of sharing anything new.
    pub fn is_paused(&self) -> bool {
        self.objections.values().any(Objection::stands)
    }

    /// What nobody reads who got it from somebody else, because an objection to it stands.
    pub fn objected(&self) -> BTreeSet<DataCategory> {
        let standing = self.objections.values().filter(|it| it.stands());
        standing.flat_map(|it| it.categories.clone()).collect()
    }

    /// Whether a shortage is what blocks the case now: that goes to policy, not up the ladder.
    pub fn is_scarcity(&self) -> bool {
        self.blocks.last() == Some(&BlockType::Scarcity)
    }
}
