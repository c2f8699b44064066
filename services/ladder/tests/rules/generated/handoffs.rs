//! Commands about handoffs and advice.

use ladder::{
    AnswerCounter, AnswerHandoff, AskAdvice, Command, GiveAdvice, Handoff, HandoffAnswer,
    HandoffId, HandoffKind, HandoffStatus, ReturnHandoff, ShareIdentity, WithdrawHandoff,
};

use super::super::samples;
use super::{About, maybe, mostly, organisation};

/// Mostly a handoff of which this holds.
fn that_is<'a>(
    about: &'a About<'_>,
    wanted: fn(&HandoffStatus) -> bool,
) -> (HandoffId, Option<&'a Handoff>) {
    let all = &about.file.handoffs;
    let found = all.iter().find(|(_, handoff)| wanted(&handoff.status));
    match found {
        Some((id, handoff)) if !about.that.is_multiple_of(7) => (id.clone(), Some(handoff)),
        _ => {
            let id = samples::handoff(&format!("h{}", about.this % 8));
            let known = all.get(&id);
            (id, known)
        }
    }
}

fn is_offered(status: &HandoffStatus) -> bool {
    matches!(status, HandoffStatus::Offered { .. })
}

fn is_accepted(status: &HandoffStatus) -> bool {
    matches!(status, HandoffStatus::Accepted { .. })
}

pub(super) fn offer(about: &About<'_>) -> Command {
    let mut offer = samples::offer_of(&format!("h{}", about.this % 8), organisation(about.that));
    offer.from = mostly(Some(&about.file.owner), about.that);
    offer.kind = HandoffKind::ALL[about.this % 3];
    offer.urgent = about.this.is_multiple_of(5);
    offer.person = (!about.that.is_multiple_of(5)).then(|| samples::person("p-1"));
    offer.instead_of = about
        .this
        .is_multiple_of(9)
        .then(|| samples::handoff(&format!("h{}", about.that % 8)));
    Command::OfferHandoff(offer)
}

pub(super) fn answer(about: &About<'_>) -> Command {
    let (id, known) = that_is(about, is_offered);
    Command::AnswerHandoff(AnswerHandoff {
        handoff: id,
        by: mostly(known.map(|handoff| &handoff.to), about.that),
        answer: match about.this % 5 {
            0..=2 => HandoffAnswer::Accepted,
            3 => HandoffAnswer::Declined {
                reason: maybe(about.that, "no_power"),
                alternative: None,
            },
            _ => HandoffAnswer::Countered {
                reason: None,
                alternative: maybe(about.that, "half").map(ladder::Sealed::new),
            },
        },
        text: None,
    })
}

pub(super) fn answer_counter(about: &About<'_>) -> Command {
    let (id, known) = that_is(about, |status| {
        matches!(
            status,
            HandoffStatus::Countered {
                follow_up_by: Some(_),
                ..
            }
        )
    });
    Command::AnswerCounter(AnswerCounter {
        handoff: id,
        by: mostly(known.map(|handoff| &handoff.from), about.that),
        accepted: about.this.is_multiple_of(2),
        reason: maybe(about.that, "too_little"),
    })
}

pub(super) fn withdraw(about: &About<'_>) -> Command {
    let (id, known) = that_is(about, is_offered);
    Command::WithdrawHandoff(WithdrawHandoff {
        handoff: id,
        by: mostly(known.map(|handoff| &handoff.from), about.that),
        reason: samples::sealed("solved"),
    })
}

pub(super) fn give_back(about: &About<'_>) -> Command {
    let (id, known) = that_is(about, is_accepted);
    Command::ReturnHandoff(ReturnHandoff {
        handoff: id,
        back: samples::handoff(&format!("h{}", about.this % 8)),
        by: mostly(known.map(|handoff| &handoff.to), about.that),
        reason: samples::sealed("not ours"),
        contact_role: "agency_liaison".into(),
    })
}

pub(super) fn share_identity(about: &About<'_>) -> Command {
    let (id, known) = that_is(about, is_accepted);
    Command::ShareIdentity(ShareIdentity {
        handoff: id,
        from: mostly(known.map(|handoff| &handoff.from), about.that),
        to: mostly(known.map(|handoff| &handoff.to), about.that),
        sealed: "numbers".into(),
    })
}

pub(super) fn ask_advice(about: &About<'_>) -> Command {
    Command::AskAdvice(AskAdvice {
        consultation: samples::consultation(&format!("q{}", about.this % 4)),
        by: about.file.owner.clone(),
        of: organisation(about.that),
        question: samples::sealed("may a sibling be the carer?"),
    })
}

pub(super) fn give_advice(about: &About<'_>) -> Command {
    let id = samples::consultation(&format!("q{}", about.this % 4));
    let asked = about.file.consultations.get(&id);
    Command::GiveAdvice(GiveAdvice {
        consultation: id,
        by: mostly(asked.map(|asked| &asked.of), about.that),
        answer: samples::sealed("yes"),
    })
}
