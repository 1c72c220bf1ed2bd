//! What a terminal answers, picked out of the bytes that it sends.

use super::Background;

/// The question, in the order in which terminals answer it: mode 8, name and version.
pub const QUESTION: &[u8] = b"\x1b[8$p\x1b[>q";

/// The last question (DA1): every terminal answers it, so its reply says that no other will come.
pub const LAST: &[u8] = b"\x1b[c";

/// What comes before it. Not in GNU screen: it hands this on, and takes the terminal's reply for keys of its own.
pub const GROUND: &[u8] = b"\x1b]11;?\x1b\\";

/// The replies, and the bytes that are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replies {
    /// DECRQM of mode 8: 0 unknown, 1 set (implicit: the terminal reorders), 2 reset (explicit).
    pub mode8: Option<u8>,
    /// XTVERSION: name and version, without control characters.
    pub version: Option<String>,
    /// DA1: the parameters.
    pub attributes: Option<String>,
    /// DECRQM of private modes: each mode that was answered for, with 0 unknown, 1 set, 2 reset, 3 always set, 4 never.
    pub modes: Vec<(u16, u8)>,
    /// The flags of kitty's keyboard protocol.
    pub keyboard: Option<u8>,
    /// OSC 11: red, green, blue.
    pub background: Option<[u8; 3]>,
    /// Bytes that belong to no reply: keys.
    pub other: Vec<u8>,
}

impl Replies {
    /// Reads all that has come so far; a reply cut off at the end is left out.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let mut replies = Self::default();
        let mut rest = bytes;
        while let Some((&first, after)) = rest.split_first() {
            rest = match (first, after.split_first()) {
                (0x1b, Some((b'[', body))) => replies.control(rest, body),
                (0x1b, Some((b'P' | b']', body))) => replies.string(after, body),
                _ => {
                    replies.other.push(first);
                    after
                }
            };
        }
        replies
    }

    /// What the text of one reply about a colour says: `11;rgb:1e1e/1e1e/2e2e`.
    pub(super) fn of_colour(text: &str) -> Self {
        Self { background: text.strip_prefix("11;").and_then(colour_of), ..Self::default() }
    }

    /// Whether DA1 has come, and with it all there is.
    #[must_use]
    pub const fn complete(&self) -> bool {
        self.attributes.is_some()
    }

    /// Whether the terminal has a private mode that can be set.
    #[must_use]
    pub fn has_mode(&self, mode: u16) -> bool {
        self.modes.iter().any(|(answered, state)| *answered == mode && matches!(state, 1 | 2))
    }

    /// The typed characters: no control characters but Enter and Tab, and no key that sends an escape sequence.
    #[must_use]
    pub fn typed(&self) -> String {
        let text = String::from_utf8_lossy(&self.other);
        let keys = text.split('\u{1b}').next().unwrap_or_default();
        keys.chars().filter(|key| !key.is_control() || matches!(key, '\r' | '\t')).collect()
    }

    /// Whether the ground is dark: by the luma of ITU-R BT.601, in 256ths.
    #[must_use]
    pub fn ground(&self) -> Option<Background> {
        let [red, green, blue] = self.background?.map(u32::from);
        Some(if 77 * red + 150 * green + 29 * blue < 128 << 8 { Background::Dark } else { Background::Light })
    }

    /// `whole` begins with `ESC [`; `body` follows it. Gives back what is left.
    fn control<'a>(&mut self, whole: &'a [u8], body: &'a [u8]) -> &'a [u8] {
        let Some(length) = body.iter().position(|byte| (0x40..=0x7e).contains(byte)) else {
            return &[];
        };
        let (parameters, end) = body.split_at(length);
        let (last, rest) = end.split_first().unwrap_or((&0, &[]));
        let text = String::from_utf8_lossy(parameters);
        match (last, text.strip_prefix('?'), text.strip_prefix("8;").and_then(|text| text.strip_suffix('$'))) {
            (b'c', Some(attributes), _) => self.attributes = Some(attributes.to_owned()),
            (b'u', Some(flags), _) => self.keyboard = flags.parse().ok(),
            (b'y', Some(answer), _) => self.modes.extend(mode_of(answer)),
            (b'y', _, Some(state)) => self.mode8 = state.parse().ok(),
            _ => self.other.extend(whole.iter().take(whole.len() - rest.len())),
        }
        rest
    }

    /// `kind` begins with the letter of a string (DCS or OSC), which ends with BEL or ST. Gives back what is left.
    fn string<'a>(&mut self, kind: &'a [u8], body: &'a [u8]) -> &'a [u8] {
        let Some(length) = body.iter().position(|byte| matches!(byte, 0x07 | 0x1b)) else {
            return &[];
        };
        let (text, end) = body.split_at(length);
        let text: String = String::from_utf8_lossy(text).chars().filter(|letter| !letter.is_control()).collect();
        if let (Some(b'P'), Some(version)) = (kind.first(), text.strip_prefix(">|")) {
            self.version = Some(version.to_owned());
        } else if let Some(colour) = text.strip_prefix("11;") {
            self.background = colour_of(colour);
        }
        end.strip_prefix(b"\x1b\\").or_else(|| end.strip_prefix(b"\x07")).unwrap_or_else(|| end.get(1..).unwrap_or(&[]))
    }
}

