//! The trained weights: bytes to a [`Model`], words to labels. No file system; whoever has a file brings its bytes.
//!
//! ```text
//! words --pieces--> numbers --windows--> embeddings --encoder--> logits --labels--> IOB2
//! ```
//!
//! The same words give the same labels and the same probabilities, bit for bit, on every run, on any number of threads
//! and on every kind of machine: products are sums of whole numbers, and the rest is `arithmetic`'s.

mod agreement;
mod arithmetic;
mod attention;
mod container;
mod encoder;
mod error;
mod labels;
mod linear;
mod rows;
mod tokenizer;
#[cfg(target_arch = "x86_64")]
mod vnni;
mod windows;

pub use error::Error;
pub use labels::{Label, Tag, Type, Word, decode};
pub use tokenizer::{is_wordy, words};

use container::{Container, ModelConfig};
use encoder::Encoder;
use rayon::prelude::*;
use std::borrow::Cow;
use tokenizer::Tokenizer;
use windows::PieceWindow;

/// How many windows each thread runs before the next who waits for the model gets a turn.
const TURN: usize = 4;

/// Whose idea of a name the labels follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Head {
    /// This project's guide: what the reader shows.
    #[default]
    Guide,
    /// The ANERcorp corpus', which others report their scores on; the guide's where the model has no labels for it.
    Anercorp,
}

/// The weights, checked and ready.
pub struct Model {
    container: Container,
    config: ModelConfig,
    scales: Vec<f32>,
    encoder: Encoder,
    heads: Vec<Output>,
    clitic: Option<Output>,
    /// Which output of a head each of [`Label::ALL`] is.
    outputs: [Option<usize>; 9],
    pool: rayon::ThreadPool,
}

/// A linear layer on the encoder's last: as many rows of weights as classes.
struct Output {
    weight: Vec<f32>,
    bias: Vec<f32>,
    temperature: f32,
}

impl Output {
    fn read(numbers: &mut &[f32], classes: usize, hidden: usize, temperature: f32) -> Result<Self, Error> {
        let mut take = |count: usize| {
            let (front, rest) = numbers.split_at_checked(count).ok_or(Error::Section("floats"))?;
            *numbers = rest;
            Ok::<_, Error>(front.to_vec())
        };
        Ok(Self { weight: take(classes * hidden)?, bias: take(classes)?, temperature })
    }

    fn logits(&self, row: &[f32]) -> Vec<f32> {
        let rows = self.weight.chunks(row.len().max(1)).zip(&self.bias);
        rows.map(|(weight, bias)| (arithmetic::dot(row, weight) + bias) / self.temperature).collect()
    }
}

impl Model {
    /// The model that ships inside the program; none where it was built without one.
    ///
    /// # Errors
    /// As [`Model::load`]: the bytes inside the program are checked like any others.
    pub fn embedded(threads: Option<usize>) -> Result<Option<Self>, Error> {
        #[cfg(embedded_model)]
        let bytes: Option<&'static [u8]> = Some(include_bytes!("../assets/model/rawi.model"));
        #[cfg(not(embedded_model))]
        let bytes: Option<&'static [u8]> = None;
        bytes.map(|bytes| Self::load(bytes, threads)).transpose()
    }

    /// Checks the bytes of a model file and makes them ready. It runs on `threads` threads, or on one a core.
    ///
    /// # Errors
    /// Anything that is not a whole, undamaged model file of this version.
    pub fn load(bytes: impl Into<Cow<'static, [u8]>>, threads: Option<usize>) -> Result<Self, Error> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build()?;
        let container = Container::open(bytes.into())?;
        let config = ModelConfig::read(&container)?;
        let hidden = config.hidden;
        Tokenizer::open(container.section("pieces")?, config.pieces)?;
        container.exactly("rows", Some(config.pieces * hidden))?;
        let scales = container::floats(container.exactly("scales", Some(config.pieces * 4))?, "scales")?;
        let numbers = container::floats(container.section("floats")?, "floats")?;
        let weights = bytemuck::cast_slice(container.exactly("weights", Some(encoder::weights(&config)))?);
        let (encoder, mut rest) = pool.install(|| Encoder::read(&config, weights, &numbers))?;
        let mut heads = Vec::new();
        for name in &config.heads {
            let temperature = config.temperature.get(name).copied().unwrap_or(1.0);
            heads.push(Output::read(&mut rest, config.labels.len(), hidden, temperature)?);
        }
        let clitic = match config.clitics {
            0 => None,
            classes => Some(Output::read(&mut rest, classes, hidden, 1.0)?),
        };
        let outputs = Label::ALL.map(|label| config.labels.iter().position(|name| *name == label.to_string()));
        let named = config.heads.iter().any(|name| name == "guide") && outputs.first().is_some_and(Option::is_some);
        match (named, rest) {
            (true, []) => Ok(Self { scales, encoder, heads, clitic, outputs, pool, config, container }),
            (false, _) => Err(Error::Config("no head `guide` or no label `O`".into())),
            (true, _) => Err(Error::Section("floats")),
        }
    }

    /// What the weights are called, and their licence.
    #[must_use]
    pub fn name(&self) -> (&str, &str) {
        (&self.config.name, &self.config.licence)
    }

