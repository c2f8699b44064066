use axum::Json;
use axum::extract::State;
use ladder::catalogue::{LegalBasis, TO_BE_CONFIRMED, Users};
use schemars::JsonSchema;
use serde::Serialize;

use super::words::Words;
use crate::api::Platform;
use crate::api::caller::Caller;

/// Which organisations a basis is for: one of these kinds, if any, that carries out one of these
/// laws, if any.
#[derive(Debug, Serialize, JsonSchema)]
struct For {
    /// Kinds of organisation.
    kinds: Vec<&'static str>,
    /// Statutes, by id.
    laws: Vec<String>,
}

impl From<&Users> for For {
    fn from(users: &Users) -> Self {
        Self {
            kinds: users.kinds.iter().map(|kind| kind.as_str()).collect(),
            laws: users.laws.iter().cloned().collect(),
        }
    }
}

/// A legal basis for sharing.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Catalogued {
    /// Its id.
    legal_basis: String,
    /// Its title.
    title: Words,
    /// The law, by its Dutch name.
    law: String,
    /// The article there.
    article: String,
    /// The grounds of the AVG, by article.
    grounds: Vec<&'static str>,
    /// What makes it a basis: `task`, `consent`, `duty`, `conflict_of_duties`, `reporting_right`,
    /// `wgs` or `vital_interest`.
    kind: &'static str,
    /// `in_force`, or `bill`: that permits nothing.
    status: &'static str,
    /// Who may share on it.
    from: For,
    /// Who may receive on it.
    to: For,
    /// What it opens.
    categories: Vec<&'static str>,
    /// Of these, what only a receiver gets that carries out the law under which it is known.
    own_law: Vec<&'static str>,
    /// For which purposes, the usual one first.
    purposes: Vec<&'static str>,
    /// Where this was read.
    source: String,
    /// What still has to happen to this text.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
}

impl From<&LegalBasis> for Catalogued {
    fn from(basis: &LegalBasis) -> Self {
        Self {
            legal_basis: basis.id.clone(),
            title: (&basis.title).into(),
            law: basis.law.clone(),
            article: basis.article.clone(),
            grounds: basis.grounds.iter().map(|it| it.as_str()).collect(),
            kind: basis.kind.as_str(),
            status: basis.status.as_str(),
            from: (&basis.from).into(),
            to: (&basis.to).into(),
            categories: basis.categories.iter().map(|it| it.as_str()).collect(),
            own_law: basis.own_law.iter().map(|it| it.as_str()).collect(),
            purposes: basis.purposes.iter().map(|it| it.as_str()).collect(),
            source: basis.source.clone(),
            note: basis.jurist.then_some(TO_BE_CONFIRMED),
        }
    }
}

/// A purpose of sharing.
#[derive(Debug, Serialize, JsonSchema)]
struct PurposeSeen {
    /// Its id.
    purpose: &'static str,
    /// Its title.
    title: Words,
    /// The smallest set of categories that does for it.
    needs: Vec<&'static str>,
}

/// The catalogue of legal bases.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::api) struct Catalogue {
    /// The purposes of sharing, in the order of the catalogue.
    purposes: Vec<PurposeSeen>,
    /// The bases, in the order of the catalogue.
    items: Vec<Catalogued>,
}

/// `GET /v1/legal-bases`.
pub(in crate::api) async fn catalogue(
    State(platform): State<Platform>,
    _: Caller,
) -> Json<Catalogue> {
    let catalogue = &platform.ground.rules.legal_bases;
    Json(Catalogue {
        purposes: catalogue
            .purposes()
            .iter()
            .map(|entry| PurposeSeen {
                purpose: entry.id.as_str(),
                title: (&entry.title).into(),
                needs: entry.needs.iter().map(|it| it.as_str()).collect(),
            })
            .collect(),
        items: catalogue.bases().iter().map(Into::into).collect(),
    })
}
