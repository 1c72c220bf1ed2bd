//! The wiring: arguments, files, threads, the terminal. No other module may name it (`tests/architecture.rs`).
//!
//! One file a subcommand, each with its `Args` and `run`. Exit codes: 0 done; 1 could not, with one line on standard
//! error; 2 wrong usage; 3 `check` found a quote that is not as it was said. A pipe that the reader closed is not an error.

mod arabic;
mod check;
mod completions;
mod config;
mod doctor;
mod doubt;
mod eval;
mod event_loop;
mod export;
mod export_task;
mod extract;
mod failure;
mod find;
mod index;
mod keys;
mod library;
mod live;
mod message;
mod open;
mod opener;
mod output;
mod pager;
mod pdf;
mod people;
mod persistence;
mod print;
mod read;
mod reading;
mod result_file;
mod setup;
mod sources;
mod tag;
mod tell;
mod tour;
mod worker;

use crate::{
    terminal::{Bidi, Overrides, Shaping},
    text,
};
use clap::{CommandFactory, Parser, Subcommand};
use output::output;
use std::{
    io::{self, Write},
    process::ExitCode,
    sync::Arc,
};

/// The version, with the commit where the release was built from one.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), env!("RAWI_COMMIT"));

/// Read Arabic news in the terminal
///
/// The article is laid out from right to left, and beside it stand its people, organizations, places and quotes, each
/// linked to the words it was found in. Without a file, rawi opens the sample article that ships inside.
#[derive(Parser)]
#[command(name = "rawi", version = VERSION, args_conflicts_with_subcommands = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(flatten)]
    read: read::Args,
    #[command(flatten)]
    terminal: TerminalArgs,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What the terminal is sent; needed only where asking it does not tell.
#[derive(clap::Args, Clone, Copy)]
#[command(next_help_heading = "Terminal, where rawi does not find out what it needs (see rawi doctor)")]
struct TerminalArgs {
    /// The order in which characters are sent; try another one if Arabic text comes out reversed
    #[arg(long, global = true, value_enum, display_order = 1000)]
    bidi: Option<Bidi>,
    /// Who joins the letters of a word
    #[arg(long, global = true, value_enum, display_order = 1001)]
    shaping: Option<Shaping>,
}

impl TerminalArgs {
    /// What was set by hand. In the plain mode text is sent in the order in which it is read, unless another one is asked
    /// for.
    fn overrides(self, plain: bool) -> Overrides {
        let bidi = self.bidi.unwrap_or(if plain { Bidi::Off } else { Bidi::Auto });
        Overrides { bidi, shaping: self.shaping.unwrap_or_default() }
    }
}

const AFTER_HELP: &str = "\
Inside the reader, ? shows the keys. A file that has the name of a command is opened as ./NAME.
Exit codes: 0 done; 1 could not, with the reason on standard error; 2 wrong usage; 3 check found a quote that is not as
it was said.";

#[derive(Subcommand)]
enum Command {
    /// Show in ten steps what the reader can do, on the sample article
    Tour(tour::Args),
    /// Print the people, organizations, places and quotes found in documents, as JSON
    Extract(extract::Args),
    /// Write what is found in a document, with your corrections, in the format of another tool
    Export(export::Args),
    /// Put documents and what is found in them into the library
    Index(index::Args),
    /// Say who is in the library, and all that is known of one
    People(people::Args),
    /// Look for words, names and speakers in the library
    Find(find::Args),
    /// Say who is quoted, how often and how long
    Sources(sources::Args),
    /// Check the quotes of a draft: whether they were said so, and by whom
    Check(check::Args),
    /// Print the laid-out page: lines in visual order, letters joined
    Print(print::Args),
    /// Print the default settings, colours and keys, or check yours
    Config(config::Args),
    /// Show what the terminal answered and how rawi uses it, with sample lines to check
    Doctor(doctor::Args),
    /// Score what is found against articles that a person annotated
    Eval(eval::Args),
    /// Label tokens as parts of names, one token a line (IOB2)
    Tag(tag::Args),
    /// Print a script that completes commands, options and values in a shell
    Completions(completions::Args),
    /// Print the manual page
    Man(completions::ManArgs),
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
        Some(Command::Tour(args)) => tour::run(&args, &cli.terminal),
        Some(Command::Extract(args)) => extract::run(&args),
        Some(Command::Export(args)) => export::run(&args),
        Some(Command::Index(args)) => index::run(&args),
        Some(Command::People(args)) => people::run(&args, &cli.terminal),
        Some(Command::Find(args)) => find::run(&args, &cli.terminal),
        Some(Command::Sources(args)) => sources::run(&args, &cli.terminal),
        Some(Command::Check(args)) => check::run(&args, &cli.terminal),
        Some(Command::Config(args)) => config::run(&args),
        Some(Command::Doctor(args)) => doctor::run(&args, &cli.terminal),
        Some(Command::Eval(args)) => eval::run(&args),
        Some(Command::Tag(args)) => tag::run(&args),
        Some(Command::Print(args)) => print::run(&args, &cli.terminal),
        Some(Command::Completions(args)) => completions::run(&args),
        Some(Command::Man(args)) => completions::man(&args),
        None => read::run(&cli.read, &cli.terminal),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) if error.is::<check::Faulty>() => ExitCode::from(3),
        Err(error) => {
            tell::tell(&error);
            ExitCode::FAILURE
        }
    }
}

/// Help, the version, or what is wrong with the arguments. A file's name can be an argument by accident and holds what
/// it likes.
fn usage(wrong: &clap::Error) -> ExitCode {
    let code = u8::try_from(wrong.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
    if std::env::args_os().any(|argument| argument.to_string_lossy().contains(text::is_command)) {
        tell::lines(&wrong.render().to_string());
        return code;
    }
    if let Some(said) = in_arabic(wrong) {
        return said.map_or(ExitCode::FAILURE, |()| code);
    }
    match wrong.print().and_then(|()| io::stdout().flush()) {
        Err(error) if !wrong.use_stderr() && error.kind() != io::ErrorKind::BrokenPipe => {
            tell::note(&format!("standard output: {error}"));
            ExitCode::FAILURE
        }
        _ => code,
    }
}

/// The same in Arabic, where the interface is and a person reads; none elsewhere.
fn in_arabic(wrong: &clap::Error) -> Option<io::Result<()>> {
    if wrong.use_stderr() {
        return tell::in_arabic(|| arabic::help::wrong(wrong));
    }
    let out = io::stdout();
    if !arabic::wanted(&out) || wrong.kind() == clap::error::ErrorKind::DisplayVersion {
        return None;
    }
    Some(arabic::print(&arabic::help::page(command())?, &mut out.lock()))
}

/// The command line as `clap` knows it.
fn command() -> clap::Command {
    Cli::command()
}

fn closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
