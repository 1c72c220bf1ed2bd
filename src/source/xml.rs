//! XML as a row of events, as far as documents and feeds need it.

use super::error::Reason;
use encoding_rs::Encoding;
use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

/// How deep elements may lie in each other.
const DEPTH: usize = 256;

/// What comes next.
pub enum Node<'a> {
    /// An element begins, by name with its prefix; an empty one ends at once.
    Open(BytesStart<'a>),
    /// Text, with its references resolved; those of entities that XML does not know stay as they are.
    Text(String),
    /// An element ends.
    Close(String),
}

/// The encoding that an XML declaration names.
pub fn encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(256)).unwrap_or_default();
    let at = memchr::memmem::find(head, b"encoding")?;
    let rest = head.get(at + 8..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let quote = rest.first()?;
    let label = rest.get(1..)?.split(|byte| byte == quote).next()?;
    let within = head.starts_with(b"<?xml") && memchr::memmem::find(head, b"?>").is_some_and(|end| at < end);
    Encoding::for_label_no_replacement(label).filter(|_| within)
}

/// Calls `see` with every node and the depth it is at (that of the outermost element is 0), and with where the text
/// stands in `xml` after it, in bytes. `what` is what the whole is, for the error.
pub fn walk<'a>(
    xml: &'a str,
    what: &'static str,
    mut see: impl FnMut(Node<'a>, usize, usize) -> Result<(), Reason>,
) -> Result<(), Reason> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| Reason::Format(what, error.to_string()))?;
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match event {
            Event::Start(start) => {
                see(Node::Open(start), depth, at)?;
                depth += 1;
                if depth > DEPTH {
                    return Err(Reason::Format(what, format!("its elements lie more than {DEPTH} deep")));
                }
            }
            Event::Empty(start) => {
                let name = start.name().as_ref().to_owned();
                see(Node::Open(start), depth, at)?;
                see(Node::Close(name), depth, at)?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                see(Node::Close(end.name().as_ref().to_owned()), depth, at)?;
            }
            Event::Text(text) => see(Node::Text(text.xml10_content().into_owned()), depth, at)?,
            Event::CData(text) => see(Node::Text(text.xml10_content().into_owned()), depth, at)?,
            Event::GeneralRef(name) => {
                let letter = name.resolve_char_ref().ok().flatten();
                let text = letter.map(String::from).or_else(|| resolve_predefined_entity(&name).map(str::to_owned));
                see(Node::Text(text.unwrap_or_else(|| format!("&{};", &*name))), depth, at)?;
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => return Ok(()),
        }
    }
}
