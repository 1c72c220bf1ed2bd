//! What stands at the head of a page of the library, in words: whose page it is and in numbers, and the names of its lists.

use crate::{
    annotation::Kind,
    tui::{
        action::Find,
        app::{
            App,
            library::{
                list::CHUNK,
                spot::{Subject, Tab},
            },
        },
        strings::Phrase,
    },
};

/// What a line of the head is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadPart {
    /// The name of the page.
    Title,
    /// A name.
    Name(Kind),
    /// What matters less.
    Aside,
    /// Plain words.
    Text,
}

/// The lines of the head.
pub fn lines(app: &App) -> Vec<(String, HeadPart)> {
    match app.library.subject {
        Subject::Home => home(app),
        Subject::Entity(_) => entity(app),
        Subject::Query(number) => {
            let query = app.library.searches.get(number).map(String::as_str).unwrap_or_default();
            let total = app.library.list.total;
            let count = total.map_or("…".to_owned(), |total| app.config.number(total));
            // More than were asked for are not counted.
            let count = if total.is_some_and(|total| total >= CHUNK) { format!("{count}+") } else { count };
            vec![(app.config.text(Phrase::LibraryFor { query, count: &count }), HeadPart::Title)]
        }
    }
}

fn home(app: &App) -> Vec<(String, HeadPart)> {
    let name = app.library.path.as_deref().unwrap_or_default();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let text = |phrase: Phrase<'_>| app.config.text(phrase);
    let head = format!("{}   {}", text(Phrase::LibraryName), text(Phrase::Isolated { text: name }));
    let counts = app.library.glance.map(|glance| {
        let number = |count| app.config.number(count);
        text(Phrase::LibraryCounts {
            documents: &number(glance.documents),
            people: &number(glance.people),
            organizations: &number(glance.organizations),
            places: &number(glance.places),
        })
    });
    vec![(head, HeadPart::Title), (counts.unwrap_or_default(), HeadPart::Aside)]
}

fn entity(app: &App) -> Vec<(String, HeadPart)> {
    let Some(head) = &app.library.head else { return Vec::new() };
    let entry = &head.entry;
    let text = |phrase: Phrase<'_>| app.config.text(phrase);
    let count = |value: u64| app.config.number(usize::try_from(value).unwrap_or(usize::MAX));
    let dates = match (&entry.first, &entry.last) {
        (Some(from), Some(to)) if from != to => text(Phrase::LibraryFrom { from, to }),
        (Some(date), _) | (_, Some(date)) => text(Phrase::Isolated { text: date }),
        _ => String::new(),
    };
    let counts = text(Phrase::LibraryEntity {
        documents: &count(entry.documents),
        mentions: &count(entry.mentions),
        quotes: &count(entry.quotes),
    });
    let comma = text(Phrase::Comma);
    let counted = |what: &str, value: u64| text(Phrase::Counted { what, count: &count(value) });
    let forms: Vec<String> = head.spellings.iter().map(|(form, count)| counted(form, *count)).collect();
    let role = |role: &crate::library::people::Role| {
        let dates: Vec<&str> = [&role.first, &role.last].into_iter().flatten().map(String::as_str).collect();
        let counted = counted(&role.text, role.documents);
        match dates.as_slice() {
            [from, to] if from != to => format!("{counted} {}", text(Phrase::LibraryFrom { from, to })),
            [date, ..] => format!("{counted} {}", text(Phrase::Isolated { text: date })),
            [] => counted,
        }
    };
    let roles: Vec<String> = head.roles.iter().map(role).collect();
    let mut lines = vec![
        (entry.name.clone(), HeadPart::Name(kind(&entry.kind))),
        (format!("{counts}   {dates}"), HeadPart::Aside),
        (format!("{} {}", text(Phrase::LibrarySpellings), forms.join(&comma)), HeadPart::Text),
    ];
    if !roles.is_empty() {
        lines.push((format!("{} {}", text(Phrase::LibraryRoles), roles.join(&comma)), HeadPart::Text));
    }
    lines
}

/// A kind by the name that the library has for it.
pub fn kind(name: &str) -> Kind {
    Kind::ALL.into_iter().find(|known| known.name() == name).unwrap_or(Kind::Person)
}

/// Why there are no lines below: something went wrong, or nothing is there. Whether it is a fault.
pub fn nothing(app: &App) -> Option<(String, bool)> {
    let list = &app.library.list;
    match (app.library.fault.as_ref().or(list.fault.as_ref()), list.total) {
        (Some(fault), _) => Some((fault.clone(), true)),
        (None, None) => Some((app.config.text(Phrase::LibraryAsking), false)),
        (None, Some(0)) => Some((empty(app), false)),
        (None, Some(_)) => None,
    }
}

/// What is said of a list without lines, and what to press.
fn empty(app: &App) -> String {
    let library = &app.library;
    match library.subject {
        Subject::Query(_) => {
            app.config.text(Phrase::LibraryNoMatch { key: &app.config.keymap.first(Find::Open.into()) })
        }
        _ if !library.list.typed.is_empty() => app.config.text(Phrase::WhyFilter { text: &library.list.typed }),
        Subject::Home if library.glance.is_some_and(|glance| glance.documents == 0) => {
            app.config.text(Phrase::LibraryNothing)
        }
        _ => app.config.text(Phrase::LibraryEmpty),
    }
}

/// The name of a list.
pub fn tab_name(app: &App, tab: Tab) -> String {
    let phrase = match tab {
        Tab::Documents => Phrase::Documents,
        Tab::Searches => Phrase::TabSearches,
        Tab::Said => Phrase::TabSaid,
        Tab::SaidOf => Phrase::TabSaidOf,
        Tab::Beside => Phrase::TabBeside,
        Tab::In => Phrase::TabIn,
        Tab::Hits => Phrase::TabHits,
        Tab::Mentions => Phrase::TabMentions,
        Tab::People | Tab::Organizations | Tab::Places => {
            return tab.kind().map(|kind| app.config.strings.kind(kind)).unwrap_or_default().to_owned();
        }
    };
    app.config.text(phrase)
}
