//! The encoder: rows of pieces in, what it thinks of each piece out.
//!
//! A post-norm BERT (Devlin and others 2018). The products with weights, and those of attention, are products of whole
//! numbers of 8 bits: a row of numbers becomes bytes with a scale and a zero point of its own, the sums are exact, and
//! what surrounds them is [`super::arithmetic`]. So a window gives the same bits on every machine.
//!
//! A window is cut into tiles of neighbouring pieces, one for each thread. A tile goes through a layer on one thread, in
//! buffers that are kept; the tiles of a window wait for each other once a layer, for every piece looks at the keys and
//! values of all. What is done to a piece does not depend on its tile, so neither do the bits.

use super::{
    arithmetic::{Norm, gelu, quantize, vectorised},
    attention::{Head, Looking, Part},
    container::ModelConfig,
    error::Error,
    linear::{Linear, Machine, Unpacked},
    rows::{Place, QuantizedRows},
};
use rayon::prelude::*;
use std::cell::Cell;

/// The most pieces of a tile. With fewer the weights, which no cache holds, are fetched more often.
const TILE: usize = 256;
/// Tiles are of a multiple of so many pieces: products are taken over as many rows at once.
const STEP: usize = 8;

/// The layers, ready to run.
pub(super) struct Encoder {
    hidden: usize,
    attention: usize,
    /// What is added to the piece at each place of a window, a row a place.
    places: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

struct Layer {
    queries: Linear,
    keys_and_values: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

/// Parts off the front of the sections of weights and numbers.
struct Reader<'a> {
    weights: &'a [i8],
    numbers: &'a [f32],
}

impl<'a> Reader<'a> {
    fn numbers(&mut self, count: usize) -> Result<&'a [f32], Error> {
        let (front, rest) = self.numbers.split_at_checked(count).ok_or(Error::Section("floats"))?;
        self.numbers = rest;
        Ok(front)
    }

    fn norm(&mut self, width: usize) -> Result<Norm, Error> {
        Ok(Norm { weight: self.numbers(width)?.to_vec(), bias: self.numbers(width)?.to_vec() })
    }

    fn linear(&mut self, outputs: usize, inputs: usize) -> Result<Unpacked<'a>, Error> {
        let (front, rest) = self.weights.split_at_checked(outputs * inputs).ok_or(Error::Section("weights"))?;
        self.weights = rest;
        Ok(Unpacked { weights: front, inputs, scale: self.numbers(outputs)?, bias: self.numbers(outputs)? })
    }

    fn layer(&mut self, hidden: usize, ff: usize) -> Result<([Unpacked<'a>; 5], [Norm; 2]), Error> {
        let (queries, keys_and_values) =
            self.linear(3 * hidden, hidden)?.split(hidden).ok_or(Error::Section("weights"))?;
        let (out, norm1) = (self.linear(hidden, hidden)?, self.norm(hidden)?);
        let up = self.linear(ff, hidden)?;
        let (down, norm2) = (self.linear(hidden, ff)?, self.norm(hidden)?);
        Ok(([queries, keys_and_values, out, up, down], [norm1, norm2]))
    }
}

/// How many whole numbers the weights of a model are.
pub(super) fn weights(config: &ModelConfig) -> usize {
    config.layers * (4 * config.hidden * config.hidden + 2 * config.hidden * config.ff)
}

