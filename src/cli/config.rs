//! `rawi config`: the defaults, commented.

use super::output;
use std::io::Write;

/// Print the defaults.
#[derive(clap::Args)]
pub struct Args {}

/// What ships inside the binary, in the order in which a person would look for it.
const DEFAULTS: [&str; 1] = [include_str!("../../assets/settings.toml")];

pub fn run(_: &Args) -> anyhow::Result<()> {
    let mut out = output();
    for part in DEFAULTS {
        out.write_all(part.as_bytes())?;
    }
    Ok(out.flush()?)
}
