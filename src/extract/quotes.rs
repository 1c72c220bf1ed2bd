//! Who said what: quoted stretches and reported clauses, which of them are speech, and whose.
//!
//! The text is read once. A cue with a subject makes that subject the one who speaks; whatever has no subject of its own
//! (an elided one, a participle, a self-attribution) goes on with the last. Each claim carries the reason it rests on.

mod claims;
mod clauses;
mod marks;
mod speech;
mod turns;

use crate::annotation::{QuoteKind, Role};
use crate::extract::roles::Bearers;
use crate::extract::scene::Scene;
use crate::extract::speakers::Source;
use crate::extract::speakers::cast::Cast;
use crate::extract::speakers::choice::{Choice, Heard, Place, choose};
use crate::text::Span;
use marks::Stretch;
use std::ops::Range;

/// A quote before it has an id.
#[derive(Clone, Debug)]
pub struct Found {
    /// Direct or indirect.
    pub kind: QuoteKind,
    /// The words, without their marks.
    pub words: Range<usize>,
    /// Their place in the text.
    pub span: Span,
    /// The word that says that somebody speaks.
    pub cue: Option<Span>,
    /// Whose words.
    pub source: Option<Source>,
    /// The choice that its speaker comes from.
    pub choice: Option<usize>,
    /// How sure that it is speech.
    pub confidence: f32,
    /// The rule that found it and how the speaker was reached.
    pub why: String,
}

/// Every quote of the document, and every choice of a speaker: with all who were weighed where that is wanted, else with
/// the first two.
#[must_use]
pub fn find(scene: &Scene<'_>, titles: &[(usize, Role)], whole: bool) -> (Vec<Found>, Vec<Choice>) {
    let stretches = marks::stretches(scene);
    let mut depth = vec![0; scene.words.len()];
    for stretch in &stretches {
        for level in depth.get_mut(stretch.inner.clone()).into_iter().flatten() {
            *level += 1;
        }
    }
    let mut reader = Reader {
        scene,
        bearers: Bearers::new(titles),
        whole,
        cast: Cast::new(scene, titles),
        stretches,
        depth,
        heard: Heard::default(),
        attributed_to: 0,
        turns: Vec::new(),
        choices: Vec::new(),
        found: Vec::new(),
    };
    reader.headline();
    reader.read();
    let mut found = reader.found;
    found.sort_by_key(|quote| (quote.span.start, std::cmp::Reverse(quote.span.end)));
    found.dedup_by(|right, left| right.span == left.span && right.kind == left.kind);
    (found, reader.choices)
}

/// How many quotes may lie in one, and still be seen to; how many who were not named are remembered.
const RECENT: usize = 64;

/// What a claim rests on.
#[derive(Clone, Copy)]
struct Ground<'g> {
    cue: Option<usize>,
    rule: &'g str,
    confidence: f32,
}

/// Who speaks at a cue.
#[derive(Clone, Debug, Default)]
struct Turn {
    cue: usize,
    source: Option<Source>,
    choice: Option<usize>,
}

struct Reader<'a, 's> {
    scene: &'a Scene<'s>,
    bearers: Bearers,
    /// Whether choices are kept whole.
    whole: bool,
    cast: Cast,
    stretches: Vec<Stretch>,
    depth: Vec<usize>,
    heard: Heard,
    /// One past the last word that an attribution took.
    attributed_to: usize,
    /// The cues read so far.
    turns: Vec<Turn>,
    choices: Vec<Choice>,
    found: Vec<Found>,
}

impl Reader<'_, '_> {
    fn push(&mut self, kind: QuoteKind, words: Range<usize>, turn: &Turn, ground: Ground<'_>) {
        if words.is_empty() {
            return;
        }
        let span = self.scene.words.span(words.clone());
        let Ground { cue, rule, confidence } = ground;
        let cue = cue.and_then(|cue| self.scene.words.get(cue)).map(|word| word.span);
        let why = format!("{rule}; {}", self.reached(turn));
        let (source, choice) = (turn.source.clone(), turn.choice);
        self.found.push(Found { kind, words, span, cue, source, choice, confidence, why });
    }

    /// How a speaker was reached, for `--explain`.
    fn reached(&self, turn: &Turn) -> String {
        let how = turn.source.as_ref().map_or("nobody is named", |source| source.how.name());
        let choice = turn.choice.and_then(|choice| self.choices.get(choice));
        let reasons = choice.map(Choice::reasons).unwrap_or_default();
        if reasons.is_empty() { format!("speaker: {how}") } else { format!("speaker: {how} ({reasons})") }
    }

    /// Weighs who speaks at the place.
    fn decide(&mut self, place: &Place) -> Turn {
        let mut choice = choose(self.scene, &self.cast, place, &self.heard);
        let source = choice.best();
        if !self.whole {
            // What set the first apart is told by the second.
            choice.candidates.truncate(2);
        }
        self.choices.push(choice);
        Turn { cue: place.at, source, choice: Some(self.choices.len() - 1) }
    }

    /// What was found last: whatever a word lies in is among it.
    fn recent(&self) -> &[Found] {
        self.found.get(self.found.len().saturating_sub(RECENT)..).unwrap_or_default()
    }

    /// The speaker of the report or quotation that the word lies in.
    fn outer(&self, at: usize) -> Option<Source> {
        self.recent().iter().rev().find(|quote| quote.words.contains(&at)).and_then(|quote| quote.source.clone())
    }

    /// The one who speaks from here on.
    fn hear(&mut self, source: Option<Source>, at: usize) {
        let Some(source) = source else { return };
        match source.cluster {
            Some(cluster) if !self.heard.clusters.contains(&cluster) => self.heard.clusters.push(cluster),
            None if !self.heard.nominals.iter().any(|known| known.span == source.span) => {
                self.heard.nominals.push(source.clone());
                let many = self.heard.nominals.len().saturating_sub(RECENT);
                self.heard.nominals.drain(..many);
            }
            _ => {}
        }
        self.heard.at = at;
        let again = self
            .heard
            .current
            .as_ref()
            .is_some_and(|known| (known.cluster, known.span) == (source.cluster, source.span));
        let before = self.heard.current.replace(source);
        if !again {
            self.heard.before_current = before;
        }
    }

    /// Reads cues, clauses, attributions and stretches in the order of the text.
    fn read(&mut self) {
        let leads = clauses::leads(self.scene, &self.depth);
        let stretches = self.stretches.clone();
        let (mut lead, mut stretch) = (leads.iter().peekable(), stretches.iter().peekable());
        for at in 0..self.scene.words.len() {
            if let Some(length) = clauses::attribution(self.scene, at) {
                self.attributed(at, length);
            }
            while let Some(next) = lead.next_if(|lead| lead.content == at) {
                self.clause(next.cue, next.content);
            }
            if self.scene.cue(at).is_some() {
                self.cue(at);
            }
            while let Some(next) = stretch.next_if(|stretch| stretch.inner.start == at) {
                self.stretch(next);
            }
            if self.scene.words.is_mark(at, &[':']) {
                self.unmarked(at);
            }
        }
    }

    fn turn_of(&self, cue: usize) -> Turn {
        self.turns
            .iter()
            .rev()
            .take_while(|known| known.cue >= cue)
            .find(|known| known.cue == cue)
            .cloned()
            .unwrap_or_default()
    }
}
