//! The committed schema of the report is what the types generate.

use std::{fs, path::Path};

#[test]
fn freshness() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("report.schema.json");
    let generated = demo::play::schema();
    if std::env::var_os("DOORBRAAK_REFRESH").is_some() {
        fs::write(&file, &generated).expect("the folder is there");
    }
    assert!(
        fs::read_to_string(&file).ok().as_ref() == Some(&generated),
        "stale: report.schema.json; refresh with: DOORBRAAK_REFRESH=1 cargo test -p demo --test schema"
    );
}
