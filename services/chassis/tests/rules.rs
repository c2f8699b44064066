//! What a caller, an operator or another organisation may count on from every service process.

// A test may stop at the first surprise, its helpers included.
#![allow(clippy::unwrap_used)]

#[path = "rules/answer.rs"]
mod answer;
#[path = "rules/bearer.rs"]
mod bearer;
#[path = "rules/body.rs"]
mod body;
#[path = "rules/config.rs"]
mod config;
#[path = "rules/dev_port.rs"]
mod dev_port;
#[path = "rules/parties.rs"]
mod parties;
#[path = "rules/server.rs"]
mod server;
#[path = "rules/telemetry.rs"]
mod telemetry;
