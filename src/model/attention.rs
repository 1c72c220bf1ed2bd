//! Attention: every piece of a window looks at every piece, softmax(q k) v, head by head.

use super::{
    arithmetic::{SIGNED, exp, maximum, quantize, shares, signed, to_signed, vectorised},
    error::Error,
    linear::{Linear, Machine, sum},
    rows::{Place, QuantizedRows},
};

/// Keys and values are padded to a multiple of so many: whole vectors, and whole columns of what a product is made in.
const PADDED: usize = 32;

/// One of the heads: which, and of how many numbers its queries, keys and values are.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) head: usize,
    pub(super) size: usize,
}

impl Part {
    /// The numbers of this head in a row that has those of all heads, or all heads' keys before all heads' values.
    #[inline(always)]
    fn of(self, row: &[f32]) -> &[f32] {
        row.get(self.head * self.size..(self.head + 1) * self.size).unwrap_or_default()
    }
}

/// The keys and values of a window for one head, ready to be multiplied, and padded.
pub(super) struct Head {
    part: Part,
    /// How many keys are not padding.
    count: usize,
    keys: Linear,
    values: Linear,
}

impl Head {
    /// `rows` has for each piece of the window the keys of all heads and then the values of all heads, as many numbers.
    pub(super) fn new<'a>(
        rows: impl Iterator<Item = (&'a [f32], &'a [f32])> + Clone,
        part: Part,
        machine: &Machine,
    ) -> Result<Self, Error> {
        let (count, size) = (rows.clone().count(), part.size);
        let padded = count.next_multiple_of(PADDED);
        let mut keys = vec![0; padded * size];
        let (mut key_scale, mut key_sum) = (vec![0.0; padded], vec![0; padded]);
        let mut values = vec![0; padded * size];
        let mut top = vec![1e-20; size];
        vectorised(
            #[inline(always)]
            || {
                let marks = key_scale.iter_mut().zip(&mut key_sum);
                for (((row, _), out), (scale, total)) in rows.clone().zip(keys.chunks_mut(size)).zip(marks) {
                    *scale = sign_part(part.of(row), out);
                    *total = sum(out);
                }
                for (_, row) in rows.clone() {
                    for (top, value) in top.iter_mut().zip(part.of(row)) {
                        *top = if value.abs() > *top { value.abs() } else { *top };
                    }
                }
                let per_unit: Vec<f32> = top.iter().map(|top| SIGNED / top).collect();
                for ((_, row), out) in rows.zip(values.chunks_mut(size)) {
                    for ((out, value), per_unit) in out.iter_mut().zip(part.of(row)).zip(&per_unit) {
                        *out = signed(*value, *per_unit);
                    }
                }
                top.iter_mut().for_each(|top| *top *= 1.0 / SIGNED);
            },
        );
        let keys = Linear::of_rows(machine, (&keys, size), (key_sum, key_scale, vec![0.0; padded]))?;
        let values = Linear::of_columns(machine, (&values, padded), (vec![0; size], top, vec![0.0; size]))?;
        Ok(Self { part, count, keys, values })
    }
}

/// How many numbers a head usually has: loops of a known length are short code.
const USUAL: usize = 32;

#[inline(always)]
fn quantize_part(row: &[f32], out: &mut [u8]) -> (f32, i32) {
    match (row.as_array::<USUAL>(), out.as_mut_array::<USUAL>()) {
        (Some(row), Some(out)) => quantize(row, out),
        _ => quantize(row, out),
    }
}

#[inline(always)]
fn sign_part(row: &[f32], out: &mut [i8]) -> f32 {
    match (row.as_array::<USUAL>(), out.as_mut_array::<USUAL>()) {
        (Some(row), Some(out)) => to_signed(row, out),
        _ => to_signed(row, out),
    }
}

/// What one thread looks with.
#[derive(Default)]
pub(super) struct Looking {
    queries: QuantizedRows,
    chances: QuantizedRows,
    /// How much each piece is looked at, before it is a chance.
    weights: Vec<f32>,
}

impl Looking {
    /// What pieces see, into `seen`: a row a piece, all heads side by side, as in `queries`.
    pub(super) fn look(
        &mut self,
        queries: &[f32],
        heads: &[Head],
        machine: &mut Machine,
        seen: &mut [f32],
    ) -> Result<(), Error> {
        for head in heads {
            let (size, padded) = (head.part.size, head.keys.width());
            let stride = size * heads.len();
            let rows = queries.len() / stride;
            self.queries.resize(rows, size);
            self.chances.resize(rows, padded);
            self.weights.resize(rows * padded, 0.0);
            vectorised(
                #[inline(always)]
                || {
                    for (row, (out, scale, zero)) in queries.chunks(stride).zip(self.queries.rows()) {
                        (*scale, *zero) = quantize_part(head.part.of(row), out);
                    }
                },
            );
            head.keys.apply(machine, &self.queries, Place { rows: &mut self.weights, stride: padded, at: 0 })?;
            vectorised(
                #[inline(always)]
                || {
                    for (row, (out, share, zero)) in self.weights.chunks_mut(padded).zip(self.chances.rows()) {
                        (*share, *zero) = (softmax(row, head.count, out), 0);
                    }
                },
            );
            head.values.apply(machine, &self.chances, Place { rows: seen, stride, at: head.part.head * size })?;
        }
        Ok(())
    }
}

/// Chances as bytes, 255 for the likeliest; what the sum of products with them has to be multiplied by.
#[inline(always)]
fn softmax(row: &mut [f32], count: usize, out: &mut [u8]) -> f32 {
    // Nobody looks at padding.
    row.iter_mut().skip(count).for_each(|value| *value = f32::MIN);
    let top = maximum(row);
    1.0 / shares(row.iter().map(|value| exp(value - top)), out).max(1) as f32
}
