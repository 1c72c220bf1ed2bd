//! `rawi print`: the laid-out page on standard output, through a pager where it is longer than the terminal.

mod picture;

use super::{
    TerminalArgs, output, pager, pdf,
    setup::{self, Setup, theme_for},
};
use crate::{
    annotation::{Annotations, EntityId, Kind},
    extract,
    layout::{self, Order},
    source,
    terminal::{Decision, Environment, negotiate},
    text::{Document, Span},
    tui::{
        theme::{Depth, Theme},
        view::drawn,
    },
};
use ratatui::style::{Color, Modifier, Style};
use std::{
    collections::HashMap,
    io::{self, IsTerminal, Write},
    path::PathBuf,
};

/// Print the laid-out page: lines in the order in which they are seen, letters joined.
#[derive(clap::Args)]
pub struct Args {
    /// The file; - for standard input
    file: PathBuf,
    /// What to write
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// The width of a line in columns
    #[arg(long, default_value_t = 80, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    width: u16,
    /// When names and quotes are coloured
    #[arg(long, value_enum, default_value_t = When::Auto)]
    color: When,
    #[command(flatten)]
    reading: super::reading::Reading,
    /// Do not send a long page on a terminal through a pager
    #[arg(long)]
    no_pager: bool,
    #[command(flatten)]
    pdf: pdf::Args,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum When {
    /// On a terminal
    Auto,
    Always,
    Never,
}

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Lines for a terminal or a pipe
    Text,
    /// A picture of the page, its text as text
    Svg,
    /// A page for a browser
    Html,
}

/// A document, and how it is to look.
struct Page<'a> {
    document: &'a Document,
    /// Columns of a line.
    width: usize,
    styles: &'a [(Span, Style)],
}

pub fn run(args: &Args, terminal: &TerminalArgs) -> anyhow::Result<()> {
    let mut options = args.reading.options();
    args.pdf.apply(&mut options)?;
    let document = pdf::with_password(&mut options, |options| source::read(&args.file, options))?;
    pdf::remark(&args.file.to_string_lossy(), &document);
    let width = usize::from(args.width);
    if args.format != Form::Text {
        let theme = Theme::shipped("light").0;
        let styles = if args.color == When::Never { Vec::new() } else { styles(&document, &theme)? };
        let page = Page { document: &document, width, styles: &styles };
        let mut out = output();
        match args.format {
            Form::Svg => picture::svg(&page, &mut out)?,
            Form::Html | Form::Text => picture::html(&page, &mut out)?,
        }
        return Ok(out.flush()?);
    }
    let colour = match args.color {
        When::Auto => io::stdout().is_terminal() && setup::depth() > Depth::Mono,
        When::Always => true,
        When::Never => false,
    };
    // Terminals that reorder by themselves would turn visual order round again.
    let decision = io::stdout().is_terminal().then(|| negotiate(&terminal.overrides(false)).decision);
    // Behind a pipe is another program on the same terminal, or nobody knows what.
    let ground = decision
        .as_ref()
        .map_or_else(|| Environment::read(|name| std::env::var(name).ok()).ground(), |decision| decision.background);
    let (setup, depth) = (Setup::read(), setup::depth().max(Depth::Sixteen));
    let theme = match ground {
        None if setup.settings.theme != "auto" => setup.theme(&setup.settings.theme, depth, None).0,
        ground => Theme::shipped(theme_for(ground)).0.at(depth),
    };
    let styles = if colour { styles(&document, &theme)? } else { Vec::new() };
    let Some(decision) = decision else {
        let mut out = output::commands();
        page(&document, width, &styles, None, &mut out)?;
        return Ok(out.flush()?);
    };
    let mut text = Vec::new();
    page(&document, width, &styles, Some(&decision), &mut text)?;
    if args.no_pager {
        pager::print(&text, &decision)?;
    } else {
        pager::show(&text, &decision)?;
    }
    Ok(())
}

/// The spans that have a style, by position.
fn styles(document: &Document, theme: &Theme) -> anyhow::Result<Vec<(Span, Style)>> {
    let Annotations { entities, mentions, quotes, .. } = extract::extract(document)?;
    let kinds: HashMap<EntityId, Kind> = entities.iter().map(|entity| (entity.id, entity.kind)).collect();
    let quotes = quotes.iter().map(|quote| (quote.span, theme.quote));
    let names = mentions.iter().filter_map(|name| Some((name.span, theme.kind(*kinds.get(&name.entity)?))));
    Ok(quotes.chain(names).collect())
}

