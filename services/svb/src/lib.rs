//! svb
