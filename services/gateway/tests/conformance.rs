//! The same tests on a real PostgreSQL: `DOORBRAAK_TEST_POSTGRES` names a server on which databases
//! may be made.

/// Where the databases of these tests live.
const ENGINE: journal::Engine = journal::Engine::Postgres;

mod gateway {
    mod answers;
    mod checkpoints;
    mod hand_in;
    mod heartbeat;
    mod household;
    mod identity;
    mod inbound;
    mod keyless;
    mod outbox;
    mod resend;
    mod rotation;
    mod secrecy;
    mod statements;
    pub(crate) mod support;
}
