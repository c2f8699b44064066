//! Files of a backup: readable by their owner only, and on disk before anybody relies on them.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use aws_lc_rs::digest;

use super::BackupError;

/// How much of a file is read at a time.
const CHUNK: usize = 1 << 20;

fn file_error(path: &Path) -> impl Fn(std::io::Error) -> BackupError + '_ {
    |source| BackupError::File {
        path: path.to_owned(),
        source,
    }
}

/// Makes a folder that only its owner may open; one that is there has to be empty.
pub(super) fn fresh_folder(path: &Path) -> Result<(), BackupError> {
    if path.exists() {
        let mut entries = fs::read_dir(path).map_err(file_error(path))?;
        return match entries.next() {
            None => Ok(()),
            Some(_) => Err(BackupError::NotEmpty(path.to_owned())),
        };
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder.create(path).map_err(file_error(path))
}

/// Writes a small file, which must not be there.
pub(super) fn in_folder(folder: &Path, name: &str, text: &str) -> Result<(), BackupError> {
    let path = folder.join(name);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let mut file = options.open(&path).map_err(file_error(&path))?;
    file.write_all(text.as_bytes()).map_err(file_error(&path))?;
    file.sync_all().map_err(file_error(&path))?;
    sync_folder(folder)
}

/// Writes a small file in place of what was there: whole, or not at all.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), BackupError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = format!(".{name}.new");
    let new = folder.join(&beside);
    if new.exists() {
        fs::remove_file(&new).map_err(file_error(&new))?;
    }
    in_folder(folder, &beside, text)?;
    fs::rename(&new, path).map_err(file_error(path))?;
    sync_folder(folder)
}

/// Brings a file that another program wrote onto the disk, for its owner only.
pub(super) fn settle(path: &Path) -> Result<(), BackupError> {
    let owner_only = fs::Permissions::from_mode(0o600);
    fs::set_permissions(path, owner_only).map_err(file_error(path))?;
    let file = File::open(path).map_err(file_error(path))?;
    file.sync_all().map_err(file_error(path))?;
    path.parent().map_or(Ok(()), sync_folder)
}

fn sync_folder(folder: &Path) -> Result<(), BackupError> {
    let folder_file = File::open(folder).map_err(file_error(folder))?;
    folder_file.sync_all().map_err(file_error(folder))
}

/// The size of a file and its SHA-256, hexadecimal.
pub(super) fn measured(path: &Path) -> Result<(u64, String), BackupError> {
    let mut file = File::open(path).map_err(file_error(path))?;
    let mut context = digest::Context::new(&digest::SHA256);
    let mut chunk = vec![0; CHUNK];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut chunk).map_err(file_error(path))?;
        if read == 0 {
            break;
        }
        bytes += read as u64;
        context.update(&chunk[..read]);
    }
    let digest = context.finish();
    let hex = digest.as_ref().iter().map(|byte| format!("{byte:02x}"));
    Ok((bytes, hex.collect()))
}

/// Copies a file to where none is.
pub(super) fn copy_to_new(from: &Path, to: &Path) -> Result<(), BackupError> {
    if let Some(folder) = to.parent()
        && !folder.as_os_str().is_empty()
    {
        fs::create_dir_all(folder).map_err(file_error(folder))?;
    }
    fs::copy(from, to).map_err(file_error(to))?;
    settle(to)
}
