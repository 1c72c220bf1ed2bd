//! Document -> Annotations: who and what is named, who is who, who said what.
//!
//! ```text
//! paragraphs --Tagger--> names --entities--> names of the document --aliases--> clusters
//!     clusters --roles--> what they are called --quotes, speakers--> Annotations
//! ```
//!
//! Each stage is a function of the words and of what the stages before it found. The tagger is the only one that costs
//! time, and the only one that sees a few paragraphs alone: [`Pass`] runs it in the order that its caller likes, and the
//! stages of the document after it.

use crate::annotation::{
    Annotations, Candidate, Entity, EntityId, Mention, MentionId, Provenance, Quote, QuoteId, Speaker,
};
use crate::model::Model;
use crate::text::{Document, Span};
use std::collections::HashMap;
use std::sync::Arc;

mod aliases;
mod analysis;
mod asset;
mod decision;
mod entities;
mod gazetteer;
mod grammar;
mod lexicon;
mod model_tagger;
mod names;
mod phrase;
mod quotes;
mod roles;
mod rule;
mod rule_tagger;
mod speakers;
mod tagger;
mod words;

use decision::number;
pub use decision::{Decision, RankedCandidate};
use model_tagger::DamagedModel;
pub use model_tagger::ModelTagger;
use quotes::FoundQuote;
pub use rule_tagger::RuleTagger;
use speakers::ranking::Ranking;
pub use tagger::{Error, Name, Tagger};

/// Everything that is found in a document.
///
/// # Errors
/// [`Error`] where the model inside the program is damaged, or failed.
pub fn extract(document: &Document) -> Result<Annotations, Error> {
    Extractor::default().extract(document)
}

/// A tagger and the stages behind it.
pub struct Extractor {
    tagger: Box<dyn Tagger>,
}

impl Default for Extractor {
    /// With the trained model where the program was built with one, else with rules. A model that is damaged is an error
    /// of every call.
    fn default() -> Self {
        match Model::embedded(None) {
            Ok(Some(model)) => Self::new(ModelTagger(model)),
            Ok(None) => Self::new(RuleTagger),
            Err(error) => Self::new(DamagedModel(error.into())),
        }
    }
}

impl std::fmt::Debug for Extractor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Extractor")
    }
}

impl Extractor {
    /// The stages behind a tagger of one's own.
    #[must_use]
    pub fn new(tagger: impl Tagger + 'static) -> Self {
        Self { tagger: Box::new(tagger) }
    }

    /// Everything that is found in a document.
    ///
    /// # Errors
    /// [`Error`] where the tagger does not work.
    pub fn extract(&self, document: &Document) -> Result<Annotations, Error> {
        let mut pass = Pass::new(document, Memory::default());
        for paragraph in document.paragraphs() {
            pass.tag(self, paragraph)?;
        }
        Ok(pass.annotations())
    }

    /// The names in one text, as the tagger sees them; for the evaluation of the tagger alone.
    ///
    /// # Errors
    /// [`Error`] where the tagger does not work.
    pub fn names(&self, text: &str) -> Result<Vec<Name>, Error> {
        self.tagger.tag(text)
    }
}

/// The names of paragraphs seen before, by the text that was looked at together, so that unchanged paragraphs are not
/// tagged twice.
#[derive(Clone, Debug, Default)]
pub struct Memory(HashMap<Arc<str>, Tagged>);

/// The names of several paragraphs.
type Tagged = Arc<[Arc<[Name]>]>;

/// Paragraphs that begin in the same so many bytes of the document are tagged together: about two of the model's windows.
const TOGETHER: usize = 3000;

/// The extraction of one document, step by step, for a reader that shows what is on the screen first.
///
/// ```
/// # use rawi::{extract::{Extractor, Memory, Pass}, text::Document};
/// # let (extractor, document) = (Extractor::default(), Document::default());
/// let mut pass = Pass::new(&document, Memory::default());
/// for paragraph in document.paragraphs() {
///     pass.tag(&extractor, paragraph)?; // in any order; stop at any time
/// }
/// let annotations = pass.annotations(); // as often as wanted, also before the last paragraph
/// # Ok::<(), rawi::extract::Error>(())
/// ```
#[derive(Debug)]
pub struct Pass<'a> {
    document: &'a Document,
    memory: Memory,
    tagged: HashMap<usize, (Span, Arc<[Name]>)>,
}

