//! Ring `model`: the protocols of the case, explored in full for small cases.
//!
//! Every order in which the messages of two organisations, a body above them and the clock can
//! reach a case is walked, with the rules themselves deciding; nothing of them is written again
//! here. See `model/world.rs` for what is explored and within which bounds.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[cfg(test)]
mod model {
    mod clock;
    mod endings;
    mod escalations;
    mod explorer;
    mod handoffs;
    mod ladders;
    mod law;
    mod messages;
    mod mutants;
    mod network;
    mod urgency;
    mod witness;
    mod world;
}
