//! What the SVB may tell another organisation of what it knows.
//!
//! Its duty of secrecy (Wet SUWI, art. 74) leaves room for what the receiver needs in the case it
//! accepted: that a benefit stopped, since when, and by which rule of the benefit's own law. A
//! cause that would tell of someone else's life, or of another domain, is left out; a cause that
//! is criminal data keeps the whole fact inside.

use gateway::{Disclosure, Known};
use proto::Category;

use crate::{
    benefit::Outside,
    vocabulary::{BENEFIT_STOPPED, BenefitStopped},
};

/// The ground on which the SVB tells a fact of its own law: an id in `deploy/legal-bases.toml`.
pub(crate) const LEGAL_BASIS: &str = "svb_own_task";

/// Every fact that may leave, in the order in which the SVB learned it.
pub(crate) fn may_leave(known: &[Known]) -> Vec<Disclosure> {
    known
        .iter()
        .filter(|known| known.event_type == BENEFIT_STOPPED)
        .filter_map(disclose)
        .collect()
}

fn disclose(known: &Known) -> Option<Disclosure> {
    let stopped = BenefitStopped::read(&known.data).ok()?;
    let rule = stopped.rule()?;
    let benefit = stopped.benefit.dutch();
    let (summary, rule_id) = match rule.outside {
        Outside::Reason(reason) => (
            format!("De {benefit} is gestopt: {reason}."),
            Some(rule.id.to_owned()),
        ),
        // The rule's name would give the cause away.
        Outside::StoppedOnly => (format!("De {benefit} is gestopt."), None),
        Outside::Nothing => return None,
    };
    Some(Disclosure {
        from: known.id,
        category: Category::Finance,
        law: stopped.benefit.law().to_owned(),
        rule: rule_id,
        summary,
        since: Some(stopped.since),
        legal_basis: LEGAL_BASIS.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn stopped(benefit: &str, cause: &str) -> Known {
        Known {
            id: Uuid::from_u128(1),
            event_type: BENEFIT_STOPPED.into(),
            data: json!({
                "bsn": "999990342", "childBsn": "999990019",
                "benefit": benefit, "since": "2026-01-01", "cause": cause,
            }),
        }
    }

    #[test]
    fn a_stopped_child_benefit_leaves_with_its_rule_and_without_numbers() {
        assert_eq!(
            may_leave(&[stopped("child_benefit", "no_parent_or_guardian")]),
            [Disclosure {
                from: Uuid::from_u128(1),
                category: Category::Finance,
                law: "child_benefit_act".into(),
                rule: Some("child_benefit_requires_parent_or_guardian".into()),
                summary: "De kinderbijslag is gestopt: degene die voor het kind zorgt, is geen \
                          ouder of voogd."
                    .into(),
                since: Some(date(2026, 1, 1)),
                legal_basis: LEGAL_BASIS.into(),
            }]
        );
    }

    #[test]
    fn a_new_partner_is_not_told() {
        let left = may_leave(&[stopped("survivors_pension", "new_partner")]);
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].summary, "De nabestaandenuitkering is gestopt.");
        assert_eq!(left[0].rule, None);
    }

    #[test]
    fn detention_stays_inside_altogether() {
        assert_eq!(may_leave(&[stopped("state_pension", "detention")]), []);
    }
}
