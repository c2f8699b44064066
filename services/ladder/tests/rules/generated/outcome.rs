//! Commands about weighing, deciding, money and the end.

use jiff::civil::date;
use ladder::{
    AnswerCommitment, Command, CommitmentAnswer, CommitmentStatus, Contribute, EndMeasure, File,
    Ground, InMandate, InformCitizen, Initiative, Method, OpenFund, Organisation,
    PostponeInforming, ProposeDecision, RecordAssessment, RejectDecision, Reopen, RequestId, Room,
    SpendBudget, Stage, StartMeasure, TakeDecision, Weighing, Withdraw,
};

use super::super::samples;
use super::{About, mostly, organisation};

/// Mostly one that can be answered now, for then the search gets beyond the decision.
fn commitment(about: &About<'_>, wanted: fn(&CommitmentStatus) -> bool) -> RequestId {
    let all = &about.file.commitments;
    match all.iter().find(|(_, it)| wanted(&it.status)) {
        Some((id, _)) if !about.that.is_multiple_of(8) => id.clone(),
        _ => samples::request(&format!("r{}", about.this % 3)),
    }
}

pub(super) fn request_commitment(about: &About<'_>) -> Command {
    samples::request_commitment(&format!("r{}", about.this % 3), organisation(about.that))
}

pub(super) fn answer_commitment(about: &About<'_>) -> Command {
    let id = commitment(about, |it| *it == CommitmentStatus::Requested);
    let of = about.file.commitments.get(&id).map(|it| &it.of);
    let by = mostly(of, about.that);
    let amount_cents = (about.this % 4 == 1).then_some(50_000);
    Command::AnswerCommitment(AnswerCommitment {
        request: id,
        answer: if about.this.is_multiple_of(4) {
            CommitmentAnswer::Refused {
                reason: samples::sealed("no power"),
            }
        } else {
            CommitmentAnswer::Made {
                text: samples::sealed("we will"),
                mandate: samples::sealed("mandate 12"),
                inside: inside(about, &by),
                amount_cents,
                due: samples::due(),
            }
        },
        by,
    })
}

/// A mandate of the register that may be too small, somebody else's or over; one that is stated,
/// or none at all, and another organisation's word.
fn inside(about: &About<'_>, by: &Organisation) -> InMandate {
    let mut used = samples::mandate_of(by.clone(), Some(60_000));
    let mut stated = samples::stated_of(by.clone());
    match about.that % 16 {
        0 => used.mandate.amount_cents = Some(40_000),
        1 => used.person = samples::person("p-2"),
        2 => used.mandate.until = Some(date(2026, 3, 20)),
        3 => used.mandate.scope = ["nothing".to_owned()].into(),
        4 => used.mandate.id = " ".into(),
        5..=9 => {}
        10 => stated.role = " ".into(),
        11 => stated.organisation = organisation(about.this),
        12 => stated.amount_cents = Some(40_000),
        13 => stated.until = Some(date(2026, 3, 20)),
        _ => stated.scope = ["family_income".to_owned()].into(),
    }
    if about.that % 16 < 9 {
        return InMandate::Registered(Box::new(used));
    }
    InMandate::Stated {
        mandate: Box::new(stated),
        subject: "family_income".into(),
    }
}

pub(super) fn fulfil(about: &About<'_>) -> Command {
    let id = commitment(about, |it| matches!(it, CommitmentStatus::Made { .. }));
    let of = about.file.commitments.get(&id).map(|it| &it.of);
    samples::fulfil(id.as_str(), mostly(of, about.that))
}

/// The next part of a weighing, or another one.
pub(super) fn assess(about: &About<'_>) -> Command {
    let method = Method::ALL[about.this % Method::ALL.len()];
    let id = samples::assessment(&format!("a-{}-{}", method.as_str(), about.this % 2));
    let known = about.file.assessments.get(&id);
    let left = method
        .parts()
        .iter()
        .find(|part| known.is_none_or(|known| !known.parts.contains_key(part)));
    let wrong = method.parts()[about.that % method.parts().len()];
    let part = if about.that.is_multiple_of(8) {
        None
    } else {
        left.copied()
    };
    Command::RecordAssessment(RecordAssessment {
        score: (!about.that.is_multiple_of(9)).then_some(3),
        sufficient: (!about.that.is_multiple_of(9)).then_some(about.that.is_multiple_of(2)),
        count: Some(7),
        reason: about
            .that
            .is_multiple_of(3)
            .then(|| samples::sealed("nothing else fits")),
        ..samples::part_of(id.as_str(), method, part.unwrap_or(wrong))
    })
}

