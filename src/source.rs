//! Bytes to [`Document`]: opens what people name, finds out what it is, and decodes it.
//!
//! Plain text is read as a stream, so the reader can have the beginning of a large file before the rest of it, and a
//! file is never in memory twice. It is kept as it was, line ends and stray control characters included; only a byte
//! order mark goes, because it belongs to the encoding. Other formats are one file each below; they give the article's
//! text, a paragraph a line under its headline. What could not be kept is counted in [`Origin::left_out`].

#[cfg(feature = "formats")]
mod archive;
#[cfg(feature = "formats")]
mod article;
#[cfg(feature = "formats")]
mod chat;
mod dates;
mod decompress;
#[cfg(feature = "formats")]
mod docx;
mod encoding;
#[cfg(feature = "formats")]
mod epub;
mod error;
#[cfg(feature = "formats")]
mod feed;
#[cfg(feature = "web")]
mod fetch;
mod format;
#[cfg(feature = "formats")]
mod front_matter;
#[cfg(feature = "formats")]
mod html;
#[cfg(feature = "formats")]
mod json;
pub mod jsonl;
mod letters;
mod limits;
mod line_ends;
#[cfg(feature = "formats")]
mod mail;
#[cfg(feature = "formats")]
mod markdown;
mod naming;
#[cfg(feature = "formats")]
mod odt;
#[cfg(feature = "formats")]
mod passage;
#[cfg(feature = "formats")]
mod pdf;
mod records;
mod stream;
#[cfg(feature = "formats")]
mod subtitles;
#[cfg(feature = "formats")]
mod tables;
#[cfg(test)]
mod tests;
mod wordlists;
#[cfg(feature = "formats")]
mod xml;

use crate::text::{Document, LeftOut, Origin, Span, floor, slice};
#[cfg(feature = "formats")]
use article::Article;
use encoding::Text;
use encoding_rs::Encoding;
use letters::Letters;
use std::path::Path;
use stream::Source;

pub use error::{Error, Reason};
pub use format::Input;
pub use limits::{FORMAT_LIMIT, LIMIT};
pub use line_ends::LineEnds;
pub use naming::{ending, is_address};

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The encoding's name as the WHATWG labels it (`windows-1256`, `iso-8859-6`, `utf-16be`); none to find out.
    pub encoding: Option<String>,
    /// The format; by default found out.
    pub input: Input,
    /// What the line ends of plain text mean.
    pub lines: LineEnds,
    /// The field that is the text, in JSON, JSON Lines and tables; by default found out.
    pub text_field: Option<String>,
    /// Whether [`Origin::sha256`] is wanted. It takes longer than reading does.
    pub checksum: bool,
    /// The password of an encrypted document.
    pub password: Option<Password>,
    /// Whether pages of a PDF are given whose font names their letters wrongly, as far as can be told.
    pub anyway: bool,
}

/// A password. It is not shown, by mistake or otherwise.
#[derive(Clone)]
pub struct Password(
    #[cfg_attr(not(feature = "formats"), expect(dead_code, reason = "only the formats open encrypted documents"))]
    String,
);

