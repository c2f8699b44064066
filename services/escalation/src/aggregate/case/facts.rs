//! A case as the gate needs to see it.

use std::collections::BTreeSet;

use gate::{Admitting, CaseFacts};
use ladder::{Case, CaseId, Command, Draft, File, Organisation, StateName, Tier};

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
        None => of_report(id, case, command),
    };
    facts.target = target.map(|organisation| organisation.to_string());
    facts
}

/// The facts of a stored case, for reading it. A draft is no case yet: see [`draft_facts`].
pub fn reading_facts(id: &CaseId, case: &Case) -> Option<CaseFacts> {
    case.file().map(|file| of_file(id, case, file))
}

/// The facts of a draft, for reading it: nobody but its owner has anything to do with it.
pub fn draft_facts(id: &CaseId, draft: &Draft) -> CaseFacts {
    CaseFacts {
        state: StateName::Draft.as_str().to_owned(),
        ..of_owner(id, Some(&draft.owner))
    }
}

fn of_file(id: &CaseId, case: &Case, file: &File) -> CaseFacts {
    let closed = matches!(case, Case::Closed(_));
    let pending = match case {
        Case::Underway(underway) => underway.pending(),
        Case::Absent | Case::Draft(_) | Case::Discarded | Case::Closed(_) => None,
    };
    let admitting = pending.map(|request| Admitting {
        organisation: request.admitting.to_string(),
        role: request.admitting_role.clone(),
    });
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
        card_only: open(file.card_only()),
        // By the platform's own names: the API puts the caller in place of the own one.
        citizens: file.kept.looking(),
        objected: file
            .objected()
            .iter()
            .map(|it| it.as_str().to_owned())
            .collect(),
        ..CaseFacts::default()
    }
}

/// Nobody else knows the case yet: who reports it will own it, and whose draft it is owns that.
fn of_report(id: &CaseId, case: &Case, command: &Command) -> CaseFacts {
    let (theme, region, reporter) = match command {
        Command::Report(report) => (
            report.theme.clone(),
            report.region.clone(),
            Some(&report.owner),
        ),
        Command::SaveDraft(draft) => (String::new(), String::new(), Some(&draft.owner)),
        _ => Default::default(),
    };
    let facts = match case {
        Case::Draft(draft) => draft_facts(id, draft),
        Case::Absent | Case::Discarded | Case::Underway(_) | Case::Closed(_) => {
            of_owner(id, reporter)
        }
    };
    CaseFacts {
        theme,
        region,
        ..facts
    }
}

fn of_owner(id: &CaseId, owner: Option<&Organisation>) -> CaseFacts {
    let owner = owner.map(Organisation::to_string).unwrap_or_default();
    CaseFacts {
        id: id.to_string(),
        owner: owner.clone(),
        raiser: owner,
        tier: Tier::Local.as_str().to_owned(),
        ..CaseFacts::default()
    }
}

fn names(organisations: BTreeSet<&Organisation>) -> BTreeSet<String> {
    organisations
        .into_iter()
        .map(Organisation::to_string)
        .collect()
}

#[cfg(test)]
mod tests;
