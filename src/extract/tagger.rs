//! What finds names in a paragraph: the one interface of the trained model, the rules, and a tagger of one's own.

use crate::annotation::Kind;
use crate::text::{Escaped, Span};

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

/// Why no names were looked for. Nothing is found by other means instead: whoever asked is to know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("names cannot be looked for: {}", Escaped(.0))]
pub struct Error(pub String);

impl From<crate::model::Error> for Error {
    fn from(error: crate::model::Error) -> Self {
        Self(error.to_string())
    }
}

/// Finds names in a text. Everything after it is the same for every tagger.
pub trait Tagger: Send + Sync {
    /// The names in `text` (a paragraph, or a line of one), in order, without overlaps.
    ///
    /// # Errors
    /// Where the tagger does not work: its model is damaged, or failed.
    fn tag(&self, text: &str) -> Result<Vec<Name>, Error>;

    /// The names in each of several paragraphs that follow one another. A tagger that learns from a paragraph about its
    /// neighbour looks at them together. One that takes long asks `go_on` now and then, and gives nothing where that is
    /// false.
    ///
    /// # Errors
    /// As [`Tagger::tag`].
    fn tag_all(&self, paragraphs: &[&str], go_on: &dyn Fn() -> bool) -> Result<Option<Vec<Vec<Name>>>, Error> {
        paragraphs.iter().map(|text| go_on().then(|| self.tag(text)).transpose()).collect()
    }
}
