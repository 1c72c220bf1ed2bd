//! What finds names in a paragraph: the one interface of the trained model, the rules, and a tagger of one's own.

use crate::annotation::Kind;
use crate::text::Span;

/// A name in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Name {
    /// Where, in bytes of the text that was tagged.
    pub span: Span,
    /// What it names.
    pub kind: Kind,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// Finds names in a text. Everything after it is the same for every tagger.
pub trait Tagger: Send + Sync {
    /// The names in `text` (a paragraph, or a line of one), in order, without overlaps.
    fn tag(&self, text: &str) -> Vec<Name>;

    /// The names in each of several paragraphs that follow one another. A tagger that learns from a paragraph about its
    /// neighbour looks at them together.
    fn tag_all(&self, paragraphs: &[&str]) -> Vec<Vec<Name>> {
        paragraphs.iter().map(|text| self.tag(text)).collect()
    }
}
