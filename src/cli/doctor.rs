//! `rawi doctor`: what the terminal answered, what follows from it, and lines to see whether it is right.

use super::{TerminalArgs, output, setup::Setup};
use crate::{
    layout,
    terminal::{Decision, Mode, Negotiation, Protocols, Replies, negotiate},
};
use std::io::{IsTerminal, Write};

/// Say what the terminal answered and what rawi does with it.
#[derive(clap::Args)]
pub struct Args {
    /// As JSON, for a bug report.
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, terminal: &TerminalArgs) -> anyhow::Result<()> {
    let wanted = Setup::read().settings.plain;
    let asked = negotiate(&terminal.overrides(wanted));
    let mut out = output::commands();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &report(&asked, wanted))?;
        writeln!(out)?;
    } else {
        facts(&mut out, &asked, wanted)?;
        if std::io::stdout().is_terminal() {
            samples(&mut out, &asked.decision)?;
        } else {
            writeln!(out, "\nThe sample lines are left out: standard output is not a terminal.")?;
        }
    }
    Ok(out.flush()?)
}

fn report(asked: &Negotiation, wanted: bool) -> serde_json::Value {
    let replies = asked.elapsed.map(|elapsed| {
        let Replies { mode8, version, attributes, background, modes, keyboard, other } = &asked.replies;
        serde_json::json!({
            "milliseconds": elapsed.as_secs_f64() * 1000.0,
            "mode_8": mode8,
            "version": version,
            "attributes": attributes,
            "background": background,
            "modes": modes,
            "keyboard": keyboard,
            "other": String::from_utf8_lossy(other),
        })
    });
    let variables: serde_json::Map<_, _> =
        asked.environment.variables.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into())).collect();
    serde_json::json!({
        "rawi": env!("CARGO_PKG_VERSION"),
        "decision": asked.decision,
        "replies": replies,
        "not_asked": asked.unasked,
        "environment": variables,
        "plain": wanted,
        "tmux_client": asked.environment.tmux_client,
        "try": otherwise(asked.decision.mode),
    })
}

fn facts(out: &mut impl Write, asked: &Negotiation, wanted: bool) -> std::io::Result<()> {
    let decision = &asked.decision;
    match (asked.elapsed, &asked.unasked) {
        (Some(elapsed), _) => {
            let none = || "no answer".to_owned();
            let replies = &asked.replies;
            writeln!(out, "Answers, after {:.1} ms", elapsed.as_secs_f64() * 1000.0)?;
            writeln!(out, "  name and version   {}", plain(&replies.version.clone().unwrap_or_else(none)))?;
            let mode8 = match replies.mode8 {
                None => "no answer",
                Some(1) => "the terminal reorders (1)",
                Some(2) => "the terminal was told not to reorder (2)",
                Some(_) => "unknown to the terminal (0)",
            };
            writeln!(out, "  mode 8 (BDSM)      {mode8}")?;
            let ground =
                replies.background.map_or_else(none, |[red, green, blue]| format!("#{red:02x}{green:02x}{blue:02x}"));
            writeln!(out, "  background         {ground}")?;
            writeln!(out, "  attributes (DA1)   {}", plain(&replies.attributes.clone().unwrap_or_else(none)))?;
        }
        (None, why) => writeln!(out, "Not asked: {}", why.as_deref().unwrap_or_default())?,
    }
    for (name, value) in &asked.environment.variables {
        writeln!(out, "  {name:<18} {}", plain(value))?;
    }
    if let Some(client) = &asked.environment.tmux_client {
        let variables = client.variables.iter().flatten().filter(|(name, _)| *name != "TERM");
        let variables: String = variables.map(|(name, value)| format!(" {name}={value}")).collect();
        writeln!(
            out,
            "  {:<18} {} {}{}",
            "around tmux",
            plain(&client.term),
            plain(&client.version),
            plain(&variables)
        )?;
    }
    writeln!(out, "\nTerminal   {}", plain(&decision.terminal))?;
    let mode = format!("{}: {}", name(decision.mode), what(decision.mode));
    writeln!(out, "Mode       {}", folded(&mode, FACT))?;
    writeln!(out, "Because    {}", folded(&plain(&decision.reason), FACT))?;
    let joins = match decision.shaping() {
        layout::Shaping::Forms => "rawi sends joined letters",
        layout::Shaping::Ligatures => "the terminal joins the letters, but for lam with alef",
        layout::Shaping::None => "the terminal joins the letters",
    };
    let marks = if decision.tashkeel {
        ""
    } else {
        "; marks are hidden until a key shows them: this terminal does not put them right"
    };
    writeln!(out, "Letters    {}", folded(&format!("{joins}{marks}"), FACT))?;
    writeln!(out, "Besides    {}", folded(&besides(decision.protocols), FACT))?;
    let lines = if wanted {
        "yes, as config.toml says: lines in reading order for a screen reader or a Braille line"
    } else {
        "no; for a screen reader or a Braille line: rawi --plain, or plain = true in config.toml"
    };
    writeln!(out, "Plain      {}", folded(lines, FACT))
}

