//! Cases told end to end, through the doors that people use.
