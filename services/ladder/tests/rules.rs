//! The rules of the case, told as given / when / then, and searched for what nobody thought of.

#[cfg(test)]
mod rules {
    mod catalogue_generated;
    mod catalogue_provisions;
    mod catalogue_refused;
    mod catalogue_rules;
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
    mod meeting;
    mod properties;
    mod refusals;
    mod register;
    mod register_bite;
    mod register_invariants;
    mod register_properties;
    mod register_refusals;
    mod register_samples;
    mod reporting;
    mod samples;
    mod signals;
    mod signals_bite;
    mod signals_harness;
    mod signals_invariants;
    mod signals_properties;
    mod signals_refusals;
    mod signals_samples;
    mod silence;
    mod time;
    mod time_properties;
    mod triage;
    mod whole_story;
}
