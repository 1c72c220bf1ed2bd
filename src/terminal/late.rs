//! Replies that come after the limit, over a slow line.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyModifiers};

/// The longest silence inside one reply; a hand is slower.
const GAP: Duration = Duration::from_millis(100);

/// Keeps late replies from being taken for keys. `crossterm` knows the replies that are control sequences and drops
/// them; those that are strings (`ESC ] … ESC \`, `ESC P … ESC \`) come as Alt+] or Alt+P, their text as keys, and
/// Alt+\ or Ctrl+G.
#[derive(Clone, Copy, Debug, Default)]
pub struct LateReplies {
    inside: Option<Instant>,
}

impl LateReplies {
    /// Whether the event is one of the user's. To be asked of every event, and only where
    /// [`Negotiation::unanswered`](super::Negotiation::unanswered).
    pub fn admit(&mut self, event: &Event, now: Instant) -> bool {
        let Event::Key(key) = event else {
            return true;
        };
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let inside = self.inside.is_some_and(|last| now.duration_since(last) < GAP);
        let opens = alt && matches!(key.code, KeyCode::Char(']' | 'P'));
        let closes = match key.code {
            KeyCode::Char('\\') => alt,
            KeyCode::Char('g') => key.modifiers.contains(KeyModifiers::CONTROL),
            _ => false,
        };
        self.inside = (opens || inside && !closes).then_some(now);
        !opens && !inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyEvent;

    #[test]
    fn a_late_reply_is_no_key_and_keys_around_it_are() {
        let start = Instant::now();
        let mut late = LateReplies::default();
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
}
