//! Real servers of a test's own: started on free loopback ports in a temporary folder, and
//! stopped, or killed, through their own process ids.

mod nats;
mod postgres;

pub use nats::Nats;
pub use postgres::{Postgres, create_database, shared_postgres};

use std::net::{Ipv4Addr, TcpListener};

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .expect("loopback has a free port")
        .port()
}

/// What `tests/run` sets; without it the test cannot say anything.
fn setting(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: run this test through tests/run"))
}
