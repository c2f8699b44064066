//! All of Doorbraak in one process, for trying it out and for telling its stories: the parts that
//! exist only here. Nothing in this crate belongs in production.
//!
//! * [`embedded`] runs the platform and the four parties in this process, on SQLite files;
//! * [`play`] tells a story, line by line, through the doors that people and systems use;
//! * [`seed`] brings Bella's case to where the reader of the demo takes over;
//! * [`issuer`] gives tokens to the [`personas`] of the stories;
//! * [`cli`] is the command line of all that.

pub mod cli;
pub mod embedded;
pub mod issuer;
pub mod personas;
pub mod play;
pub mod seed;
pub mod services;
