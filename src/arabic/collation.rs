//! The order of Arabic lists.

use super::normalize::fold;

/// The key by which a list of Arabic names is sorted: without the article, hamza on its letter. The letters of the
/// alphabet are in order in Unicode once hamza, ta marbuta and alef maqsura are folded.
#[must_use]
pub fn sort_key(name: &str) -> String {
    let folded = fold(name);
    folded.strip_prefix("ال").map(str::to_owned).unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use super::sort_key;

    #[test]
    fn neither_the_article_nor_hamza_counts() {
        let mut names = ["وليد", "السامري", "أحمد", "باسل"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["أحمد", "باسل", "السامري", "وليد"]);
    }
}
