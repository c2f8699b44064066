use crate::event::{BlockRecorded, FactReported, LegalBasisRecorded, Reported};
use crate::{Event, File, Ladder, Organisation, RecordBlock, Report, ReportFact};

pub(super) fn report(ladder: &Ladder, report: Report) -> Vec<Event> {
    let first = ladder.first();
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
        tried_provisions: report.tried_provisions,
        theme: report.theme,
        region: report.region,
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

pub(super) fn record_block(block: RecordBlock) -> Vec<Event> {
    vec![Event::BlockRecorded(BlockRecorded {
        block: block.kind,
        rules: block.rules,
        explanation: block.explanation,
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
