//! A case as the gate needs to see it.

use std::collections::BTreeSet;

use gate::{Admitting, CaseFacts};
use ladder::{Case, CaseId, Command, File, Organisation, Stage, Tier};

/// The facts of a case on which the policies decide. `target` is the organisation that a command
/// is about. A case that is being reported has its future owner's facts.
pub(super) fn case_facts(
    id: &CaseId,
    case: &Case,
    command: &Command,
    target: Option<Organisation>,
) -> CaseFacts {
    let mut facts = match case.file() {
        Some(file) => of_file(id, case, file),
        None => of_report(id, command),
    };
    facts.target = target.map(|organisation| organisation.to_string());
    facts
}

/// The facts of a stored case, for reading it.
pub fn reading_facts(id: &CaseId, case: &Case) -> Option<CaseFacts> {
    case.file().map(|file| of_file(id, case, file))
}

fn of_file(id: &CaseId, case: &Case, file: &File) -> CaseFacts {
    let closed = matches!(case, Case::Closed(_));
    let admitting = match case {
        Case::Underway(underway) => match &underway.stage {
            Stage::EscalationRequested(request) => Some(Admitting {
                organisation: request.admitting.to_string(),
                role: request.admitting_role.clone(),
            }),
            Stage::Active
            | Stage::Blocked(_)
            | Stage::Admitted
            | Stage::Decided
            | Stage::Executing
            | Stage::Aftercare { .. } => None,
        },
        Case::Absent | Case::Closed(_) => None,
    };
    let none = BTreeSet::new();
    let open = |organisations: BTreeSet<&Organisation>| {
        if closed {
            none.clone()
        } else {
            names(organisations)
        }
    };
    CaseFacts {
        id: id.to_string(),
        owner: file.owner.to_string(),
        raiser: file.raiser.to_string(),
        rung: file.rung.to_string(),
        tier: file.tier.as_str().to_owned(),
        state: case
            .state_name()
            .map_or("", |state| state.as_str())
            .to_owned(),
        region: file.region.clone(),
        theme: file.theme.clone(),
        handlers: if closed {
            BTreeSet::new()
        } else {
            BTreeSet::from([file.handler.to_string()])
        },
        admitting,
        offered: open(file.offered()),
        accepted: open(file.participants()),
        committed: open(file.asked()),
        ..CaseFacts::default()
    }
}

/// Nobody knows the case yet: who reports it will own it.
fn of_report(id: &CaseId, command: &Command) -> CaseFacts {
    let Command::Report(report) = command else {
        return CaseFacts {
            id: id.to_string(),
            tier: Tier::Local.as_str().to_owned(),
            ..CaseFacts::default()
        };
    };
    CaseFacts {
        id: id.to_string(),
        owner: report.owner.to_string(),
        raiser: report.owner.to_string(),
        tier: Tier::Local.as_str().to_owned(),
        theme: report.theme.clone(),
        region: report.region.clone(),
        ..CaseFacts::default()
    }
}

fn names(organisations: BTreeSet<&Organisation>) -> BTreeSet<String> {
    organisations
        .into_iter()
        .map(Organisation::to_string)
        .collect()
}