/// What is used beyond cells and colours, each because the terminal said that it has it.
fn besides(protocols: Protocols) -> String {
    let all = [
        (protocols.frames, "frames shown whole (2026)"),
        (protocols.focus, "focus (1004), on which the background is asked again"),
        (protocols.theme, "another theme is followed at once (2031)"),
        (protocols.keyboard, "keys as kitty reports them"),
        (protocols.title, "title"),
        (protocols.links, "links (OSC 8)"),
        (protocols.directions, "in the plain mode a direction for each line (2501)"),
    ];
    let used: Vec<&str> = all.iter().filter_map(|(used, name)| used.then_some(*name)).collect();
    if used.is_empty() { "nothing".to_owned() } else { used.join(", ") }
}

/// Columns of the narrowest terminal that the page is for.
const WIDTH: usize = 80;

/// Columns before a fact.
const FACT: usize = 11;

/// A sentence that begins in column `indent`, on as many lines as it takes, each beginning there.
fn folded(sentence: &str, indent: usize) -> String {
    let mut out = String::new();
    let mut column = indent;
    for word in sentence.split(' ') {
        let length = word.chars().count();
        if column > indent && column + 1 + length > WIDTH {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        } else if column > indent {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

/// A line, the word in it that is highlighted, and what is to be seen.
const SAMPLES: &[(&str, &str, &str)] = &[
    ("بيت الحكمة في بغداد", "", "four words, the first at the right edge, their letters joined"),
    ("سلام الأمل والآلاء", "", "lam and alef as one letter, four times, no gap in a word"),
    ("قَرَأَ الطِّفْلُ كِتَابًا", "", "the marks on their letters, and no letter missing"),
    ("قال «نعم» (ثم صمت)", "", "each bracket embraces its word"),
    ("هاتف Nokia 3310 بسعر 25.5%", "", "Nokia before 3310 from left to right, the price at the left edge"),
    ("وصلت وزيرة العدل أمس", "وزيرة", "the second word from the right is the only one that is reversed"),
    ("بالعاصمة تونس", "عاصمة", "the word without its first letters is reversed, and its letters still join"),
];

/// Columns of a sample line.
const PANE: usize = 32;

fn samples(out: &mut impl Write, decision: &Decision) -> std::io::Result<()> {
    let (before, after) = decision.around();
    let (forms, tashkeel) = (decision.shaping(), decision.tashkeel);
    writeln!(out, "\nEach line ends at the bar, and you should see:")?;
    for (text, word, sentence) in SAMPLES {
        let start = text.find(word).unwrap_or_default();
        let word = crate::text::Span::new(start, start + word.len());
        let options = layout::Options { width: PANE, shaping: forms, tashkeel, ..layout::Options::default() };
        let page = layout::paragraph(text, 0, &options, &[word.start, word.end]);
        for row in page.iter() {
            let style = |glyph: &layout::Glyph<'_>| glyph.source.overlaps(word).then_some(("\x1b[7m", "\x1b[27m"));
            writeln!(out, "{before}{} |  {}", decision.line(row, PANE, style), folded(sentence, PANE + 4))?;
        }
    }
    let other = otherwise(decision.mode).join(", or ");
    writeln!(out, "{}", folded(&format!("If not, try {other}; letters that are boxes: --shaping=none."), 0))?;
    if decision.mode == Mode::Mlterm && std::io::stdin().is_terminal() {
        // Its sequence holds for what is on the screen already.
        writeln!(out, "Enter ends; mlterm then turns these lines round by itself.")?;
        out.flush()?;
        std::io::stdin().read_line(&mut String::new())?;
    }
    write!(out, "{after}")
}

/// Values of variables and replies come from outside.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { '\u{FFFD}' } else { letter }).collect()
}

const fn name(mode: Mode) -> &'static str {
    match mode {
        Mode::Explicit => "explicit",
        Mode::Visual => "visual",
        Mode::Override => "override",
        Mode::Logical => "logical",
        Mode::Kitty => "kitty",
        Mode::Mlterm => "mlterm",
        Mode::Off => "off",
    }
}

const fn what(mode: Mode) -> &'static str {
    match mode {
        Mode::Explicit => "the terminal is told not to reorder, and gets cells from left to right as they are seen",
        Mode::Visual => "the terminal gets cells from left to right as they are seen",
        Mode::Override => "the terminal gets cells from left to right as they are seen, in an override that it obeys",
        Mode::Logical => "the terminal gets the letters in the order in which they are read, and turns them itself",
        Mode::Kitty => "the terminal gets the order that kitty turns into the right one",
        Mode::Mlterm => "mlterm is told not to reorder, and gets cells from left to right as they are seen",
        Mode::Off => "the terminal gets the letters in the order in which they are read, and nothing is done for them",
    }
}

/// What to try where the page is wrong.
const fn otherwise(mode: Mode) -> &'static [&'static str] {
    match mode {
        Mode::Explicit => &["--bidi=logical", "--bidi=visual"],
        Mode::Visual => &["--bidi=explicit", "--bidi=logical", "--shaping=none"],
        Mode::Override => &["--bidi=logical", "--bidi=visual"],
        Mode::Logical => &["--bidi=override", "--bidi=visual", "--bidi=explicit"],
        Mode::Kitty => &["--bidi=visual (with `force_ltr yes` in kitty.conf)"],
        Mode::Mlterm => &["--bidi=visual", "--bidi=logical"],
        Mode::Off => &["--bidi=auto"],
    }
}
