//! Paragraphs that grow as text comes in, with their marks.

use crate::{
    arabic::chars,
    text::{BlockKind, Directed, Direction, NoteReference, Span},
};
use unicode_bidi::{BidiClass, BidiDataSource, HardcodedBidiData};

/// A paragraph, without its line end. Places are bytes of it.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// Its text.
    pub text: String,
    /// The blocks that it lies in, the outermost first, each with a number that its lines have in common.
    pub blocks: Vec<(u32, BlockKind)>,
    /// Directions that its writer stated; first its own where it differs from that of its letters.
    pub directions: Vec<Directed>,
    /// References to notes.
    pub notes: Vec<NoteReference>,
    /// The quotation whose source it names, and where.
    pub source_of: Option<(u32, Span)>,
    /// How many bytes of it are links.
    pub links: usize,
}

impl Passage {
    /// Whether it lies in a block of that kind.
    pub fn is_in(&self, kind: impl Fn(&BlockKind) -> bool) -> bool {
        self.blocks.iter().any(|(_, block)| kind(block))
    }
}

/// A direction that begins and has not ended.
#[derive(Debug)]
struct OpenDirection {
    direction: Direction,
    forced: bool,
    /// The byte of the line where its first letter stands; none before it has one.
    start: Option<usize>,
}

/// Passages that grow as text comes in, with white space as HTML has it: a run of it is one space, none at the edges.
/// Spaces that do not break are kept but for those at the edges, which old pages indent with.
#[derive(Debug, Default)]
pub struct PassageBuilder {
    done: Vec<Passage>,
    line: Passage,
    space: bool,
    blocks: Vec<(u32, BlockKind)>,
    /// The directions of the blocks that are open.
    block_directions: Vec<Direction>,
    isolates: Vec<OpenDirection>,
    links: usize,
    next_block: u32,
    /// How many letters were presentation forms.
    pub forms: usize,
}

