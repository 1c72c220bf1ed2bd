//! A reader's report in Markdown: who is who, who said what.
//!
//! Left out: offsets and single mentions with their notes (their number is there), cues, confidences but those of
//! speakers, who decided, what was rejected.

use super::{Loss, Report, candidate_names, controls, heading, one_line, speaker_chance, speaker_name, visible};
use crate::annotation::{Annotations, Entity, Kind, Quote, QuoteKind};
use crate::text::Document;
use std::io;

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    let mut writer = Writer { document, annotations, controls: 0, out };
    writer.report()?;
    let losses = [Loss::Places, Loss::Cues, Loss::Confidence, Loss::Provenance, Loss::Rejected];
    let mut report = Report::of(annotations, &losses);
    // Of notes, those of mentions.
    report.add(Loss::Notes, annotations.mentions.iter().filter(|mention| mention.note.is_some()).count());
    report.add(Loss::Controls, writer.controls);
    Ok(report)
}

struct Writer<'a> {
    document: &'a Document,
    annotations: &'a Annotations,
    /// How many control characters are not in it.
    controls: usize,
    out: &'a mut dyn io::Write,
}

impl Writer<'_> {
    fn report(&mut self) -> io::Result<()> {
        let title = self.plain(&heading(self.document.id()));
        writeln!(self.out, "<div dir=\"rtl\" lang=\"ar\">\n\n# {title}\n")?;
        for (kind, title) in [(Kind::Person, "الأشخاص"), (Kind::Organization, "المؤسسات"), (Kind::Place, "الأماكن")]
        {
            let mut entities = self.annotations.entities.iter().filter(|entity| entity.kind == kind).peekable();
            if entities.peek().is_some() {
                writeln!(self.out, "## {title}\n")?;
                entities.try_for_each(|entity| self.who(entity))?;
                writeln!(self.out)?;
            }
        }
        if !self.annotations.quotes.is_empty() {
            writeln!(self.out, "## من قال ماذا\n")?;
            self.annotations.quotes.iter().try_for_each(|quote| self.said(quote))?;
        }
        writeln!(self.out, "</div>")
    }

    fn who(&mut self, entity: &Entity) -> io::Result<()> {
        let name = self.plain(&entity.name);
        write!(self.out, "- **{name}**")?;
        let roles: Vec<String> = entity.roles.iter().map(|role| self.plain(&role.text)).collect();
        if !roles.is_empty() {
            write!(self.out, "، {}", roles.join("، "))?;
        }
        write!(self.out, " ({})", self.annotations.mentions_of(entity.id).count())?;
        if !entity.aliases.is_empty() {
            let aliases: Vec<String> = entity.aliases.iter().map(|alias| self.plain(alias)).collect();
            write!(self.out, "؛ أيضا: {}", aliases.join("، "))?;
        }
        writeln!(self.out)?;
        self.note(entity.note.as_deref())
    }

    fn said(&mut self, quote: &Quote) -> io::Result<()> {
        let speaker = speaker_name(self.document, self.annotations, quote);
        let speaker = if speaker.is_empty() { "؟".to_owned() } else { self.plain(&speaker) };
        let candidates = candidate_names(self.document, self.annotations, quote).into_iter();
        let candidates: Vec<String> =
            candidates.map(|(name, chance)| format!("{} {chance}%", self.plain(&name))).collect();
        let sure = match speaker_chance(quote) {
            Some(chance) => format!(" ({chance}%)"),
            None if candidates.is_empty() => String::new(),
            None => format!(" ({})", candidates.join("، ")),
        };
        let words = self.plain(self.document.slice(quote.span));
        match quote.kind {
            QuoteKind::Direct => writeln!(self.out, "- **{speaker}**{sure}: «{words}»")?,
            QuoteKind::Indirect => writeln!(self.out, "- **{speaker}**{sure}: {words}")?,
        }
        self.note(quote.note.as_deref())
    }

    fn note(&mut self, note: Option<&str>) -> io::Result<()> {
        let Some(note) = note.map(|note| self.plain(note)) else { return Ok(()) };
        writeln!(self.out, "  - {note}")
    }

    /// Words on one line that Markdown leaves as they are.
    fn plain(&mut self, text: &str) -> String {
        let mut escaped = String::new();
        let text = one_line(text);
        self.controls += controls(&text);
        for letter in visible(&text).chars() {
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
}