impl Encoder {
    /// Reads the layers; what is left of `numbers` belongs to the heads.
    pub(super) fn read<'a>(
        config: &ModelConfig,
        weights: &'a [i8],
        numbers: &'a [f32],
    ) -> Result<(Self, &'a [f32]), Error> {
        // Out of this range a machine without 32-bit sums of bytes would saturate, and others would not.
        let top = weights.iter().fold(0, |top, weight| weight.wrapping_add(64).cast_unsigned().max(top));
        if top > 127 {
            return Err(Error::Section("weights"));
        }
        let mut reader = Reader { weights, numbers };
        let places = reader.numbers(config.window * config.hidden)?.to_vec();
        let norm = reader.norm(config.hidden)?;
        let layers =
            (0..config.layers).map(|_| reader.layer(config.hidden, config.ff)).collect::<Result<Vec<_>, _>>()?;
        let pack = |(products, [norm1, norm2]): ([Unpacked<'_>; 5], [Norm; 2])| {
            let machine = Machine::default();
            let [queries, keys_and_values, out, up, down] = products.map(|product| product.pack(&machine));
            let (queries, keys_and_values) = (queries?, keys_and_values?);
            Ok(Layer { queries, keys_and_values, out: out?, norm1, up: up?, down: down?, norm2 })
        };
        let layers = layers.into_par_iter().map(pack).collect::<Result<Vec<_>, Error>>()?;
        Ok((Self { hidden: config.hidden, attention: config.attention, places, norm, layers }, reader.numbers))
    }

    /// What the last layer says of the pieces at the places `wanted`, which ascend; `rows` are the embeddings of a
    /// window. A piece is `hidden` numbers, in both.
    pub(super) fn run(&self, rows: &[f32], wanted: &[usize]) -> Result<Vec<f32>, Error> {
        let mut tiles = self.tiles(rows, wanted);
        let last = self.layers.len().saturating_sub(1);
        tiles.par_iter_mut().try_for_each(|tile| {
            Bench::with(|bench| {
                vectorised(
                    #[inline(always)]
                    || normalise(&mut tile.rows, tile.places, &self.norm, &mut tile.bytes),
                );
                self.layers.first().map_or(Ok(()), |layer| self.ask(tile, layer, last == 0, &mut bench.machine))
            })
        })?;
        for (index, layer) in self.layers.iter().enumerate() {
            let head = |head| {
                let rows = tiles.iter().flat_map(|tile| tile.keys_and_values.chunks(2 * self.hidden));
                let part = Part { head, size: self.hidden / self.attention };
                Bench::with(|bench| Head::new(rows.map(|row| row.split_at(self.hidden)), part, &bench.machine))
            };
            let heads = (0..self.attention).into_par_iter().map(head).collect::<Result<Vec<_>, _>>()?;
            let next = self.layers.get(index + 1);
            tiles.par_iter_mut().filter(|tile| !tile.rows.is_empty()).try_for_each(|tile| {
                Bench::with(|bench| {
                    tile.through(layer, &heads, bench)?;
                    next.map_or(Ok(()), |next| self.ask(tile, next, index + 1 == last, &mut bench.machine))
                })
            })?;
        }
        Ok(tiles.into_iter().flat_map(|tile| tile.rows).collect())
    }

    /// A window as tiles of about equal length: at least one a thread, if there are pieces enough.
    fn tiles(&self, rows: &[f32], wanted: &[usize]) -> Vec<Tile<'_>> {
        let (hidden, count) = (self.hidden.max(1), rows.len() / self.hidden.max(1));
        let tiles = count.div_ceil(TILE).max(rayon::current_num_threads().min(count.div_ceil(2 * STEP))).max(1);
        let length = count.div_ceil(tiles).next_multiple_of(STEP);
        let parts = rows.chunks(length * hidden).zip(self.places.chunks(length * hidden)).enumerate();
        let tile = |(index, (rows, places)): (usize, (&[f32], _))| {
            let range = index * length..(index + 1) * length;
            let wanted = wanted.iter().filter(|place| range.contains(place)).map(|place| place - range.start).collect();
            let mut tile = Tile { wanted, places, rows: rows.to_vec(), ..Tile::default() };
            tile.bytes.resize(rows.len() / hidden, hidden);
            tile
        };
        parts.map(tile).collect()
    }

    /// What a layer makes of a tile before its pieces look at others. In the last layer only the wanted pieces look.
    fn ask(&self, tile: &mut Tile<'_>, layer: &Layer, last: bool, machine: &mut Machine) -> Result<(), Error> {
        let (count, hidden) = (tile.bytes.scale.len(), self.hidden);
        tile.keys_and_values.resize(count * 2 * hidden, 0.0);
        let place = Place { rows: &mut tile.keys_and_values, stride: 2 * hidden, at: 0 };
        layer.keys_and_values.apply(machine, &tile.bytes, place)?;
        if last {
            tile.keep(hidden);
        }
        tile.queries.resize(tile.rows.len(), 0.0);
        layer.queries.apply(machine, &tile.bytes, Place { rows: &mut tile.queries, stride: hidden, at: 0 })
    }
}

