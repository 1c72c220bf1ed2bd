//! What a source says about its article, beside the text.

/// Headline, writer, day, paper and address of an article, as far as its source states them.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// The article's own headline, not the name of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who wrote it; several names are joined by «، ».
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The day on which it appeared, as ISO 8601 has it: `2026-03-01`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The paper, agency or site that it appeared in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl Metadata {
    /// What `self` states, and where it states nothing what `other` does.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            author: self.author.or(other.author),
            date: self.date.or(other.date),
            outlet: self.outlet.or(other.outlet),
            url: self.url.or(other.url),
        }
    }
}
