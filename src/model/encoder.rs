//! The encoder: rows of pieces in, what it thinks of each piece out.
//!
//! A post-norm BERT (Devlin and others 2018). The products with weights, and those of attention, are products of whole
//! numbers of 8 bits: a row of numbers becomes bytes with a scale and a zero point of its own, the sums are exact, and
//! what surrounds them is [`super::arithmetic`]. So a window gives the same bits on every machine.

use super::{
    arithmetic::{self, Norm, byte, exp, gelu, maximum, quantize, signed, to_signed, vectorised},
    container::ModelConfig,
    error::Error,
};
use rayon::prelude::*;
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

type Gemm = GemmExecutor<u8, i8, i32>;

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
    qkv: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

/// A product with weights: whole numbers, their sum, a scale and a bias for each output.
struct Linear {
    weights: PackedBMatrix<i8>,
    sums: Vec<i32>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

/// Rows of bytes, each with its scale and zero point.
struct QuantizedRows {
    values: Vec<u8>,
    width: usize,
    scale: Vec<f32>,
    zero: Vec<i32>,
}

impl QuantizedRows {
    fn new(rows: usize, width: usize) -> Self {
        Self { values: vec![0; rows * width], width, scale: vec![0.0; rows], zero: vec![0; rows] }
    }

    /// The scale and the zero point of each row.
    fn marks(&self) -> impl Iterator<Item = (f32, i32)> + '_ {
        self.scale.iter().copied().zip(self.zero.iter().copied())
    }

    /// Each row of bytes with its scale and zero point.
    fn rows(&mut self) -> impl Iterator<Item = (&mut [u8], &mut f32, &mut i32)> {
        let rows = self.values.chunks_mut(self.width.max(1));
        rows.zip(&mut self.scale).zip(&mut self.zero).map(|((row, scale), zero)| (row, scale, zero))
    }
}

/// A matrix of `rows` over `columns`, or the error that it is not one.
fn matrix<T>(values: &[T], rows: usize, columns: usize) -> Result<NdTensorView<'_, T, 2>, Error> {
    NdTensorView::try_from_data([rows, columns], values).map_err(|_| Error::Section("weights"))
}

/// `out` = the bytes of `a` times `b`, exactly. Their zero points are taken off later, by [`Row`]: rten-gemm 0.27 takes a zero
/// point of its own for the first rows only.
fn multiply(gemm: &Gemm, a: &QuantizedRows, b: GemmInputB<'_, i8>, out: &mut [i32]) -> Result<(), Error> {
    let left = matrix(&a.values, a.scale.len(), a.width)?;
    gemm.gemm(out, GemmInputA::Unpacked(left), b, GemmOptions::default())
        .map_err(|error| Error::Product(error.to_string()))
}

/// The sum of a row of whole numbers.
#[inline(always)]
fn sum(row: &[i8]) -> i32 {
    row.iter().map(|&value| i32::from(value)).sum()
}

/// Parts off the front of the sections of weights and numbers.
struct Reader<'a> {
    weights: &'a [i8],
    numbers: &'a [f32],
}

impl<'a> Reader<'a> {
    fn numbers(&mut self, count: usize) -> Result<Vec<f32>, Error> {
        let (front, rest) = self.numbers.split_at_checked(count).ok_or(Error::Section("floats"))?;
        self.numbers = rest;
        Ok(front.to_vec())
    }

    fn norm(&mut self, width: usize) -> Result<Norm, Error> {
        Ok(Norm { weight: self.numbers(width)?, bias: self.numbers(width)? })
    }

