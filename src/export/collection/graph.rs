//! Who appears with whom.

use super::plain::html;
use crate::library::{people::Entry, tables::Together};

/// Who appears with whom, as GraphML: `documents` is the weight of an edge.
#[must_use]
pub fn graphml(entries: &[Entry], together: &[Together]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
         <key id=\"name\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n\
         <key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n\
         <key id=\"documents\" for=\"all\" attr.name=\"documents\" attr.type=\"int\"/>\n<graph edgedefault=\"undirected\">\n",
    );
    for entry in entries {
        out += &format!(
            "<node id=\"n{}\"><data key=\"name\">{}</data><data key=\"kind\">{}</data><data key=\"documents\">{}</data></node>\n",
            entry.id,
            html(&entry.name),
            entry.kind,
            entry.documents
        );
    }
    for edge in together {
        out += &format!(
            "<edge source=\"n{}\" target=\"n{}\"><data key=\"documents\">{}</data></edge>\n",
            edge.one, edge.other, edge.documents
        );
    }
    out + "</graph>\n</graphml>\n"
}

/// Who appears with whom, as GEXF 1.3 for Gephi.
#[must_use]
pub fn gexf(entries: &[Entry], together: &[Together]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n\
         <graph defaultedgetype=\"undirected\">\n<attributes class=\"node\"><attribute id=\"0\" title=\"kind\" type=\"string\"/>\
         <attribute id=\"1\" title=\"documents\" type=\"integer\"/></attributes>\n<nodes>\n",
    );
    for entry in entries {
        out += &format!(
            "<node id=\"{}\" label=\"{}\"><attvalues><attvalue for=\"0\" value=\"{}\"/><attvalue for=\"1\" value=\"{}\"/></attvalues></node>\n",
            entry.id,
            html(&entry.name),
            entry.kind,
            entry.documents
        );
    }
    out += "</nodes>\n<edges>\n";
    for (number, edge) in together.iter().enumerate() {
        out += &format!(
            "<edge id=\"{number}\" source=\"{}\" target=\"{}\" weight=\"{}\"/>\n",
            edge.one, edge.other, edge.documents
        );
    }
    out + "</edges>\n</graph>\n</gexf>\n"
}
