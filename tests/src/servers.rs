//! Real servers of a test's own: started on free loopback ports in a temporary folder, and
//! stopped, or killed, through their own process ids.

mod nats;
mod postgres;

pub use nats::Nats;
pub use postgres::{Postgres, create_database, shared_postgres};

use std::hash::{BuildHasher, RandomState};
use std::net::{Ipv4Addr, TcpListener};

/// A port that was free a moment ago, below those that the system gives to connections: one of those
/// would soon be taken by a connection of a test beside this one.
pub fn free_port() -> u16 {
    let draws = std::iter::repeat_with(|| 10_000 + RandomState::new().hash_one("port") % 10_000);
    draws
        .take(1_000)
        .filter_map(|draw| u16::try_from(draw).ok())
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .expect("loopback has a free port")
}

/// What `tests/run` sets; without it the test cannot say anything.
fn setting(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: run this test through tests/run"))
}
