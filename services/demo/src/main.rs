//! `demo`: everything in one process, and stories played on it.

use std::process::ExitCode;

fn main() -> ExitCode {
    demo::cli::main()
}
