//! Word documents (docx): the paragraphs of the body. Left out, and counted: pictures, comments, foot- and endnotes,
//! deleted passages, the columns of tables. Headers and footers are not part of the body.

use super::{
    Reason, archive,
    article::Article,
    xml::{self, Node},
};
use std::io::Read;

const WHAT: &str = "a Word document";

/// The document's article.
pub fn article(bytes: &[u8]) -> Result<Article, Reason> {
    let fault = |error: &dyn std::fmt::Display| Reason::Format(WHAT, error.to_string());
    let mut archive = archive::open(bytes, WHAT)?;
    let mut xml = Vec::new();
    let mut body = archive.by_name("word/document.xml").map_err(|error| fault(&error))?;
    body.read_to_end(&mut xml).map_err(|error| fault(&error))?;
    paragraphs(&super::Text::of(&xml, xml::encoding(&xml))?.text)
}

fn paragraphs(xml: &str) -> Result<Article, Reason> {
    let (mut article, mut line, mut in_text) = (Article::default(), String::new(), false);
    // The depth of an element whose content does not count: what was deleted, what stands in for a text
    // box, properties.
    let mut hidden: Option<usize> = None;
    xml::walk(xml, WHAT, |node, depth, _| {
        match node {
            Node::Open(_) | Node::Text(_) if hidden.is_some() => {}
            Node::Open(start) => match start.local_name().as_ref() {
                "t" => in_text = true,
                "tab" => line.push('\t'),
                "br" | "cr" => end(&mut line, &mut article),
                "noBreakHyphen" => line.push('\u{2011}'),
                "drawing" | "pict" | "object" => article.leave_out("pictures"),
                "commentReference" => article.leave_out("comments"),
                "footnoteReference" | "endnoteReference" => article.leave_out("notes"),
                "del" | "moveFrom" => {
                    article.leave_out("deleted passages");
                    hidden = Some(depth);
                }
                // Properties have tabs of their own: where they stop.
                "Fallback" | "pPr" | "rPr" => hidden = Some(depth),
                _ => {}
            },
            Node::Text(text) => {
                if in_text {
                    line.push_str(&text);
                }
            }
            Node::Close(_) if hidden == Some(depth) => hidden = None,
            Node::Close(_) if hidden.is_some() => {}
            Node::Close(name) => match name.rsplit(':').next().unwrap_or_default() {
                "t" => in_text = false,
                "p" => end(&mut line, &mut article),
                _ => {}
            },
        }
        Ok(())
    })?;
    end(&mut line, &mut article);
    Ok(article)
}

fn end(line: &mut String, article: &mut Article) {
    let line = std::mem::take(line);
    if !line.trim().is_empty() {
        article.paragraphs.push(line.replace(['\n', '\r'], " "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_of_the_body() {
        let article = paragraphs(
            "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>\
             <w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t xml:space=\"preserve\">قال </w:t></w:r>\
             <w:del><w:r><w:delText>لا</w:delText><w:t>لا</w:t></w:r></w:del><w:r><w:t>سامر &amp; هدى</w:t><w:tab/><w:t>نعم</w:t></w:r></w:p>\
             <w:p/><w:tbl><w:tr><w:tc><w:p><w:r><w:t>خلية</w:t><w:br/><w:t>ثانية</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
             <w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:t>لا</w:t><w:pict/></mc:Fallback></mc:AlternateContent></w:r></w:p>\
             </w:body></w:document>",
        )
        .unwrap();
        assert_eq!(article.paragraphs, ["قال سامر & هدى\tنعم", "خلية", "ثانية"]);
        let counts: Vec<_> = article.left_out.into_iter().collect();
        assert_eq!(counts, [("deleted passages", 1), ("pictures", 1)]);
    }
}
