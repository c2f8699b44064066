use jiff::Timestamp;

use super::{given, terms};
use crate::event::{
    BlockRecorded, FactReported, LegalBasisRecorded, OwnershipModeChosen, PerspectiveRecorded,
    Reported,
};
use crate::{
    ChooseOwnershipMode, Event, File, Organisation, RecordBlock, RecordLegalBasis,
    RecordPerspective, Refusal, Report, ReportFact, Rules,
};

pub(super) fn report(rules: &Rules, report: Report, at: Timestamp) -> Vec<Event> {
    let first = rules.ladder.first();
    vec![Event::Reported(Reported {
        case: report.case,
        owner: report.owner,
        own_reference: report.own_reference,
        rung: first.id.clone(),
        tier: first.tier,
        story: report.story,
        desired_outcome: report.desired_outcome,
        citizens_words: report.citizens_words,
        life_domains: report.life_domains,
        persons: report.persons,
        parties_involved: report.parties_involved,
        no_words_reason: report.no_words_reason,
        perspective: report.perspective,
        tried_provisions: report.tried_provisions,
        provisions: report.provisions,
        no_provision_reason: report.no_provision_reason,
        theme: report.theme,
        region: report.region,
        review_at: terms::review(rules, &first.id, at),
    })]
}

pub(super) fn report_fact(fact: ReportFact) -> Vec<Event> {
    vec![Event::FactReported(FactReported {
        source: fact.source,
        category: fact.category,
        law: fact.law,
        rule: fact.rule,
        summary: fact.summary,
        since: fact.since,
        legal_basis: fact.legal_basis,
    })]
}

pub(super) fn record_block(rules: &Rules, block: RecordBlock, at: Timestamp) -> Vec<Event> {
    vec![Event::BlockRecorded(BlockRecorded {
        block: block.kind,
        rules: block.rules,
        explanation: block.explanation,
        review_at: rules.calendar.after(at, rules.ladder.terms.block_review),
    })]
}

pub(super) fn record_perspective(it: RecordPerspective) -> Vec<Event> {
    vec![Event::PerspectiveRecorded(PerspectiveRecorded {
        text: it.text,
    })]
}

pub(super) fn record_basis(file: &File, basis: RecordLegalBasis) -> Result<Vec<Event>, Refusal> {
    let ground = given(Some(basis.legal_basis)).ok_or(Refusal::LegalBasisRequired)?;
    Ok(legal_basis(file, &basis.source, &basis.receiver, &ground)
        .into_iter()
        .collect())
}

pub(super) fn choose_mode(file: &File, choice: &ChooseOwnershipMode) -> Vec<Event> {
    if file.ownership_mode == choice.mode {
        return Vec::new();
    }
    vec![Event::OwnershipModeChosen(OwnershipModeChosen {
        mode: choice.mode,
    })]
}

/// The ground for sharing, when it was not recorded yet between these two.
pub(super) fn legal_basis(
    file: &File,
    source: &Organisation,
    receiver: &Organisation,
    legal_basis: &str,
) -> Option<Event> {
    let known = file
        .legal_bases
        .contains(&(source.clone(), receiver.clone()));
    (!known).then(|| {
        Event::LegalBasisRecorded(LegalBasisRecorded {
            source: source.clone(),
            receiver: receiver.clone(),
            legal_basis: legal_basis.to_owned(),
        })
    })
}
