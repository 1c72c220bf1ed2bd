//! What the fuzz targets have in common: a source read, and looked at as the reader would look at it.

use rawi::{
    layout::{Direction, Options, Page},
    source::{self, Input},
    text::Document,
};
use std::io::{Cursor, Write};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Reads bytes as that format and looks at what comes out; an error has to be one line without a control character.
pub fn read(bytes: &[u8], input: Input) {
    let options = source::Options { input, ..Default::default() };
    match source::decode("fuzz", bytes, &options) {
        Ok(document) => look(&document),
        Err(error) => assert!(!error.to_string().contains(char::is_control), "{error}"),
    }
}

/// The first and the last screen.
pub fn look(document: &Document) {
    let page = Page::new(Options { width: 40, direction: Direction::AutoRtl, ..Default::default() });
    for top in [0, page.end(document, 10)] {
        for placed in page.visible(document, top, 10) {
            let Some(row) = placed.row() else { continue };
            assert!(row.width() <= 40);
            for cell in row.cells() {
                assert!(!cell.symbol.contains(char::is_control), "{:?}", cell.symbol);
                assert!(document.text().get(cell.source.range()).is_some());
            }
        }
    }
}

/// A ZIP archive of these entries, stored as they are.
pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in entries {
        writer.start_file(*name, stored).expect("a name");
        writer.write_all(content).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

/// Two texts out of one, at its first form feed; the second is empty where there is none.
pub fn halves(bytes: &[u8]) -> (String, String) {
    let at = bytes.iter().position(|byte| *byte == b'\x0c').unwrap_or(bytes.len());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&bytes[..at]), text(bytes.get(at + 1..).unwrap_or_default()))
}
