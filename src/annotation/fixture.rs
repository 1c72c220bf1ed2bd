//! Documents with annotations made by hand, for the tests of the formats.

use crate::annotation::{
    Annotations, Entity, EntityId, Kind, Mention, MentionId, Provenance, Quote, QuoteId, QuoteKind, Role, Speaker,
};
use crate::text::{Document, Origin, Span};

/// Builds annotations from the words that they stand on.
pub(crate) struct Builder {
    pub document: Document,
    pub annotations: Annotations,
}

impl Builder {
    pub(crate) fn new(text: &str) -> Self {
        let origin = Origin {
            path: Some("خبر.txt".into()),
            sha256: Some("ab".repeat(32)),
            encoding: "UTF-8".into(),
            ..Origin::default()
        };
        Self { document: Document::new("خبر", text, origin), annotations: Annotations::default() }
    }

    /// The `nth` occurrence (from 0) of words.
    pub(crate) fn span(&self, words: &str, nth: usize) -> Span {
        let (at, found) = self.document.text().match_indices(words).nth(nth).expect(words);
        Span::new(at, at + found.len())
    }

    pub(crate) fn entity(&mut self, kind: Kind, name: &str, aliases: &[&str], role: Option<&str>) -> EntityId {
        let id = EntityId(u32::try_from(self.annotations.entities.len()).unwrap() + 1);
        let roles = role.iter().map(|text| Role { text: (*text).into(), span: self.span(text, 0), confidence: 0.75 });
        let roles = roles.collect();
        let aliases = aliases.iter().map(ToString::to_string).collect();
        let provenance = Provenance::Model;
        self.annotations.entities.push(Entity { id, kind, name: name.into(), aliases, roles, provenance, note: None });
        id
    }

    pub(crate) fn mention(&mut self, entity: EntityId, words: &str, nth: usize) -> MentionId {
        let id = MentionId(u32::try_from(self.annotations.mentions.len()).unwrap() + 1);
        self.annotations.mentions.push(Mention {
            id,
            entity,
            span: self.span(words, nth),
            confidence: 0.5,
            link_confidence: 0.25,
            provenance: Provenance::Model,
            note: None,
        });
        id
    }

    pub(crate) fn quote(&mut self, kind: QuoteKind, words: &str, speaker: Option<Speaker>, cue: Option<&str>) {
        let id = QuoteId(u32::try_from(self.annotations.quotes.len()).unwrap() + 1);
        self.annotations.quotes.push(Quote {
            id,
            kind,
            span: self.span(words, 0),
            candidates: Vec::new(),
            speaker,
            cue: cue.map(|words| self.span(words, 0)),
            confidence: 0.875,
            why: "by hand".into(),
            provenance: Provenance::Model,
            note: None,
        });
    }

    pub(crate) fn done(mut self) -> (Document, Annotations) {
        self.annotations.sort();
        (self.document, self.annotations)
    }
}

/// An article with all that is awkward: CRLF, a tab, an emoji, tashkeel, Latin, `&<>"`, an inner quote, a quote over two
/// paragraphs, a mention inside a quote, a mention next to a proclitic, notes, a person's decision.
pub(crate) fn article() -> (Document, Annotations) {
    let text = "أعلنت سلوى الراوي، رئيسة بلدية المرسى 😀، أن «العمل بدأ & <لن> يتوقف».\r\n\r\n\
                وقالت الرَّاوي:\t«نشكر شركة Nour & Co وبحارة المرسى،\r\nوننتظر \"الخير\" منهم»\u{200f}.\r\n\
                وذكر متحدث باسم الميناء أن السفن عادت إلى المرسى.\r\n";
    let mut builder = Builder::new(text);
    let salwa = builder.entity(Kind::Person, "سلوى الراوي", &["الرَّاوي"], Some("رئيسة بلدية المرسى"));
    let marsa = builder.entity(Kind::Place, "المرسى", &[], None);
    let nour = builder.entity(Kind::Organization, "Nour & Co", &[], None);
    builder.mention(salwa, "سلوى الراوي", 0);
    builder.mention(marsa, "المرسى", 0);
    builder.mention(salwa, "الرَّاوي", 0);
    builder.mention(nour, "Nour & Co", 0);
    builder.mention(marsa, "المرسى", 1);
    builder.mention(marsa, "المرسى", 2);
    let speaker = |span: Span| Some(Speaker { entity: Some(salwa), span, confidence: 0.5 });
    let first = speaker(builder.span("سلوى الراوي", 0));
    builder.quote(QuoteKind::Direct, "العمل بدأ & <لن> يتوقف", first, Some("أعلنت"));
    let second = speaker(builder.span("الرَّاوي", 0));
    let long = "نشكر شركة Nour & Co وبحارة المرسى،\r\nوننتظر \"الخير\" منهم";
    builder.quote(QuoteKind::Direct, long, second.clone(), Some("وقالت"));
    builder.quote(QuoteKind::Direct, "الخير", second, None);
    let nominal =
        Speaker { entity: None, span: builder.span("متحدث باسم الميناء", 0), confidence: 0.625 };
    builder.quote(QuoteKind::Indirect, "السفن عادت إلى المرسى", Some(nominal), Some("وذكر"));
    builder.annotations.entities[0].note = Some("=\"ملاحظة\"\nسطر ثان".into());
    builder.annotations.mentions[0].provenance = Provenance::Person(1_700_000_000);
    builder.annotations.quotes[0].provenance = Provenance::Person(1_700_000_001);
    builder.done()
}
