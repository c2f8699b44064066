//! The catalogues: the rules that households get stuck on, and what to try first.

use axum::Json;
use axum::extract::{Query, State};
use chassis::problem::Problem;
use ladder::catalogue::{Basis, Provision, Responsible, Rule, TO_BE_CONFIRMED};
use proto::InvalidParam;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::Platform;
use super::caller::Caller;

/// Who owns a rule or carries a provision out: one of the three.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResponsibleSeen {
    /// One organisation, by its OIN.
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<String>,
    /// Every organisation of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    /// Somebody who does not take part, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    external: Option<String>,
}

impl From<&Responsible> for ResponsibleSeen {
    fn from(responsible: &Responsible) -> Self {
        let (mut organisation, mut kind, mut external) = (None, None, None);
        match responsible {
            Responsible::Organisation(oin) => organisation = Some(oin.to_string()),
            Responsible::Kind(of) => kind = Some(of.as_str()),
            Responsible::External(name) => external = Some(name.clone()),
        }
        Self {
            organisation,
            kind,
            external,
        }
    }
}

/// A rule that this one works against.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ClashSeen {
    /// The other rule.
    rule: String,
    /// What the two do together, in Dutch.
    why: String,
}

/// A rule.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleSeen {
    /// Its id.
    rule: String,
    /// Its Dutch name.
    name: String,
    /// The statute on which it rests; absent when no law asks for the rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    law: Option<String>,
    /// That statute's Dutch name.
    #[serde(skip_serializing_if = "Option::is_none")]
    law_name: Option<String>,
    /// What that statute is for, in Dutch.
    #[serde(skip_serializing_if = "Option::is_none")]
    law_intent: Option<String>,
    /// Who can explain, apply or change it.
    owner: ResponsibleSeen,
    /// When it applies and what follows, in Dutch.
    condition: String,
    /// Why it exists, in Dutch; a deviation cites it.
    intent: String,
    /// The rules on which it rests.
    depends_on: Vec<String>,
    /// The rules that it works against.
    collides_with: Vec<ClashSeen>,
    /// Whether it is a policy rule, from which its owner can deviate by itself.
    policy_rule: bool,
    /// Whether it divides what is scarce.
    scarcity: bool,
    /// Whether it can simply be scrapped.
    scrappable: bool,
    /// What still has to happen to this text.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
}

/// The rules.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Rules {
    /// In the order of the catalogue.
    items: Vec<RuleSeen>,
}

/// `GET /v1/rules`.
pub(super) async fn rules(State(platform): State<Platform>, _: Caller) -> Json<Rules> {
    let rules = platform.catalogues.rules.rules().iter();
    Json(Rules {
        items: rules.map(|rule| rule_seen(&platform, rule)).collect(),
    })
}

fn rule_seen(platform: &Platform, rule: &Rule) -> RuleSeen {
    let law = match &rule.basis {
        Basis::Statute(id) => Some(id.clone()),
        Basis::Internal => None,
    };
    let statute = law
        .as_deref()
        .and_then(|id| platform.catalogues.rules.statute(id));
    let clashes = rule.collides_with.iter().map(|clash| ClashSeen {
        rule: clash.rule.clone(),
        why: clash.why.clone(),
    });
    RuleSeen {
        rule: rule.id.clone(),
        name: rule.name.clone(),
        law_name: statute.map(|statute| statute.name.clone()),
        law_intent: statute.map(|statute| statute.intent.clone()),
        law,
        owner: (&rule.owner).into(),
        condition: rule.condition.clone(),
        intent: rule.intent.clone(),
        depends_on: rule.depends_on.clone(),
        collides_with: clashes.collect(),
        policy_rule: rule.policy_rule,
        scarcity: rule.scarcity,
        scrappable: rule.scrappable(),
        note: rule.provisional.then_some(TO_BE_CONFIRMED),
    }
}

/// A standard provision.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProvisionSeen {
    /// Its id.
    provision: String,
    /// Its Dutch name.
    name: String,
    /// The statute that gives it.
    law: String,
    /// Who carries it out.
    carried_out_by: ResponsibleSeen,
    /// What it gives and to whom, in Dutch.
    gives: String,
    /// Whether there is usually too little of it.
    scarce: bool,
    /// What still has to happen to this text.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
}

impl From<&Provision> for ProvisionSeen {
    fn from(provision: &Provision) -> Self {
        Self {
            provision: provision.id.clone(),
            name: provision.name.clone(),
            law: provision.law.clone(),
            carried_out_by: (&provision.carried_out_by).into(),
            gives: provision.gives.clone(),
            scarce: provision.scarce,
            note: provision.provisional.then_some(TO_BE_CONFIRMED),
        }
    }
}

/// Provisions.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Provisions {
    /// The most fitting first, when a theme or a domain of life was named; else all, in the order
    /// of the catalogue.
    items: Vec<ProvisionSeen>,
}

/// `GET /v1/provisions`: with `theme` or `lifeDomain` (may come more than once) what to try
/// first, at most five; without them all.
pub(super) async fn provisions(
    State(platform): State<Platform>,
    _: Caller,
    Query(asked): Query<Vec<(String, String)>>,
) -> Json<Provisions> {
    let values = |name: &str| -> Vec<String> {
        let named = asked.iter().filter(|(key, _)| key == name);
        named.map(|(_, value)| value.clone()).collect()
    };
    let (themes, domains) = (values("theme"), values("lifeDomain"));
    let catalogue = &platform.catalogues.provisions;
    let items = if themes.is_empty() && domains.is_empty() {
        catalogue.provisions().iter().map(Into::into).collect()
    } else {
        let theme = themes.first().map_or("", String::as_str);
        let suggested = catalogue.suggest(theme, &domains).into_iter();
        suggested.map(Into::into).collect()
    };
    Json(Provisions { items })
}

/// Refuses a report that names a provision which the catalogue does not have.
///
/// # Errors
/// 400 with each of them.
pub(super) fn check_tried(platform: &Platform, report: &Map<String, Value>) -> Result<(), Problem> {
    let tried = report.get("provisions").and_then(Value::as_array);
    let mut wrong = Vec::new();
    for (index, entry) in tried.into_iter().flatten().enumerate() {
        // What is no text is refused where the schema is checked.
        let id = entry.get("provision").and_then(Value::as_str);
        if id.is_some_and(|id| platform.catalogues.provisions.get(id).is_none()) {
            let field = format!("/provisions/{index}/provision");
            wrong.push(InvalidParam::new(field, "is not in the catalogue"));
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Problem::bad_request(wrong))
    }
}
