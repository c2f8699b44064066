//! What a screen shows of a case's course beside its state.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use ladder::{Case, Urgency, tasks};
use serde::{Deserialize, Serialize};

/// What a screen shows of a case's course beside its state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Course {
    /// Who owns the case when an ownership handoff is accepted: `professional_keeps` or
    /// `team_takes_over`.
    pub ownership_mode: String,
    /// `ordinary`, `claimed` or `confirmed`.
    pub urgency: String,
    /// Until when a second person can confirm the urgency that is claimed.
    pub confirm_urgency_by: Option<Timestamp>,
    /// Until when its deadlines are on hold at most.
    pub suspended_until: Option<Timestamp>,
    /// What its owner is asked to do.
    pub open_tasks: Vec<OpenTask>,
    /// Who looks at the own case, by the platform's own names, and whom of it that is about.
    pub citizens: BTreeMap<String, BTreeSet<String>>,
    /// To the sharing of which categories a person objects.
    pub objected: BTreeSet<String>,
}

/// One thing that the owner of a case is asked to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenTask {
    /// What kind of thing, a word of [`ladder::TaskKind`].
    pub kind: String,
    /// Until when.
    pub by: Option<Timestamp>,
    /// What it is about: an item of evidence, or an id.
    pub what: String,
}

impl Course {
    /// The course of a case; empty for one that is not shared.
    pub(super) fn of(case: &Case) -> Self {
        let Some(file) = case.file() else {
            return Self::default();
        };
        let (urgency, confirm_urgency_by) = match file.urgency {
            Urgency::Ordinary => ("ordinary", None),
            Urgency::Claimed { confirm_by, .. } => ("claimed", Some(confirm_by)),
            Urgency::Confirmed => ("confirmed", None),
        };
        let suspension = match case {
            Case::Underway(underway) => underway.suspension.as_ref(),
            Case::Absent | Case::Draft(_) | Case::Discarded | Case::Closed(_) => None,
        };
        let open_tasks = tasks(case).into_iter().map(|task| OpenTask {
            kind: task.kind.as_str().to_owned(),
            by: task.by,
            what: task.what,
        });
        Self {
            ownership_mode: file.ownership_mode.as_str().to_owned(),
            urgency: urgency.to_owned(),
            confirm_urgency_by,
            suspended_until: suspension.map(|suspension| suspension.until),
            open_tasks: open_tasks.collect(),
            citizens: file.kept.looking(),
            objected: file
                .objected()
                .iter()
                .map(|it| it.as_str().to_owned())
                .collect(),
        }
    }
}
