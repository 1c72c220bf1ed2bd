//! The word lists of `assets/` that reading needs: `[section]` lines with lines of entries below, `#` for comments.

/// The entries of a list with the section that each stands in, in the order of the file.
pub fn entries(list: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = "";
    list.lines().map(str::trim).filter_map(move |line| {
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name;
            return None;
        }
        Some((section, line))
    })
}