    fn linear(&mut self, outputs: usize, inputs: usize) -> Result<Unpacked<'a>, Error> {
        let (front, rest) = self.weights.split_at_checked(outputs * inputs).ok_or(Error::Section("weights"))?;
        self.weights = rest;
        Ok(Unpacked { weights: front, inputs, scale: self.numbers(outputs)?, bias: self.numbers(outputs)? })
    }

    fn layer(&mut self, hidden: usize, ff: usize) -> Result<([Unpacked<'a>; 4], [Norm; 2]), Error> {
        let qkv = self.linear(3 * hidden, hidden)?;
        let (out, norm1) = (self.linear(hidden, hidden)?, self.norm(hidden)?);
        let up = self.linear(ff, hidden)?;
        let (down, norm2) = (self.linear(hidden, ff)?, self.norm(hidden)?);
        Ok(([qkv, out, up, down], [norm1, norm2]))
    }
}

/// A product as the file has it: rows are outputs.
struct Unpacked<'a> {
    weights: &'a [i8],
    inputs: usize,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Unpacked<'_> {
    /// Orders the weights the way this machine multiplies them.
    fn pack(self, gemm: &Gemm) -> Result<Linear, Error> {
        let weights = gemm.prepack_b(matrix(self.weights, self.scale.len(), self.inputs)?.transposed());
        let sums = self.weights.chunks(self.inputs.max(1)).map(sum).collect();
        Ok(Linear { weights, sums, scale: self.scale, bias: self.bias })
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
        let places = reader.numbers(config.window * config.hidden)?;
        let norm = reader.norm(config.hidden)?;
        let layers =
            (0..config.layers).map(|_| reader.layer(config.hidden, config.ff)).collect::<Result<Vec<_>, _>>()?;
        // An executor cannot change threads, and costs nothing to make.
        let pack = |([qkv, out, up, down], [norm1, norm2]): ([Unpacked<'_>; 4], [Norm; 2])| {
            let gemm = Gemm::default();
            let [qkv, out, up, down] = [qkv.pack(&gemm)?, out.pack(&gemm)?, up.pack(&gemm)?, down.pack(&gemm)?];
            Ok(Layer { qkv, out, norm1, up, down, norm2 })
        };
        let layers = layers.into_par_iter().map(pack).collect::<Result<Vec<_>, Error>>()?;
        Ok((Self { hidden: config.hidden, attention: config.attention, places, norm, layers }, reader.numbers))
    }

    /// `rows` are the embeddings of a window, `hidden` numbers a piece; in their place comes what the last layer says.
    pub(super) fn run(&self, rows: &mut [f32]) -> Result<(), Error> {
        let (hidden, count) = (self.hidden, rows.len() / self.hidden.max(1));
        let gemm = Gemm::default();
        let mut bytes = QuantizedRows::new(count, hidden);
        vectorised(
            #[inline(always)]
            || {
                rows.iter_mut().zip(&self.places).for_each(|(value, place)| *value += place);
                normalise(rows, &self.norm, &mut bytes);
            },
        );
        let mut sums = Vec::new();
        for layer in &self.layers {
            let seen = self.attend(layer.qkv.multiply(&gemm, &bytes, &mut sums)?, &bytes, &layer.qkv)?;
            vectorised(
                #[inline(always)]
                || {
                    seen.chunks(hidden).zip(bytes.rows()).for_each(|(row, (out, scale, zero))| {
                        (*scale, *zero) = quantize(row, out);
                    });
                },
            );
            let outputs = layer.out.multiply(&gemm, &bytes, &mut sums)?;
            vectorised(
                #[inline(always)]
                || {
                    layer.out.add(outputs, &bytes, rows);
                    normalise(rows, &layer.norm1, &mut bytes);
                },
            );
            let outputs = layer.up.multiply(&gemm, &bytes, &mut sums)?;
            let wide = vectorised(
                #[inline(always)]
                || layer.up.gelu(outputs, &bytes),
            );
            let outputs = layer.down.multiply(&gemm, &wide, &mut sums)?;
            vectorised(
                #[inline(always)]
                || {
                    layer.down.add(outputs, &wide, rows);
                    normalise(rows, &layer.norm2, &mut bytes);
                },
            );
        }
        Ok(())
    }

    /// Every piece looks at every piece: softmax(q k) v, head by head. `products` are those that give q, k and v.
    fn attend(&self, products: &[i32], from: &QuantizedRows, qkv: &Linear) -> Result<Vec<f32>, Error> {
        let (hidden, count) = (self.hidden, from.scale.len());
        let gemm = Gemm::default();
        let size = hidden / self.attention;
        let mut values = vec![0.0; count * 3 * hidden];
        vectorised(
            #[inline(always)]
            || {
                for ((out, products), (scale, zero)) in
                    values.chunks_mut(3 * hidden).zip(products.chunks(3 * hidden)).zip(from.marks())
                {
                    qkv.row(products, scale, zero).zip(out).for_each(|(value, out)| *out = value);
                }
            },
        );
        let mut seen = vec![0.0; count * hidden];
        let (mut q, mut chances) = (QuantizedRows::new(count, size), QuantizedRows::new(count, count));
        let (mut k, mut v) = (vec![0i8; count * size], vec![0i8; count * size]);
        let (mut keys, mut products, mut result) =
            (vec![(0.0, 0); count], vec![0; count * count], vec![0; count * size]);
        for head in 0..self.attention {
            let part = |of: usize| {
                values.chunks(3 * hidden).map(move |row| {
                    row.get(of * hidden + head * size..).and_then(|rest| rest.get(..size)).unwrap_or_default()
                })
            };
            let v_scale = vectorised(
                #[inline(always)]
                || {
                    part(0).zip(q.rows()).for_each(|(row, (out, scale, zero))| (*scale, *zero) = quantize(row, out));
                    part(1)
                        .zip(k.chunks_mut(size))
                        .zip(&mut keys)
                        .for_each(|((row, out), key)| *key = (to_signed(row, out), sum(out)));
                    columns_to_signed(part(2), &mut v, size)
                },
            );
            multiply(&gemm, &q, GemmInputB::Unpacked(matrix(&k, count, size)?.transposed()), &mut products)?;
            vectorised(
                #[inline(always)]
                || {
                    let mut row = vec![0.0; count];
                    for ((products, mark), (out, share, _)) in products.chunks(count).zip(q.marks()).zip(chances.rows())
                    {
                        *share = softmax(products, mark, &keys, &mut row, out);
                    }
                },
            );
            multiply(&gemm, &chances, GemmInputB::Unpacked(matrix(&v, count, size)?), &mut result)?;
            vectorised(
                #[inline(always)]
                || {
                    for ((seen, sums), share) in seen.chunks_mut(hidden).zip(result.chunks(size)).zip(&chances.scale) {
                        let out = seen.get_mut(head * size..).unwrap_or_default();
                        out.iter_mut()
                            .zip(sums)
                            .zip(&v_scale)
                            .for_each(|((out, &sum), scale)| *out = sum as f32 * (share * scale));
                    }
                },
            );
        }
        Ok(seen)
    }
}

