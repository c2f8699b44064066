use jiff::Timestamp;

use super::{sharing, terms};
use crate::event::{
    BlockRecorded, FactReported, OwnershipModeChosen, PerspectiveRecorded, Reported,
};
use crate::{
    ChooseOwnershipMode, Event, File, RecordBlock, RecordPerspective, Refusal, Report, ReportFact,
    Rules,
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

/// What is told about a household is shared, on a basis that opens that kind of data.
pub(super) fn report_fact(
    rules: &Rules,
    file: &File,
    fact: ReportFact,
) -> Result<Vec<Event>, Refusal> {
    sharing::not_paused(file)?;
    let listed = sharing::opens(rules, &fact.source, &fact.legal_basis, &fact.category)?;
    Ok(vec![Event::FactReported(FactReported {
        source: fact.source,
        category: fact.category,
        law: fact.law,
        rule: fact.rule,
        summary: fact.summary,
        since: fact.since,
        legal_basis: fact.legal_basis,
        unlisted: !listed,
    })])
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

pub(super) fn choose_mode(file: &File, choice: &ChooseOwnershipMode) -> Vec<Event> {
    if file.ownership_mode == choice.mode {
        return Vec::new();
    }
    vec![Event::OwnershipModeChosen(OwnershipModeChosen {
        mode: choice.mode,
    })]
}
