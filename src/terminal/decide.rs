//! From what is known of the terminal to what it is sent. The facts are measured ones, save where a line says so.

use super::{Bidi, Decision, Environment, Mode, Overrides, Protocols, Replies, Shaping};

/// The terminals that need to be known by name; mode 8 speaks for the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Vte,
    Konsole,
    Mlterm,
    Kitty,
    Foot,
    Alacritty,
    /// iTerm2 and Apple's Terminal reorder and join by themselves (reported; not measured).
    Apple,
    Other,
}

/// Beginnings of names in replies to XTVERSION and of `TERM`.
const BY_NAME: &[(&str, Kind)] = &[
    ("VTE", Kind::Vte),
    ("Konsole", Kind::Konsole),
    ("mlterm", Kind::Mlterm),
    ("kitty", Kind::Kitty),
    ("xterm-kitty", Kind::Kitty),
    ("foot", Kind::Foot),
    ("iTerm2", Kind::Apple),
    ("Apple_Terminal", Kind::Apple),
    ("alacritty", Kind::Alacritty),
    ("Alacritty", Kind::Alacritty),
    ("XTerm", Kind::Other),
    ("linux", Kind::Other),
];

/// Variables that only one terminal sets. VTE comes last: most others are started from a VTE and inherit its variable.
const BY_VARIABLE: &[(&str, &str, Kind)] = &[
    ("MLTERM", "mlterm", Kind::Mlterm),
    ("KITTY_WINDOW_ID", "kitty", Kind::Kitty),
    ("KONSOLE_VERSION", "Konsole", Kind::Konsole),
    ("XTERM_VERSION", "XTerm", Kind::Other),
    ("WT_SESSION", "Windows Terminal", Kind::Other),
    ("VTE_VERSION", "VTE", Kind::Vte),
];

/// The terminal at the end of the line, and the multiplexer before it.
struct Known {
    kind: Kind,
    name: String,
    multiplexer: Option<&'static str>,
}

/// What to send this terminal. Replies count more than variables, which are inherited; the user's word counts most.
#[must_use]
pub fn decide(replies: &Replies, environment: &Environment, overrides: &Overrides) -> Decision {
    let known = know(replies, environment);
    let (chosen, reason) = mode_of(&known, replies);
    let forced = match overrides.bidi {
        Bidi::Auto => None,
        // mlterm is told in its own way.
        Bidi::Explicit if known.kind == Kind::Mlterm => Some(Mode::Mlterm),
        Bidi::Explicit => Some(Mode::Explicit),
        Bidi::Visual => Some(Mode::Visual),
        Bidi::Override => Some(Mode::Override),
        Bidi::Logical => Some(Mode::Logical),
        Bidi::Kitty => Some(Mode::Kitty),
        Bidi::Off => Some(Mode::Off),
    };
    let mode = forced.unwrap_or(chosen);
    let reason = if forced.is_some() { "the option --bidi says so".to_owned() } else { reason };
    let forms = match overrides.shaping {
        Shaping::Auto => !matches!(mode, Mode::Logical | Mode::Off),
        Shaping::Forms => true,
        Shaping::None => false,
    };
    let terminal = match known.multiplexer {
        Some(multiplexer) => format!("{} in {multiplexer}", known.name),
        None => known.name,
    };
    Decision {
        terminal,
        mode,
        forms,
        ligatures: forms || known.kind == Kind::Konsole && overrides.shaping == Shaping::Auto,
        mirrored: known.kind == Kind::Konsole,
        // foot loses letters that have marks, kitty puts marks beside them, alacritty on the next one.
        tashkeel: !matches!(known.kind, Kind::Foot | Kind::Kitty | Kind::Alacritty),
        was_explicit: replies.mode8 == Some(2),
        protocols: Protocols::of(replies, environment),
        background: replies.ground().or_else(|| environment.ground()),
        reason,
    }
}