/// `2026;2$`: the mode and its state.
fn mode_of(answer: &str) -> Option<(u16, u8)> {
    let (mode, state) = answer.strip_suffix('$')?.split_once(';')?;
    Some((mode.parse().ok()?, state.parse().ok()?))
}

/// `rgb:hh/hh/hh` with one to four digits a part, or `rgba:` with a fourth part.
fn colour_of(text: &str) -> Option<[u8; 3]> {
    let mut parts = text.strip_prefix("rgb:").or_else(|| text.strip_prefix("rgba:"))?.split('/').map(|digits| {
        let count = u32::try_from(digits.len()).ok().filter(|count| (1..=4).contains(count))?;
        u8::try_from(u32::from_str_radix(digits, 16).ok()? * 255 / (16_u32.pow(count) - 1)).ok()
    });
    Some([parts.next()??, parts.next()??, parts.next()??])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Replies {
        Replies::read(text.as_bytes())
    }

    #[test]
    fn each_reply_is_told_from_the_others() {
        let vte = read("\u{1b}]11;rgb:2323/2626/2727\u{1b}\\\u{1b}[8;1$y\u{1b}P>|VTE(7006)\u{1b}\\\u{1b}[?65;1;9c");
        assert_eq!(
            vte,
            Replies {
                mode8: Some(1),
                version: Some("VTE(7006)".into()),
                attributes: Some("65;1;9".into()),
                modes: vec![],
                keyboard: None,
                background: Some([0x23, 0x26, 0x27]),
                other: vec![],
            }
        );
        assert!(vte.complete());
        assert_eq!(vte.ground(), Some(Background::Dark));
    }

    #[test]
    fn keys_between_replies_are_kept() {
        let replies = read("j\u{1b}[8;0$yم\u{1b}[A\r\u{1b}[?6c/");
        assert_eq!(String::from_utf8_lossy(&replies.other), "jم\u{1b}[A\r/");
        // The arrow ends what can be told from other keys byte by byte.
        assert_eq!(replies.typed(), "jم");
        assert_eq!(replies.mode8, Some(0));
    }

    #[test]
    fn a_reply_that_is_cut_off_is_no_reply() {
        for cut in ["\u{1b}[?65;1", "\u{1b}P>|XTerm(3", "\u{1b}]11;rgb:ffff/f", "\u{1b}["] {
            let replies = read(cut);
            assert!(!replies.complete() && replies.version.is_none() && replies.background.is_none(), "{cut:?}");
            assert!(replies.other.is_empty(), "{cut:?}");
        }
    }

    #[test]
    fn colours_come_in_several_lengths() {
        for (text, colour) in [
            ("rgb:ffff/ffff/ffff", Some([255, 255, 255])),
            ("rgb:00/80/ff", Some([0, 128, 255])),
            ("rgb:f/0/f", Some([255, 0, 255])),
            ("rgba:1d1d/1f1f/2121/ffff", Some([29, 31, 33])),
            ("rgb://", None),
            ("rgb:fffffffff/0/0", None),
            ("rgb:ffff/fffffff/f", None),
            ("#ffffff", None),
        ] {
            assert_eq!(colour_of(text), colour, "{text}");
        }
    }
}
