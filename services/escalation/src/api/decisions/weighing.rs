//! What a decision rests on, as people give it: the room, the grounds, the weighings, and what
//! makes this case differ from the comparable ones.

use std::collections::BTreeSet;

use chassis::problem::Problem;
use ladder::{AssessmentId, Ground, Room, Sealed, Weighing};
use proto::{InvalidParam, Text};
use schemars::JsonSchema;
use serde::Deserialize;

use super::super::caller::Caller;
use super::super::refusal::unavailable;
use super::super::sight::Sight;
use super::super::{Platform, comparable};
use crate::seal::CaseSealer;

/// The room that a decision uses.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::api) enum RoomUsed {
    WithinLaw,
    DeviationFromPolicyRule,
    BeyondLaw,
}

impl From<RoomUsed> for Room {
    fn from(room: RoomUsed) -> Self {
        match room {
            RoomUsed::WithinLaw => Self::WithinLaw,
            RoomUsed::DeviationFromPolicyRule => Self::DeviationFromPolicyRule,
            RoomUsed::BeyondLaw => Self::BeyondLaw,
        }
    }
}

/// What a decision is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::api) enum GroundNamed {
    Justice,
    StatuteIntent,
    Agency,
    Equality,
    Safety,
    Durability,
    Cost,
}

impl From<GroundNamed> for Ground {
    fn from(ground: GroundNamed) -> Self {
        match ground {
            GroundNamed::Justice => Self::Justice,
            GroundNamed::StatuteIntent => Self::StatuteIntent,
            GroundNamed::Agency => Self::Agency,
            GroundNamed::Equality => Self::Equality,
            GroundNamed::Safety => Self::Safety,
            GroundNamed::Durability => Self::Durability,
            GroundNamed::Cost => Self::Cost,
        }
    }
}

/// The parts of a weighing in a body; which of them are needed depends on what it is for.
pub(super) struct Given {
    pub(super) room: Option<RoomUsed>,
    pub(super) grounds: Option<BTreeSet<GroundNamed>>,
    pub(super) assessments: BTreeSet<String>,
    pub(super) difference: Option<Text>,
}

impl Given {
    /// Whether nothing of it was given.
    pub(super) fn is_absent(&self) -> bool {
        self.room.is_none()
            && self.grounds.is_none()
            && self.assessments.is_empty()
            && self.difference.is_none()
    }

    /// The weighing, with the comparable cases that are shown now.
    ///
    /// # Errors
    /// 400 naming the room and the grounds when they are absent; 404 for a weighing that cannot
    /// be in the case; 503.
    pub(super) async fn weighing(
        self,
        platform: &Platform,
        caller: &Caller,
        sight: &Sight,
        sealer: &CaseSealer,
    ) -> Result<Weighing, Problem> {
        let (Some(room), Some(grounds)) = (self.room, &self.grounds) else {
            let absent = [
                ("/room", self.room.is_none()),
                ("/grounds", self.grounds.is_none()),
            ];
            let absent = absent.into_iter().filter(|(_, absent)| *absent);
            let params = absent.map(|(name, _)| InvalidParam::new(name, "is required"));
            return Err(Problem::bad_request(params.collect()));
        };
        let ids = self.assessments.iter().map(|id| AssessmentId::parse(id));
        let assessments = ids.collect::<Result<_, _>>();
        Ok(Weighing {
            room: Some(room.into()),
            grounds: grounds.iter().copied().map(Ground::from).collect(),
            assessments: assessments
                .map_err(|_| Problem::not_found("There is no such weighing in this case."))?,
            compared: comparable::ids(platform, caller, &sight.id).await?,
            difference: sealed(sealer, self.difference.as_ref())?,
        })
    }
}

/// Seals a text that may be absent.
///
/// # Errors
/// 503 when it cannot be sealed.
pub(super) fn sealed(sealer: &CaseSealer, text: Option<&Text>) -> Result<Option<Sealed>, Problem> {
    text.map(|text| sealer.text(text))
        .transpose()
        .map_err(unavailable)
}
