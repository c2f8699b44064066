//! The benefits of the SVB and when each of them stops.
//!
//! A benefit stops only for a cause that its law names. [`stop_rule`] is that table: it turns a
//! benefit and a cause into the rule that was applied, or says that there is no such rule. For the
//! jurist: the articles and the Dutch texts below are a first reading and need a check.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A benefit that the SVB pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Benefit {
    /// *Kinderbijslag* (AKW).
    ChildBenefit,
    /// *Nabestaandenuitkering* (Anw).
    SurvivorsPension,
    /// *AOW-pensioen* (AOW).
    StatePension,
}

impl Benefit {
    /// Every benefit, in the order of the SVB's own list.
    pub const ALL: [Self; 3] = [
        Self::ChildBenefit,
        Self::SurvivorsPension,
        Self::StatePension,
    ];

    /// The law that gives the benefit (AKW, Anw, AOW), as `deploy/parties/svb.toml` names it.
    pub fn law(self) -> &'static str {
        match self {
            Self::ChildBenefit => "child_benefit_act",
            Self::SurvivorsPension => "survivors_pension_act",
            Self::StatePension => "state_pension_act",
        }
    }

    /// The benefit's name for readers, in Dutch.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::ChildBenefit => "kinderbijslag",
            Self::SurvivorsPension => "nabestaandenuitkering",
            Self::StatePension => "AOW-uitkering",
        }
    }
}

/// Why a benefit stopped, as the SVB's own systems code it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The child became 18.
    #[serde(rename = "child_turned_18")]
    ChildTurned18,
    /// Whoever cares for the child is neither parent nor guardian.
    NoParentOrGuardian,
    /// The insured person or the child no longer lives in the Netherlands.
    MovedAbroad,
    /// The person who received the benefit died.
    Death,
    /// The child died.
    ChildDied,
    /// The survivor married again or shares a household.
    NewPartner,
    /// The youngest child at home became 18 and there is no incapacity for work.
    #[serde(rename = "youngest_child_18")]
    YoungestChild18,
    /// The survivor's own income is too high.
    Income,
    /// The survivor reached the state pension age.
    PensionAge,
    /// The pensioner is detained for longer than the law allows.
    Detention,
    /// The pensioner moved to a country with which there is no treaty on export.
    MovedBeyondTreaty,
    /// The pensioner gave the pension up.
    Renounced,
}

impl Cause {
    /// Every cause, for the sentences that name them and for the tests.
    pub const ALL: [Self; 12] = [
        Self::ChildTurned18,
        Self::NoParentOrGuardian,
        Self::MovedAbroad,
        Self::Death,
        Self::ChildDied,
        Self::NewPartner,
        Self::YoungestChild18,
        Self::Income,
        Self::PensionAge,
        Self::Detention,
        Self::MovedBeyondTreaty,
        Self::Renounced,
    ];

    /// The code on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::ChildTurned18 => "child_turned_18",
            Self::NoParentOrGuardian => "no_parent_or_guardian",
            Self::MovedAbroad => "moved_abroad",
            Self::Death => "death",
            Self::ChildDied => "child_died",
            Self::NewPartner => "new_partner",
            Self::YoungestChild18 => "youngest_child_18",
            Self::Income => "income",
            Self::PensionAge => "pension_age",
            Self::Detention => "detention",
            Self::MovedBeyondTreaty => "moved_beyond_treaty",
            Self::Renounced => "renounced",
        }
    }
}

/// What another organisation may read of the reason why a benefit stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// This reason, in Dutch; it tells of the benefit's own law only.
    Reason(&'static str),
    /// Only that it stopped: the reason would tell of someone else's life or of another domain.
    StoppedOnly,
    /// Nothing at all: even that it stopped betrays a datum that is closed (criminal data).
    Nothing,
}

/// The rule under which a benefit stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StopRule {
    /// The rule's identifier, as in the platform's rule catalogue.
    pub id: &'static str,
    /// What may be told of it outside the SVB.
    pub outside: Outside,
}

