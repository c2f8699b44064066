use crate::CaseId;
use crate::meeting::event::MinutesAdopted;
use crate::meeting::{
    AdoptMinutes, CaseAtTable, Conclusion, Event, MinutedCase, MinutedRequest, Obstacles, Open,
    Refusal, RequestStatus, Table,
};

/// Minutes are adopted when nothing is left open: every request is answered, every case is
/// concluded on, and every decision says what would prevent repetition (domain, row K1).
pub(super) fn adopt(open: &Open, adoption: AdoptMinutes) -> Result<Vec<Event>, Refusal> {
    let agenda = open.table.order();
    let said: Vec<(&CaseId, &CaseAtTable)> = agenda
        .iter()
        .filter_map(|case| Some((case, open.cases.get(case)?)))
        .collect();

    let waiting: Vec<_> = said
        .iter()
        .flat_map(|(_, said)| said.waiting().cloned())
        .collect();
    if !waiting.is_empty() {
        return Err(Refusal::RequestsUnanswered(waiting));
    }
    let unconcluded = named(&said, |said| said.conclusion.is_none());
    if !unconcluded.is_empty() {
        return Err(Refusal::CasesUnconcluded(unconcluded));
    }
    let unspoken = named(&said, |said| {
        matches!(said.conclusion, Some(Conclusion::Decided { .. }))
            && said.obstacles == Obstacles::Unspoken
    });
    if !unspoken.is_empty() {
        return Err(Refusal::ObstacleUnspoken(unspoken));
    }
    Ok(vec![Event::MinutesAdopted(MinutesAdopted {
        by: adoption.by,
        cases: said
            .into_iter()
            .filter_map(|(case, said)| minuted(&open.table, case, said))
            .collect(),
    })])
}

fn named(said: &[(&CaseId, &CaseAtTable)], which: impl Fn(&CaseAtTable) -> bool) -> Vec<CaseId> {
    said.iter()
        .filter(|(_, said)| which(said))
        .map(|(case, _)| (*case).clone())
        .collect()
}

fn minuted(table: &Table, case: &CaseId, said: &CaseAtTable) -> Option<MinutedCase> {
    let requests = said
        .requests
        .iter()
        .filter_map(|(id, request)| match &request.status {
            RequestStatus::Waiting | RequestStatus::Struck => None,
            RequestStatus::Answered { person, answer, .. } => Some(MinutedRequest {
                request: id.clone(),
                of: request.of.clone(),
                law_or_theme: request.law_or_theme.clone(),
                text: request.text.clone(),
                person: person.clone(),
                answer: answer.clone(),
            }),
        })
        .collect();
    Some(MinutedCase {
        case: case.clone(),
        collision: said.collision.clone(),
        recused: table.recused.get(case).cloned().unwrap_or_default(),
        requests,
        conclusion: said.conclusion.clone()?,
        obstacles: match &said.obstacles {
            Obstacles::Unspoken | Obstacles::RuledOut => Vec::new(),
            Obstacles::Found(found) => found.clone(),
        },
    })
}
