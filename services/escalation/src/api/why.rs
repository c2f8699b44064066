//! "Why do I see this, and why not that": the decision's own reasons for each category of data of a
//! case, in Dutch and English words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::Json;
use axum::extract::{Path, Query, State};
use chassis::problem::Problem;
use gate::{Category, Grounds, Purpose, Strength};
use proto::InvalidParam;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Platform;
use super::caller::Caller;
use super::records::shared_by;
use super::reveal::{Reader, word};
use super::sight;

const FILE: &str = include_str!("../../../../deploy/access-words.toml");

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// For the screens.
    nl: String,
    /// The same in English.
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: BTreeMap<String, Words>,
    denied: BTreeMap<String, Words>,
}

/// Built in, and read by a test; so this cannot fail at run time.
static WORDS: LazyLock<Option<File>> = LazyLock::new(|| toml::from_str(FILE).ok());

/// What is asked about.
#[derive(Deserialize)]
pub(super) struct Asked {
    category: Option<String>,
    source: Option<String>,
    law: Option<String>,
}

/// A policy that decided.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PolicyTold {
    /// Its id.
    policy: String,
    /// The rule that it carries out.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    /// On what it rests: the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
    /// What the rule says.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<Words>,
}

/// Why no more is shown.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Withheld {
    /// What is not shown: `pseudonym`, `masked` or `full`.
    not: &'static str,
    /// Why, as a code: `not_permitted`, `forbidden`, `not_for_this_actor`, `unknown_role` or `gate_fault`.
    code: &'static str,
    /// The same in words.
    words: Option<Words>,
    /// The prohibitions, when there are any.
    forbidden_by: Vec<PolicyTold>,
    /// For which other purposes of your roles more of it is shown, and how much.
    otherwise: BTreeMap<&'static str, &'static str>,
}

/// How much of a category is shown, why, and why no more.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Explained {
    /// The category.
    category: &'static str,
    /// How much: `full`, `masked`, `pseudonym` or `none`.
    shown: &'static str,
    /// In which of your roles.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    /// The policies that permit it.
    permitted_by: Vec<PolicyTold>,
    /// Why no more; absent when all of it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld: Option<Withheld>,
}

/// Everything about one case, for one purpose.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Explanation {
    /// What you read for.
    purpose: &'static str,
    /// One for each category that was asked about.
    items: Vec<Explained>,
}

/// `GET /v1/cases/{id}/why?category=&source=&law=`.
pub(super) async fn explain(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Json<Explanation>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let asked_about = match asked.category.as_deref() {
        None => Category::ALL.to_vec(),
        Some(word) => vec![Category::from_word(word).ok_or_else(|| {
            Problem::bad_request(vec![InvalidParam::new("category", "is no category")])
        })?],
    };
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "explainSight");
    let mut items = Vec::new();
    for category in asked_about {
        if let Some(source) = asked.source.as_deref() {
            let law = asked.law.as_deref().unwrap_or_default();
            let to = shared_by(&platform, &sight, source, (category, law)).await?;
            reader.about(Some(source), to);
        }
        items.push(explained(&mut reader, category));
    }
    Ok(Json(Explanation {
        purpose: reader.purpose().as_str(),
        items,
    }))
}

fn explained(reader: &mut Reader<'_>, category: Category) -> Explained {
    let (reading, permitted, denied) = reader.explained(category);
    let withheld = denied.map(|denied| Withheld {
        not: word(denied.strength),
        code: denied.code.as_str(),
        words: words(|file| &file.denied, denied.code.as_str()),
        forbidden_by: denied.forbidding.into_iter().map(told).collect(),
        otherwise: otherwise(reader, category, reading.strength),
    });
    Explained {
        category: category.as_str(),
        shown: word(reading.strength),
        role: reading.role.map(|role| role.as_str()),
        permitted_by: permitted.into_iter().map(told).collect(),
        withheld,
    }
}

fn otherwise(
    reader: &Reader<'_>,
    category: Category,
    shown: Strength,
) -> BTreeMap<&'static str, &'static str> {
    let purposes = reader.purposes().into_iter();
    purposes
        .map(|purpose: Purpose| (purpose, reader.strength_for(purpose, category)))
        .filter(|(_, strength)| *strength > shown)
        .map(|(purpose, strength)| (purpose.as_str(), word(strength)))
        .collect()
}

fn told(policy: Grounds) -> PolicyTold {
    PolicyTold {
        words: policy
            .rule
            .as_deref()
            .and_then(|rule| words(|file| &file.rule, rule)),
        policy: policy.policy,
        rule: policy.rule,
        basis: policy.basis,
    }
}

fn words(of: impl Fn(&File) -> &BTreeMap<String, Words>, name: &str) -> Option<Words> {
    WORDS.as_ref().and_then(|file| of(file).get(name).cloned())
}

#[cfg(test)]
mod tests {
    use gate::{DenialCode, Gate};

    use super::*;

    #[test]
    fn every_rule_of_a_policy_and_every_denial_has_its_words() {
        let file: File = toml::from_str(FILE).unwrap();
        for rule in Gate::embedded().unwrap().rules_named() {
            assert!(file.rule.contains_key(&rule), "{rule}");
        }
        for code in DenialCode::ALL {
            assert!(file.denied.contains_key(code.as_str()), "{}", code.as_str());
        }
        for Words { nl, en } in file.rule.values().chain(file.denied.values()) {
            assert!(!nl.trim().is_empty() && !en.trim().is_empty());
        }
    }
}
