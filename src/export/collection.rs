//! What a library knows as tables (CSV), pages (Markdown, HTML) and as a graph of who appears with whom (GraphML,
//! GEXF 1.3).
//!
//! CSV is RFC 4180 in UTF-8 with a byte order mark, which Excel needs; a cell that a spreadsheet would run as a formula
//! begins with an apostrophe. HTML is one file without scripts or addresses. Control characters are U+FFFD everywhere.

mod csv;
mod graph;
mod html;
mod markdown;
mod plain;

pub use csv::{mention_csv, mentions_head, people_csv, quote_csv, quotes_head, sources_csv};
pub use graph::{gexf, graphml};
pub use html::{people_html, sources_html};
pub use markdown::{checked_markdown, people_markdown};
pub use plain::strip;
