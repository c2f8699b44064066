//! Puts style, font and script together. With npm there: NL Design System's CSS, the font and
//! htmx, at the versions of `package-lock.json`. Without it, or with `SCREENS_PLAIN=1`: our own
//! stylesheet only, and every page stays usable. That one is always there too, to be looked at.
//! `SCREENS_PLAIN=0` refuses to build without npm.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, error::Error, fs};

/// What stands in our stylesheet where the address of the font belongs.
const FONT: &str = "/* font */";
/// The font's file in its package.
const FONT_FILE: &str =
    "node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2";
/// The scripts' files in their package, in this order: htmx, and how it hears server-sent events.
const SCRIPT_FILES: [&str; 2] = [
    "node_modules/htmx.org/dist/htmx.min.js",
    "node_modules/htmx.org/dist/ext/hx-sse.min.js",
];
/// What is our own of the script.
const OWN_SCRIPTS: [&str; 2] = ["assets/live.js", "assets/draft.js"];

fn main() -> Result<(), Box<dyn Error>> {
    for input in [
        "build.mjs",
        "package.json",
        "package-lock.json",
        "assets",
        "templates",
    ] {
        println!("cargo:rerun-if-changed={input}");
    }
    println!("cargo:rerun-if-env-changed=SCREENS_PLAIN");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let vendor = match env::var("SCREENS_PLAIN").as_deref() {
        Ok("1") => Err("SCREENS_PLAIN=1".into()),
        Ok("0") => Ok(vendor(&here, &out)?),
        _ => vendor(&here, &out),
    };
    let own = fs::read_to_string(here.join("assets/screens.css"))?;
    let mut files = Files::new(&out)?;
    files.add(
        Some("ICON"),
        "icon",
        "svg",
        "image/svg+xml",
        &fs::read(here.join("assets/icon.svg"))?,
    )?;
    let text = "text/css; charset=utf-8";
    files.add(Some("PLAIN_STYLE"), "plain", "css", text, own.as_bytes())?;
    match vendor {
        Ok(Vendor { css, font, script }) => {
            let font = files.add(None, "source-sans-3", "woff2", "font/woff2", &font)?;
            let face = format!(
                "@font-face {{ font-family: \"Source Sans 3\"; src: url({font}) format(\"woff2\"); \
                 font-weight: 200 900; font-display: swap; }}"
            );
            let css = format!("{css}\n{}", own.replacen(FONT, &face, 1));
            files.add(Some("STYLE"), "doorbraak", "css", text, css.as_bytes())?;
            let kind = "text/javascript; charset=utf-8";
            let script = files.add(None, "htmx", "js", kind, &script)?;
            files.constant("SCRIPT: Option<&str>", &format!("Some({script:?})"))?;
        }
        Err(reason) => {
            println!(
                "cargo:warning=screens: our own stylesheet only, without NL Design System, font \
                 and script ({reason})"
            );
            files.add(Some("STYLE"), "doorbraak", "css", text, own.as_bytes())?;
            files.constant("SCRIPT: Option<&str>", "None")?;
        }
    }
    files.finish()
}

/// What comes from npm.
struct Vendor {
    css: String,
    font: Vec<u8>,
    script: Vec<u8>,
}

/// Installs what the lock file names, when it is not there yet, and makes the stylesheet.
fn vendor(here: &Path, out: &Path) -> Result<Vendor, Box<dyn Error>> {
    let place = out.join("npm");
    fs::create_dir_all(&place)?;
    for name in ["package.json", "package-lock.json", "build.mjs"] {
        fs::copy(here.join(name), place.join(name))?;
    }
    let (stamp, lock) = (
        place.join("installed"),
        fs::read(here.join("package-lock.json"))?,
    );
    if fs::read(&stamp).ok().as_deref() != Some(&lock) {
        run(Command::new("npm")
            .args([
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--silent",
            ])
            .current_dir(&place))?;
        fs::write(&stamp, &lock)?;
    }
    run(Command::new("node")
        .arg("build.mjs")
        .arg(here.join("templates"))
        .arg(out)
        .current_dir(&place))?;
    let mut script = Vec::new();
    let own = OWN_SCRIPTS.iter().map(|file| here.join(file));
    let files = SCRIPT_FILES.iter().map(|file| place.join(file));
    for file in files.chain(own) {
        script.extend(fs::read(file)?);
        // A file may end in a comment, or without a semicolon.
        script.extend(b"\n;\n");
    }
    Ok(Vendor {
        css: fs::read_to_string(out.join("vendor.css"))?,
        font: fs::read(place.join(FONT_FILE))?,
        script,
    })
}

fn run(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let name = command.get_program().to_string_lossy().into_owned();
    let ended = command
        .output()
        .map_err(|error| format!("{name}: {error}"))?;
    if ended.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&ended.stderr);
    let last = said.lines().rfind(|line| !line.trim().is_empty());
    Err(format!("{name}: {}", last.unwrap_or("failed")).into())
}

/// The table of files that is compiled in: each under a name that changes with its content.
struct Files {
    folder: PathBuf,
    constants: String,
    rows: String,
}

impl Files {
    fn new(out: &Path) -> Result<Self, Box<dyn Error>> {
        let folder = out.join("files");
        fs::create_dir_all(&folder)?;
        Ok(Self {
            folder,
            constants: String::new(),
            rows: String::new(),
        })
    }

    fn add(
        &mut self,
        constant: Option<&str>,
        name: &str,
        extension: &str,
        kind: &str,
        bytes: &[u8],
    ) -> Result<String, Box<dyn Error>> {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let name = format!("{name}-{:016x}.{extension}", hasher.finish());
        let file = self.folder.join(&name);
        fs::write(&file, bytes)?;
        let address = format!("/assets/{name}");
        if let Some(constant) = constant {
            self.constant(&format!("{constant}: &str"), &format!("{address:?}"))?;
        }
        writeln!(
            self.rows,
            "    Asset {{ name: {name:?}, content_type: {kind:?}, bytes: include_bytes!({:?}) }},",
            file.display().to_string()
        )?;
        Ok(address)
    }

    fn constant(&mut self, name: &str, value: &str) -> Result<(), Box<dyn Error>> {
        writeln!(self.constants, "pub(crate) const {name} = {value};")?;
        Ok(())
    }

    fn finish(self) -> Result<(), Box<dyn Error>> {
        let out = self.folder.with_file_name("assets.rs");
        let Self {
            constants, rows, ..
        } = self;
        fs::write(
            out,
            format!("{constants}\nconst FILES: &[Asset] = &[\n{rows}];\n"),
        )?;
        Ok(())
    }
}
