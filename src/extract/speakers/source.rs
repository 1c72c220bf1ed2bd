//! Who a cue's words come from.

use crate::extract::analysis::Analysis;
use crate::extract::speakers::features::How;
use crate::text::Span;

/// A name or a noun phrase that speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The cluster; none for a nominal speaker.
    pub cluster: Option<usize>,
    /// The words that say so.
    pub span: Span,
    /// How sure, 0 to 1, once it was ranked; 0 before.
    pub confidence: f32,
    /// How it was reached.
    pub how: How,
    /// The folded head of a nominal (الوزير), to know it again.
    pub head: String,
}

impl Source {
    /// The head of a share of people (20% ممن ...).
    pub const SHARE: &'static str = "%";

    /// The one whom a name of the document names.
    #[must_use]
    pub fn named(analysis: &Analysis<'_>, name: usize, how: How) -> Self {
        let span = analysis.names.get(name).map_or_else(Span::default, |name| name.span);
        Self { cluster: analysis.cluster(name), span, confidence: 0.0, how, head: String::new() }
    }

    /// A noun phrase that names nobody.
    #[must_use]
    pub fn nominal(span: Span, head: &str) -> Self {
        Self { cluster: None, span, confidence: 0.0, how: How::Nominal, head: head.to_owned() }
    }

    /// Whether both are one: the same cluster, or a noun phrase at the same place.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        match (self.cluster, other.cluster) {
            (Some(left), Some(right)) => left == right,
            (None, None) => self.span == other.span,
            _ => false,
        }
    }
}
