//! The front matter of Markdown: title, writer and day, in YAML between `---` or in TOML between `+++`.
//!
//! Of YAML only what front matter uses is read: `key: value`, quotes, lists in brackets or in lines of their own.

use super::{dates, records::words};
use crate::text::Metadata;

/// What front matter says.
pub fn read(text: &str) -> Metadata {
    let fields = from_toml(text).unwrap_or_else(|| from_yaml(text));
    let field = |names: &[&str]| {
        names.iter().find_map(|name| {
            let (_, value) = fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
            Some(value.trim().to_owned()).filter(|value| !value.is_empty())
        })
    };
    let date = field(&["date", "published", "pubdate"]);
    Metadata {
        title: field(&["title", "headline"]),
        author: field(&["author", "authors", "writer", "by"]),
        date: date.map(|date| dates::day(&date).map_or(date, |day| day.to_string())),
        outlet: field(&["outlet", "publisher", "source", "site"]),
        url: field(&["url", "canonical", "link"]).filter(|address| address.starts_with("http")),
    }
}

fn from_toml(text: &str) -> Option<Vec<(String, String)>> {
    let table: toml::Table = text.parse().ok()?;
    let text = |value: toml::Value| match value {
        toml::Value::Datetime(date) => Some(date.to_string()),
        value => serde_json::to_value(value).ok().and_then(words),
    };
    Some(table.into_iter().filter_map(|(key, value)| Some((key, text(value)?))).collect())
}

fn from_yaml(text: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            // An item of the list that the last key begins.
            if let Some((_, value)) = fields.last_mut().filter(|(_, value)| value.is_empty() || value.ends_with('،')) {
                value.push_str(&unquote(item));
                value.push('،');
            }
            continue;
        }
        if line.starts_with([' ', '\t', '#']) {
            continue;
        }
        if let Some((key, value)) = line.split_once(':') {
            let value = value.trim();
            let listed = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
            let value = match listed {
                Some(items) => items.split(',').map(unquote).collect::<Vec<_>>().join("، "),
                None => unquote(value),
            };
            fields.push((key.trim().to_owned(), value));
        }
    }
    for (_, value) in &mut fields {
        *value = value.trim_end_matches('،').replace('،', "، ").replace("،  ", "، ");
    }
    fields
}

fn unquote(value: &str) -> String {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|value| value.strip_suffix(quote)) {
            return if quote == '"' { inner.replace("\\\"", "\"") } else { inner.replace("''", "'") };
        }
    }
    // What stands behind a number sign is a comment.
    value.split(" #").next().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_yaml_that_front_matter_is_written_in() {
        let metadata =
            read("title: 'خبر'\nauthors:\n  - سلمى\n  - هدى\ndate: 1 مارس 2026 # اليوم\nmenu:\n  title: لا\n");
        assert_eq!(metadata.title.as_deref(), Some("خبر"));
        assert_eq!(metadata.author.as_deref(), Some("سلمى، هدى"));
        assert_eq!(metadata.date.as_deref(), Some("2026-03-01"));
    }
}
