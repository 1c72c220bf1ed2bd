//! Replies that come after the limit, over a slow line.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyModifiers};

use super::{Background, Replies};

/// The longest silence inside one reply; a hand is slower.
const GAP: Duration = Duration::from_millis(100);

/// The longest that the answer to a question of the reader's own is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// The most letters of a reply that are kept; a colour has 23.
const LETTERS: usize = 64;

/// Keeps late replies from being taken for keys. `crossterm` knows the replies that are control sequences and drops
/// them; those that are strings (`ESC ] … ESC \`, `ESC P … ESC \`) come as Alt+] or Alt+P, their text as keys, and
/// Alt+\ or Ctrl+G.
#[derive(Clone, Debug, Default)]
pub struct LateReplies {
    /// Whether the first question is still open, whose answer may take any time.
    unanswered: bool,
    /// Until when the answer to another question may come.
    until: Option<Instant>,
    inside: Option<Instant>,
    text: String,
}

impl LateReplies {
    /// `unanswered`: whether replies to the first question may still come
    /// ([`Negotiation::unanswered`](super::Negotiation::unanswered)).
    #[must_use]
    pub fn new(unanswered: bool) -> Self {
        Self { unanswered, ..Self::default() }
    }

    /// The background is asked for again ([`ASK_BACKGROUND`](super::ASK_BACKGROUND)).
    pub fn expect(&mut self, now: Instant) {
        self.until = Some(now + PATIENCE);
    }

    /// Whether the event is one of the user's. To be asked of every event.
    pub fn admit(&mut self, event: &Event, now: Instant) -> bool {
        let Event::Key(key) = event else {
            return true;
        };
        if !self.unanswered && self.until.is_none_or(|until| until < now) {
            return true;
        }
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let inside = self.inside.is_some_and(|last| now.duration_since(last) < GAP);
        let opens = alt && matches!(key.code, KeyCode::Char(']' | 'P'));
        let closes = match key.code {
            KeyCode::Char('\\') => alt,
            KeyCode::Char('g') => key.modifiers.contains(KeyModifiers::CONTROL),
            _ => false,
        };
        match key.code {
            _ if opens => self.text.clear(),
            KeyCode::Char(letter) if inside && !closes && self.text.len() < LETTERS => self.text.push(letter),
            _ => {}
        }
        self.inside = (opens || inside && !closes).then_some(now);
        !opens && !inside
    }

    /// The background that a reply named which has come to its end; once.
    pub fn background(&mut self) -> Option<Background> {
        if self.inside.is_some() {
            return None;
        }
        Replies::of_colour(&std::mem::take(&mut self.text)).ground()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyEvent;

    #[test]
    fn a_late_reply_is_no_key_and_keys_around_it_are() {
        let start = Instant::now();
        let mut late = LateReplies::new(true);
        let mut kept = String::new();
        // The letter before a key: its modifiers. A `_` is a hand's pause.
        let mut now = start;
        for key in "j A] 1 q / A\\ k AP > | x C\\ A\\ n AP _ q _ A] : Cg m".split(' ') {
            now += Duration::from_millis(if key == "_" { 150 } else { 1 });
            let modifiers = match key.chars().next() {
                Some('A') => KeyModifiers::ALT,
                Some('C') => KeyModifiers::CONTROL,
                _ => KeyModifiers::NONE,
            };
            let letter = key.chars().last().unwrap();
            let event = Event::Key(KeyEvent::new(KeyCode::Char(letter), modifiers));
            if key != "_" && late.admit(&event, now) {
                kept.push(letter);
            }
        }
        assert_eq!(kept, "jknqm");
    }

    /// `ESC ] 11 ; rgb:… ESC \` as keys, while it is waited for; without a question Alt+] is a key like any other.
    #[test]
    fn the_background_that_was_asked_for_again_is_read_from_the_keys() {
        let now = Instant::now();
        let answer = |late: &mut LateReplies, colour: &str| {
            let letters = colour.chars().map(|letter| (letter, KeyModifiers::NONE));
            let keys = [(']', KeyModifiers::ALT)].into_iter().chain(letters).chain([('\\', KeyModifiers::ALT)]);
            keys.filter(|(letter, held)| late.admit(&Event::Key(KeyEvent::new(KeyCode::Char(*letter), *held)), now))
                .count()
        };
        let mut late = LateReplies::new(false);
        assert_eq!(answer(&mut late, "11;rgb:ffff/ffff/ffff"), 23, "nothing was asked");
        assert_eq!(late.background(), None);
        late.expect(now);
        assert_eq!(answer(&mut late, "11;rgb:ffff/ffff/ffff"), 0);
        assert_eq!(late.background(), Some(Background::Light));
        assert_eq!(late.background(), None);
        assert_eq!(answer(&mut late, &"1".repeat(9999)), 0);
        assert_eq!(late.background(), None);
    }
}
