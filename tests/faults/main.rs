//! kill -9 in the middle of Bella's story, each started again: nothing lost, nothing doubled.

mod kill;
