//! The SVB's service.

use svb::Svb;

fn main() -> anyhow::Result<()> {
    gateway::main_for(|_secrecy| Ok(Svb))
}
