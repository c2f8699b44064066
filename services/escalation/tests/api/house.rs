//! Rules of the house that the compiler does not see.

use std::fs;
use std::path::{Path, PathBuf};

/// The source files of API and pages.
fn sources() -> Vec<(PathBuf, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.join("api"), source.join("web")];
    let mut files = vec![source.join("api.rs"), source.join("web.rs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect()
}

#[test]
fn only_one_file_of_the_api_opens_sealed_texts() {
    let opens = |text: &str| text.contains("seal::open(") || text.contains(".unseal");
    let opening: Vec<_> = sources()
        .into_iter()
        .filter(|(_, text)| opens(text))
        .map(|(path, _)| path.file_name().unwrap().to_owned())
        .collect();
    assert_eq!(opening, ["reveal.rs"]);
}

#[test]
fn no_screen_and_no_api_file_touches_the_log() {
    for (path, text) in sources() {
        for word in [
            "read_stream(",
            "read_after(",
            "read_event(",
            ".begin()",
            "sqlx::",
        ] {
            assert!(!text.contains(word), "{} uses {word}", path.display());
        }
    }
}