impl PassageBuilder {
    /// More of the present line.
    pub fn push(&mut self, text: &str) {
        for letter in text.chars() {
            if matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.space = true;
            } else if letter != '\u{a0}' || !self.line.text.is_empty() {
                if self.space && !self.line.text.is_empty() {
                    self.letter(' ');
                }
                self.space = false;
                self.begin_isolates();
                self.letter(letter);
            }
        }
    }

    /// More of it, where line ends are line ends.
    pub fn push_lines(&mut self, text: &str) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.end();
            }
            self.begin_isolates();
            line.trim_end_matches('\r').chars().for_each(|letter| self.letter(letter));
        }
    }

    /// More of it, in which every blank is meant and no line end is.
    pub fn push_verbatim(&mut self, text: &str) {
        self.begin_isolates();
        text.chars().for_each(|letter| self.letter(letter));
    }

    fn letter(&mut self, letter: char) {
        let before = self.line.text.len();
        let text = &mut self.line.text;
        if chars::decompose(letter, |plain| text.push(plain)) {
            self.forms += 1;
        } else {
            text.push(letter);
        }
        if self.links > 0 {
            self.line.links += self.line.text.len() - before;
        }
    }

    /// The present line is over.
    pub fn end(&mut self) {
        let reopened: Vec<(Direction, bool)> =
            self.isolates.iter().map(|isolate| (isolate.direction, isolate.forced)).collect();
        while self.close_isolate() {}
        let mut line = std::mem::take(&mut self.line);
        line.text.truncate(line.text.trim_end_matches('\u{a0}').len());
        if !line.text.trim().is_empty() {
            line.blocks.clone_from(&self.blocks);
            let stated = self.block_directions.last().copied();
            if let Some(direction) = stated.filter(|direction| differs(*direction, &line.text)) {
                let span = Span::new(0, line.text.len());
                line.directions.insert(0, Directed { span, direction, forced: false });
            }
            self.done.push(line);
        }
        self.space = false;
        reopened.into_iter().for_each(|(direction, forced)| self.open_isolate(direction, forced));
    }

    /// The last letter of the present line; none at its start, or where a blank follows it.
    pub fn last_letter(&self) -> Option<char> {
        if self.space { None } else { self.line.text.chars().next_back() }
    }

    /// The last word of the present line, up to here; empty where a blank follows it.
    pub fn last_word(&self) -> String {
        if self.space {
            return String::new();
        }
        self.line.text.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().to_owned()
    }

    /// The lines from here on lie in a block; gives its number.
    pub fn open_block(&mut self, kind: BlockKind) -> u32 {
        self.next_block += 1;
        self.blocks.push((self.next_block, kind));
        self.next_block
    }

    /// They do so no more.
    pub fn close_block(&mut self) {
        self.blocks.pop();
    }

    /// The lines from here on have this direction.
    pub fn open_direction(&mut self, direction: Direction) {
        self.block_directions.push(direction);
    }

    /// They have that of the block around.
    pub fn close_direction(&mut self) {
        self.block_directions.pop();
    }

    /// The letters from here on are isolated; `forced` where each of them runs in the direction.
    pub fn open_isolate(&mut self, direction: Direction, forced: bool) {
        self.isolates.push(OpenDirection { direction, forced, start: None });
    }

    fn begin_isolates(&mut self) {
        let here = self.line.text.len();
        for isolate in &mut self.isolates {
            isolate.start.get_or_insert(here);
        }
    }

    /// They are isolated no more; false where they were not.
    pub fn close_isolate(&mut self) -> bool {
        let Some(OpenDirection { direction, forced, start }) = self.isolates.pop() else { return false };
        let end = self.line.text.len();
        if let Some(start) = start.filter(|start| *start < end) {
            self.line.directions.push(Directed { span: Span::new(start, end), direction, forced });
        }
        true
    }

    /// A link begins.
    pub const fn open_link(&mut self) {
        self.links += 1;
    }

    /// A link ends.
    pub const fn close_link(&mut self) {
        self.links = self.links.saturating_sub(1);
    }

    /// A reference to a note stands here.
    pub fn note(&mut self, label: &str) {
        let label = label.trim_matches(|letter: char| letter.is_whitespace() || "[](){}".contains(letter)).to_owned();
        self.line.notes.push(NoteReference { at: self.line.text.len(), label });
    }

    /// The present line from that byte on names the source of a quotation.
    pub fn source_of(&mut self, block: u32, start: usize) {
        let text = self.line.text.get(start..).unwrap_or_default();
        let lead = text.len() - text.trim_start_matches(['—', '–', '-', '―', ' ', '\u{a0}']).len();
        let end = start + text.trim_end().len();
        if start + lead < end {
            self.line.source_of = Some((block, Span::new(start + lead, end)));
        }
    }

    /// How many bytes the present line has.
    pub const fn length(&self) -> usize {
        self.line.text.len()
    }

    /// All of them.
    pub fn finish(mut self) -> Vec<Passage> {
        self.end();
        name_sources(&mut self.done);
        self.done
    }
}

/// The last line of a quotation names its source where it is short and a dash leads to it: «— نادر الحكيم، كاتب».
fn name_sources(lines: &mut [Passage]) {
    const SHORT: usize = 80;
    let quotation = |line: &Passage| {
        let quoted = line.blocks.iter().rev().find(|(_, kind)| matches!(kind, BlockKind::Quotation { .. }));
        quoted.map(|(number, _)| *number)
    };
    let blocks: Vec<Option<u32>> = lines.iter().map(quotation).collect();
    for (at, line) in lines.iter_mut().enumerate() {
        let Some(block) = blocks.get(at).copied().flatten() else { continue };
        let own = |index: Option<usize>| index.and_then(|index| blocks.get(index)) == Some(&Some(block));
        let is_last = own(at.checked_sub(1)) && !own(Some(at + 1));
        let led = line.text.trim_start().starts_with(['—', '–', '―']) && line.text.chars().count() <= SHORT;
        if is_last && led && line.source_of.is_none() {
            let start = line.text.len() - line.text.trim_start_matches(['—', '–', '―', ' ', '\u{a0}']).len();
            let end = line.text.trim_end().len();
            line.source_of = (start < end).then(|| (block, Span::new(start, end)));
        }
    }
}

/// Whether a stated direction is another than that of the first strong letter (UAX #9, P2 and P3).
fn differs(direction: Direction, text: &str) -> bool {
    let strong = text.chars().find_map(|letter| match HardcodedBidiData.bidi_class(letter) {
        BidiClass::L => Some(Direction::Ltr),
        BidiClass::R | BidiClass::AL => Some(Direction::Rtl),
        _ => None,
    });
    direction != Direction::Auto && strong != Some(direction)
}
