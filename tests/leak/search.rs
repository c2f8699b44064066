//! Looking for many values in many bytes at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use crate::encodings::forms;
use crate::plant::Marker;

/// By how many bytes a value is recognised before it is compared as a whole.
const HEAD: usize = 6;

/// Where bytes were looked through, and how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Looked {
    /// Files and answers.
    pub(crate) places: usize,
    /// Bytes.
    pub(crate) bytes: u64,
}

/// What was found in one place: the marker's number and the encoding, each once.
pub(crate) type Found = BTreeSet<(usize, &'static str)>;

/// Looks for markers.
pub(crate) struct Searcher {
    needles: Vec<Needle>,
    heads: HashMap<[u8; HEAD], Vec<usize>>,
    /// Whether any value begins with these two bytes: rules out nearly everything.
    begins: Vec<bool>,
}

struct Needle {
    marker: usize,
    form: &'static str,
    bytes: Vec<u8>,
    /// A number or a date may not be a part of a longer one.
    alone: bool,
}

impl Searcher {
    /// A searcher for these markers, in all encodings.
    pub(crate) fn new(markers: &[Marker]) -> Self {
        let mut searcher = Self {
            needles: Vec::new(),
            heads: HashMap::new(),
            begins: vec![false; 1 << 16],
        };
        for (index, marker) in markers.iter().enumerate() {
            let digits = !marker.text.chars().any(char::is_alphabetic);
            for (form, bytes) in forms(&marker.text) {
                let alone = digits && !form.starts_with("base64");
                searcher.add(Needle {
                    marker: index,
                    form,
                    bytes,
                    alone,
                });
            }
        }
        searcher
    }

    fn add(&mut self, needle: Needle) {
        let head: [u8; HEAD] = needle.bytes[..HEAD]
            .try_into()
            .expect("no value is so short");
        self.begins[pair(&needle.bytes)] = true;
        self.heads.entry(head).or_default().push(self.needles.len());
        self.needles.push(needle);
    }

    /// How many encoded values it looks for.
    pub(crate) fn len(&self) -> usize {
        self.needles.len()
    }

    /// The markers in these bytes.
    pub(crate) fn in_bytes(&self, bytes: &[u8]) -> Found {
        let mut found = Found::new();
        for at in 0..bytes.len().saturating_sub(HEAD - 1) {
            if !self.begins[pair(&bytes[at..])] {
                continue;
            }
            let head: &[u8; HEAD] = bytes[at..at + HEAD].try_into().expect("there are so many");
            for needle in self.heads.get(head).into_iter().flatten() {
                let needle = &self.needles[*needle];
                let end = at + needle.bytes.len();
                if bytes.get(at..end) == Some(needle.bytes.as_slice())
                    && !(needle.alone
                        && (joined(bytes.get(at.wrapping_sub(1))) || joined(bytes.get(end))))
                {
                    found.insert((needle.marker, needle.form));
                }
            }
        }
        found
    }

    /// The markers in every file under a folder, by file; a file that goes away meanwhile is left
    /// out.
    pub(crate) fn in_files(&self, folder: &Path, looked: &mut Looked) -> BTreeMap<String, Found> {
        let mut all = BTreeMap::new();
        let mut open = vec![folder.to_owned()];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                let inside = std::fs::read_dir(&path).into_iter().flatten();
                open.extend(inside.filter_map(|entry| Some(entry.ok()?.path())));
            } else if let Ok(bytes) = std::fs::read(&path) {
                looked.places += 1;
                looked.bytes += bytes.len() as u64;
                assert!(
                    !is_compressed(&bytes),
                    "{} must be unpacked first",
                    path.display()
                );
                let found = self.in_bytes(&bytes);
                if !found.is_empty() {
                    let name = path.strip_prefix(folder).unwrap_or(&path);
                    all.insert(name.display().to_string(), found);
                }
            }
        }
        all
    }
}

fn pair(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

fn joined(neighbour: Option<&u8>) -> bool {
    neighbour.is_some_and(u8::is_ascii_alphanumeric)
}

/// gzip and zstd say what they are; nothing here is expected to be either.
fn is_compressed(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b, 0x08]) || bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd])
}
