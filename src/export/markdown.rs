//! A reader's report in Markdown: who is who, who said what.
//!
//! Left out: offsets and single mentions with their notes (their number is there), cues, confidences, who decided, what
//! was rejected.

use super::{Loss, Report, one_line, speaker_name, visible};
use crate::annotation::{Annotations, Entity, Kind, Quote, QuoteKind};
use crate::text::Document;
use std::io;

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    writeln!(out, "<div dir=\"rtl\" lang=\"ar\">\n\n# {}\n", plain(document.id()))?;
    for (kind, title) in [(Kind::Person, "الأشخاص"), (Kind::Organization, "المؤسسات"), (Kind::Place, "الأماكن")]
    {
        let mut entities = annotations.entities.iter().filter(|entity| entity.kind == kind).peekable();
        if entities.peek().is_some() {
            writeln!(out, "## {title}\n")?;
            entities.try_for_each(|entity| who(annotations, entity, out))?;
            writeln!(out)?;
        }
    }
    if !annotations.quotes.is_empty() {
        writeln!(out, "## من قال ماذا\n")?;
        annotations.quotes.iter().try_for_each(|quote| said(document, annotations, quote, out))?;
    }
    writeln!(out, "</div>")?;
    let losses = [Loss::Places, Loss::Cues, Loss::Confidence, Loss::Provenance, Loss::Rejected];
    let mut report = Report::of(annotations, &losses);
    // Of notes, those of mentions.
    report.add(Loss::Notes, annotations.mentions.iter().filter(|mention| mention.note.is_some()).count());
    Ok(report)
}

fn who(annotations: &Annotations, entity: &Entity, out: &mut dyn io::Write) -> io::Result<()> {
    write!(out, "- **{}**", plain(&entity.name))?;
    let roles: Vec<String> = entity.roles.iter().map(|role| plain(&role.text)).collect();
    if !roles.is_empty() {
        write!(out, "، {}", roles.join("، "))?;
    }
    write!(out, " ({})", annotations.mentions_of(entity.id).count())?;
    if !entity.aliases.is_empty() {
        let aliases: Vec<String> = entity.aliases.iter().map(|alias| plain(alias)).collect();
        write!(out, "؛ أيضا: {}", aliases.join("، "))?;
    }
    writeln!(out)?;
    entity.note.iter().try_for_each(|note| writeln!(out, "  - {}", plain(note)))
}

fn said(document: &Document, annotations: &Annotations, quote: &Quote, out: &mut dyn io::Write) -> io::Result<()> {
    let speaker = speaker_name(document, annotations, quote);
    let speaker = if speaker.is_empty() { "؟".to_owned() } else { plain(&speaker) };
    let words = plain(document.slice(quote.span));
    match quote.kind {
        QuoteKind::Direct => writeln!(out, "- **{speaker}**: «{words}»")?,
        QuoteKind::Indirect => writeln!(out, "- **{speaker}**: {words}")?,
    }
    quote.note.iter().try_for_each(|note| writeln!(out, "  - {}", plain(note)))
}

/// Words on one line that Markdown leaves as they are.
fn plain(text: &str) -> String {
    let mut escaped = String::new();
    for letter in visible(&one_line(text)).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            letter => {
                if letter.is_ascii_punctuation() {
                    escaped.push('\\');
                }
                escaped.push(letter);
            }
        }
    }
    escaped
}
