//! Attention: every piece of a window looks at every piece, softmax(q k) v, head by head.

use super::{
    arithmetic::{self, byte, exp, maximum, quantize, signed, to_signed, vectorised},
    error::Error,
    linear::{Gemm, Linear, QuantizedRows, matrix, multiply, sum},
};
use rten_gemm::PackedBMatrix;

/// What the pieces of a tile ask (q), are asked for (k) and answer (v).
#[derive(Default)]
pub(super) struct Asked {
    /// Queries, a matrix a head.
    queries: Vec<QuantizedRows>,
    /// Keys, those of a head after those of another, with the scale and the sum of each.
    keys: Vec<i8>,
    key_scale: Vec<f32>,
    key_sum: Vec<i32>,
    /// Values, all heads of a piece side by side, and the farthest from 0 in each column.
    values: Vec<f32>,
    top: Vec<f32>,
}

impl Asked {
    /// Keeps the queries that the outputs of `linear` are; `marks` are the rows that went in.
    pub(super) fn queries(
        &mut self,
        (linear, products): (&Linear, &[i32]),
        from: &QuantizedRows,
        heads: usize,
        row: &mut [f32],
    ) {
        let size = linear.width() / heads;
        self.queries.resize_with(heads, QuantizedRows::default);
        self.queries.iter_mut().for_each(|head| head.resize(from.scale.len(), size));
        vectorised(
            #[inline(always)]
            || {
                let mut heads: Vec<_> = self.queries.iter_mut().map(QuantizedRows::rows).collect();
                for (products, marks) in products.chunks(linear.width()).zip(from.marks()) {
                    linear.outputs(products, marks, row, |_, output| output);
                    for (row, rows) in row.chunks(size).zip(&mut heads) {
                        if let Some((out, scale, zero)) = rows.next() {
                            (*scale, *zero) = quantize(row, out);
                        }
                    }
                }
            },
        );
    }

    /// Keeps the keys and values that the outputs of `linear` are.
    pub(super) fn keys_and_values(
        &mut self,
        (linear, products): (&Linear, &[i32]),
        from: &QuantizedRows,
        heads: usize,
        row: &mut [f32],
    ) {
        let (count, hidden) = (from.scale.len(), linear.width() / 2);
        let size = hidden / heads;
        self.keys.resize(count * hidden, 0);
        self.key_scale.resize(count * heads, 0.0);
        self.key_sum.resize(count * heads, 0);
        self.values.resize(count * hidden, 0.0);
        self.top.clear();
        self.top.resize(hidden, 1e-20);
        vectorised(
            #[inline(always)]
            || {
                let values = self.values.chunks_mut(hidden);
                for (at, ((products, marks), values)) in
                    products.chunks(2 * hidden).zip(from.marks()).zip(values).enumerate()
                {
                    linear.outputs(products, marks, row, |_, output| output);
                    let (keys, rest) = row.split_at(hidden);
                    let heads = self
                        .keys
                        .chunks_mut(count * size)
                        .zip(self.key_scale.chunks_mut(count))
                        .zip(self.key_sum.chunks_mut(count));
                    for (key, ((out, scale), total)) in keys.chunks(size).zip(heads) {
                        if let (Some(out), Some(scale), Some(total)) =
                            (out.chunks_mut(size).nth(at), scale.get_mut(at), total.get_mut(at))
                        {
                            *scale = to_signed(key, out);
                            *total = sum(out);
                        }
                    }
                    for ((out, top), value) in values.iter_mut().zip(&mut self.top).zip(rest) {
                        *out = *value;
                        *top = if value.abs() > *top { value.abs() } else { *top };
                    }
                }
            },
        );
    }
}

/// Keys and values are padded to a multiple of so many: whole vectors, and whole columns of what a product is made in.
const PADDED: usize = 32;

/// The keys and values of a window for one head, ready to be multiplied, and padded.
pub(super) struct Head {
    /// How many keys are not padding.
    count: usize,
    keys: PackedBMatrix<i8>,
    key_scale: Vec<f32>,
    key_sum: Vec<i32>,
    values: PackedBMatrix<i8>,
    value_scale: Vec<f32>,
}

