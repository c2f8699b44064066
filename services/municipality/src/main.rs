//! A municipality's service.

use municipality::Municipality;

fn main() -> anyhow::Result<()> {
    gateway::main_for(|_secrecy| Ok(Municipality))
}
