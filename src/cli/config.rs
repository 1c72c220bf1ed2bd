//! `rawi config`: the defaults, commented.

use super::output;
use std::io::Write;

/// Print the defaults.
#[derive(clap::Args)]
pub struct Args {}

/// What ships inside the binary, in the order in which a person would look for it.
const DEFAULTS: [&str; 3] = [
    include_str!("../../assets/settings.toml"),
    include_str!("../../assets/themes/dark.toml"),
    include_str!("../../assets/keymap.toml"),
];

pub fn run(_: &Args) -> anyhow::Result<()> {
    let mut out = output();
    for (number, part) in DEFAULTS.into_iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        out.write_all(part.as_bytes())?;
    }
    Ok(out.flush()?)
}
