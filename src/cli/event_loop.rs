//! The reader's event loop and what carries out its effects.

use super::{
    arabic::errors,
    export_task::ExportTask,
    failure::Failure,
    keys::{Clicks, translate},
    library::desk::Desk,
    message::Message,
    opener,
    persistence::{self, Stores},
    setup::{self, Setup},
    worker::{Job, Worker},
};
use crate::{
    source::Options,
    terminal::{self, Background, Lines, Protocols, Session, clipboard},
    tui::{
        action::LibraryAction,
        app::{App, Effect, Event, ExportEvent, Notice},
        theme::Theme,
        tour::{Taken, Tour},
        view,
    },
};
use crossterm::event as term;
use ratatui::{Terminal, backend::CrosstermBackend};
use std::{
    collections::VecDeque,
    io::{self, BufWriter, Write},
    sync::{
        Arc,
        mpsc::{Receiver, Sender},
    },
    thread::JoinHandle,
};

/// The screen.
pub struct Surface {
    pub setup: Setup,
    pub terminal: Terminal<CrosstermBackend<BufWriter<io::Stdout>>>,
    pub theme: Theme,
    pub name: String,
    /// The terminal's own background.
    pub ground: Option<Background>,
    /// The theme that goes with it, where no other was chosen.
    pub automatic: Option<String>,
    /// What else the terminal has.
    pub protocols: Protocols,
    /// The title of its window.
    pub title: String,
    /// What is on it in the plain mode.
    pub lines: Lines,
    /// The tour, below the reader.
    pub tour: Option<Tour>,
}

impl Surface {
    pub fn draw(&mut self, app: &App) -> io::Result<()> {
        if self.name != app.config.settings.theme {
            self.name.clone_from(&app.config.settings.theme);
            self.theme = self.setup.theme(&self.name, setup::depth(), self.ground).0;
        }
        let (begin, end) = self.protocols.frame();
        let title = app.documents.here().label();
        if self.title != title {
            title.clone_into(&mut self.title);
            self.send(&self.protocols.titled(&format!("{} - rawi", self.title)))?;
        }
        self.send(begin)?;
        if app.config.settings.plain {
            let mut screen = view::plain::screen(app);
            screen.rows.extend(self.tour.iter().flat_map(|tour| view::plain::tour(tour, app)));
            let frame = self.lines.frame(screen.rows, screen.said, screen.cursor, app.size.0);
            self.send(&frame)?;
        } else {
            self.terminal.draw(|frame| {
                view::draw(app, &self.theme, frame);
                if let Some(tour) = &self.tour {
                    view::tour::draw(tour, app, &self.theme, frame);
                }
            })?;
        }
        self.send(end)?;
        Write::flush(self.terminal.backend_mut())
    }

    /// What is left for the reader of something that happened, after the tour has had it.
    fn beside_tour(&mut self, event: Event, app: &App) -> Option<Event> {
        let Some(tour) = &mut self.tour else { return Some(event) };
        match event {
            Event::Resize(columns, rows) => Some(Event::Resize(columns, rows.saturating_sub(Tour::ROWS))),
            Event::Key(key) => match tour.take(key, app) {
                Taken::No => Some(event),
                Taken::Here => None,
                Taken::Left => {
                    self.tour = None;
                    Some(Event::Resize(app.size.0, app.size.1 + Tour::ROWS))
                }
            },
            event => Some(event),
        }
    }

    /// Sends what is no cell, with the next frame.
    fn send(&mut self, sequence: &str) -> io::Result<()> {
        self.terminal.backend_mut().write_all(sequence.as_bytes())
    }

    /// The screen was given away and is empty: the next frame is drawn whole. (`Terminal::clear` asks the terminal where
    /// the cursor is, and the thread that reads the keys takes the answer.)
    fn forget(&mut self) -> io::Result<()> {
        self.lines.forget();
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }
}

/// What carries out effects.
pub struct Driver {
    pub stores: Stores,
    pub sender: Sender<Message>,
    /// Files that are being written.
    pub threads: Vec<JoinHandle<()>>,
    /// Who asks the library, where there is one at hand.
    pub desk: Option<Desk>,
    /// How documents of the library are read.
    options: Options,
    /// What is still to be done.
    effects: VecDeque<Effect>,
}