impl Head {
    /// Joins what the tiles of a window have of one of so many heads.
    pub(super) fn join<'a>(
        tiles: impl Iterator<Item = &'a Asked> + Clone,
        (head, heads): (usize, usize),
        gemm: &Gemm,
    ) -> Result<Self, Error> {
        let hidden = tiles.clone().next().map_or(0, |tile| tile.top.len());
        let size = hidden / heads.max(1);
        let mut top = vec![1e-20f32; size];
        let (mut keys, mut key_scale, mut key_sum) = (Vec::new(), Vec::new(), Vec::new());
        for tile in tiles.clone() {
            let count = tile.values.len() / hidden.max(1);
            let part = |from: usize, length: usize| from * length..(from + 1) * length;
            keys.extend_from_slice(tile.keys.get(part(head, count * size)).unwrap_or_default());
            key_scale.extend_from_slice(tile.key_scale.get(part(head, count)).unwrap_or_default());
            key_sum.extend_from_slice(tile.key_sum.get(part(head, count)).unwrap_or_default());
            for (top, own) in top.iter_mut().zip(tile.top.get(part(head, size)).unwrap_or_default()) {
                *top = if own > top { *own } else { *top };
            }
        }
        let count = key_scale.len();
        let padded = count.next_multiple_of(PADDED);
        keys.resize(padded * size, 0);
        key_scale.resize(padded, 0.0);
        key_sum.resize(padded, 0);
        let mut values = vec![0i8; padded * size];
        let per_unit: Vec<f32> = top.iter().map(|top| arithmetic::SIGNED / top).collect();
        vectorised(
            #[inline(always)]
            || {
                let rows = tiles.flat_map(|tile| tile.values.chunks(hidden.max(1)));
                for (row, out) in rows.zip(values.chunks_mut(size.max(1))) {
                    let row = row.get(head * size..).unwrap_or_default();
                    for ((out, value), per_unit) in out.iter_mut().zip(row).zip(&per_unit) {
                        *out = signed(*value, *per_unit);
                    }
                }
            },
        );
        Ok(Self {
            count,
            keys: gemm.prepack_b(matrix(&keys, padded, size)?.transposed()),
            key_scale,
            key_sum,
            values: gemm.prepack_b(matrix(&values, padded, size)?),
            value_scale: top.iter().map(|top| top * (1.0 / arithmetic::SIGNED)).collect(),
        })
    }
}

/// What one thread looks with.
#[derive(Default)]
pub(super) struct Looking {
    chances: QuantizedRows,
    products: Vec<i32>,
    row: Vec<f32>,
}

impl Looking {
    /// What the pieces of a tile see, into `seen`: a row a piece, all heads side by side.
    pub(super) fn look(&mut self, tile: &Asked, heads: &[Head], gemm: &Gemm, seen: &mut Vec<f32>) -> Result<(), Error> {
        let (rows, size) = (
            tile.queries.first().map_or(0, |head| head.scale.len()),
            heads.first().map_or(0, |head| head.value_scale.len()),
        );
        let hidden = (size * heads.len()).max(1);
        seen.resize(rows * hidden, 0.0);
        for (index, (queries, head)) in tile.queries.iter().zip(heads).enumerate() {
            let count = head.key_scale.len().max(1);
            self.chances.resize(rows, count);
            self.row.resize(count, 0.0);
            let products = multiply(gemm, &queries.pack(gemm)?, &head.keys, &mut self.products)?;
            vectorised(
                #[inline(always)]
                || {
                    let chances = self.chances.rows();
                    for ((products, marks), (out, share, _)) in products.chunks(count).zip(queries.marks()).zip(chances)
                    {
                        *share = softmax(products, marks, head, &mut self.row, out);
                    }
                },
            );
            let result = multiply(gemm, &self.chances.pack(gemm)?, &head.values, &mut self.products)?;
            vectorised(
                #[inline(always)]
                || {
                    for ((seen, sums), share) in
                        seen.chunks_mut(hidden).zip(result.chunks(size)).zip(&self.chances.scale)
                    {
                        let out = seen.get_mut(index * size..).unwrap_or_default();
                        for ((out, &sum), scale) in out.iter_mut().zip(sums).zip(&head.value_scale) {
                            *out = sum as f32 * (share * scale);
                        }
                    }
                },
            );
        }
        Ok(())
    }
}

/// Chances as bytes, 255 for the likeliest; what the sum of products with them has to be multiplied by.
#[inline(always)]
fn softmax(products: &[i32], (scale, zero): (f32, i32), head: &Head, row: &mut [f32], out: &mut [u8]) -> f32 {
    for ((value, product), (own, sum)) in row.iter_mut().zip(products).zip(head.key_scale.iter().zip(&head.key_sum)) {
        *value = (product - zero * sum) as f32 * (scale * own);
    }
    // Nobody looks at padding.
    row.iter_mut().skip(head.count).for_each(|value| *value = f32::MIN);
    let top = maximum(row);
    let mut sum = 0u32;
    for (out, value) in out.iter_mut().zip(row.iter()) {
        *out = byte(exp(value - top) * 255.0);
        sum += u32::from(*out);
    }
    1.0 / sum.max(1) as f32
}
