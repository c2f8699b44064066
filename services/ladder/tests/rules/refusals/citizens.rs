//! Who cannot look at the own case.

use ladder::{CitizenRef, Command, LinkCitizen, LinkId, Refusal, UnlinkCitizen};

use super::super::samples::{reported, sealed, utrecht};
use super::Row;

pub(super) fn rows() -> Vec<Row> {
    let link = || LinkId::parse("l1").unwrap();
    let nobody = Command::LinkCitizen(LinkCitizen {
        link: link(),
        person: "nobody".into(),
        citizen: CitizenRef::parse("cz_1").unwrap(),
        by: utrecht(),
    });
    let unlink = Command::UnlinkCitizen(UnlinkCitizen {
        link: link(),
        reason: sealed("a mistake"),
        by: utrecht(),
    });
    vec![
        (vec![reported()], nobody, Refusal::NotADataSubject),
        (vec![reported()], unlink, Refusal::NotLinked),
    ]
}
