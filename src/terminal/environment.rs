//! What the environment says of the terminal. Variables are inherited by a terminal that is started from another, so
//! they count less than a reply.

use std::process::{Child, Command, Stdio};

use super::Background;

/// The variables that terminals set, and what tmux knows of the terminal around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Environment {
    /// The variables that are set, by name.
    pub variables: Variables,
    /// What tmux says of the terminal that shows this session now.
    pub tmux_client: Option<TmuxClient>,
}

/// The terminal around tmux.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct TmuxClient {
    /// Its `TERM`.
    pub term: String,
    /// Its reply to XTVERSION; empty where it gave none.
    pub version: String,
    /// The variables that tmux's client was started with; none where the system does not tell.
    pub variables: Option<Variables>,
}

/// Variables by name.
type Variables = Vec<(&'static str, String)>;

/// The variables that are looked at.
const NAMES: &[&str] = &[
    "TERM",
    "TERM_PROGRAM",
    "LC_TERMINAL",
    "COLORFGBG",
    "VTE_VERSION",
    "KONSOLE_VERSION",
    "MLTERM",
    "KITTY_WINDOW_ID",
    "XTERM_VERSION",
    "WT_SESSION",
    "TMUX",
    "STY",
];

impl Environment {
    /// Looks the variables up.
    pub fn read(look_up: impl Fn(&str) -> Option<String>) -> Self {
        let variables = NAMES.iter().filter_map(|name| Some((*name, look_up(name)?))).collect();
        Self { variables, tmux_client: None }
    }

    /// The value of a variable, empty where it is not set.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        value(&self.variables, name)
    }

    /// The value of a variable of the terminal that shows the page: in tmux those of its client, since the server's may
    /// be of a terminal that is long closed.
    #[must_use]
    pub fn outer(&self, name: &str) -> &str {
        let client = self.tmux_client.as_ref().and_then(|client| client.variables.as_ref());
        value(client.unwrap_or(&self.variables), name)
    }

    /// Whether a variable is set to something.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// Whether nothing is to be asked: a terminal without escape sequences.
    #[must_use]
    pub fn is_dumb(&self) -> bool {
        matches!(self.get("TERM"), "dumb")
    }

    /// The ground by `COLORFGBG` (`15;0`, the last number is the background's place in the palette).
    #[must_use]
    pub fn ground(&self) -> Option<Background> {
        match self.outer("COLORFGBG").rsplit(';').next()?.parse().ok()? {
            0..=6 | 8 => Some(Background::Dark),
            7 | 9..=15 => Some(Background::Light),
            _ => None,
        }
    }

    /// Starts asking tmux which terminal shows this session: the variables may be those of another terminal, from
    /// which the server was started.
    pub(super) fn ask_tmux(&self) -> Option<Child> {
        if !self.has("TMUX") {
            return None;
        }
        Command::new("tmux")
            .args(["display-message", "-p", "#{client_termname}|#{client_termtype}|#{client_pid}"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()
    }
}

fn value<'a>(variables: &'a [(&str, String)], name: &str) -> &'a str {
    variables.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
}

impl TmuxClient {
    /// Waits for tmux's answer.
    pub(super) fn answer(tmux: Child) -> Option<Self> {
        let output = tmux.wait_with_output().ok().filter(|output| output.status.success())?;
        let text = String::from_utf8_lossy(&output.stdout);
        let mut parts = text.trim().split('|').map(str::to_owned);
        let (term, version, process) = (parts.next()?, parts.next()?, parts.next()?);
        let variables = std::fs::read(format!("/proc/{process}/environ")).ok().map(|bytes| {
            let text = String::from_utf8_lossy(&bytes);
            Environment::read(|name| {
                let find = |pair: &str| Some(pair.strip_prefix(name)?.strip_prefix('=')?.to_owned());
                text.split('\0').find_map(find)
            })
            .variables
        });
        Some(Self { term, version, variables })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colorfgbg_names_the_ground() {
        for (value, ground) in [
            ("15;0", Some(Background::Dark)),
            ("0;15", Some(Background::Light)),
            ("0;default;7", Some(Background::Light)),
            ("default;default", None),
            ("", None),
        ] {
            let environment = Environment::read(|name| (name == "COLORFGBG").then(|| value.to_owned()));
            assert_eq!(environment.ground(), ground, "{value}");
        }
    }
}
