//! `rawi [FILE]...`: the reader, from its arguments to its end. What it does while it runs is `event_loop`.

use super::{
    TerminalArgs,
    event_loop::{Driver, Surface, event_loop},
    failure::Failure,
    keys::{listen, typed},
    library::{
        Place,
        desk::{self, Desk},
    },
    live,
    message::Message,
    open::{Opening, open},
    persistence::Stores,
    setup::{self, Setup},
    tell,
    worker::{Job, Worker},
};
use crate::{
    export, layout,
    terminal::{Decision, Lines, Screen, Session, negotiate},
    tui::{
        action::LibraryAction,
        app::{App, Config, DocumentEvent, Event, Format, Notice},
        settings::Language,
        strings::Phrase,
        tour::Tour,
    },
};
use anyhow::{Context, bail};
use ratatui::{Terminal, backend::CrosstermBackend};
use std::{
    io::{self, BufWriter, IsTerminal},
    path::PathBuf,
    sync::mpsc,
};

/// Read.
#[derive(clap::Args, Default)]
pub struct Args {
    /// Articles, or folders of articles; - for standard input
    files: Vec<PathBuf>,
    /// With the library at hand: who is who over many documents, and a search in all of them; without articles, its home page [default: RAWI_LIBRARY, else library.sqlite in rawi's data directory]
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    library: Option<Option<PathBuf>>,
    #[command(flatten)]
    reading: super::reading::Reading,
    #[command(flatten)]
    pdf: super::pdf::Args,
    /// The language of the interface: ar, en, or auto for that of the locale
    #[arg(long, value_parser = language)]
    ui: Option<Language>,
    /// Keep corrections beside the article, as FILE.rawi.json, instead of in the data directory
    #[arg(long)]
    sidecar: bool,
    /// For screen readers and Braille lines: one column of lines in reading order, without boxes and colours, and what is
    /// under the cursor in words
    #[arg(long)]
    plain: bool,
    #[command(flatten)]
    imported: super::export::Imported,
    /// The theme, by its name or the name of a file in the folder themes of the configuration; by default as the
    /// terminal's background is
    #[arg(long, value_name = "NAME", value_parser = theme)]
    theme: Option<String>,
    /// With the tour beside it.
    #[arg(skip)]
    tour: bool,
}

impl Args {
    /// The sample article with the tour.
    pub fn tour(ui: Option<Language>, plain: bool) -> Self {
        Self { ui, plain, tour: true, ..Self::default() }
    }
}

fn theme(name: &str) -> Result<String, String> {
    let names = setup::themes();
    if name == "auto" || names.iter().any(|known| known == name) {
        return Ok(name.to_owned());
    }
    Err(format!("the themes are auto, {}", names.join(", ")))
}

pub fn language(name: &str) -> Result<Language, String> {
    match name {
        "ar" => Ok(Language::Ar),
        "en" => Ok(Language::En),
        "auto" => Ok(Language::Auto),
        _ => Err("ar, en or auto".to_owned()),
    }
}