fn mode_of(known: &Known, replies: &Replies) -> (Mode, String) {
    let name = &known.name;
    let through = known.multiplexer.map_or(String::new(), |multiplexer| format!(" through {multiplexer}"));
    match (known.kind, known.multiplexer, replies.mode8) {
        (_, None, Some(1 | 2)) => (
            Mode::Explicit,
            format!("{name} reorders by itself and can be told not to: it answered the query of mode 8"),
        ),
        (Kind::Kitty, ..) => (Mode::Kitty, format!("{name} reverses each right-to-left run by itself")),
        (Kind::Mlterm, None, _) => {
            (Mode::Mlterm, format!("{name} reorders by itself and has a sequence of its own that stops it"))
        }
        (Kind::Vte, ..) => (
            Mode::Override,
            format!("{name} reorders by itself and cannot be told not to{through}, but obeys overrides"),
        ),
        (Kind::Mlterm, ..) => (
            Mode::Off,
            format!(
                "{name} reorders by itself, and what stops it does not pass{through}: try mlterm --ctl=false and --bidi=visual"
            ),
        ),
        (Kind::Konsole | Kind::Apple, ..) => {
            (Mode::Logical, format!("{name} reorders and joins by itself and cannot be told not to{through}"))
        }
        (Kind::Foot | Kind::Alacritty | Kind::Other, ..) => {
            (Mode::Visual, format!("{name} leaves cells where they are put{}", guess(known, replies)))
        }
    }
}

/// Said where nothing names the terminal, so that the reader knows what the decision is worth.
fn guess(known: &Known, replies: &Replies) -> &'static str {
    match (known.name.as_str(), replies.complete()) {
        (UNKNOWN, true) => ", as most do that have no mode 8",
        (UNKNOWN, false) => ", as most do; nothing is known of it",
        _ => "",
    }
}

const UNKNOWN: &str = "the terminal";

