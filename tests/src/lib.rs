//! Cases told end to end, through the doors that people use: the worlds they are told in, and
//! what is held against them afterwards.

pub mod checker;
pub mod expected;
pub mod processes;
pub mod servers;
pub mod worlds;
