//! `rawi [FILE]...`: the reader's event loop. Everything that is not pure happens here and in `worker`.

use super::{
    TerminalArgs, keep, keep::Keeper, open::open, setup, setup::Setup, worker::Job, worker::Worker, written::Wanted,
};
use anyhow::{Context, bail};
use crossterm::event as term;
use ratatui::{Terminal, backend::CrosstermBackend};
use rawi::{
    export, layout, source,
    terminal::{Background, Decision, LateReplies, Screen, Session, clipboard, negotiate},
    tui::{
        app::{App, Config, Effect, Event, Format, Mouse, Notice, Pointer},
        keymap::{Code, Key},
        settings::Language,
        strings::Phrase,
        theme::Theme,
        view,
    },
};
use std::{
    io::{self, BufWriter, IsTerminal, Write},
    sync::{
        Arc,
        mpsc::{self, Receiver, Sender},
    },
    thread::{self, JoinHandle},
    time::Instant,
};

/// Read.
#[derive(clap::Args)]
pub struct Args {
    /// Articles, or folders of them; - for standard input; none for the article that ships inside
    files: Vec<String>,
    /// The files' encoding, where it is not found out right
    #[arg(long)]
    encoding: Option<String>,
    /// The language of the interface; by default that of the locale
    #[arg(long, value_parser = language)]
    ui: Option<Language>,
    /// Keep corrections beside the article, as FILE.rawi.json, instead of in the data directory
    #[arg(long)]
    sidecar: bool,
    #[command(flatten)]
    imported: super::export::Imported,
    /// Colours: dark, light, contrast, mono; by default as the terminal's background is
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(Theme::names()))]
    theme: Option<String>,
}

fn language(name: &str) -> Result<Language, String> {
    match name {
        "ar" => Ok(Language::Ar),
        "en" => Ok(Language::En),
        "auto" => Ok(Language::Auto),
        _ => Err("ar, en or auto".to_owned()),
    }
}

/// What wakes the loop.
pub enum Message {
    /// From the worker.
    App(Event),
    /// From the terminal.
    Terminal(term::Event),
    /// From outside.
    Signal(rawi::terminal::Notice),
}

pub fn run(args: &Args, terminal: &TerminalArgs) -> anyhow::Result<()> {
    if !io::stdout().is_terminal() {
        bail!("the reader needs a terminal; for a pipe or a file there is `rawi print`");
    }
    let mut setup = Setup::read();
    let mut keeper = Keeper::new(args.sidecar);
    let configured = setup.settings.clone();
    setup.settings.recall(&keeper.settings());
    if let Some(ui) = args.ui {
        setup.settings.ui = ui;
    }
    if let Some(theme) = &args.theme {
        setup.settings.theme.clone_from(theme);
    }
    let options = source::Options { encoding: args.encoding.clone(), ..Default::default() };
    let opening = open(&args.files, &options)?;
    if args.imported.annotations.is_some() && opening.documents.len() != 1 {
        bail!("--annotations is for one article");
    }

    let asked = negotiate(&terminal.overrides());
    let size = crossterm::terminal::size().context("the terminal does not say its size")?;
    if setup.settings.theme == "auto" {
        let light = asked.decision.background == Some(Background::Light);
        (if light { "light" } else { "dark" }).clone_into(&mut setup.settings.theme);
    }
    let ground = asked.decision.background;
    let (config, notice) = config(&setup, &asked.decision);
    let began = config.settings.clone();
    let mut app = App::new(config, opening.documents, size);
    app.notice = notice;
    if opening.skipped > 0 && app.notice.is_none() {
        app.say(app.config.strings.text(Phrase::Skipped { count: &app.number(opening.skipped) }));
    }
    for (opened, date) in app.documents.all_mut().iter_mut().zip(opening.dates) {
        opened.date = opened.date.take().or(date);
    }
    for job in &opening.jobs {
        if let Job::Read(number, _) = job {
            app.handle(Event::Loading(*number));
        }
    }

    let (sender, receiver) = mpsc::channel();
    let signals = sender.clone();
    let session = Session::enter(Screen::new(&asked.decision, true), move |notice| {
        drop(signals.send(Message::Signal(notice)));
    })
    .context("the terminal cannot be used")?;
    let backend = CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout()));
    let (colours, faults) = setup.theme(&setup.settings.theme, setup::depth(), ground);
    if let (None, Some(fault)) = (&app.notice, faults.first()) {
        app.notice = Some(Notice { text: format!("config.toml: {fault}"), fault: true });
    }
    let mut shown = Shown {
        setup: &setup,
        terminal: Terminal::new(backend)?,
        theme: colours,
        name: setup.settings.theme.clone(),
        ground,
    };
    shown.draw(&app)?;

    // Where it was left: what is on the screen is looked through first.
    keeper.attend(&mut app);
    let seen = (app.documents.current(), app.documents.here().top);
    let worker = Worker::start((opening.jobs, seen), (options, args.imported.clone()), sender.clone())?;
    // What was typed while the terminal was asked goes first.
    for letter in asked.typed().chars() {
        drop(sender.send(Message::App(Event::Key(typed(letter)))));
    }
    listen(sender.clone(), asked.unanswered().then(LateReplies::default))?;
    let mut desk = Desk { keeper, sender, threads: Vec::new() };
    let end = turn(&mut app, &mut desk, (&mut shown, &session, &worker), &receiver);
    drop(desk.keeper.leave(&app));
    desk.keeper.keep_settings(&app.config.settings.keep(&configured, &began, &desk.keeper.settings()));
    // A file that is being written is written to its end.
    for thread in desk.threads {
        drop(thread.join());
    }
    drop(shown);
    drop(session);
    if let Some(signal) = end? {
        signal.obey();
    }
    Ok(())
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
    };
    let fault = setup.faults.first().map(|fault| Notice { text: format!("config.toml: {fault}"), fault: true });
    (config, fault)
}

