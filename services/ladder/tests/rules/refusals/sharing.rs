//! What is not shared, and why.

use std::collections::BTreeSet;

use ladder::catalogue::{DataCategory, SharingPurpose};
use ladder::{Command, Disclose, DisclosureId, RecordLegalBasis, Refusal};

use super::Row;
use super::super::samples::{GROUND, reported, sealed, svb, utrecht};

pub(super) fn rows() -> Vec<Row> {
    let record = |legal_basis: &str| {
        Command::RecordLegalBasis(RecordLegalBasis {
            source: utrecht(),
            receiver: svb(),
            legal_basis: legal_basis.into(),
        })
    };
    let disclose = |categories: &[DataCategory], necessity: Option<&str>| {
        Command::Disclose(Box::new(Disclose {
            disclosure: DisclosureId::parse("d1").unwrap(),
            source: utrecht(),
            receiver: svb(),
            categories: BTreeSet::from_iter(categories.iter().copied()),
            purpose: SharingPurpose::Help,
            legal_basis: GROUND.into(),
            necessity: necessity.map(sealed),
            proportionality: Some(sealed("proportionality")),
            subsidiarity: Some(sealed("subsidiarity")),
            template: None,
        }))
    };
    let known = vec![reported()];
    vec![
        (
            known.clone(),
            record("made-up"),
            Refusal::LegalBasisUnknown {
                id: "made-up".into(),
                fitting: vec![GROUND.into(), "consent".into()],
            },
        ),
        (
            known.clone(),
            record("bill"),
            Refusal::LegalBasisNotInForce("bill".into()),
        ),
        (
            known.clone(),
            record("suwi-62"),
            Refusal::LegalBasisUnfit {
                id: "suwi-62".into(),
                missing: vec![utrecht().to_string()],
            },
        ),
        (
            known.clone(),
            disclose(&[DataCategory::Care], None),
            Refusal::AnswersRequired(vec!["necessity"]),
        ),
        (
            known,
            disclose(&[], Some("necessity")),
            Refusal::CategoriesRequired,
        ),
    ]
}
