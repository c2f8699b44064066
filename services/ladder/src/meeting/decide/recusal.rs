use std::collections::BTreeSet;

use super::said;
use crate::RequestId;
use crate::meeting::event::RecusalDeclared;
use crate::meeting::{Conclusion, DeclareRecusal, Event, Open, Refusal, Table};

pub(super) fn before(table: &Table, recusal: DeclareRecusal) -> Result<Vec<Event>, Refusal> {
    if !table.agenda.contains_key(&recusal.case) {
        return Err(Refusal::NotOnAgenda(recusal.case));
    }
    declare(table, recusal, BTreeSet::new())
}

/// An interest that is noticed late strikes what the organisation was asked and said. A decision
/// that was taken stands: who had a part in it cannot leave it afterwards.
pub(super) fn during(open: &Open, recusal: DeclareRecusal) -> Result<Vec<Event>, Refusal> {
    let said = said(open, &recusal.case)?;
    if matches!(said.conclusion, Some(Conclusion::Decided { .. })) {
        return Err(Refusal::CaseConcluded(recusal.case));
    }
    let struck = said
        .requests
        .iter()
        .filter(|(_, request)| request.of == recusal.organisation)
        .map(|(id, _)| id.clone())
        .collect();
    declare(&open.table, recusal, struck)
}

fn declare(
    table: &Table,
    recusal: DeclareRecusal,
    struck: BTreeSet<RequestId>,
) -> Result<Vec<Event>, Refusal> {
    let DeclareRecusal {
        case,
        organisation,
        by,
    } = recusal;
    if !table.invited.contains_key(&organisation) {
        return Err(Refusal::NotInvited(organisation));
    }
    if table.is_recused(&organisation, &case) {
        return Err(Refusal::AlreadyRecused { organisation, case });
    }
    Ok(vec![Event::RecusalDeclared(RecusalDeclared {
        case,
        organisation,
        by,
        struck,
    })])
}
