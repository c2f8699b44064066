//! The rules of the case, told as given / when / then, and searched for what nobody thought of.

#[cfg(test)]
mod rules {
    mod advice;
    mod broken_promises;
    mod catalogue_generated;
    mod catalogue_provisions;
    mod catalogue_refused;
    mod catalogue_rules;
    mod checkers_bite;
    mod checkers_bite_more;
    mod climbing;
    mod closing;
    mod commitments;
    mod counters;
    mod decisions;
    mod descending;
    mod drafts;
    mod evidence;
    mod generated;
    mod handoff_protocol;
    mod handoffs;
    mod harness;
    mod insisting;
    mod invariants;
    mod money;
    mod ownership;
    mod pauses;
    mod properties;
    mod refusals;
    mod reopening;
    mod reporting;
    mod returning;
    mod reviews;
    mod samples;
    mod silence;
    mod silent_climb;
    mod triage;
    mod urgency;
    mod weighing;
    mod whole_story;
}
