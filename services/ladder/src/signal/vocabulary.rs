use crate::coded::coded;

coded!(
    /// What a signal is about.
    SignalKind, "kind of signal" {
        /// A shortage that tailoring cannot cure (domain, M8).
        Scarcity = "scarcity",
        /// The same thing in several cases (domain, B8).
        Pattern = "pattern",
        /// Something in the system that will stop the next household too.
        Obstacle = "obstacle",
        /// A professional's bad feeling, told in a minute and without personal data (domain, H27).
        Unease = "unease",
    }
);

coded!(
    /// How often whoever raises a signal sees it; a count of cases says more, when there are any.
    Often, "how often something is seen" {
        /// For the first time.
        Once = "once",
        /// Some times a year.
        Yearly = "yearly",
        /// Every month.
        Monthly = "monthly",
        /// Every week, or more often.
        Weekly = "weekly",
    }
);

coded!(
    /// What would have to change (domain, H9).
    Artefact, "artefact" {
        /// A policy rule.
        PolicyRule = "policy_rule",
        /// A standard report.
        StandardReport = "standard_report",
        /// The template of a decision.
        DecisionTemplate = "decision_template",
        /// A law.
        Law = "law",
        /// A local regulation.
        LocalBasis = "local_basis",
        /// A provision.
        Provision = "provision",
    }
);

coded!(
    /// How the owner of a signal answers it.
    AnswerKind, "answer to a signal" {
        /// Something will change; the steps follow.
        WillChange = "will_change",
        /// Nothing will, for the reason given.
        WillNotChange = "will_not_change",
        /// It can be done today already.
        AlreadyPossible = "already_possible",
        /// Somebody else can act on it.
        NeedsOtherOwner = "needs_other_owner",
    }
);

coded!(
    /// A step of the reversed policy cycle, in its order (domain, H7).
    Step, "step of the policy cycle" {
        /// The effect that is wanted has been named.
        EffectNamed = "effect_named",
        /// Practice has found what it needs for it.
        TriedInPractice = "tried_in_practice",
        /// Policy lays that down.
        LaidDown = "laid_down",
        /// Somebody has looked whether the effect came.
        Checked = "checked",
    }
);

impl Step {
    /// The step after `done`; none after the last.
    pub fn after(done: Option<Self>) -> Option<Self> {
        match done {
            None => Some(Self::EffectNamed),
            Some(Self::EffectNamed) => Some(Self::TriedInPractice),
            Some(Self::TriedInPractice) => Some(Self::LaidDown),
            Some(Self::LaidDown) => Some(Self::Checked),
            Some(Self::Checked) => None,
        }
    }
}

coded!(
    /// The states of a signal, as views and pages name them.
    StateName, "state of a signal" {
        /// It waits for somebody who can act.
        Unassigned = "unassigned",
        /// It waits for its owner's answer.
        Assigned = "assigned",
        /// It waits for what the answer leads to.
        Answered = "answered",
        /// It has ended.
        Closed = "closed",
    }
);
