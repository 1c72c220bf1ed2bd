//! `rawi completions SHELL` and `rawi man`: what a package installs beside the program.

use super::{command, output};
use clap_complete::Shell;
use std::{fs, io::Write, path::PathBuf};

/// Completions.
#[derive(clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "rawi", &mut script);
    let mut out = output();
    out.write_all(&script)?;
    Ok(out.flush()?)
}

/// The manual page.
#[derive(clap::Args)]
pub struct ManArgs {
    /// Write a page for the program and one for each command into this folder instead
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub fn man(args: &ManArgs) -> anyhow::Result<()> {
    match &args.out {
        Some(folder) => {
            fs::create_dir_all(folder)?;
            Ok(clap_mangen::generate_to(command(), folder)?)
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command()).render(&mut page)?;
            let mut out = output();
            out.write_all(&page)?;
            Ok(out.flush()?)
        }
    }
}
