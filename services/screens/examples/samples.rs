//! Writes every sample page with the files that it loads, to be looked at: by a browser, by axe.
//!
//!     cargo run -p screens --example samples -- FOLDER

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_imports,
    reason = "the samples are those of the tests, and say best where they stopped by stopping there"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use screens::{Language, asset};

#[path = "../tests/pages/samples.rs"]
mod samples;

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| io::Error::other("say into which folder"))?;
    fs::create_dir_all(folder.join("assets"))?;
    for (name, render) in samples::SAMPLES {
        for language in Language::ALL {
            let html = render(samples::frame(language));
            write_assets(&folder, &html)?;
            let name = format!("{name}.{}.html", language.code());
            fs::write(folder.join(name), html)?;
        }
    }
    // An organisation's theme is its own; the samples have an empty one.
    fs::write(folder.join("assets/thema.css"), "")
}

/// The files that a text names, and those that they name.
fn write_assets(folder: &Path, text: &str) -> io::Result<()> {
    let ends = |c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.');
    let names: BTreeSet<_> = text
        .split("/assets/")
        .skip(1)
        .filter_map(|rest| rest.split(ends).next())
        .collect();
    for asset in names.into_iter().filter_map(asset) {
        let file = folder.join("assets").join(asset.name);
        if file.exists() {
            continue;
        }
        fs::write(file, asset.bytes)?;
        if let Ok(text) = std::str::from_utf8(asset.bytes) {
            write_assets(folder, text)?;
        }
    }
    Ok(())
}
