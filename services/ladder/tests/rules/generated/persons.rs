//! What the people of a case agree and object to.

use std::collections::BTreeSet;

use ladder::catalogue::DataCategory;
use ladder::{
    Command, ConsentHow, ConsentId, GiveConsent, ObjectionId, ObjectionStatus, RaiseObjection,
    SettleObjection, WithdrawConsent,
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

/// An objection that is open is settled first, mostly so that sharing goes on.
pub(super) fn object(about: &About<'_>) -> Command {
    let open = about.file.objections.iter();
    let mut open = open.filter(|(_, status)| matches!(status, ObjectionStatus::Open { .. }));
    if let Some((objection, _)) = open.next() {
        return Command::SettleObjection(SettleObjection {
            objection: objection.clone(),
            upheld: about.that == 0,
            reason: samples::sealed("reason"),
        });
    }
    Command::RaiseObjection(RaiseObjection {
        objection: ObjectionId::parse(&format!("o{}", about.that)).unwrap(),
        person: "p1".into(),
        text: samples::sealed("no"),
    })
}
