//! Where a letter or a control sequence ends (ECMA-48, 5.4 and 5.6).

/// What stands at the beginning of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A letter or a control character, and whether Alt (Esc before it) was held.
    Letter(char, bool),
    /// A control sequence: what stands between `CSI` and its last byte, and that; `O` and the byte for `SS3`.
    Control(&'a str, u8),
    /// The mouse as X10 reports it: what is done, column, row.
    Mouse([u8; 3]),
    /// A control string by its first letter, such as `]` of `OSC`, and what it holds.
    Text(u8, &'a [u8]),
    /// What is broken off, or no UTF-8.
    Nothing,
}

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;

/// The first piece and its length in bytes, at least one; none where more bytes have to come.
pub fn cut(bytes: &[u8]) -> Option<(usize, Piece<'_>)> {
    match bytes {
        [ESC] => None,
        // The second one begins something of its own.
        [ESC, ESC, ..] => Some((1, Piece::Letter('\u{1b}', false))),
        [ESC, b'[', rest @ ..] => {
            control(rest).map(|(length, piece)| (2 + length, piece.unwrap_or(alone('[', length))))
        }
        [ESC, b'O', last, ..] if last.is_ascii_graphic() => Some((3, Piece::Control("O", *last))),
        [ESC, b'O', _, ..] => Some((2, alone('O', 0))),
        // DCS, SOS, OSC, PM, APC.
        [ESC, kind @ (b'P' | b'X' | b']' | b'^' | b'_'), rest @ ..] => text(rest).map(|(length, held)| {
            (2 + length, held.map_or(alone(char::from(*kind), length), |held| Piece::Text(*kind, held)))
        }),
        [ESC, b'O'] => None,
        [ESC, rest @ ..] => letter(rest, true).map(|(length, piece)| (1 + length, piece)),
        rest => letter(rest, false),
    }
}

/// Esc, a letter and as many bytes, which something else broke off: where there are none, the letter was typed with Alt.
const fn alone(letter: char, bytes: usize) -> Piece<'static> {
    if bytes == 0 { Piece::Letter(letter, true) } else { Piece::Nothing }
}

fn control(rest: &[u8]) -> Option<(usize, Option<Piece<'_>>)> {
    match rest {
        // The keys F1 to F5 of the Linux console.
        [b'[', last, ..] if last.is_ascii_uppercase() => return Some((2, Some(Piece::Control("[", *last)))),
        [b'['] => return None,
        [b'M', done, column, row, ..] => return Some((4, Some(Piece::Mouse([*done, *column, *row])))),
        [b'M', ..] => return None,
        _ => {}
    }
    let length = rest.iter().position(|byte| !matches!(byte, 0x20..=0x3f))?;
    let (marks, end) = rest.split_at(length);
    let last = *end.first()?;
    match (std::str::from_utf8(marks), last) {
        (Ok(marks), 0x40..=0x7e) => Some((length + 1, Some(Piece::Control(marks, last)))),
        // What breaks it off begins something of its own.
        _ => Some((length, None)),
    }
}

/// What a string holds, up to BEL or `ESC \`; none where another control character breaks it off.
fn text(rest: &[u8]) -> Option<(usize, Option<&[u8]>)> {
    let length = rest.iter().position(|byte| byte.is_ascii_control())?;
    let (held, end) = rest.split_at(length);
    match end {
        [BEL, ..] => Some((length + 1, Some(held))),
        [ESC, b'\\', ..] => Some((length + 2, Some(held))),
        [ESC] => None,
        _ => Some((length, None)),
    }
}

fn letter(bytes: &[u8], alt: bool) -> Option<(usize, Piece<'_>)> {
    /// The most bytes of a letter in UTF-8.
    const MOST: usize = 4;
    let few = bytes.get(..MOST).unwrap_or(bytes);
    let valid = match std::str::from_utf8(few) {
        Ok(valid) => valid,
        Err(error) => match (few.get(..error.valid_up_to()), error.error_len()) {
            (Some([]) | None, None) => return None,
            (Some([]) | None, Some(length)) => return Some((length, Piece::Nothing)),
            (Some(valid), _) => std::str::from_utf8(valid).unwrap_or_default(),
        },
    };
    let letter = valid.chars().next()?;
    // The controls from U+0080 are no keys.
    let key = letter.is_ascii() || !letter.is_control();
    Some((letter.len_utf8(), if key { Piece::Letter(letter, alt) } else { Piece::Nothing }))
}
