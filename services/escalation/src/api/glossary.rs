//! The words of the domain, in Dutch and in English: an open document.

use std::sync::LazyLock;

use axum::Json;
use axum::http::{HeaderName, header};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const FILE: &str = include_str!("../../../../deploy/glossary.toml");

/// Any site may read an open document.
pub(super) const FOR_ALL: [(HeaderName, &str); 1] = [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")];

/// A word of the domain.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
pub(super) struct Term {
    /// The word in code, API and documents.
    identifier: String,
    /// The Dutch term on screens.
    dutch: String,
    /// What it means, in plain Dutch.
    definition_nl: String,
    /// What it means, in English.
    definition_en: String,
}

/// The words of the domain.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Glossary {
    /// Raised when a meaning changes.
    version: String,
    /// The words, in the order of the domain.
    #[serde(rename(deserialize = "term"))]
    items: Vec<Term>,
}

/// Built in, and read by a test; so this cannot fail at run time.
static GLOSSARY: LazyLock<Option<Glossary>> = LazyLock::new(|| toml::from_str(FILE).ok());

/// `GET /v1/glossary`.
pub(super) async fn glossary()
-> Result<([(HeaderName, &'static str); 1], Json<&'static Glossary>), chassis::problem::Problem> {
    let glossary = GLOSSARY
        .as_ref()
        .ok_or_else(chassis::problem::Problem::internal)?;
    Ok((FOR_ALL, Json(glossary)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_word_is_explained_once_in_both_languages() {
        let glossary: Glossary = toml::from_str(FILE).unwrap();
        let identifiers: BTreeSet<_> = glossary.items.iter().map(|term| &term.identifier).collect();
        assert_eq!(identifiers.len(), glossary.items.len());
        for Term {
            identifier,
            dutch,
            definition_nl,
            definition_en,
        } in &glossary.items
        {
            for text in [dutch, definition_nl, definition_en] {
                assert!(!text.trim().is_empty(), "{identifier}");
            }
        }
        assert_eq!(glossary.items.len(), 109);
    }
}
