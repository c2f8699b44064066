//! The disks of the two servers: of limited size, so that they can be full; and slow.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use scenarios::processes::scratch;
use scenarios::servers::Slowed;
use tempfile::TempDir;

/// How large they are, in megabytes. NATS wants three quarters of its disk to hold all of its streams.
const POSTGRES_SIZE: u32 = 900;
const NATS_SIZE: u32 = 1_200;

/// The shim that makes a disk slow.
const SLOW_DISK: &str = include_str!("slow_disk.c");

/// A folder, on a disk of its own where that is allowed.
pub(crate) struct Disk {
    pub(crate) folder: PathBuf,
    /// Why it is no disk of its own.
    pub(crate) not_mounted: Option<String>,
}

impl Disk {
    fn make(folder: PathBuf, megabytes: u32) -> Self {
        std::fs::create_dir(&folder).expect("the folder can be made");
        let options = format!("size={megabytes}m,mode=0711");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(&folder)
            .output();
        let not_mounted = match mounted {
            Ok(output) if output.status.success() => None,
            Ok(output) => Some(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
            Err(error) => Some(error.to_string()),
        };
        Self {
            folder,
            not_mounted,
        }
    }

    fn filler(&self) -> PathBuf {
        self.folder.join("filler")
    }

    /// Leaves no byte free.
    pub(crate) fn fill(&self) {
        let mut file = File::create(self.filler()).expect("the disk can be written");
        for size in [1 << 20, 1 << 12, 1] {
            let piece = vec![0_u8; size];
            loop {
                match file.write(&piece) {
                    Ok(_) => {}
                    Err(error) if error.kind() == ErrorKind::StorageFull => break,
                    Err(error) => panic!("the disk cannot be filled: {error}"),
                }
            }
        }
    }

    /// Gives the room back.
    pub(crate) fn free(&self) {
        std::fs::remove_file(self.filler()).ok();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if self.not_mounted.is_none() {
            Command::new("umount")
                .arg("-l")
                .arg(&self.folder)
                .status()
                .ok();
        }
    }
}

/// The disks of a world.
pub(crate) struct Disks {
    pub(crate) postgres: Disk,
    pub(crate) nats: Disk,
    /// How PostgreSQL's is made slow, or why it cannot be.
    pub(crate) slowed: Result<Slowed, String>,
    // Last, so that it goes after what is mounted in it.
    _folder: TempDir,
}

impl Disks {
    pub(crate) fn make() -> Self {
        let folder = scratch();
        Self {
            postgres: Disk::make(folder.path().join("of-postgres"), POSTGRES_SIZE),
            nats: Disk::make(folder.path().join("of-nats"), NATS_SIZE),
            slowed: compile(folder.path()),
            _folder: folder,
        }
    }
}

fn compile(folder: &Path) -> Result<Slowed, String> {
    let (source, library) = (folder.join("slow_disk.c"), folder.join("slow_disk.so"));
    std::fs::write(&source, SLOW_DISK).map_err(|error| error.to_string())?;
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .args([&library, &source])
        .arg("-ldl")
        .output()
        .map_err(|error| format!("cc: {error}"))?;
    if !compiled.status.success() {
        return Err(String::from_utf8_lossy(&compiled.stderr).trim().to_owned());
    }
    let readable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&library, readable).map_err(|error| error.to_string())?;
    let by = folder.join("slow-by");
    Ok(Slowed { library, by })
}