impl<'a> Pass<'a> {
    /// Nothing tagged yet; `memory` may know paragraphs from an earlier pass, over this document or another.
    #[must_use]
    pub fn new(document: &'a Document, memory: Memory) -> Self {
        Self { document, memory, tagged: HashMap::new() }
    }

    /// Tags one paragraph, a span as [`Document::paragraphs`] gives them, and with it the neighbours that it is looked at
    /// with. Which those are depends on the document alone, so the order of the calls changes nothing. A second call for
    /// a tagged paragraph costs nothing.
    ///
    /// # Errors
    /// [`Error`] where the tagger does not work; the paragraph is not tagged then.
    pub fn tag(&mut self, extractor: &Extractor, paragraph: Span) -> Result<(), Error> {
        self.tag_while(extractor, paragraph, &|| true).map(drop)
    }

    /// [`Pass::tag`] that asks now and then whether to go on, also within a paragraph that has no end. -> whether the
    /// paragraph is tagged.
    ///
    /// # Errors
    /// As [`Pass::tag`].
    pub fn tag_while(
        &mut self,
        extractor: &Extractor,
        paragraph: Span,
        go_on: &dyn Fn() -> bool,
    ) -> Result<bool, Error> {
        if self.tagged.contains_key(&paragraph.start) {
            return Ok(true);
        }
        let group = self.together(paragraph);
        let whole = Span::new(group.first().map_or(0, |first| first.start), group.last().map_or(0, |last| last.end));
        let text = self.document.slice(whole);
        let names = match self.memory.0.get(text) {
            Some(names) => Arc::clone(names),
            None => {
                let texts: Vec<&str> = group.iter().map(|&span| self.document.slice(span)).collect();
                let Some(names) = extractor.tagger.tag_all(&texts, go_on)? else { return Ok(false) };
                let names: Tagged = names.into_iter().map(Arc::from).collect();
                self.memory.0.insert(text.into(), Arc::clone(&names));
                names
            }
        };
        for (&span, names) in group.iter().zip(names.iter()) {
            self.tagged.insert(span.start, (span, Arc::clone(names)));
        }
        Ok(true)
    }

    /// The paragraphs that are tagged together with `paragraph`, in order, it among them.
    fn together(&self, paragraph: Span) -> Vec<Span> {
        let near = |other: &Span| other.start / TOGETHER == paragraph.start / TOGETHER;
        let before = |&span: &Span| self.document.paragraph_before(span);
        let after = |&span: &Span| self.document.paragraph_after(span);
        let mut group: Vec<Span> = std::iter::successors(before(&paragraph), before).take_while(near).collect();
        group.reverse();
        group.extend(std::iter::successors(Some(paragraph), after).take_while(near));
        group
    }

    /// How many paragraphs are tagged.
    #[must_use]
    pub fn tagged(&self) -> usize {
        self.tagged.len()
    }

    /// What was seen, for the next pass.
    #[must_use]
    pub fn into_memory(self) -> Memory {
        self.memory
    }

    /// The stages of the document over the paragraphs tagged so far.
    #[must_use]
    pub fn annotations(&self) -> Annotations {
        self.linked(false).0
    }

    /// The same with every ranking of a speaker, for the training of the weights.
    #[must_use]
    pub fn decisions(&self) -> (Annotations, Vec<Decision>) {
        self.linked(true)
    }

    fn linked(&self, whole: bool) -> (Annotations, Vec<Decision>) {
        let shift = |(paragraph, names): &(Span, Arc<[Name]>)| {
            let start = paragraph.start;
            names.iter().map(move |name| Name { span: name.span.shifted(start), ..*name }).collect::<Vec<_>>()
        };
        annotate(self.document, self.tagged.values().flat_map(shift).collect(), whole)
    }
}