/// Neighbouring pieces of a window on their way through the layers.
#[derive(Default)]
struct Tile<'a> {
    /// Which of them the last layer is wanted of.
    wanted: Vec<usize>,
    /// What is added to each for its place.
    places: &'a [f32],
    rows: Vec<f32>,
    /// The rows as bytes.
    bytes: QuantizedRows,
    /// What they ask, what they are asked for and what they answer, of all heads.
    queries: Vec<f32>,
    keys_and_values: Vec<f32>,
}

impl Tile<'_> {
    /// Drops the pieces that are not wanted.
    fn keep(&mut self, hidden: usize) {
        for (to, &from) in self.wanted.iter().enumerate() {
            self.rows.copy_within(from * hidden..(from + 1) * hidden, to * hidden);
        }
        self.rows.truncate(self.wanted.len() * hidden);
        self.bytes.keep(&self.wanted);
    }

    /// The pieces look at all of the window and go through the rest of a layer.
    fn through(&mut self, layer: &Layer, heads: &[Head], bench: &mut Bench) -> Result<(), Error> {
        let Bench { machine, looking, outputs, wide } = bench;
        let (rows, bytes) = (&mut self.rows, &mut self.bytes);
        let (hidden, between) = (layer.out.width(), layer.up.width());
        // The queries are done with once they have looked, and what was seen is as long.
        outputs.resize(outputs.len().max(rows.len() / hidden * between.max(hidden)), 0.0);
        looking.look(&self.queries, heads, machine, outputs)?;
        vectorised(
            #[inline(always)]
            || {
                for (row, (out, scale, zero)) in outputs.chunks(hidden).zip(bytes.rows()) {
                    (*scale, *zero) = quantize(row, out);
                }
            },
        );
        layer.out.apply(machine, bytes, Place { rows: outputs, stride: hidden, at: 0 })?;
        vectorised(
            #[inline(always)]
            || normalise(rows, outputs, &layer.norm1, bytes),
        );
        layer.up.apply(machine, bytes, Place { rows: outputs, stride: between, at: 0 })?;
        wide.resize(rows.len() / hidden, between);
        vectorised(
            #[inline(always)]
            || {
                for (row, (out, scale, zero)) in outputs.chunks_mut(between).zip(wide.rows()) {
                    for value in row.iter_mut() {
                        *value = gelu(*value);
                    }
                    (*scale, *zero) = quantize(row, out);
                }
            },
        );
        layer.down.apply(machine, wide, Place { rows: outputs, stride: hidden, at: 0 })?;
        vectorised(
            #[inline(always)]
            || normalise(rows, outputs, &layer.norm2, bytes),
        );
        Ok(())
    }
}

/// What a thread works with, kept from tile to tile.
#[derive(Default)]
struct Bench {
    machine: Machine,
    looking: Looking,
    /// What comes out of a product.
    outputs: Vec<f32>,
    /// What goes into the last product of a layer.
    wide: QuantizedRows,
}

thread_local!(static BENCH: Cell<Option<Box<Bench>>> = const { Cell::new(None) });

impl Bench {
    /// Works with this thread's. A thread that waits in the midst of a tile for others may begin another tile: that one
    /// gets a new one.
    fn with<R>(work: impl FnOnce(&mut Self) -> R) -> R {
        let mut bench = BENCH.take().unwrap_or_default();
        let result = work(&mut bench);
        BENCH.set(Some(bench));
        result
    }
}

/// The layer norm of each row and what is added to it, and the row as bytes.
#[inline(always)]
fn normalise(rows: &mut [f32], added: &[f32], norm: &Norm, bytes: &mut QuantizedRows) {
    let width = norm.weight.len().max(1);
    let rows = rows.chunks_mut(width).zip(added.chunks(width));
    for ((row, added), (out, scale, zero)) in rows.zip(bytes.rows()) {
        for (value, added) in row.iter_mut().zip(added) {
            *value += added;
        }
        norm.apply(row);
        (*scale, *zero) = quantize(row, out);
    }
}
