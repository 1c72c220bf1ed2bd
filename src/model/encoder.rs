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
    attention::{Asked, Head, Looking},
    container::ModelConfig,
    error::Error,
    linear::{Gemm, Linear, QuantizedRows, Unpacked},
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
        if weights.iter().any(|weight| !(-64..=63).contains(weight)) {
            return Err(Error::Section("weights"));
        }
        let mut reader = Reader { weights, numbers };
        let places = reader.numbers(config.window * config.hidden)?.to_vec();
        let norm = reader.norm(config.hidden)?;
        let layers =
            (0..config.layers).map(|_| reader.layer(config.hidden, config.ff)).collect::<Result<Vec<_>, _>>()?;
        let pack = |(products, [norm1, norm2]): ([Unpacked<'_>; 5], [Norm; 2])| {
            // An executor cannot change threads.
            let gemm = Gemm::default();
            let [queries, keys_and_values, out, up, down] = products.map(|product| product.pack(&gemm));
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
                    || normalise(&mut tile.rows, &self.norm, &mut tile.bytes),
                );
                self.layers.first().map_or(Ok(()), |layer| self.ask(tile, layer, last == 0, bench))
            })
        })?;
        for (index, layer) in self.layers.iter().enumerate() {
            let heads = (0..self.attention).into_par_iter();
            let join = |head| {
                let asked = tiles.iter().map(|tile| &tile.asked);
                Bench::with(|bench| Head::join(asked, (head, self.attention), &bench.gemm))
            };
            let heads = heads.map(join).collect::<Result<Vec<_>, _>>()?;
            let next = self.layers.get(index + 1);
            tiles.par_iter_mut().filter(|tile| !tile.rows.is_empty()).try_for_each(|tile| {
                Bench::with(|bench| {
                    tile.through(layer, &heads, bench)?;
                    next.map_or(Ok(()), |next| self.ask(tile, next, index + 1 == last, bench))
                })
            })?;
        }
        Ok(tiles.into_iter().flat_map(|tile| tile.rows).collect())
    }

    /// A window as tiles of about equal length: at least one a thread, if there are pieces enough.
    fn tiles(&self, rows: &[f32], wanted: &[usize]) -> Vec<Tile> {
        let (hidden, count) = (self.hidden.max(1), rows.len() / self.hidden.max(1));
        let tiles = count.div_ceil(TILE).max(rayon::current_num_threads().min(count.div_ceil(2 * STEP))).max(1);
        let length = count.div_ceil(tiles).next_multiple_of(STEP);
        let parts = rows.chunks(length * hidden).zip(self.places.chunks(length * hidden)).enumerate();
        let tile = |(index, (rows, places)): (usize, (&[f32], &[f32]))| {
            let range = index * length..(index + 1) * length;
            let wanted = wanted.iter().filter(|place| range.contains(place)).map(|place| place - range.start).collect();
            let mut tile = Tile { wanted, ..Tile::default() };
            tile.rows.extend(rows.iter().zip(places).map(|(row, place)| row + place));
            tile.bytes.resize(rows.len() / hidden, hidden);
            tile
        };
        parts.map(tile).collect()
    }

    /// What a layer makes of a tile before its pieces look at others. In the last layer only the wanted pieces look.
    fn ask(&self, tile: &mut Tile, layer: &Layer, last: bool, bench: &mut Bench) -> Result<(), Error> {
        let Bench { gemm, sums, row, .. } = bench;
        row.resize(2 * self.hidden, 0.0);
        let mut packed = tile.bytes.pack(gemm)?;
        let products = layer.keys_and_values.multiply(gemm, &packed, sums)?;
        tile.asked.keys_and_values((&layer.keys_and_values, products), &tile.bytes, self.attention, row);
        if last {
            tile.keep(self.hidden);
            if tile.rows.is_empty() {
                return Ok(());
            }
            packed = tile.bytes.pack(gemm)?;
        }
        row.resize(self.hidden, 0.0);
        let products = layer.queries.multiply(gemm, &packed, sums)?;
        tile.asked.queries((&layer.queries, products), &tile.bytes, self.attention, row);
        Ok(())
    }
}

/// Neighbouring pieces of a window on their way through the layers.
#[derive(Default)]
struct Tile {
    /// Which of them the last layer is wanted of.
    wanted: Vec<usize>,
    rows: Vec<f32>,
    /// The rows as bytes.
    bytes: QuantizedRows,
    asked: Asked,
}

impl Tile {
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
        let Bench { gemm, looking, seen, sums, row, wide } = bench;
        let (rows, bytes, hidden) = (&mut self.rows, &mut self.bytes, layer.out.width());
        looking.look(&self.asked, heads, gemm, seen)?;
        vectorised(
            #[inline(always)]
            || {
                for (row, (out, scale, zero)) in seen.chunks(hidden).zip(bytes.rows()) {
                    (*scale, *zero) = quantize(row, out);
                }
            },
        );
        let products = layer.out.multiply(gemm, &bytes.pack(gemm)?, sums)?;
        vectorised(
            #[inline(always)]
            || {
                add(&layer.out, products, bytes, rows);
                normalise(rows, &layer.norm1, bytes);
            },
        );
        let products = layer.up.multiply(gemm, &bytes.pack(gemm)?, sums)?;
        let width = layer.up.width();
        row.resize(width, 0.0);
        wide.resize(rows.len() / hidden, width);
        vectorised(
            #[inline(always)]
            || {
                for ((products, marks), (out, scale, zero)) in
                    products.chunks(width).zip(bytes.marks()).zip(wide.rows())
                {
                    layer.up.outputs(products, marks, row, |_, output| gelu(output));
                    (*scale, *zero) = quantize(row, out);
                }
            },
        );
        let products = layer.down.multiply(gemm, &wide.pack(gemm)?, sums)?;
        vectorised(
            #[inline(always)]
            || {
                add(&layer.down, products, wide, rows);
                normalise(rows, &layer.norm2, bytes);
            },
        );
        Ok(())
    }
}

/// What a thread works with, kept from tile to tile.
#[derive(Default)]
struct Bench {
    gemm: Gemm,
    looking: Looking,
    seen: Vec<f32>,
    sums: Vec<i32>,
    row: Vec<f32>,
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

/// Adds the outputs of a product to the rows.
#[inline(always)]
fn add(linear: &Linear, products: &[i32], from: &QuantizedRows, rows: &mut [f32]) {
    let width = linear.width();
    for ((row, products), marks) in rows.chunks_mut(width).zip(products.chunks(width)).zip(from.marks()) {
        linear.outputs(products, marks, row, |value, output| value + output);
    }
}

/// The layer norm of each row, and the row as bytes.
#[inline(always)]
fn normalise(rows: &mut [f32], norm: &Norm, bytes: &mut QuantizedRows) {
    let width = (rows.len() / bytes.scale.len().max(1)).max(1);
    for (row, (out, scale, zero)) in rows.chunks_mut(width).zip(bytes.rows()) {
        norm.apply(row);
        (*scale, *zero) = quantize(row, out);
    }
}