/// Writes the page: in visual order, or as a terminal needs it.
pub(super) fn page(
    document: &Document,
    width: usize,
    styles: &[(Span, Style)],
    terminal: Option<&Decision>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut options = layout::Options { width, direction: layout::Direction::AutoRtl, ..Default::default() };
    if let Some(decision) = terminal {
        (options.shaping, options.tashkeel) = (decision.shaping(), decision.tashkeel);
    }
    let order = terminal.map_or(Order::Visual, Decision::order);
    let mut cell_breaks: Vec<usize> = styles.iter().flat_map(|(span, _)| [span.start, span.end]).collect();
    cell_breaks.sort_unstable();
    for paragraph in document.paragraphs() {
        if paragraph.is_empty() && paragraph.start == document.text().len() {
            break;
        }
        let near: Vec<&(Span, Style)> = styles.iter().filter(|style| style.0.overlaps(paragraph)).collect();
        let from = cell_breaks.partition_point(|&cell_break| cell_break < paragraph.start);
        let to = cell_breaks.partition_point(|&cell_break| cell_break <= paragraph.end);
        let cell_breaks = cell_breaks.get(from..to).unwrap_or_default();
        let marks = layout::Marks::of(document, paragraph);
        for row in layout::marked(document.slice(paragraph), paragraph.start, &options, (cell_breaks, &marks)).iter() {
            let (mut column, mut now) = (0, Style::default());
            let mut opening = row.opening(order);
            let style = |source: Span| {
                let over = near.iter().filter(|style| style.0.overlaps(source));
                drawn(over.fold(Style::default(), |style, layer| style.patch(layer.1)), order)
            };
            let font = |source| (style(source).add_modifier & (Modifier::BOLD | Modifier::ITALIC)).bits();
            let mut glyphs = row.emit_in(order, width, font);
            glyphs.extend(row.marker(order, width));
            glyphs.sort_by_key(|glyph| glyph.column);
            for glyph in glyphs {
                let blanks = glyph.column.saturating_sub(column);
                column = glyph.column + glyph.width;
                let style = style(glyph.source);
                if style != now {
                    out.write_all(sgr(style).as_bytes())?;
                    now = style;
                }
                for _ in 0..blanks {
                    out.write_all(b" ")?;
                }
                out.write_all(opening.as_bytes())?;
                out.write_all(glyph.symbol.as_bytes())?;
                opening.clear();
            }
            let end = if now == Style::default() { "\n" } else { "\x1b[0m\n" };
            out.write_all(end.as_bytes())?;
        }
    }
    Ok(())
}

/// What sets a style on a terminal, from any other.
fn sgr(style: Style) -> String {
    let mut codes = String::from("\x1b[0");
    for (modifier, code) in [(Modifier::BOLD, ";1"), (Modifier::ITALIC, ";3"), (Modifier::UNDERLINED, ";4")] {
        if style.add_modifier.contains(modifier) {
            codes.push_str(code);
        }
    }
    match style.fg {
        Some(Color::Rgb(red, green, blue)) => codes.push_str(&format!(";38;2;{red};{green};{blue}")),
        Some(Color::Indexed(number)) => codes.push_str(&format!(";38;5;{number}")),
        Some(colour) => {
            let named = crossterm::style::Colored::ForegroundColor(crossterm_colour(colour));
            codes.push_str(&format!(";{named}"));
        }
        None => {}
    }
    codes + "m"
}

const fn crossterm_colour(colour: Color) -> crossterm::style::Color {
    use crossterm::style::Color as C;
    match colour {
        Color::Black => C::Black,
        Color::Red => C::DarkRed,
        Color::Green => C::DarkGreen,
        Color::Yellow => C::DarkYellow,
        Color::Blue => C::DarkBlue,
        Color::Magenta => C::DarkMagenta,
        Color::Cyan => C::DarkCyan,
        Color::Gray => C::Grey,
        Color::DarkGray => C::DarkGrey,
        Color::LightRed => C::Red,
        Color::LightGreen => C::Green,
        Color::LightYellow => C::Yellow,
        Color::LightBlue => C::Blue,
        Color::LightMagenta => C::Magenta,
        Color::LightCyan => C::Cyan,
        Color::White => C::White,
        _ => C::Reset,
    }
}
