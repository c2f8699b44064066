//! The rules of the case, told as given / when / then, and searched for what nobody thought of.

#[cfg(test)]
mod rules {
    mod checkers_bite;
    mod climbing;
    mod closing;
    mod commitments;
    mod descending;
    mod evidence;
    mod generated;
    mod handoff_protocol;
    mod handoffs;
    mod harness;
    mod invariants;
    mod properties;
    mod refusals;
    mod reporting;
    mod samples;
    mod silence;
    mod time;
    mod time_properties;
    mod triage;
    mod whole_story;
}
