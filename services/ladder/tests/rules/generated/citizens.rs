//! Commands about who looks at the own case.

use ladder::{CitizenRef, Command, LinkCitizen, LinkId, UnlinkCitizen};

use super::erasures::PERSON;
use super::{About, organisation, samples};

fn link_id(about: &About<'_>) -> LinkId {
    LinkId::parse(&format!("l{}", about.this % 3)).unwrap()
}

pub(super) fn link(about: &About<'_>) -> Command {
    let person = match about.that % 4 {
        0 => "nobody",
        _ => PERSON,
    };
    Command::LinkCitizen(LinkCitizen {
        link: link_id(about),
        person: person.to_owned(),
        citizen: CitizenRef::parse(&format!("cz_{}", about.that % 2)).unwrap(),
        by: organisation(about.this),
    })
}

pub(super) fn unlink(about: &About<'_>) -> Command {
    Command::UnlinkCitizen(UnlinkCitizen {
        link: link_id(about),
        reason: samples::sealed("a mistake"),
        by: organisation(about.that),
    })
}