/// The layer norm of each row, and the row as bytes.
#[inline(always)]
fn normalise(rows: &mut [f32], norm: &Norm, bytes: &mut QuantizedRows) {
    let width = bytes.width.max(1);
    for (row, (out, scale, zero)) in rows.chunks_mut(width).zip(bytes.rows()) {
        norm.apply(row);
        (*scale, *zero) = quantize(row, out);
    }
}

/// Chances as bytes, 255 for the likeliest; what the sum of products with them has to be multiplied by.
#[inline(always)]
fn softmax(products: &[i32], (scale, zero): (f32, i32), keys: &[(f32, i32)], row: &mut [f32], out: &mut [u8]) -> f32 {
    for ((value, product), (own, sum)) in row.iter_mut().zip(products).zip(keys) {
        *value = (product - zero * sum) as f32 * (scale * own);
    }
    let top = maximum(row, f32::MIN);
    let mut sum = 0u32;
    for (out, value) in out.iter_mut().zip(row.iter()) {
        *out = byte(exp(value - top) * 255.0);
        sum += u32::from(*out);
    }
    1.0 / sum.max(1) as f32
}

/// Signed numbers with a scale for each column.
#[inline(always)]
fn columns_to_signed<'a>(rows: impl Iterator<Item = &'a [f32]> + Clone, out: &mut [i8], width: usize) -> Vec<f32> {
    let mut top = vec![1e-20f32; width];
    for row in rows.clone() {
        for (top, value) in top.iter_mut().zip(row) {
            *top = if value.abs() > *top { value.abs() } else { *top };
        }
    }
    let per_unit: Vec<f32> = top.iter().map(|top| arithmetic::SIGNED / top).collect();
    for (row, out) in rows.zip(out.chunks_mut(width)) {
        for ((out, value), per_unit) in out.iter_mut().zip(row).zip(&per_unit) {
            *out = signed(*value, *per_unit);
        }
    }
    top.iter().map(|top| top * (1.0 / arithmetic::SIGNED)).collect()
}