/// Everything after the tagger; the rankings of speakers where they are wanted whole.
fn annotate(document: &Document, names: Vec<Name>, whole: bool) -> (Annotations, Vec<Decision>) {
    let words = words::Words::new(document.text());
    let names = entities::normalize(&words, names);
    let forms = entities::forms(&words, &names);
    let links = aliases::link(&words, &names, &forms);
    let mut found = Annotations::default();
    for ((name, link), form) in names.iter().zip(&links).zip(&forms) {
        found.mentions.push(Mention {
            id: MentionId(number(found.mentions.len())),
            entity: EntityId(number(link.cluster)),
            span: name.span,
            confidence: name.confidence,
            link_confidence: link.confidence,
            provenance: Provenance::Model,
            note: None,
        });
        let text = shown(document.slice(name.span), form.hides_article);
        match found.entities.get_mut(link.cluster) {
            Some(entity) => add_form(entity, text),
            None => found.entities.push(Entity {
                id: EntityId(number(link.cluster)),
                kind: name.kind,
                name: text,
                aliases: Vec::new(),
                roles: Vec::new(),
                provenance: Provenance::Model,
                note: None,
            }),
        }
    }
    let analysis = analysis::Analysis::new(&words, &names, &links);
    let titles = roles::find(&analysis);
    for (cluster, role) in &titles {
        if let Some(entity) = found.entities.get_mut(*cluster)
            && !entity.roles.iter().any(|known| known.text == role.text)
        {
            entity.roles.push(role.clone());
        }
    }
    let (mut quotes, rankings) = quotes::find(&analysis, &titles, whole);
    quotes::add_marked(&analysis, document, &mut quotes);
    let sure = surest(&names, &links);
    let mut decisions: Vec<Decision> = rankings.iter().filter(|_| whole).map(Decision::new).collect();
    for quote in quotes {
        let id = QuoteId(number(found.quotes.len()));
        if let Some(decision) = quote.ranking.and_then(|ranking| decisions.get_mut(ranking)) {
            decision.quotes.push(id);
        }
        let ranking = quote.ranking.and_then(|ranking| rankings.get(ranking));
        found.quotes.push(quote_of(id, quote, ranking, &sure));
    }
    found.sort();
    (found, decisions)
}

/// How sure the surest mention of each cluster is, 0 to 1.
fn surest(names: &[Name], links: &[aliases::Link]) -> Vec<f32> {
    let mut sure: Vec<f32> = Vec::new();
    for (name, link) in names.iter().zip(links) {
        sure.resize(sure.len().max(link.cluster + 1), 0.0);
        if let Some(best) = sure.get_mut(link.cluster) {
            *best = best.max(name.confidence);
        }
    }
    sure
}

/// The quote as it is shown, with those who may have spoken. Somebody speaks as surely as the choice is right and as the
/// name is one: `names` says how sure that is, by cluster.
fn quote_of(id: QuoteId, quote: FoundQuote, ranking: Option<&Ranking>, names: &[f32]) -> Quote {
    let named = |cluster: Option<usize>| cluster.and_then(|cluster| names.get(cluster)).copied().unwrap_or(1.0);
    let entity = |cluster: Option<usize>| cluster.map(|cluster| EntityId(number(cluster)));
    let speaker = quote.source.map(|source| Speaker {
        entity: entity(source.cluster),
        span: source.span,
        confidence: source.confidence * named(source.cluster),
    });
    let likely = ranking.map_or(&[][..], |ranking| &ranking.candidates);
    let likely = likely.iter().filter(|candidate| candidate.chance >= UNLIKELY).take(OFFERED);
    let candidates = likely.map(|candidate| Candidate {
        entity: entity(candidate.source.cluster),
        span: candidate.source.span,
        chance: candidate.chance * named(candidate.source.cluster),
    });
    Quote {
        id,
        kind: quote.kind,
        span: quote.span,
        candidates: candidates.collect(),
        speaker,
        cue: quote.cue,
        confidence: quote.confidence,
        why: quote.why,
        provenance: Provenance::Model,
        note: None,
    }
}

/// As many who may have spoken stand beside a quote, and nobody who is less likely than this.
const OFFERED: usize = 4;
const UNLIKELY: f32 = 0.02;

/// The fullest form is the name; the others are aliases, each once.
fn add_form(entity: &mut Entity, form: String) {
    use crate::arabic::normalize::fold;
    let words = |form: &str| form.split_whitespace().count();
    if form == entity.name || entity.aliases.contains(&form) {
        return;
    }
    if words(&form) > words(&entity.name) {
        let shorter = std::mem::replace(&mut entity.name, form);
        entity.aliases.push(shorter);
    } else if !std::iter::once(&entity.name).chain(&entity.aliases).any(|known| fold(known) == fold(&form)) {
        entity.aliases.push(form);
    }
}

/// A name as it is listed: on one line, in plain letters, with the article that لل hides.
fn shown(text: &str, hides_article: bool) -> String {
    use crate::arabic::normalize::plain;
    let line = plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if hides_article { crate::arabic::affix::show_article(&line).unwrap_or(line) } else { line }
}
