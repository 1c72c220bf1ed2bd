//! `rawi tour`: the reader on its sample article, with somebody beside it who says what to press.

use super::{TerminalArgs, read};

/// Show what the reader can do.
#[derive(clap::Args)]
pub struct Args {
    /// The language of the interface: ar, en, or auto for that of the locale
    #[arg(long, value_parser = read::language)]
    ui: Option<crate::tui::settings::Language>,
    /// For screen readers and Braille lines: one column of lines in reading order, without boxes and colours, and what is
    /// under the cursor in words
    #[arg(long)]
    plain: bool,
}

pub fn run(args: &Args, terminal: &TerminalArgs) -> anyhow::Result<()> {
    read::run(&read::Args::tour(args.ui, args.plain), terminal)
}