fn know(replies: &Replies, environment: &Environment) -> Known {
    let answered = replies.version.as_deref().unwrap_or_default();
    let term = environment.get("TERM");
    let multiplexer = if environment.has("TMUX") || answered.starts_with("tmux") || term.starts_with("tmux") {
        Some("tmux")
    } else if environment.has("STY") || term.starts_with("screen") {
        Some("screen")
    } else {
        None
    };
    let client = environment.tmux_client.as_ref();
    let names = match multiplexer {
        None => [answered, term, environment.get("TERM_PROGRAM"), ""],
        // tmux overwrites TERM and TERM_PROGRAM; what it says of the terminal around it is newer than the variables.
        Some(_) => [
            client.map_or("", |client| client.version.as_str()),
            client.map_or("", |client| client.term.as_str()),
            environment.outer("LC_TERMINAL"),
            "",
        ],
    };
    for name in names {
        if let Some((_, kind)) = BY_NAME.iter().find(|(start, _)| name.starts_with(start)) {
            return Known { kind: *kind, name: name.to_owned(), multiplexer };
        }
    }
    // A terminal that gave its name and is not in the table needs nothing special.
    if let Some(name) = names.first().filter(|name| !name.is_empty()) {
        return Known { kind: Kind::Other, name: (*name).to_owned(), multiplexer };
    }
    // VTE answers the query of mode 8, so where something else answered, its variable was inherited.
    let vte_answers = multiplexer.is_none() && replies.complete() && !matches!(replies.mode8, Some(1 | 2));
    let by_variable = BY_VARIABLE
        .iter()
        .find(|(variable, _, kind)| !(environment.outer(variable).is_empty() || vte_answers && *kind == Kind::Vte));
    match by_variable {
        Some((_, name, kind)) => Known { kind: *kind, name: (*name).to_owned(), multiplexer },
        None => Known { kind: Kind::Other, name: UNKNOWN.to_owned(), multiplexer },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::{Background, environment::TmuxClient};

    /// One terminal: its replies as bytes, its variables, what tmux says (`TERM|version|variable`), and the picture: terminal,
    /// mode, who joins (forms; lam: lam-alef alone; -), what else (m: brackets mirrored, t: marks hidden, e: was explicit), ground.
    const PICTURES: &[(&str, &str, &str, &str)] = &[
        // Measured on Debian 12.
        (
            "^]11;rgb:ffff/ffff/ffff^\\^[8;0$y^P>|XTerm(379)^\\^[?64;1;2c",
            "TERM=xterm XTERM_VERSION=XTerm(379)",
            "",
            "XTerm(379) | visual forms | light",
        ),
        (
            "^]11;rgb:ffff/ffff/ffff^\\^[8;0$y^[?63;1;2;3;4;6;7;15;18;22;29c",
            "TERM=mlterm MLTERM=3.9.0 COLORFGBG=default;default",
            "",
            "mlterm | mlterm forms | light",
        ),
        (
            "^]11;rgb:0000/0000/0000^\\^[8;1$y^[?65;1;9c",
            "TERM=xterm-256color VTE_VERSION=7006",
            "",
            "VTE | explicit forms | dark",
        ),
        (
            "^]11;rgb:2323/2626/2727^\\^P>|Konsole 22.12.3^\\^[?62;1;4c",
            "TERM=xterm-256color COLORFGBG=15;0 KONSOLE_VERSION=221203",
            "",
            "Konsole 22.12.3 | logical lam m | dark",
        ),
        (
            "^]11;rgb:0000/0000/0000^\\^[8;0$y^P>|kitty(0.26.5)^\\^[?62;c",
            "TERM=xterm-kitty KITTY_WINDOW_ID=1",
            "",
            "kitty(0.26.5) | kitty forms t | dark",
        ),
        ("^]11;rgb:1d1d/1f1f/2121^\\^[?6c", "TERM=alacritty", "", "alacritty | visual forms t | dark"),
        ("^P>|foot(1.13.1)^\\^[?62;4;22c", "TERM=foot", "", "foot(1.13.1) | visual forms t | -"),
        (
            "^P>|tmux 3.3a^\\^[?1;2c",
            "TERM=tmux-256color XTERM_VERSION=XTerm(379) TERM_PROGRAM=tmux TMUX=x",
            "xterm|XTerm(379)",
            "XTerm(379) in tmux | visual forms | -",
        ),
        (
            "^P>|tmux 3.3a^\\^[?1;2c",
            "TERM=tmux-256color VTE_VERSION=7006 TERM_PROGRAM=tmux TMUX=x",
            "xterm-256color|",
            "VTE in tmux | override forms | -",
        ),
        // By the same rules.
        ("^P>|tmux 3.3a^\\^[?1;2c", "TMUX=x", "xterm-kitty|kitty(0.26.5)", "kitty(0.26.5) in tmux | kitty forms t | -"),
        (
            "^P>|tmux 3.3a^\\^[?1;2c",
            "TMUX=x",
            "xterm-256color|Konsole 22.12.3",
            "Konsole 22.12.3 in tmux | logical lam m | -",
        ),
        ("^P>|tmux 3.3a^\\^[?1;2c", "TMUX=x", "mlterm|", "mlterm in tmux | off - | -"),
        ("^P>|tmux 3.3a^\\^[?1;2c", "TMUX=x", "", "the terminal in tmux | visual forms | -"),
        ("^[?1;2c", "TERM=screen VTE_VERSION=7006 STY=1.pts", "", "VTE in screen | override forms | -"),
        // Through ssh no variable arrives but TERM.
        ("^[8;1$y^[?65;1;9c", "TERM=xterm-256color", "", "the terminal | explicit forms | -"),
        ("^[8;0$y^[?63;1;2c", "TERM=mlterm", "", "mlterm | mlterm forms | -"),
        ("^P>|Konsole 24.02.1^\\^[?62;1;4c", "TERM=xterm-256color", "", "Konsole 24.02.1 | logical lam m | -"),
        ("^P>|tmux 3.4^\\^[?1;2c", "TERM=tmux-256color", "", "the terminal in tmux | visual forms | -"),
        // Read in their sources, reported, or inferred.
        ("^[8;1$y^P>|mintty 3.7.0^\\^[?64;1c", "TERM=xterm", "", "mintty 3.7.0 | explicit forms | -"),
        (
            "^[8;2$y^P>|WezTerm 20240203^\\^[?65;4c",
            "TERM_PROGRAM=WezTerm",
            "",
            "WezTerm 20240203 | explicit forms e | -",
        ),
        ("^P>|iTerm2 3.5.0^\\^[?62;4c", "TERM_PROGRAM=iTerm.app", "", "iTerm2 3.5.0 | logical - | -"),
        ("^[?1;2c", "TERM=xterm-256color TERM_PROGRAM=Apple_Terminal", "", "Apple_Terminal | logical - | -"),
        ("^P>|ghostty 1.0.1^\\^[?62;22c", "TERM=xterm-ghostty", "", "ghostty 1.0.1 | visual forms | -"),
        ("^[?61;6;7c", "TERM=xterm-256color WT_SESSION=1", "", "Windows Terminal | visual forms | -"),
        ("^[?6c", "TERM=linux", "", "linux | visual forms | -"),
        // A variable that was inherited from another terminal loses against the reply.
        (
            "^P>|XTerm(379)^\\^[?64c",
            "TERM=xterm VTE_VERSION=7006 KITTY_WINDOW_ID=1",
            "",
            "XTerm(379) | visual forms | -",
        ),
        ("^[?6c", "TERM=xterm-256color VTE_VERSION=7006", "", "the terminal | visual forms | -"),
        (
            "^P>|tmux 3.3a^\\^[?1;2c",
            "TMUX=x VTE_VERSION=7006",
            "xterm|XTerm(379)",
            "XTerm(379) in tmux | visual forms | -",
        ),
        // Nobody answers.
        ("", "TERM=xterm-256color VTE_VERSION=7006", "", "VTE | override forms | -"),
        ("", "TERM=xterm-256color", "", "the terminal | visual forms | -"),
        ("", "", "", "the terminal | visual forms | -"),
    ];

    fn environment(variables: &str, client: &str) -> Environment {
        let mut environment = Environment::read(|name| {
            variables.split(' ').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
        });
        let mut client = client.split('|').map(str::to_owned);
        environment.tmux_client = client.next().zip(client.next()).map(|(term, version)| TmuxClient {
            term,
            version,
            variables: client.next().map(|pair| {
                let (name, value) = pair.split_once('=').unwrap();
                Environment::read(|known| (known == name).then(|| value.to_owned())).variables
            }),
        });
        environment
    }

    fn replies(text: &str) -> Replies {
        Replies::read(text.replace('^', "\u{1b}").as_bytes())
    }

    #[test]
    fn every_terminal_gets_what_it_needs() {
        for (sent, variables, client, picture) in PICTURES {
            let is = decide(&replies(sent), &environment(variables, client), &Overrides::default());
            let mut line = format!("{} | {}", is.terminal, format!("{:?}", is.mode).to_lowercase());
            line += match (is.forms, is.ligatures) {
                (true, _) => " forms",
                (false, true) => " lam",
                (false, false) => " -",
            };
            for (flag, letter) in [(is.mirrored, " m"), (!is.tashkeel, " t"), (is.was_explicit, " e")] {
                line += if flag { letter } else { "" };
            }
            line += match is.background {
                Some(Background::Dark) => " | dark",
                Some(Background::Light) => " | light",
                None => " | -",
            };
            assert_eq!(line, *picture, "{sent} {variables} {client}");
        }
    }

    #[test]
    fn the_user_has_the_last_word() {
        let vte = ("^[8;1$y^[?65;1;9c", "VTE_VERSION=7006");
        let mlterm = ("^[8;0$y^[?63c", "TERM=mlterm");
        for ((sent, variables), bidi, shaping, expected) in [
            (vte, Bidi::Visual, Shaping::Auto, (Mode::Visual, true)),
            (vte, Bidi::Logical, Shaping::Auto, (Mode::Logical, false)),
            (vte, Bidi::Logical, Shaping::Forms, (Mode::Logical, true)),
            (vte, Bidi::Auto, Shaping::None, (Mode::Explicit, false)),
            (vte, Bidi::Kitty, Shaping::Auto, (Mode::Kitty, true)),
            (vte, Bidi::Override, Shaping::Auto, (Mode::Override, true)),
            (vte, Bidi::Off, Shaping::Auto, (Mode::Off, false)),
            (mlterm, Bidi::Explicit, Shaping::Auto, (Mode::Mlterm, true)),
        ] {
            let is = decide(&replies(sent), &environment(variables, ""), &Overrides { bidi, shaping });
            assert_eq!((is.mode, is.forms), expected, "{bidi:?} {shaping:?}");
            assert_eq!(is.reason.contains("--bidi"), bidi != Bidi::Auto);
        }
    }
}