/// The loop. Ends with the signal that asked for it, or with none.
pub fn event_loop(
    app: &mut App,
    driver: &mut Driver,
    (surface, session, worker): (&mut Surface, &Session, &Worker),
    receiver: &Receiver<Message>,
) -> anyhow::Result<Option<terminal::SessionNotice>> {
    surface.draw(app)?;
    let mut clicks = Clicks::default();
    let mut untouched = true;
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
                Message::Terminal(term::Event::FocusGained) | Message::Theme => {
                    surface.ask_background(app)?;
                    continue;
                }
                Message::Terminal(event) => {
                    untouched &= event == term::Event::FocusLost;
                    match translate(&event, &mut clicks).and_then(|event| surface.beside_tour(event, app)) {
                        Some(event) => event,
                        None => continue,
                    }
                }
                Message::Background(ground) => {
                    surface.on_background(ground, app);
                    continue;
                }
                Message::Library(place) => {
                    let (options, sender) = (driver.options.clone(), driver.sender.clone());
                    match Desk::open(&place, options, sender, app.config.strings) {
                        Ok(desk) => driver.desk = Some(desk),
                        Err(fault) => {
                            driver.tell_fault(app, &fault);
                            continue;
                        }
                    }
                    app.config.library = true;
                    // Whoever has begun to read goes on reading.
                    if !untouched {
                        continue;
                    }
                    Event::Act(LibraryAction::Home.into())
                }
                Message::Configuration => {
                    surface.configure_again(app).into_iter().for_each(|event| driver.tell(app, event));
                    continue;
                }
                Message::Unreadable(error) => {
                    return Err(anyhow::Error::new(error).context(Failure::Unreadable));
                }
                Message::Signal(notice @ terminal::SessionNotice::Quit(_)) => return Ok(Some(notice)),
                Message::Signal(terminal::SessionNotice::Resized) => {
                    let size = surface.terminal.size()?;
                    match surface.beside_tour(Event::Resize(size.width, size.height), app) {
                        Some(event) => event,
                        None => continue,
                    }
                }
                Message::Signal(terminal::SessionNotice::Suspend) => {
                    session.suspend()?;
                    surface.forget()?;
                    continue;
                }
                Message::Signal(terminal::SessionNotice::Resume) => {
                    session.resume()?;
                    surface.forget()?;
                    continue;
                }
            };
            driver.tell(app, Event::Time(persistence::now()));
            driver.tell(app, event);
            surface.tour.iter_mut().for_each(|tour| tour.look(app));
            while let Some(effect) = driver.effects.pop_front() {
                match effect {
                    Effect::Quit => match driver.stores.leave(app) {
                        Ok(()) => return Ok(None),
                        Err(fault) => driver.tell_fault(app, &fault),
                    },
                    Effect::Suspend => {
                        session.suspend()?;
                        surface.forget()?;
                    }
                    Effect::Redraw => surface.forget()?,
                    Effect::Look(number, place) => {
                        if let Some(opened) = app.documents.all().get(number) {
                            worker.ask(Job::Look(number, Arc::clone(&opened.document), place));
                        }
                    }
                    Effect::Extract(number) => {
                        if let Some(opened) = app.documents.all().get(number) {
                            worker.ask(Job::Extract(number, Arc::clone(&opened.document)));
                        }
                    }
                    effect => {
                        if let Err(fault) = driver.carry_out(app, effect) {
                            driver.tell_fault(app, &fault);
                        }
                    }
                }
            }
            driver.attend(app);
        }
        driver.effects.extend(app.advance());
        surface.draw(app)?;
    }
}

impl Driver {
    /// With nothing to do yet.
    pub const fn new(stores: Stores, sender: Sender<Message>, desk: Option<Desk>, options: Options) -> Self {
        Self { stores, sender, desk, options, threads: Vec::new(), effects: VecDeque::new() }
    }

    /// Tells the reader what happened, and keeps what is to be done about it.
    pub fn tell(&mut self, app: &mut App, event: Event) {
        self.effects.extend(app.handle(event));
    }

    /// Tells the reader that something could not be done, in the language of the interface.
    fn tell_fault(&mut self, app: &mut App, fault: &anyhow::Error) {
        let text = errors::said(app.config.strings, fault);
        self.tell(app, Event::Notice(Notice { text, fault: true }));
    }

    /// Opens the memory of the document that is read.
    pub fn attend(&mut self, app: &mut App) {
        for event in self.stores.attend(app) {
            self.tell(app, event);
        }
    }

    fn carry_out(&mut self, app: &mut App, effect: Effect) -> anyhow::Result<()> {
        match effect {
            Effect::Copy(text) => {
                let sequence = clipboard::copy(&text)?;
                let mut out = io::stdout().lock();
                out.write_all(sequence.as_bytes())?;
                out.flush()?;
            }
            Effect::Preview(number, format) => {
                let task = ExportTask::new(app, number, &format)?;
                self.tell(app, Event::Export(ExportEvent::Name(task.name())));
                drop(task.preview(self.sender.clone())?);
            }
            Effect::Export { document, format, path, over } => {
                let task = ExportTask::new(app, document, &format)?;
                self.threads.retain(|thread| !thread.is_finished());
                self.threads.push(task.write(path, over, self.sender.clone())?);
            }
            Effect::Save(number) => self.stores.save(app, number)?,
            Effect::Library(effect) => {
                if let Some(desk) = &self.desk {
                    desk.take(app, effect);
                }
            }
            Effect::OpenAddress(address) => opener::open(&address, self.sender.clone(), app.config.strings)?,
            Effect::Quit | Effect::Suspend | Effect::Redraw | Effect::Look(..) | Effect::Extract(_) => {}
        }
        Ok(())
    }
}
