//! The wiring: arguments, files, threads, the terminal. No other module may name it (`tests/architecture.rs`).
//!
//! One file a subcommand, each with its `Args` and `run`. Exit codes: 0 done; 1 could not, with one line on standard
//! error; 2 wrong usage. A pipe that the reader closed is not an error.

mod config;
mod doctor;
mod doubt;
mod eval;
mod event_loop;
mod export;
mod export_task;
mod extract;
mod keys;
mod message;
mod open;
mod output;
mod pdf;
mod persistence;
mod print;
mod read;
mod reading;
mod result_file;
mod setup;
mod tag;
mod worker;

use crate::{
    terminal::{Bidi, Overrides, Shaping},
    text::{self, Escaped, one_line},
};
use clap::{Parser, Subcommand};
use output::output;
use std::{
    io::{self, Write},
    process::ExitCode,
    sync::Arc,
};

/// Read Arabic news in the terminal: the text as it is meant to be read, and beside it the people, organizations,
/// places and quotes it speaks of.
#[derive(Parser)]
#[command(name = "rawi", version, args_conflicts_with_subcommands = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(flatten)]
    terminal: TerminalArgs,
    #[command(flatten)]
    read: read::Args,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What the terminal is sent; needed only where asking it does not tell.
#[derive(clap::Args, Clone, Copy)]
struct TerminalArgs {
    /// The order in which cells are sent: right-to-left text that comes out reversed needs another
    #[arg(long, global = true, value_enum)]
    bidi: Option<Bidi>,
    /// Who joins the letters
    #[arg(long, global = true, value_enum)]
    shaping: Option<Shaping>,
}

impl TerminalArgs {
    fn overrides(self) -> Overrides {
        Overrides { bidi: self.bidi.unwrap_or_default(), shaping: self.shaping.unwrap_or_default() }
    }
}

const AFTER_HELP: &str = "\
A file that is named like a command is opened as ./NAME. Inside the reader, ? shows the keys.
Exit codes: 0 done, 1 could not (the reason is on standard error), 2 wrong usage.";

#[derive(Subcommand)]
enum Command {
    /// Print the people, organizations, places and quotes that are found in documents as JSON, without corrections
    Extract(extract::Args),
    /// Write what is found, with the corrections that were saved, in the format of another tool
    Export(export::Args),
    /// Print the laid-out page: lines as they are seen, letters joined
    Print(print::Args),
    /// Print the defaults of the settings, keys and colours, with comments
    Config(config::Args),
    /// Say what the terminal answered and what follows, with lines to see whether it is right
    Doctor(doctor::Args),
    /// Score what is found in articles that a person annotated
    Eval(eval::Args),
    /// Label tokens as parts of names, in the lines they come in
    Tag(tag::Args),
}

/// Runs the program.
pub fn main() -> ExitCode {
    // A file that would be larger than this process may write is an error of that file and ends nothing. It fails where
    // the system has no such signal.
    drop(signal_hook::flag::register(signal_hook::consts::signal::SIGXFSZ, Arc::default()));
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(wrong) => return usage(&wrong),
    };
    let done = match cli.command {
        Some(Command::Extract(args)) => extract::run(&args),
        Some(Command::Export(args)) => export::run(&args),
        Some(Command::Config(args)) => config::run(&args),
        Some(Command::Doctor(args)) => doctor::run(&args, &cli.terminal),
        Some(Command::Eval(args)) => eval::run(&args),
        Some(Command::Tag(args)) => tag::run(&args),
        Some(Command::Print(args)) => print::run(&args),
        None => read::run(&cli.read, &cli.terminal),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to tell it to when standard error is closed too.
            drop(writeln!(io::stderr(), "rawi: {}", one_line(&format!("{error:#}"))));
            ExitCode::FAILURE
        }
    }
}

/// Help, the version, or what is wrong with the arguments. A file's name can be an argument by accident and holds what
/// it likes.
fn usage(wrong: &clap::Error) -> ExitCode {
    let code = u8::try_from(wrong.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
    if std::env::args_os().any(|argument| argument.to_string_lossy().contains(text::is_command)) {
        let text = wrong.render().to_string();
        let lines = text.lines().map(|line| format!("{}\n", Escaped(line))).collect::<String>();
        drop(io::stderr().write_all(lines.as_bytes()));
        return code;
    }
    match wrong.print().and_then(|()| io::stdout().flush()) {
        Err(error) if !wrong.use_stderr() && error.kind() != io::ErrorKind::BrokenPipe => {
            drop(writeln!(io::stderr(), "rawi: standard output: {error}"));
            ExitCode::FAILURE
        }
        _ => code,
    }
}

fn closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
