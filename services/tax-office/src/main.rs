//! The tax office's service.

use tax_office::TaxOffice;

fn main() -> anyhow::Result<()> {
    gateway::main_for(|secrecy| {
        Ok(match secrecy {
            Some(file) => TaxOffice::load(file)?,
            None => TaxOffice::built_in()?,
        })
    })
}
