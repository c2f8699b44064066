//! What every service process of Doorbraak shares: a clock and a source of randomness that are
//! passed as arguments, one shape for errors, one way to read a body and a token, one HTTP server
//! with the same headers everywhere, the list of organisations, and the configuration by
//! environment.
//!
//! Nothing in here knows what a case is.

pub mod backup;
pub mod bearer;
pub mod body;
pub mod clock;
pub mod config;
pub mod dev;
pub mod entropy;
pub mod health;
pub mod numbers;
pub mod parties;
pub mod problem;
pub mod secret;
pub mod server;
pub mod startup;
pub mod telemetry;
pub mod trace;

pub use clock::Clock;
pub use entropy::Entropy;
pub use parties::{Parties, Party};
pub use problem::Problem;