/// The rule by which this cause stops this benefit; `None` when the law knows no such cause.
pub fn stop_rule(benefit: Benefit, cause: Cause) -> Option<StopRule> {
    use Outside::{Nothing, Reason, StoppedOnly};
    let (id, outside) = match (benefit, cause) {
        (Benefit::ChildBenefit, Cause::ChildTurned18) => (
            "child_benefit_until_18",
            Reason("het kind is 18 jaar geworden"),
        ),
        (Benefit::ChildBenefit, Cause::NoParentOrGuardian) => (
            "child_benefit_requires_parent_or_guardian",
            Reason("degene die voor het kind zorgt, is geen ouder of voogd"),
        ),
        (Benefit::ChildBenefit, Cause::MovedAbroad) => (
            "child_benefit_requires_residence",
            Reason("er is geen woonplaats meer in Nederland"),
        ),
        (Benefit::ChildBenefit, Cause::Death) => ("child_benefit_ends_with_recipient", StoppedOnly),
        (Benefit::ChildBenefit, Cause::ChildDied) => ("child_benefit_ends_with_child", StoppedOnly),
        (Benefit::SurvivorsPension, Cause::NewPartner) => {
            ("survivors_pension_requires_no_partner", StoppedOnly)
        }
        (Benefit::SurvivorsPension, Cause::YoungestChild18) => (
            "survivors_pension_requires_child_under_18",
            Reason("het jongste kind is 18 jaar geworden"),
        ),
        (Benefit::SurvivorsPension, Cause::Income) => (
            "survivors_pension_income_limit",
            Reason("het eigen inkomen is te hoog"),
        ),
        (Benefit::SurvivorsPension, Cause::PensionAge) => (
            "survivors_pension_until_pension_age",
            Reason("de AOW-leeftijd is bereikt"),
        ),
        (Benefit::SurvivorsPension, Cause::Death) => {
            ("survivors_pension_ends_with_death", StoppedOnly)
        }
        (Benefit::StatePension, Cause::Death) => ("state_pension_ends_with_death", StoppedOnly),
        (Benefit::StatePension, Cause::Detention) => ("state_pension_not_in_detention", Nothing),
        (Benefit::StatePension, Cause::MovedBeyondTreaty) => (
            "state_pension_export_needs_treaty",
            Reason("met het nieuwe woonland is geen verdrag over uitbetaling"),
        ),
        (Benefit::StatePension, Cause::Renounced) => ("state_pension_renounced", StoppedOnly),
        (
            Benefit::ChildBenefit,
            Cause::NewPartner
            | Cause::YoungestChild18
            | Cause::Income
            | Cause::PensionAge
            | Cause::Detention
            | Cause::MovedBeyondTreaty
            | Cause::Renounced,
        )
        | (
            Benefit::SurvivorsPension,
            Cause::ChildTurned18
            | Cause::NoParentOrGuardian
            | Cause::MovedAbroad
            | Cause::ChildDied
            | Cause::Detention
            | Cause::MovedBeyondTreaty
            | Cause::Renounced,
        )
        | (
            Benefit::StatePension,
            Cause::ChildTurned18
            | Cause::NoParentOrGuardian
            | Cause::MovedAbroad
            | Cause::ChildDied
            | Cause::NewPartner
            | Cause::YoungestChild18
            | Cause::Income
            | Cause::PensionAge,
        ) => return None,
    };
    Some(StopRule { id, outside })
}

/// The codes of the causes that can stop this benefit.
pub fn legal_causes(benefit: Benefit) -> Vec<&'static str> {
    Cause::ALL
        .into_iter()
        .filter(|cause| stop_rule(benefit, *cause).is_some())
        .map(Cause::code)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn child_benefit_stops_when_the_carer_is_neither_parent_nor_guardian() {
        let rule = stop_rule(Benefit::ChildBenefit, Cause::NoParentOrGuardian);
        assert_eq!(
            rule.map(|rule| rule.id),
            Some("child_benefit_requires_parent_or_guardian")
        );
    }

    #[test]
    fn each_benefit_stops_for_its_own_causes_only() {
        assert_eq!(
            legal_causes(Benefit::ChildBenefit),
            [
                "child_turned_18",
                "no_parent_or_guardian",
                "moved_abroad",
                "death",
                "child_died"
            ]
        );
        assert_eq!(
            legal_causes(Benefit::SurvivorsPension),
            [
                "death",
                "new_partner",
                "youngest_child_18",
                "income",
                "pension_age"
            ]
        );
        assert_eq!(
            legal_causes(Benefit::StatePension),
            ["death", "detention", "moved_beyond_treaty", "renounced"]
        );
    }

    #[test]
    fn every_rule_has_its_own_identifier() {
        let mut ids: Vec<_> = Benefit::ALL
            .into_iter()
            .flat_map(|benefit| {
                Cause::ALL
                    .into_iter()
                    .filter_map(move |cause| stop_rule(benefit, cause))
            })
            .map(|rule| rule.id)
            .collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        assert_eq!(count, 14);
    }

    #[test]
    fn the_code_is_the_word_on_the_wire() {
        for cause in Cause::ALL {
            assert_eq!(
                serde_json::to_value(cause).expect("a code"),
                serde_json::json!(cause.code())
            );
        }
    }
}
