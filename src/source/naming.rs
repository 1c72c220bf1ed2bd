//! What the name of a source says: whether it is an address, what kind of file it is, what it is called in messages.

use super::decompress;
use std::path::Path;

/// What a source is called in messages.
pub fn display_name(path: &Path) -> String {
    if path == Path::new("-") {
        "standard input".to_owned()
    } else if is_address(path) {
        without_password(&path.to_string_lossy())
    } else {
        path.to_string_lossy().into_owned()
    }
}

/// An address without the name and the password in it, which are nobody else's business: `https://user:word@host/x` is
/// `https://host/x`.
fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("//") else { return address.to_owned() };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    format!("{scheme}//{}{path}", host.rsplit('@').next().unwrap_or(host))
}

/// Whether it is the address of something on another machine, as no name of a file begins.
pub fn is_address(path: &Path) -> bool {
    let name = path.as_os_str().as_encoded_bytes();
    [&b"https://"[..], b"http://"]
        .iter()
        .any(|scheme| name.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// What a name says that its file is: the ending of `article.html.gz` is `html`.
pub fn ending(path: &Path) -> String {
    decompress::strip_ending(path).extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

/// The name that the document of a file has: the file's, without its endings.
pub fn id(path: &Path) -> String {
    decompress::strip_ending(path).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
