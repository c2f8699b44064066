//! The care provider's service.

use care_provider::CareProvider;

fn main() -> anyhow::Result<()> {
    gateway::main_for(|_secrecy| Ok(CareProvider))
}
