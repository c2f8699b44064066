//! municipality
