//! Which organisation's system calls: by an access token that marks a system, or named by the
//! trusted proxy behind an FSC inway. A name in a header from anybody else is refused.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use chassis::bearer::Bearer;
use chassis::parties::{Door, Party};
use chassis::problem::Problem;
use chassis::secret::Secret;
use gate::{Action, Actor, Organisation, RegisterFacts};
use proto::Oin;

use super::super::Platform;

/// The header in which the proxy names the organisation: the FSC peer, whose id is an OIN.
const PEER: &str = "Fsc-Peer-Id";

/// The header in which the proxy shows that it is the one.
const SECRET: &str = "Fsc-Inway-Secret";

/// An organisation's own system, which may exchange events.
pub(in crate::api) struct System {
    /// The organisation.
    pub(super) oin: Oin,
    /// By which door letters reach it.
    pub(super) door: Door,
}

impl FromRequestParts<Platform> for System {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Platform) -> Result<Self, Problem> {
        let number = match named_by_proxy(&parts.headers, state.inway.as_deref())? {
            Some(number) => number,
            None => {
                let Bearer(token) = Bearer::from_request_parts(parts, state).await?;
                if !token.is_system() {
                    let detail = "Events are exchanged by an organisation's own system: its token has \
                                  the role system and no other.";
                    return Err(Problem::forbidden(detail));
                }
                token.organisation().to_owned()
            }
        };
        let oin = Oin::parse(&number).ok();
        let party = oin.and_then(|oin| state.parties.get(&oin));
        let party =
            party.ok_or_else(|| Problem::forbidden("Your organisation does not take part."))?;
        may_exchange(state, party)?;
        Ok(Self {
            oin: party.oin.clone(),
            door: party.door.clone(),
        })
    }
}

fn may_exchange(platform: &Platform, party: &Party) -> Result<(), Problem> {
    let kind = serde_json::to_value(party.kind).unwrap_or_default();
    let kind = kind.as_str().unwrap_or_default();
    let actor = Actor::Organisation(Organisation::service(party.oin.as_str(), kind));
    let facts = RegisterFacts {
        organisation: party.oin.to_string(),
    };
    let permit = platform.ground.gate.may(&actor, Action::Exchange, &facts);
    match permit {
        Ok(_) if party.hears() => Ok(()),
        Ok(_) | Err(_) => Err(Problem::forbidden(
            "Your organisation has no system that exchanges events.",
        )),
    }
}

/// The organisation that the proxy names; none when no header names one.
fn named_by_proxy(headers: &HeaderMap, inway: Option<&Secret>) -> Result<Option<String>, Problem> {
    if !headers.contains_key(PEER) && !headers.contains_key(SECRET) {
        return Ok(None);
    }
    let refused =
        || Problem::forbidden("Only the trusted proxy names an organisation in a header.");
    let only = |name| {
        let mut values = headers.get_all(name).iter();
        values.next().filter(|_| values.next().is_none())
    };
    let (Some(inway), Some(shown), Some(peer)) = (inway, only(SECRET), only(PEER)) else {
        return Err(refused());
    };
    verify_slices_are_equal(inway.expose().as_bytes(), shown.as_bytes()).map_err(|_| refused())?;
    peer.to_str()
        .map(|peer| Some(peer.to_owned()))
        .map_err(|_| refused())
}
