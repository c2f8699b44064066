//! Proofs over the policies: not samples of requests, but all that the schema allows. The solver
//! cvc5 looks for a request for which a statement does not hold; the statement is proved when there
//! is none. Any other answer (unknown, out of time, unsupported) fails the test.
//!
//! Each statement stands beside a wrong policy or a wrong cell from `wrong/`, for which the solver
//! has to find a counterexample: so a statement that nothing can break is noticed.

// A test may stop at once: the panic names the line.
#![allow(clippy::unwrap_used)]

mod law;
mod page;
mod prover;
mod statements;
mod world;
