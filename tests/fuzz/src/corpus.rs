//! Specimens to start from: every event of the contract, and what somebody hostile would try.

use std::path::Path;
use std::{fs, io};

/// Events as they go on the wire, in both directions.
const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../proto/golden");
/// What is wrong in a way that is easily overlooked, and what once broke a reader.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");

/// All specimens of events with their names, in the order of their names.
///
/// # Errors
/// When a folder cannot be read.
pub fn events() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut all = folder(Path::new(GOLDEN))?;
    all.extend(folder(&Path::new(KEPT).join("events"))?);
    Ok(all)
}

/// The claims of tokens, one JSON document each.
///
/// # Errors
/// When the folder cannot be read.
pub fn claims() -> io::Result<Vec<(String, Vec<u8>)>> {
    folder(&Path::new(KEPT).join("claims"))
}

/// Whole tokens, none of them signed by anybody known.
///
/// # Errors
/// When the folder cannot be read.
pub fn tokens() -> io::Result<Vec<(String, Vec<u8>)>> {
    folder(&Path::new(KEPT).join("tokens"))
}

fn folder(path: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        all.push((name, fs::read(entry.path())?));
    }
    all.sort();
    Ok(all)
}