pub fn run(args: &Args, terminal: &TerminalArgs) -> anyhow::Result<()> {
    if !io::stdout().is_terminal() {
        bail!(Failure::NeedsTerminal);
    }
    let mut setup = Setup::read();
    let stores = if args.tour { Stores::none() } else { Stores::new(args.sidecar) };
    let configured = setup.settings.clone();
    let kept = stores.settings();
    if let Ok(kept) = &kept {
        setup.settings.recall(kept);
    }
    if let Some(ui) = args.ui {
        setup.settings.ui = ui;
    }
    if let Some(theme) = &args.theme {
        setup.settings.theme.clone_from(theme);
    }
    setup.settings.plain |= args.plain;
    let plain = setup.settings.plain;
    let mut options = args.reading.options();
    args.pdf.apply(&mut options)?;
    // `cat article.txt | rawi`: the keys come from the terminal itself then.
    let piped = args.files.is_empty() && !args.tour && !io::stdin().is_terminal();
    let piped = piped.then(|| vec![PathBuf::from("-")]);
    // With a library and nothing else, it is the library that is read; a folder that is in the library is read with it.
    let alone = args.library.is_some() && args.files.is_empty() && piped.is_none();
    let opening = if alone { Opening::default() } else { open(piped.as_ref().unwrap_or(&args.files), &mut options)? };
    let place = args.library.clone().map(|library| Place { library });
    if args.imported.annotations.is_some() && opening.documents.len() != 1 {
        bail!(Failure::OneArticle);
    }

    let (sender, receiver) = mpsc::channel();
    // It opens while the terminal is asked.
    let folder = place.is_none().then(|| only_folder(&args.files)).flatten();
    let desk = place.map(|place| Desk::open(&place, options.clone(), sender.clone(), setup.strings())).transpose()?;
    let asked = negotiate(&terminal.overrides(plain));
    let tour = args.tour.then(Tour::default);
    let (columns, rows) = crossterm::terminal::size().context(Failure::NoSize)?;
    let size = (columns, tour.map_or(rows, |_| rows.saturating_sub(Tour::ROWS)));
    let automatic = (setup.settings.theme == "auto").then(|| setup::theme_for(asked.decision.background).to_owned());
    if let Some(theme) = &automatic {
        setup.settings.theme.clone_from(theme);
    }
    let ground = asked.decision.background;
    let (mut config, notice) = config(&setup, &asked.decision);
    config.library = desk.is_some();
    let mut began = config.settings.clone();
    let mut app = App::new(config, opening.documents, size);
    let mut events = Vec::new();
    if opening.skipped > 0 {
        let text = app.config.text(Phrase::Skipped { count: &app.config.number(opening.skipped) });
        events.push(Event::Notice(Notice { text, fault: false }));
    } else if let Some(remark) = app.documents.here().document.remarks().first() {
        events.push(Event::Notice(Notice { text: remark.clone(), fault: true }));
    }
    let dated = |(number, date): (usize, Option<String>)| Some(Event::Document(number, DocumentEvent::Dated(date?)));
    events.extend(opening.dates.into_iter().enumerate().filter_map(dated));
    events.extend(opening.jobs.iter().filter_map(|job| match job {
        Job::Read(number, _) => Some(Event::Document(*number, DocumentEvent::Loading)),
        Job::Extract(..) | Job::Look(..) => None,
    }));

    let signals = sender.clone();
    let session = Session::enter(Screen::new(&asked.decision, plain), move |notice| {
        drop(signals.send(Message::Signal(notice)));
    })
    .context(Failure::NoTerminal)?;
    let backend = CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout()));
    let (colours, faults) = setup.theme(&setup.settings.theme, setup::depth(), ground);
    let fault = faults.first().map(|fault| Notice { text: format!("config.toml: {fault}"), fault: true });
    let unread = kept.as_ref().err().map(|fault| Notice { text: format!("{fault:#}"), fault: true });
    events.extend(notice.or(unread).or(fault).map(Event::Notice));
    let mut surface = Surface {
        name: setup.settings.theme.clone(),
        // What the file says, to see what is changed in it later.
        setup: setup.with(configured.clone()),
        terminal: Terminal::new(backend)?,
        theme: colours,
        ground,
        automatic,
        protocols: asked.decision.protocols,
        title: String::new(),
        lines: Lines::default(),
        tour,
    };
    let mut driver = Driver::new(stores, sender.clone(), desk, options.clone());
    events.extend(alone.then(|| Event::Act(LibraryAction::Home.into())));
    for event in events {
        driver.tell(&mut app, event);
    }
    surface.draw(&app)?;

    // Where it was left: what is on the screen is looked through first.
    driver.attend(&mut app);
    let seen = (app.documents.current(), app.documents.here().top);
    if let Some(folder) = folder {
        desk::look_for(folder, sender.clone())?;
    }
    let worker = Worker::start((opening.jobs, seen), (options, args.imported.clone()), sender.clone())?;
    // What was typed while the terminal was asked goes first.
    for letter in asked.typed().chars() {
        drop(sender.send(Message::App(Event::Key(typed(letter)))));
    }
    live::watch(sender.clone())?;
    listen(sender)?;
    let end = event_loop(&mut app, &mut driver, (&mut surface, &session, &worker), &receiver);
    if surface.automatic.as_ref() == Some(&app.config.settings.theme) {
        // Not chosen by a person.
        began.theme.clone_from(&app.config.settings.theme);
    }
    let left = driver.stores.leave(&app);
    // A file that cannot be read was said, and stays as it is.
    let kept = kept.ok().map_or(Ok(()), |kept| {
        driver.stores.keep_settings(&kept, &app.config.settings.keep(&configured, &began, &kept))
    });
    if let Some(desk) = driver.desk.take() {
        desk.close();
    }
    // A file that is being written is written to its end.
    for thread in driver.threads {
        drop(thread.join());
    }
    drop(surface);
    drop(session);
    for fault in [left, kept].into_iter().filter_map(Result::err) {
        tell::note(&format!("{fault:#}"));
    }
    if let Some(signal) = end? {
        signal.obey();
    }
    Ok(())
}

/// The folder, a whole path, that is all that is to be read.
fn only_folder(files: &[PathBuf]) -> Option<PathBuf> {
    let [folder] = files else { return None };
    folder.is_dir().then(|| folder.canonicalize().ok()).flatten()
}

/// What was found wrong is said once the screen is there; what the reader looks like.
fn config(setup: &Setup, decision: &Decision) -> (Config, Option<Notice>) {
    let mut settings = setup.settings.clone();
    settings.tashkeel &= decision.tashkeel;
    let formats = export::Format::ALL
        .iter()
        .map(|format| Format { name: format.name().to_owned(), ending: format.extension().to_owned() });
    let config = Config {
        layout: layout::Options { shaping: decision.shaping(), tashkeel: settings.tashkeel, ..Default::default() },
        settings,
        keymap: setup.keymap.clone(),
        strings: setup.strings(),
        order: decision.order(),
        formats: formats.collect(),
        library: false,
        links: decision.protocols.links,
    };
    let fault = setup.faults.first().map(|fault| Notice { text: format!("config.toml: {fault}"), fault: true });
    (config, fault)
}
