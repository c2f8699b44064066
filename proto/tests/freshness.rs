//! The committed schemas and the AsyncAPI document are what the types generate.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn freshness() {
    let crate_root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documents = proto::documents::all();
    if std::env::var_os("DOORBRAAK_REFRESH").is_some() {
        for (path, text) in &documents {
            fs::write(crate_root.join(path), text).expect("the folder is there");
        }
    }
    let stale: Vec<&String> = documents
        .iter()
        .filter(|(path, text)| {
            fs::read_to_string(crate_root.join(path)).ok().as_ref() != Some(text)
        })
        .map(|(path, _)| path)
        .collect();
    assert!(
        stale.is_empty(),
        "stale: {stale:?}; refresh with: DOORBRAAK_REFRESH=1 cargo test -p proto freshness"
    );
}

#[test]
fn no_schema_is_left_over_from_an_event_that_is_gone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let committed: BTreeSet<String> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| {
            let name = entry.expect("an entry").file_name();
            format!("schemas/{}", name.to_string_lossy())
        })
        .collect();
    let generated: BTreeSet<String> = proto::documents::all()
        .into_keys()
        .filter(|path| path.starts_with("schemas/"))
        .collect();
    assert_eq!(committed, generated);
}