impl Password {
    /// That of these letters.
    #[must_use]
    pub const fn new(letters: String) -> Self {
        Self(letters)
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Reads a file, an `https://` address, or standard input for `-`. An empty one is an empty document; of a source with
/// several articles it is the first, and the others are counted as left out.
///
/// # Errors
/// Whatever keeps it from being a document; the error names it.
pub fn read(path: impl AsRef<Path>, options: &Options) -> Result<Document, Error> {
    let path = path.as_ref();
    open(path, options, u64::MAX).map(|(documents, _)| first(documents))
}

/// Reads every article of a source: the entries of a feed, the lines of JSON Lines. Most sources have one.
///
/// # Errors
/// As [`read`].
pub fn read_all(path: impl AsRef<Path>, options: &Options) -> Result<Vec<Document>, Error> {
    open(path.as_ref(), options, u64::MAX).map(|(documents, _)| documents)
}

/// Reads the first `bytes` bytes of a file, or a little more, for the reader's first frame: the text is a beginning of
/// the one that [`read`] gives, and ends with a line where there is one. The second value says that it is all there is,
/// as it is for all but plain text.
///
/// # Errors
/// As [`read`].
pub fn prefix(path: impl AsRef<Path>, bytes: u64, options: &Options) -> Result<(Document, bool), Error> {
    open(path.as_ref(), options, bytes).map(|(documents, complete)| (first(documents), complete))
}

/// The same with every article of a source: the entries of a feed.
///
/// # Errors
/// As [`read`].
pub fn prefix_all(path: impl AsRef<Path>, bytes: u64, options: &Options) -> Result<(Vec<Document>, bool), Error> {
    open(path.as_ref(), options, bytes)
}

/// Decodes what is already in memory, as a document named `id`.
///
/// # Errors
/// As [`read`]; the error names `id`.
pub fn decode(id: &str, bytes: &[u8], options: &Options) -> Result<Document, Error> {
    let documents = documents(Source::memory(id, bytes), options, u64::MAX).map(|(documents, _)| documents);
    documents.map(first).map_err(|reason| Error { name: id.to_owned(), reason })
}

/// The article that ships inside, for a first look without a file.
#[must_use]
pub fn sample() -> Document {
    let origin = Origin { encoding: encoding_rs::UTF_8.name().to_owned(), ..Origin::default() };
    Document::new("sample", include_str!("../assets/sample.txt"), origin)
}

fn open(path: &Path, options: &Options, bytes: u64) -> Result<(Vec<Document>, bool), Error> {
    let documents = Source::open(path).and_then(|source| documents(source, options, bytes));
    documents.map_err(|reason| Error { name: naming::display_name(path), reason })
}

fn first(documents: Vec<Document>) -> Document {
    let more = documents.len().saturating_sub(1);
    let Some(first) = documents.into_iter().next() else { return Document::default() };
    if more == 0 {
        return first;
    }
    let mut origin = first.origin().clone();
    origin.left_out.push(LeftOut { what: "articles after the first".to_owned(), count: more });
    first.with_origin(origin)
}

/// The documents of a source, and whether that is all: plain text stops at the first line end after `bytes` bytes.
fn documents(mut source: Source<'_>, options: &Options, bytes: u64) -> Result<(Vec<Document>, bool), Reason> {
    let asked = asked(options)?;
    source.sum_up(options.checksum);
    let format = source.format(options.input)?;
    if let Some(said) = source.declared
        && !encoding::can_be(said, &source.peek()?)
    {
        source.declared = None;
    }
    if format == Input::Text {
        let mut text = Text::new(asked.or(source.declared));
        let (size, doubt) = (source.size, options.input != Input::Text);
        text.read(&mut source, doubt, (size, bytes))?;
        let mut origin = source.origin(text.encoding());
        if text.replaced > 0 {
            origin.left_out.push(LeftOut { what: "bytes outside the encoding".to_owned(), count: text.replaced });
        }
        let complete = text.complete;
        let text = as_written(text, options.lines, &mut origin);
        return Ok((vec![Document::new(source.id, text, origin)], complete));
    }
    let content = source.rest()?;
    #[cfg(feature = "formats")]
    if format == Input::Pdf {
        let password = options.password.as_ref().map(|password| password.0.as_str());
        let (found, complete) = pdf::document(content, pdf::Wanted { password, anyway: options.anyway, bytes })?;
        let mut origin = source.origin(encoding_rs::UTF_8);
        origin.left_out = found.left_out;
        let document = Document::new(source.id, found.text, origin)
            .with_pages(found.pages, found.remarks)
            .with_metadata(found.metadata)
            .with_structure(crate::text::Structure { blocks: found.blocks, ..Default::default() });
        return Ok((vec![document], complete));
    }
    if format == Input::Jsonl {
        let lines = jsonl::Lines::new(&*content);
        let documents: Result<_, _> =
            lines.map(|line| jsonl::document_of(&line?, options.text_field.as_deref())).collect();
        return documents.map(|documents| (documents, true));
    }
    of_format(format, &source, &content, (asked.or(source.declared), options)).map(|documents| (documents, true))
}

/// As much of a text is looked at to find out what became of its letters and lines, in bytes: so much that a beginning
/// of a text is read as the whole is.
const SAMPLE: usize = 1 << 15;

/// Plain text in plain letters, logical order and paragraphs; what is changed for that is counted.
fn as_written(read: Text, asked: LineEnds, origin: &mut Origin) -> String {
    let mut text = read.text;
    let sample = |text: &str| slice(text, Span::new(0, floor(text, SAMPLE))).to_owned();
    let mut changed = |what: &str, count: usize| {
        if count > 0 {
            origin.changed.push(LeftOut { what: what.to_owned(), count });
        }
    };
    let mut letters = Letters::detect(&sample(&text));
    if let Some(plain) = letters.plain(&text) {
        text = plain;
    }
    changed("presentation forms", letters.forms);
    changed("lines in visual order", letters.turned);
    if let Some(width) = line_ends::width(&sample(&text), asked) {
        let ends = |text: &str| memchr::memchr_iter(b'\n', text.as_bytes()).count();
        let mut joined = line_ends::join(&text, width);
        changed("line ends inside paragraphs", ends(&text) - ends(&joined));
        if !read.complete
            && let Some((whole, _)) = joined.trim_end().rsplit_once('\n')
        {
            // How the last paragraph goes on is not known yet.
            joined.truncate(whole.len() + 1);
        }
        text = joined;
    }
    text
}

/// The documents of a format that is more than text.
#[cfg(feature = "formats")]
fn of_format(
    format: Input,
    source: &Source<'_>,
    content: &[u8],
    (declared, options): (Option<&'static Encoding>, &Options),
) -> Result<Vec<Document>, Reason> {
    let named = |named: Option<&'static Encoding>| named.filter(|named| encoding::can_be(named, content));
    let text = |stated: Option<&'static Encoding>| Text::of(content, declared.or_else(|| named(stated)));
    let utf8 = encoding_rs::UTF_8;
    let single = |article: Article, encoding| Ok((vec![article], encoding));
    let (articles, encoding) = match format {
        Input::Json | Input::Csv => return of_records(format, source, &text(None)?, options),
        Input::Epub => single(epub::article(content)?, utf8),
        Input::Docx => single(docx::article(content)?, utf8),
        Input::Odt => single(odt::article(content)?, utf8),
        Input::Mail => single(mail::article(content, options.lines)?, utf8),
        Input::Mbox => Ok((mail::articles(content, options.lines)?, utf8)),
        Input::Mhtml => single(mail::page(content)?, utf8),
        Input::Markdown => text(None).and_then(|text| single(markdown::article(&text.text), text.encoding())),
        Input::Subtitles => text(None).and_then(|text| single(subtitles::article(&text.text), text.encoding())),
        Input::Chat => text(None).and_then(|text| single(chat::whatsapp(&text.text), text.encoding())),
        Input::Feed => {
            let text = text(xml::encoding(content))?;
            Ok((feed::articles(&text.text)?, text.encoding()))
        }
        Input::Html | Input::Auto | Input::Text | Input::Jsonl | Input::Pdf => {
            let text = text(html::encoding(content))?;
            single(html::article(&text.text)?, text.encoding())
        }
    }?;
    Ok(numbered(articles, source, encoding))
}

/// The documents of articles, named after their source.
#[cfg(feature = "formats")]
fn numbered(articles: Vec<Article>, source: &Source<'_>, encoding: &'static Encoding) -> Vec<Document> {
    let single = articles.len() == 1;
    let numbered = articles.into_iter().zip(1..).map(|(article, number)| {
        let id = if single { source.id.clone() } else { format!("{}-{number}", source.id) };
        article.document(id, source.origin(encoding))
    });
    numbered.collect()
}

/// The documents of JSON and of tables, whose texts are given back letter for letter.
#[cfg(feature = "formats")]
fn of_records(format: Input, source: &Source<'_>, text: &Text, options: &Options) -> Result<Vec<Document>, Reason> {
    let wanted = options.text_field.as_deref();
    let documents = if format == Input::Csv {
        tables::documents(&text.text, wanted)?
    } else {
        let value = json::parse(&text.text)?;
        if let Some(chat) = chat::telegram(&value).filter(|_| wanted.is_none()) {
            return Ok(numbered(vec![chat], source, text.encoding()));
        }
        json::documents(value, wanted)?
    };
    let (single, origin) = (documents.len() == 1, source.origin(text.encoding()));
    let documents = documents.into_iter().zip(1..).map(|(document, number)| {
        // A record without a name of its own is called after its source.
        let id = match document.id() {
            id if id != number.to_string() => id.to_owned(),
            _ if single => source.id.clone(),
            _ => format!("{}-{number}", source.id),
        };
        document.with_id(id).with_origin(origin.clone())
    });
    Ok(documents.collect())
}

#[cfg(not(feature = "formats"))]
fn of_format(
    format: Input,
    _source: &Source<'_>,
    _content: &[u8],
    _how: (Option<&'static Encoding>, &Options),
) -> Result<Vec<Document>, Reason> {
    Err(Reason::Unsupported(format.name()))
}

fn asked(options: &Options) -> Result<Option<&'static Encoding>, Reason> {
    let find = |name: &String| {
        Encoding::for_label_no_replacement(name.as_bytes()).ok_or_else(|| Reason::Encoding(name.clone()))
    };
    options.encoding.as_ref().map(find).transpose()
}
