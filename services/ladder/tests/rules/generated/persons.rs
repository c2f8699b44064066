//! What the people of a case agree and object to.

use std::collections::BTreeSet;

use ladder::catalogue::DataCategory;
use ladder::{
    Command, ConsentHow, ConsentId, ExtendObjection, GiveConsent, LiftObjection, ObjectionId,
    ObjectionStatus, RaiseObjection, SettleObjection, WithdrawConsent,
};

use super::super::samples;
use super::{About, organisation};

pub(super) fn consent(about: &About<'_>) -> Command {
    let consent = ConsentId::parse(&format!("c{}", about.this % 3)).unwrap();
    if about.file.consents.get(&consent).is_some() {
        return Command::WithdrawConsent(WithdrawConsent { consent });
    }
    Command::GiveConsent(GiveConsent {
        consent,
        person: "p1".into(),
        categories: BTreeSet::from([DataCategory::Care]),
        receivers: BTreeSet::from([organisation(about.that)]),
        version: "1".into(),
        how: ConsentHow::ALL[about.that % ConsentHow::ALL.len()],
    })
}

/// An objection that is open is mostly settled first, mostly so that sharing goes on, or takes more
/// time, too late sometimes; one that was right is lifted.
pub(super) fn object(about: &About<'_>) -> Command {
    let find = |wanted: fn(&ObjectionStatus) -> bool| {
        let mut all = about.file.objections.iter();
        all.find(|(_, objection)| wanted(&objection.status))
    };
    if let Some((objection, _)) = find(|status| matches!(status, ObjectionStatus::Upheld)) {
        return Command::LiftObjection(LiftObjection {
            objection: objection.clone(),
            reason: samples::sealed("reason"),
        });
    }
    let open = find(|status| matches!(status, ObjectionStatus::Open { .. }));
    if let Some((objection, _)) = open
        && about.this != 1
    {
        if about.that == 2 {
            return Command::ExtendObjection(ExtendObjection {
                objection: objection.clone(),
                reason: samples::sealed("reason"),
            });
        }
        return Command::SettleObjection(SettleObjection {
            objection: objection.clone(),
            upheld: about.that == 0,
            reason: samples::sealed("reason"),
        });
    }
    Command::RaiseObjection(RaiseObjection {
        objection: ObjectionId::parse(&format!("o{}", about.that)).unwrap(),
        person: "p1".into(),
        categories: BTreeSet::new(),
        text: samples::sealed("no"),
    })
}
