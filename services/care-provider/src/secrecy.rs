//! Professional secrecy: only "need present" leaves, unless a ground for more is recorded.
//!
//! Domain rule r5: health data leaves on consent, a statutory duty, a conflict of duties or a
//! reporting right; otherwise the provider confirms that there is a need for care and says no
//! more: not which care, not since when, not what was seen.

use gateway::{Disclosure, Known};
use proto::Category;

use crate::vocabulary::{CARE_PROVIDED, CareProvided, GROUND_RECORDED, GroundRecorded};

/// All that is said without a ground, whatever the care is.
pub const NEED_PRESENT: &str = "Er is zorg nodig. Meer mag de zorgaanbieder niet zeggen.";
/// The law that binds the provider, as `deploy/parties/spirit.toml` names it. For the jurist.
pub(crate) const LAW: &str = "medical_treatment_act";
/// Why "need present" may be said: an id in `deploy/legal-bases.toml`.
pub(crate) const LEGAL_BASIS: &str = "care_need_present";

/// What may leave: "need present" for each client in care, and the care itself where a ground for
/// that client is recorded.
pub(crate) fn may_leave(known: &[Known]) -> Vec<Disclosure> {
    let grounds: Vec<GroundRecorded> = known
        .iter()
        .filter(|known| known.event_type == GROUND_RECORDED)
        .filter_map(|known| GroundRecorded::read(&known.data).ok())
        .collect();
    let mut leaving = Vec::new();
    for known in known
        .iter()
        .filter(|known| known.event_type == CARE_PROVIDED)
    {
        let Ok(care) = proto::check::<CareProvided>(&known.data) else {
            continue;
        };
        leaving.push(need_present(known));
        if let Some(ground) = grounds.iter().find(|ground| ground.bsn == care.bsn) {
            leaving.push(the_care_itself(known, &care, ground));
        }
    }
    leaving
}

fn need_present(known: &Known) -> Disclosure {
    Disclosure {
        from: known.id,
        category: Category::Care,
        law: LAW.to_owned(),
        rule: None,
        summary: NEED_PRESENT.to_owned(),
        since: None,
        legal_basis: LEGAL_BASIS.to_owned(),
    }
}

fn the_care_itself(known: &Known, care: &CareProvided, ground: &GroundRecorded) -> Disclosure {
    Disclosure {
        from: known.id,
        category: Category::Health,
        law: LAW.to_owned(),
        rule: None,
        summary: format!("{}: {}", care.need, care.details),
        since: Some(care.since),
        legal_basis: ground.ground.legal_basis().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn care() -> Known {
        Known {
            id: Uuid::from_u128(1),
            event_type: CARE_PROVIDED.into(),
            data: json!({
                "bsn": "999990019", "need": "autisme", "since": "2025-06-01",
                "details": "een half jaar inwonende begeleiding",
            }),
        }
    }

    fn ground(bsn: &str) -> Known {
        Known {
            id: Uuid::from_u128(2),
            event_type: GROUND_RECORDED.into(),
            data: json!({ "bsn": bsn, "ground": "consent" }),
        }
    }

    #[test]
    fn without_a_ground_only_need_present_leaves() {
        assert_eq!(
            may_leave(&[care()]),
            [Disclosure {
                from: Uuid::from_u128(1),
                category: Category::Care,
                law: LAW.into(),
                rule: None,
                summary: NEED_PRESENT.into(),
                since: None,
                legal_basis: LEGAL_BASIS.into(),
            }]
        );
    }

    #[test]
    fn a_ground_lets_the_care_itself_follow_as_health_data() {
        let left = may_leave(&[care(), ground("999990019")]);
        assert_eq!(left.len(), 2);
        assert_eq!(
            left[1],
            Disclosure {
                from: Uuid::from_u128(1),
                category: Category::Health,
                law: LAW.into(),
                rule: None,
                summary: "autisme: een half jaar inwonende begeleiding".into(),
                since: Some(date(2025, 6, 1)),
                legal_basis: "care_consent".into(),
            }
        );
    }

    #[test]
    fn a_ground_for_one_client_says_nothing_about_another() {
        let left = may_leave(&[care(), ground("999990342")]);
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].category, Category::Care);
    }
}