impl Linear {
    fn multiply<'a>(&self, gemm: &Gemm, bytes: &QuantizedRows, sums: &'a mut Vec<i32>) -> Result<&'a [i32], Error> {
        sums.resize(bytes.scale.len() * self.scale.len(), 0);
        multiply(gemm, bytes, GemmInputB::Packed(&self.weights), sums)?;
        Ok(sums)
    }

    /// The outputs of one row as numbers; `scale` and `zero` are those of the row of bytes that went in.
    #[inline(always)]
    fn row<'a>(&'a self, products: &'a [i32], scale: f32, zero: i32) -> impl Iterator<Item = f32> + 'a {
        let own = self.sums.iter().zip(&self.scale).zip(&self.bias);
        products
            .iter()
            .zip(own)
            .map(move |(product, ((sum, own), bias))| (product - zero * sum) as f32 * (scale * own) + bias)
    }

    #[inline(always)]
    fn add(&self, products: &[i32], from: &QuantizedRows, rows: &mut [f32]) {
        let width = self.scale.len().max(1);
        for ((row, products), (scale, zero)) in rows.chunks_mut(width).zip(products.chunks(width)).zip(from.marks()) {
            row.iter_mut().zip(self.row(products, scale, zero)).for_each(|(value, output)| *value += output);
        }
    }

    #[inline(always)]
    fn gelu(&self, products: &[i32], from: &QuantizedRows) -> QuantizedRows {
        let width = self.scale.len().max(1);
        let mut bytes = QuantizedRows::new(from.scale.len(), width);
        let mut row = vec![0.0; width];
        for ((products, (own, nought)), (out, scale, zero)) in
            products.chunks(width).zip(from.marks()).zip(bytes.rows())
        {
            row.iter_mut().zip(self.row(products, own, nought)).for_each(|(value, output)| *value = gelu(output));
            (*scale, *zero) = quantize(&row, out);
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_the_sums_of_whole_numbers() {
        let gemm = Gemm::default();
        for (rows, inner, columns) in [(1, 5, 3), (7, 32, 9), (37, 48, 70), (66, 1536, 33)] {
            let mut a = QuantizedRows::new(rows, inner);
            a.values.iter_mut().enumerate().for_each(|(i, value)| *value = (i * 7919 % 251) as u8);
            let b: Vec<i8> = (0..inner * columns).map(|i| (i * 104_729 % 128) as i8 - 64).collect();
            let mut want = vec![0; rows * columns];
            for (index, want) in want.iter_mut().enumerate() {
                let (row, column) = (index / columns, index % columns);
                *want =
                    (0..inner).map(|k| i32::from(a.values[row * inner + k]) * i32::from(b[column * inner + k])).sum();
            }
            let mut got = vec![1; rows * columns];
            let right = || matrix(&b, columns, inner).unwrap().transposed();
            multiply(&gemm, &a, GemmInputB::Unpacked(right()), &mut got).unwrap();
            assert!(got == want, "{rows} {inner} {columns}");
            multiply(&gemm, &a, GemmInputB::Packed(&gemm.prepack_b(right())), &mut got).unwrap();
            assert!(got == want, "{rows} {inner} {columns}, packed");
        }
    }
}
