//! One party's service on SQLite, seen from outside: its HTTP door and the bus. The test plays the
//! platform.

/// Where the databases of these tests live.
const ENGINE: journal::Engine = journal::Engine::Sqlite;

mod gateway {
    mod answers;
    mod at_rest;
    mod checkpoints;
    mod hand_in;
    mod heartbeat;
    mod household;
    mod identity;
    mod inbound;
    mod keyless;
    mod letters;
    mod numbers;
    mod outbox;
    mod resend;
    mod rotation;
    mod secrecy;
    mod statements;
    pub(crate) mod support;
}
