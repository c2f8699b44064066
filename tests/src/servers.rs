//! Real servers of a test's own: started on free loopback ports in a temporary folder, and
//! stopped, or killed, through their own process ids.

mod nats;
mod postgres;

pub use nats::Nats;
pub use postgres::{Postgres, Slowed, create_database, shared_postgres};

use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicU32, Ordering};

/// How many ports a test process has to itself.
const OWN_PORTS: u32 = 64;

/// A port that nobody uses: one of a block that belongs to this process among its neighbours, below
/// those that the system gives to connections. One of these would soon be taken by a connection of
/// a test beside this one.
pub fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let first = 10_000 + std::process::id() % 150 * 131 % 150 * OWN_PORTS;
    (0..OWN_PORTS)
        .map(|_| first + NEXT.fetch_add(1, Ordering::Relaxed) % OWN_PORTS)
        .filter_map(|port| u16::try_from(port).ok())
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .expect("loopback has a free port")
}

/// What `tests/run` sets; without it the test cannot say anything.
fn setting(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: run this test through tests/run"))
}
