//! An organisation as the gate knows an actor.

use chassis::parties::Parties;
use gate::{ActedBy, Actor, Organisation};
use proto::Oin;

/// An organisation that acts for one of its staff: as the transport authenticated it, or, for
/// what follows by itself, as the log says who acted.
pub(crate) fn on_behalf(parties: &Parties, oin: &str, acted_by: ActedBy) -> Actor {
    let kind = Oin::parse(oin)
        .ok()
        .and_then(|oin| serde_json::to_value(parties.get(&oin)?.kind).ok())
        .and_then(|kind| kind.as_str().map(str::to_owned))
        .unwrap_or_default();
    Actor::Organisation(Organisation::authenticated(oin, &kind, acted_by))
}
