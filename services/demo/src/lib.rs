//! All of Doorbraak in one process, for trying it out and for telling its stories: the parts that
//! exist only here. Nothing in this crate belongs in production.

pub mod issuer;
pub mod personas;
