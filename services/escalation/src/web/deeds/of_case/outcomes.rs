//! What can be asked of another organisation, in codes: they stand on the card that is read before
//! a yes (domain, row H18: the outcome that is asked for leads every handoff).

/// In general, then by theme: benefits, debts, housing, care and the young, work.
pub(super) const ASKED: &[&str] = &[
    "confirm_facts",
    "explain_decision",
    "reconsider_decision",
    "decide_now",
    "deviate_from_rule",
    "share_costs",
    "grant_benefit",
    "restore_benefit",
    "advance_payment",
    "stop_recovery",
    "advice_on_child_benefit",
    "advice_on_child_budget",
    "pause_collection",
    "arrange_payment",
    "cancel_extra_costs",
    "waive_debt",
    "start_debt_help",
    "prevent_eviction",
    "stay_during_notice",
    "temporary_home",
    "find_home",
    "register_address",
    "confirm_need",
    "start_care",
    "continue_care",
    "one_contact",
    "find_work_or_school",
];