fn weighing(about: &About<'_>) -> Weighing {
    let grounds = if about.that.is_multiple_of(8) {
        [Ground::Cost].into()
    } else {
        [Ground::Cost, Ground::Justice].into()
    };
    Weighing {
        room: (!about.that.is_multiple_of(11)).then_some(Room::ALL[about.this % 3]),
        grounds,
        assessments: about.file.assessments.keys().take(1).cloned().collect(),
        compared: Vec::new(),
        difference: None,
    }
}

pub(super) fn propose(about: &About<'_>) -> Command {
    Command::ProposeDecision(ProposeDecision {
        decision: samples::decision_id(&format!("d{}", about.this % 3)),
        by: about.file.owner.clone(),
        text: samples::sealed("proposal"),
        weighing: Weighing {
            assessments: [].into(),
            ..weighing(about)
        },
    })
}

pub(super) fn reject(about: &About<'_>) -> Command {
    Command::RejectDecision(RejectDecision {
        decision: samples::decision_id(&format!("d{}", about.this % 3)),
        reason: samples::sealed("not enough"),
    })
}

/// Seldom before anybody committed itself, for a decided case does not ask any more.
pub(super) fn decide(about: &About<'_>) -> Command {
    let made = |it: &ladder::Commitment| matches!(it.status, CommitmentStatus::Made { .. });
    if !about.that.is_multiple_of(8) && !about.file.commitments.values().any(made) {
        return request_commitment(about);
    }
    let proposal = about.underway.and_then(|case| match &case.stage {
        Stage::DecisionProposed { proposals, .. } => proposals.keys().next().cloned(),
        _ => None,
    });
    Command::TakeDecision(TakeDecision {
        weighing: (proposal.is_none() || about.this.is_multiple_of(2)).then(samples::weighing),
        proposal,
        mandate: inside(about, &about.file.owner),
        ..samples::decision()
    })
}

pub(super) fn open_fund(about: &About<'_>) -> Command {
    Command::OpenFund(OpenFund {
        fund: samples::fund(&format!("f{}", about.this % 2)),
        by: about.file.owner.clone(),
        amount_cents: i64::try_from(about.that).unwrap() * 100,
        purpose: samples::sealed("a dog"),
    })
}

/// A third of the sum, what is missing, or a cent too much.
pub(super) fn contribute(about: &About<'_>) -> Command {
    let id = samples::fund(&format!("f{}", about.this % 2));
    let by = organisation(about.that);
    let fund = about.file.funds.get(&id);
    let missing = fund.map_or(100, |fund| fund.missing_cents());
    Command::Contribute(Contribute {
        fund: id,
        mandate: samples::mandate_of(by.clone(), Some(1_000_000)),
        by,
        amount_cents: match about.that % 4 {
            0 => missing,
            1 => missing + 1,
            _ => missing / 3 + 1,
        },
    })
}

pub(super) fn spend(about: &About<'_>) -> Command {
    let by = about.file.owner.clone();
    Command::SpendBudget(SpendBudget {
        amount_cents: i64::try_from(about.that).unwrap() * 1_000,
        text: samples::sealed("a bed"),
        mandate: samples::mandate_of(by.clone(), Some(50_000)),
        by,
    })
}

pub(super) fn start_measure(about: &About<'_>) -> Command {
    Command::StartMeasure(StartMeasure {
        measure: samples::measure(&format!("m{}", about.this % 2)),
        by: organisation(about.that),
        text: samples::sealed("food bank"),
        until: date(2026, 3 + i8::try_from(about.that % 6).unwrap(), 20),
        watcher: about.file.owner.clone(),
    })
}

pub(super) fn end_measure(about: &About<'_>) -> Command {
    Command::EndMeasure(EndMeasure {
        measure: samples::measure(&format!("m{}", about.this % 2)),
        result: samples::sealed("benefit paid"),
    })
}

pub(super) fn feedback(_: &About<'_>) -> Command {
    samples::send_feedback()
}

pub(super) fn inform(about: &About<'_>) -> Command {
    if about.that.is_multiple_of(2) {
        return Command::PostponeInforming(PostponeInforming {
            reason: samples::sealed("in hospital"),
        });
    }
    Command::InformCitizen(InformCitizen {
        text: samples::sealed("news"),
    })
}

pub(super) fn close(_: &About<'_>) -> Command {
    samples::close()
}

/// Seldom, for then there is little left to do.
pub(super) fn withdraw(about: &About<'_>) -> Command {
    if !about.that.is_multiple_of(4) {
        return samples::close();
    }
    Command::Withdraw(Withdraw {
        initiative: Initiative::ALL[about.this % 2],
        reason: samples::sealed("moved abroad"),
    })
}

pub(super) fn reopen(file: &File, this: usize) -> Command {
    Command::Reopen(Reopen {
        by: mostly(Some(&file.owner), this),
        reason: samples::sealed("it came back"),
    })
}
