use super::report::review;
use crate::event::{Deescalated, DeescalationProposed};
use crate::{File, Proposal, Stage, Underway};

pub(super) fn proposed(file: &mut File, e: &DeescalationProposed) {
    file.proposal = Some(Proposal {
        id: e.proposal.clone(),
        to: e.to.clone(),
        tier: e.tier,
        receiver: e.receiver.clone(),
        reason: e.reason.clone(),
    });
}

/// A case that goes down undecided is worked on there; one that was decided goes on with that.
pub(super) fn deescalated(case: &mut Underway, e: &Deescalated) {
    let file = &mut case.file;
    file.rung = e.rung.clone();
    file.tier = e.tier;
    file.handler = e.receiver.organisation.clone();
    file.proposal = None;
    file.review = review(e.review_at);
    file.warn_at = None;
    // What a higher rung refused is no reason to insist from here.
    file.refused_at = None;
    match &mut case.stage {
        Stage::Admitted => case.stage = Stage::Active,
        Stage::DecisionProposed { before, .. } if **before == Stage::Admitted => {
            **before = Stage::Active;
        }
        Stage::Active
        | Stage::Blocked(_)
        | Stage::EscalationRequested(_)
        | Stage::Returned(_)
        | Stage::DecisionProposed { .. }
        | Stage::Decided
        | Stage::Executing
        | Stage::Aftercare { .. } => {}
    }
}
