//! A book: as bytes, or its package file and a chapter inside a sound archive.

#![no_main]

use rawi::source::Input;

const CONTAINER: &[u8] =
    b"<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container' version='1.0'><rootfiles>\
    <rootfile full-path='content.opf' media-type='application/oebps-package+xml'/></rootfiles></container>";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        return rawi_fuzz::read(bytes, Input::Epub);
    }
    let (package, chapter) = rawi_fuzz::halves(bytes);
    let entries: [(&str, &[u8]); 4] = [
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("content.opf", package.as_bytes()),
        ("c.xhtml", chapter.as_bytes()),
    ];
    rawi_fuzz::read(&rawi_fuzz::zip(&entries), Input::Epub);
});
