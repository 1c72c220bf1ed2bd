//! `rawi config`: the defaults, commented; `rawi config --check`: what is wrong with one's own.

use super::{
    failure::Failure,
    output,
    setup::{self, Setup},
};
use anyhow::bail;
use std::io::Write;

/// Print the defaults.
#[derive(clap::Args)]
pub struct Args {
    /// Read the configuration and say what is wrong with it
    #[arg(long)]
    check: bool,
}

/// What ships inside the binary, in the order in which a person would look for it.
const DEFAULTS: [&str; 3] = [
    include_str!("../../assets/settings.toml"),
    include_str!("../../assets/themes/dark.toml"),
    include_str!("../../assets/keymap.toml"),
];

pub fn run(args: &Args) -> anyhow::Result<()> {
    if args.check {
        return check();
    }
    let mut out = output();
    for (number, part) in DEFAULTS.into_iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        out.write_all(part.as_bytes())?;
    }
    Ok(out.flush()?)
}

/// Prints each fault on a line. A configuration that is not there has none.
fn check() -> anyhow::Result<()> {
    let Some(path) = setup::config_path() else { bail!(Failure::NoHome) };
    let name = path.display().to_string();
    let faults = Setup::read().faults();
    let mut out = output();
    if !path.exists() {
        writeln!(out, "{name}: not there; the defaults are used")?;
    }
    for fault in &faults {
        writeln!(out, "{name}: {fault}")?;
    }
    out.flush()?;
    if !faults.is_empty() {
        bail!(Failure::ConfigFaults { path: name, count: faults.len().to_string() });
    }
    if path.exists() {
        writeln!(out, "{name}: no faults")?;
    }
    Ok(out.flush()?)
}
