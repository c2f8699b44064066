//! The citizen's own look at the own case (AVG art. 15; domain, section e1).

use crate::event::{CitizenLinked, CitizenUnlinked};
use crate::{Event, File, LinkCitizen, Refusal, UnlinkCitizen};

/// Somebody whom the case is about may look at the own case; somebody outside the household, and
/// somebody who was erased, may not. Said twice it is said once.
pub(super) fn link(file: &File, it: LinkCitizen) -> Result<Vec<Event>, Refusal> {
    let kept = &file.kept;
    if !kept.has(&it.person) || kept.outside.contains(&it.person) {
        return Err(Refusal::NotADataSubject);
    }
    let there = kept
        .citizens
        .values()
        .any(|link| link.person == it.person && link.citizen == it.citizen);
    if there {
        return Ok(Vec::new());
    }
    Ok(vec![Event::CitizenLinked(CitizenLinked {
        link: it.link,
        person: it.person,
        citizen: it.citizen,
        by: it.by,
    })])
}

pub(super) fn unlink(file: &File, it: UnlinkCitizen) -> Result<Vec<Event>, Refusal> {
    if !file.kept.citizens.contains_key(&it.link) {
        return Err(Refusal::NotLinked);
    }
    Ok(vec![Event::CitizenUnlinked(CitizenUnlinked {
        link: it.link,
        reason: it.reason,
        by: it.by,
    })])
}
