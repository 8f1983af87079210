//! The command line of Anzhi.

use std::process::ExitCode;

fn main() -> ExitCode {
    anzhi_desk::cli::main(std::env::args_os())
}