/// The screen.
struct Shown<'a> {
    setup: &'a Setup,
    terminal: Terminal<CrosstermBackend<BufWriter<io::Stdout>>>,
    theme: Theme,
    name: String,
    /// The terminal's own background.
    ground: Option<Background>,
}

impl Shown<'_> {
    fn draw(&mut self, app: &App) -> io::Result<()> {
        if self.name != app.config.settings.theme {
            self.name.clone_from(&app.config.settings.theme);
            self.theme = self.setup.theme(&self.name, setup::depth(), self.ground).0;
        }
        self.terminal.draw(|frame| view::draw(app, &self.theme, frame)).map(drop)
    }

    /// The screen was given away and is empty: the next frame is drawn whole. (`Terminal::clear` asks the terminal where
    /// the cursor is, and the thread that reads the keys takes the answer.)
    fn forget(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }
}

/// What carries out effects.
struct Desk {
    keeper: Keeper,
    sender: Sender<Message>,
    /// Files that are being written.
    threads: Vec<JoinHandle<()>>,
}

/// The loop. Ends with the signal that asked for it, or with none.
fn turn(
    app: &mut App,
    desk: &mut Desk,
    (shown, session, worker): (&mut Shown<'_>, &Session, &Worker),
    receiver: &Receiver<Message>,
) -> anyhow::Result<Option<rawi::terminal::Notice>> {
    shown.draw(app)?;
    loop {
        worker.see(app.documents.current(), app.documents.here().top);
        let first = if app.is_busy() { None } else { receiver.recv().ok() };
        if first.is_none() && !app.is_busy() {
            return Ok(None);
        }
        // All that has come is taken before the next frame.
        for message in first.into_iter().chain(std::iter::from_fn(|| receiver.try_recv().ok())) {
            let event = match message {
                Message::App(event) => event,
                Message::Terminal(event) => match translate(&event) {
                    Some(event) => event,
                    None => continue,
                },
                Message::Signal(notice @ rawi::terminal::Notice::Quit(_)) => return Ok(Some(notice)),
                Message::Signal(rawi::terminal::Notice::Suspend) => {
                    session.suspend()?;
                    shown.forget()?;
                    continue;
                }
                Message::Signal(rawi::terminal::Notice::Resume) => {
                    session.resume()?;
                    shown.forget()?;
                    continue;
                }
            };
            app.now = keep::now();
            match app.handle(event) {
                None => {}
                Some(Effect::Quit) => match desk.keeper.leave(app) {
                    Ok(()) => return Ok(None),
                    Err(fault) => app.notice = Some(fault_of(&fault)),
                },
                Some(Effect::Suspend) => {
                    session.suspend()?;
                    shown.forget()?;
                }
                Some(Effect::Look(number, place)) => {
                    if let Some(opened) = app.documents.all().get(number) {
                        worker.ask(Job::Look(number, Arc::clone(&opened.document), place));
                    }
                }
                Some(Effect::Save(number)) => {
                    if let Err(fault) = desk.keeper.save(app, number) {
                        app.notice = Some(fault_of(&fault));
                    }
                }
                Some(effect) => {
                    if let Err(fault) = desk.carry_out(app, effect) {
                        app.notice = Some(fault_of(&fault));
                    }
                }
            }
            desk.keeper.attend(app);
        }
        app.go_on();
        shown.draw(app)?;
    }
}

fn fault_of(fault: &anyhow::Error) -> Notice {
    Notice { text: format!("{fault:#}"), fault: true }
}

impl Desk {
    fn carry_out(&mut self, app: &mut App, effect: Effect) -> anyhow::Result<()> {
        match effect {
            Effect::Copy(text) => {
                let sequence = clipboard::copy(&text)?;
                let mut out = io::stdout().lock();
                out.write_all(sequence.as_bytes())?;
                out.flush()?;
            }
            Effect::Preview(number, format) => {
                let wanted = Wanted::new(app, number, &format)?;
                app.handle(Event::Name(wanted.name()));
                drop(wanted.preview(self.sender.clone())?);
            }
            Effect::Export { document, format, path, over } => {
                let wanted = Wanted::new(app, document, &format)?;
                self.threads.retain(|thread| !thread.is_finished());
                self.threads.push(wanted.write(path, over, self.sender.clone())?);
            }
            Effect::Quit | Effect::Suspend | Effect::Save(_) | Effect::Look(..) => {}
        }
        Ok(())
    }
}

/// Reads the terminal on a thread of its own.
fn listen(sender: Sender<Message>, mut late: Option<LateReplies>) -> io::Result<()> {
    let read = move || {
        while let Ok(event) = term::read() {
            let wanted = late.as_mut().is_none_or(|late| late.admit(&event, Instant::now()));
            if wanted && sender.send(Message::Terminal(event)).is_err() {
                break;
            }
        }
    };
    thread::Builder::new().name("keys".to_owned()).spawn(read).map(drop)
}

/// What the terminal says, in the reader's words.
fn translate(event: &term::Event) -> Option<Event> {
    Some(match event {
        term::Event::Key(key) if key.kind != term::KeyEventKind::Release => Event::Key(key_of(key)?),
        term::Event::Paste(text) => Event::Paste(text.clone()),
        term::Event::Resize(columns, rows) => Event::Resize(*columns, *rows),
        term::Event::Mouse(mouse) => {
            let pointer = match mouse.kind {
                term::MouseEventKind::Down(term::MouseButton::Left) => Pointer::Press,
                term::MouseEventKind::Drag(term::MouseButton::Left) => Pointer::Drag,
                term::MouseEventKind::Up(term::MouseButton::Left) => Pointer::Release,
                term::MouseEventKind::ScrollUp => Pointer::WheelUp,
                term::MouseEventKind::ScrollDown => Pointer::WheelDown,
                _ => return None,
            };
            Event::Mouse(Mouse { pointer, column: mouse.column, row: mouse.row })
        }
        _ => return None,
    })
}

fn key_of(key: &term::KeyEvent) -> Option<Key> {
    let code = match key.code {
        term::KeyCode::Char(letter) => Code::Char(letter),
        term::KeyCode::Enter => Code::Enter,
        term::KeyCode::Esc => Code::Esc,
        term::KeyCode::Tab | term::KeyCode::BackTab => Code::Tab,
        term::KeyCode::Backspace => Code::Backspace,
        term::KeyCode::Delete => Code::Delete,
        term::KeyCode::Up => Code::Up,
        term::KeyCode::Down => Code::Down,
        term::KeyCode::Left => Code::Left,
        term::KeyCode::Right => Code::Right,
        term::KeyCode::PageUp => Code::PageUp,
        term::KeyCode::PageDown => Code::PageDown,
        term::KeyCode::Home => Code::Home,
        term::KeyCode::End => Code::End,
        term::KeyCode::F(number) => Code::Function(number),
        _ => return None,
    };
    let held = |modifier| key.modifiers.contains(modifier);
    // Shift is in the character already.
    let shift = held(term::KeyModifiers::SHIFT) && !matches!(code, Code::Char(_));
    Some(Key { code, control: held(term::KeyModifiers::CONTROL), alt: held(term::KeyModifiers::ALT), shift })
}

fn typed(letter: char) -> Key {
    let code = match letter {
        '\r' | '\n' => Code::Enter,
        '\t' => Code::Tab,
        other => Code::Char(other),
    };
    Key { code, ..Key::char(' ') }
}
