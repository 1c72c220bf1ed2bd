//! Addresses that a terminal opens by itself: OSC 8, "Hyperlinks in Terminal Emulators" (E. Koblinger).

use super::{Environment, Replies};
use crate::text::{Address, Escaped};

/// Beginnings of the names by which terminals that take links answer XTVERSION.
const BY_NAME: [&str; 9] = ["kitty", "foot", "WezTerm", "iTerm2", "Konsole", "ghostty", "contour", "mintty", "VTE"];

/// Whether the terminal is known to take links. No query asks for them, so the name and the version that it answered count;
/// the variables only for those that have no such answer. tmux hands them on since 3.4.
pub(super) fn takes_links(replies: &Replies, environment: &Environment) -> bool {
    if !replies.complete() || environment.has("STY") {
        return false;
    }
    let version = replies.version.as_deref().unwrap_or_default();
    if environment.has("TMUX") || version.starts_with("tmux") {
        let number = version.strip_prefix("tmux ").unwrap_or_default();
        let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u32>().ok();
        let (major, minor) =
            number.split_once('.').map_or((None, None), |(major, minor)| (digits(major), digits(minor)));
        return major.zip(minor).is_some_and(|version| version >= (3, 4));
    }
    if !version.is_empty() {
        return BY_NAME.iter().any(|name| version.starts_with(name));
    }
    // VTE answers the query of mode 8; where something else answered, its variable was inherited. It has links since 0.50.
    let vte = matches!(replies.mode8, Some(1 | 2))
        && environment.get("VTE_VERSION").parse().is_ok_and(|vte: u32| vte >= 5000);
    vte || environment.get("TERM") == "alacritty" || environment.has("WT_SESSION")
}

/// What stands in one cell, as a link. It opens and closes in the cell itself, so that a frame that writes some cells of it
/// and others not leaves no link open; the parts of one address have one `id`, by which a terminal marks them together.
#[must_use]
pub fn linked(address: &Address, symbol: &str) -> String {
    let id = crc32fast::hash(address.as_str().as_bytes());
    format!("\x1b]8;id={id:08x};{}\x1b\\{symbol}\x1b]8;;\x1b\\", Escaped(address.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(answers: &str, variables: &str) -> bool {
        let variable = |name: &str| {
            let found =
                variables.split(' ').filter_map(|variable| variable.split_once('=')).find(|found| found.0 == name);
            found.map(|found| found.1.to_owned())
        };
        takes_links(&Replies::read(answers.replace('^', "\u{1b}").as_bytes()), &Environment::read(variable))
    }

    #[test]
    fn only_terminals_that_are_known_to_take_links_get_them() {
        assert!(takes("^P>|kitty(0.26.5)^\\^[?62;c", "TERM=xterm-kitty"));
        assert!(takes("^P>|Konsole 22.12.3^\\^[?62;1;4c", ""));
        assert!(takes("^P>|foot(1.13.1)^\\^[?62;4;22c", "TERM=foot"));
        assert!(takes("^[8;1$y^[?65;1;9c", "VTE_VERSION=7006"));
        assert!(takes("^[?6c", "TERM=alacritty"));
        assert!(takes("^P>|tmux 3.4^\\^[?1;2c", "TMUX=x"));
        assert!(!takes("^P>|tmux 3.3a^\\^[?1;2c", "TMUX=x KITTY_WINDOW_ID=1"));
        assert!(!takes("^P>|XTerm(379)^\\^[?64;1;2c", "VTE_VERSION=7006"));
        assert!(!takes("^[8;1$y^[?65;1;9c", "VTE_VERSION=4803"));
        // Inherited, or nobody answered.
        assert!(!takes("^[8;0$y^[?64;1;2c", "VTE_VERSION=7006"));
        assert!(!takes("", "TERM=alacritty"));
        assert!(!takes("^[?62c", "STY=x TERM=screen"));
    }

    #[test]
    fn a_link_is_closed_in_its_own_cell() {
        let address = Address::read("https://example.com/خبر").unwrap();
        let cell = linked(&address, "م");
        assert!(
            cell.starts_with("\u{1b}]8;id=")
                && cell.ends_with(";https://example.com/%D8%AE%D8%A8%D8%B1\u{1b}\\م\u{1b}]8;;\u{1b}\\")
        );
    }
}
