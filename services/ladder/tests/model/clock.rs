//! Time as the model sees it: not as dates, but as what is still to come.

use jiff::{SignedDuration, Timestamp};
use ladder::{
    Case, CommitmentStatus, File, HandoffStatus, RequestStatus, Stage, Underway, Urgency,
};

use super::ladders::ORDINARY_ANSWER;

/// Wednesday 4 March 2026, noon in Utrecht: in the model it is always now.
pub(crate) fn now() -> Timestamp {
    "2026-03-04T11:00:00Z".parse().unwrap()
}

/// The case as it is some time later, told as if it were still [`now`].
///
/// Why this loses nothing: the ladders of the model count in hours only, and the days around
/// [`now`] are working days without a change of the clock, so the rules do the same to a case and
/// to the same case moved in time. What the rules read of the past is only whether a deadline has
/// come: those that have are all set to now. Moments that only say when something was done become
/// now as well. So two states that differ by no more than the date are one, and there are
/// finitely many; what this forgot to move would show as a walk without an end.
pub(crate) fn later(mut case: Case, passed: SignedDuration) -> Case {
    match &mut case {
        Case::Absent | Case::Draft(_) | Case::Discarded => {}
        Case::Underway(underway) => of_underway(underway, passed),
        Case::Closed(closed) => {
            // Nothing is waited for any more; what counts after reopening is set by that.
            closed.file.review.at = now();
            closed.file.silence = None;
            closed.file.warn_at = None;
            closed.file.urgency = Urgency::Ordinary;
            of_file(&mut closed.file, &Shift::running(passed));
        }
    }
    case
}

struct Shift {
    passed: SignedDuration,
    /// While a case is suspended its deadlines stand still, so they may lie in the past and still
    /// be different.
    on_hold: bool,
}

impl Shift {
    fn running(passed: SignedDuration) -> Self {
        Self {
            passed,
            on_hold: false,
        }
    }

    fn exact(&self, at: &mut Timestamp) {
        *at -= self.passed;
    }

    /// A moment from which an ordinary term may be counted: what is further back than that term
    /// makes no difference.
    fn start(&self, at: &mut Timestamp) {
        self.exact(at);
        if !self.on_hold {
            *at = (*at).max(now() - ORDINARY_ANSWER);
        }
    }

    fn due(&self, at: &mut Timestamp) {
        self.exact(at);
        if !self.on_hold {
            *at = (*at).max(now());
        }
    }
}

fn of_underway(case: &mut Underway, passed: SignedDuration) {
    let shift = Shift {
        passed,
        on_hold: case.suspension.is_some(),
    };
    if let Some(suspension) = &mut case.suspension {
        shift.exact(&mut suspension.since);
        shift.exact(&mut suspension.until);
    }
    of_file(&mut case.file, &shift);
    of_stage(&mut case.stage, &shift);
}

fn of_file(file: &mut File, shift: &Shift) {
    shift.due(&mut file.review.at);
    if let Some((at, _)) = &mut file.silence {
        shift.due(at);
    }
    if let Some(at) = &mut file.warn_at {
        shift.due(at);
    }
    if let Urgency::Claimed { confirm_by, .. } = &mut file.urgency {
        shift.due(confirm_by);
    }
    // The rules read whether there is one, and the last.
    file.blocks = file.blocks.last().copied().into_iter().collect();
    for handoff in file.handoffs.values_mut() {
        let waits = matches!(handoff.status, HandoffStatus::Offered { .. });
        // A lapsed urgency counts the ordinary term from here.
        if waits && handoff.urgent {
            shift.start(&mut handoff.since);
        } else {
            handoff.since = now();
        }
        match &mut handoff.status {
            HandoffStatus::Offered {
                remind_at,
                answer_by,
                reminded,
            } => {
                if *reminded {
                    *remind_at = now();
                } else {
                    shift.due(remind_at);
                }
                shift.due(answer_by);
            }
            HandoffStatus::Countered { at, follow_up_by } => {
                *at = now();
                if let Some(by) = follow_up_by {
                    shift.due(by);
                }
            }
            HandoffStatus::Accepted { at }
            | HandoffStatus::Declined { at }
            | HandoffStatus::Withdrawn { at }
            | HandoffStatus::Expired { at }
            | HandoffStatus::Returned { at } => *at = now(),
            HandoffStatus::Returning { .. } => {}
        }
    }
    for commitment in file.commitments.values_mut() {
        match &mut commitment.status {
            CommitmentStatus::Requested => {}
            CommitmentStatus::Made {
                at, late_at, late, ..
            } => {
                *at = now();
                if *late {
                    *late_at = now();
                } else {
                    shift.due(late_at);
                }
            }
            CommitmentStatus::Refused { at } | CommitmentStatus::Fulfilled { at } => *at = now(),
        }
    }
}

fn of_stage(stage: &mut Stage, shift: &Shift) {
    match stage {
        Stage::Active | Stage::Blocked(_) | Stage::Admitted | Stage::Decided | Stage::Executing => {
        }
        Stage::EscalationRequested(request) => {
            let waits = matches!(request.status, RequestStatus::Waiting { .. });
            if waits && request.urgent {
                shift.start(&mut request.since);
            } else {
                request.since = now();
            }
            match &mut request.status {
                RequestStatus::Waiting {
                    acknowledge_by,
                    answer_by,
                } => {
                    if let Some(by) = acknowledge_by {
                        shift.due(by);
                    }
                    shift.due(answer_by);
                }
                RequestStatus::Acknowledged { review_at } => shift.due(review_at),
                RequestStatus::Expired => {}
            }
            if let Some(by) = &mut request.explain_by {
                shift.due(by);
            }
            of_stage(&mut request.before, shift);
        }
        Stage::Returned(returned) => {
            shift.due(&mut returned.complete_by);
            of_stage(&mut returned.before, shift);
        }
        Stage::DecisionProposed {
            decide_by, before, ..
        } => {
            shift.due(decide_by);
            of_stage(before, shift);
        }
        Stage::Aftercare { checks } => checks.iter_mut().for_each(|check| shift.due(check)),
    }
}