    /// A label for each word of each sentence: [`Model::score`] and [`decode`], with names of the types that rawi shows.
    ///
    /// ANERcorp knows names of other types too, so a word may be one; it is then outside. Its sentences have no paragraphs
    /// around them, and words of the same form near one another share what is said about them.
    ///
    /// # Errors
    /// As [`Model::score`].
    pub fn tag<S: AsRef<str> + Sync>(&self, sentences: &[Vec<S>], head: Head) -> Result<Vec<Vec<Tag>>, Error> {
        let mut said = self.score(sentences, head)?;
        if head == Head::Guide {
            return Ok(said.iter().map(|words| decode(words, &Type::NAMED)).collect());
        }
        agreement::agree(sentences, &mut said);
        let shown = |tag: Tag| match tag.label.kind() {
            Some(Type::Other) => Tag { label: Label::Outside, ..tag },
            _ => tag,
        };
        Ok(said.iter().map(|words| decode(words, &Type::ALL).into_iter().map(shown).collect()).collect())
    }

    /// What the model says about each word of each sentence. Neighbouring sentences are looked at together, so pass
    /// those of one article, or a part of one that is cut in the same places every time; the words are those that
    /// [`words`] makes.
    ///
    /// # Errors
    /// None for a model that loaded.
    pub fn score<S: AsRef<str> + Sync>(&self, sentences: &[Vec<S>], head: Head) -> Result<Vec<Vec<Word>>, Error> {
        Ok(self.score_while(sentences, head, &|| true)?.unwrap_or_default())
    }

    /// [`Model::score`] that asks every few windows whether to go on, and gives nothing where it was told not to. Whoever
    /// else uses the model gets a turn as often: a text without end holds nobody up.
    ///
    /// # Errors
    /// As [`Model::score`].
    pub fn score_while<S: AsRef<str> + Sync>(
        &self,
        sentences: &[Vec<S>],
        head: Head,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<Vec<Word>>>, Error> {
        let pieces = Tokenizer::open(self.container.section("pieces")?, self.config.pieces)?;
        let rows = bytemuck::cast_slice(self.container.section("rows")?);
        let wanted = if head == Head::Anercorp { "anercorp" } else { "guide" };
        let named = |name: &str| self.config.heads.iter().position(|head| head == name);
        let head = named(wanted).or_else(|| named("guide")).and_then(|index| self.heads.get(index));
        let head = head.ok_or_else(|| Error::Config("no head `guide`".into()))?;
        let cut = |words: &Vec<S>| words.iter().map(|word| pieces.cut(word.as_ref())).collect::<Vec<_>>();
        let sentences: Vec<Vec<Vec<u32>>> = self.pool.install(|| sentences.par_iter().map(cut).collect());
        let windows = windows::windows(&sentences, self.config.window);
        let mut results = Vec::with_capacity(windows.len());
        for windows in windows.chunks(TURN * self.pool.current_num_threads()) {
            if !go_on() {
                return Ok(None);
            }
            let run = || windows.par_iter().map(|window| self.run(window, rows, head)).collect::<Result<Vec<_>, _>>();
            results.extend(self.pool.install(run)?);
        }
        let mut out: Vec<Vec<Word>> = sentences.iter().map(|words| vec![Word::default(); words.len()]).collect();
        for ((sentence, word, _), said) in windows.iter().flat_map(|window| &window.words).zip(results.iter().flatten())
        {
            if let Some(slot) = out.get_mut(*sentence).and_then(|words| words.get_mut(*word)) {
                *slot = *said;
            }
        }
        Ok(Some(out))
    }

    /// Runs one window; a [`Word`] for each word of it.
    fn run(&self, window: &PieceWindow, rows: &[i8], head: &Output) -> Result<Vec<Word>, Error> {
        let hidden = self.config.hidden;
        let mut values = Vec::with_capacity(window.pieces.len() * hidden);
        for &piece in &window.pieces {
            let scale = self.scales.get(piece as usize).copied().unwrap_or_default();
            let row = rows.get(piece as usize * hidden..).and_then(|rest| rest.get(..hidden)).unwrap_or_default();
            values.extend(row.iter().map(|&value| f32::from(value) * scale));
        }
        let places: Vec<usize> = window.words.iter().map(|word| word.2).collect();
        let values = self.encoder.run(&values, &places)?;
        let word = |row: &[f32]| {
            let logits = head.logits(row);
            let scores = self
                .outputs
                .map(|index| index.and_then(|index| logits.get(index)).copied().unwrap_or(f32::NEG_INFINITY));
            let proclitics = self.clitic.as_ref().map_or(0, |clitic| largest(&clitic.logits(row)));
            Word { scores, proclitics }
        };
        Ok(values.chunks(hidden).map(word).collect())
    }
}

/// Where the largest stands; the first of equals.
fn largest(values: &[f32]) -> u8 {
    let mut best = (f32::NEG_INFINITY, 0);
    for (&value, index) in values.iter().zip(0u8..) {
        if value > best.0 {
            best = (value, index);
        }
    }
    best.1
}

#[cfg(test)]
mod tests;
