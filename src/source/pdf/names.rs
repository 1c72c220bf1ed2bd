//! ToUnicode maps (ISO 32000-1, 9.10.3): what the codes of a font stand for. Read by rawi itself, because one entry
//! without a meaning, as some producers write for a mark that belongs to the letter before, is no reason to lose all.

use std::{collections::HashMap, rc::Rc};

/// The most entries of a map.
const MOST: usize = 70_000;

/// A map from codes to texts; an empty text is that of a glyph that shows a part of another's.
pub type Names = HashMap<u32, Rc<str>>;

enum Token<'a> {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(&'a [u8]),
}

/// The tokens of a map, as far as they matter.
fn tokens(map: &[u8]) -> impl Iterator<Item = Token<'_>> {
    let mut rest = map;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_ascii_start();
            let (&first, after) = rest.split_first()?;
            match first {
                b'%' => rest = after.splitn(2, |byte| matches!(byte, b'\n' | b'\r')).nth(1).unwrap_or_default(),
                b'<' if !after.starts_with(b"<") => {
                    let end = after.iter().position(|byte| *byte == b'>')?;
                    let (hex, tail) = after.split_at_checked(end)?;
                    rest = tail.get(1..).unwrap_or_default();
                    return Some(Token::Hex(bytes(hex)));
                }
                b'[' | b']' => {
                    rest = after;
                    return Some(if first == b'[' { Token::Open } else { Token::Close });
                }
                _ => {
                    let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'[' | b']' | b'%');
                    let end = after.iter().position(is_end).map_or(rest.len(), |at| at + 1);
                    let (word, tail) = rest.split_at_checked(end)?;
                    rest = tail;
                    return Some(Token::Word(word));
                }
            }
        }
    })
}

fn bytes(hex: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> =
        hex.iter().filter_map(|digit| char::from(*digit).to_digit(16)).map(|digit| digit as u8).collect();
    digits
        .chunks(2)
        .map(|pair| pair.first().map_or(0, |high| high * 16) + pair.get(1).copied().unwrap_or_default())
        .collect()
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn text(bytes: &[u8]) -> String {
    match bytes {
        // Not as it should be, and met all the same.
        [one] => char::from(*one).to_string(),
        _ => encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Reads a map.
pub fn read(map: &[u8]) -> Names {
    let mut names = Names::new();
    let mut hex: Vec<Vec<u8>> = Vec::new();
    let mut list: Option<Vec<Vec<u8>>> = None;
    // How many codes an entry has; none outside the lists of entries.
    let mut codes = 0;
    for token in tokens(map) {
        match token {
            Token::Word(b"beginbfchar" | b"beginbfrange") => {
                codes = if matches!(token, Token::Word(b"beginbfrange")) { 2 } else { 1 };
                hex.clear();
            }
            Token::Open => list = Some(Vec::new()),
            Token::Hex(bytes) => match &mut list {
                Some(list) => list.push(bytes),
                None => hex.push(bytes),
            },
            Token::Close => {
                if let (Some(list), [low, _]) = (list.take(), hex.as_slice()) {
                    let low = number(low);
                    names.extend((low..).zip(list).map(|(code, bytes)| (code, Rc::from(text(&bytes)))));
                }
                hex.clear();
            }
            Token::Word(_) => {
                codes = 0;
                hex.clear();
            }
        }
        match hex.as_slice() {
            [code, name] if codes == 1 => {
                names.insert(number(code), Rc::from(text(name)));
                hex.clear();
            }
            [low, high, name] if codes == 2 => {
                range(number(low), number(high), name, &mut names);
                hex.clear();
            }
            _ => {}
        }
        if names.len() > MOST {
            break;
        }
    }
    names
}

/// Codes that stand for letters in a row: the last letter of the name counts up.
fn range(low: u32, high: u32, name: &[u8], names: &mut Names) {
    let mut letters: Vec<char> = text(name).chars().collect();
    let Some(last) = letters.pop() else { return };
    for (code, step) in (low..=high).zip(0..=0xffff) {
        let letter = char::from_u32(u32::from(last) + step).unwrap_or(char::REPLACEMENT_CHARACTER);
        names.insert(code, Rc::from(letters.iter().copied().chain([letter]).collect::<String>()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_ranges_and_lists_and_entries_without_meaning() {
        let names = read(
            b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 3 beginbfchar <0001> <0627>\n<0002> <>\n\
              <0003><06440627> endbfchar 2 beginbfrange <0010> <0012> <0041> <0020><0021> [<0628> <062A>] endbfrange",
        );
        let name = |code| names.get(&code).map(|name| name.to_string());
        let expected = [(1, "ا"), (2, ""), (3, "لا"), (0x10, "A"), (0x12, "C"), (0x20, "ب"), (0x21, "ت")];
        for (code, text) in expected {
            assert_eq!(name(code).as_deref(), Some(text), "{code:x}");
        }
        assert_eq!(names.len(), 8);
    }
}
