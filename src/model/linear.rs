//! Products of whole numbers: rows of bytes, each with a scale and a zero point of its own, times weights.

use super::error::Error;
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedAMatrix, PackedBMatrix};
use rten_tensor::NdTensorView;

/// What multiplies. It belongs to one thread.
pub(super) type Gemm = GemmExecutor<u8, i8, i32>;

/// Rows of bytes, each with its scale and zero point.
#[derive(Default)]
pub(super) struct QuantizedRows {
    pub(super) values: Vec<u8>,
    width: usize,
    pub(super) scale: Vec<f32>,
    zero: Vec<i32>,
}

impl QuantizedRows {
    /// Room for so many rows, whose values are whatever stood there.
    pub(super) fn resize(&mut self, rows: usize, width: usize) {
        self.values.resize(rows * width, 0);
        self.width = width;
        self.scale.resize(rows, 0.0);
        self.zero.resize(rows, 0);
    }

    /// The scale and the zero point of each row.
    pub(super) fn marks(&self) -> impl Iterator<Item = (f32, i32)> + '_ {
        self.scale.iter().copied().zip(self.zero.iter().copied())
    }

    /// Each row of bytes with its scale and zero point.
    pub(super) fn rows(&mut self) -> impl Iterator<Item = (&mut [u8], &mut f32, &mut i32)> {
        let rows = self.values.chunks_mut(self.width.max(1));
        rows.zip(&mut self.scale).zip(&mut self.zero).map(|((row, scale), zero)| (row, scale, zero))
    }

    /// Keeps the rows at these places, which ascend.
    pub(super) fn keep(&mut self, places: &[usize]) {
        let width = self.width;
        for (to, &from) in places.iter().enumerate() {
            self.values.copy_within(from * width..(from + 1) * width, to * width);
            self.scale.copy_within(from..=from, to);
            self.zero.copy_within(from..=from, to);
        }
        self.resize(places.len(), width);
    }

    /// Ordered the way this machine multiplies them.
    pub(super) fn pack(&self, gemm: &Gemm) -> Result<PackedAMatrix<u8>, Error> {
        Ok(gemm.prepack_a(matrix(&self.values, self.scale.len(), self.width)?))
    }
}

/// A matrix of `rows` over `columns`, or the error that it is not one.
pub(super) fn matrix<T>(values: &[T], rows: usize, columns: usize) -> Result<NdTensorView<'_, T, 2>, Error> {
    NdTensorView::try_from_data([rows, columns], values).map_err(|_| Error::Section("weights"))
}

/// The bytes of `a` times `b`, exactly, at the front of `sums`. Their zero points are taken off later, by
/// [`Linear::outputs`]: rten-gemm 0.27 takes a zero point of its own for the first rows only.
pub(super) fn multiply<'a>(
    gemm: &Gemm,
    a: &PackedAMatrix<u8>,
    b: &PackedBMatrix<i8>,
    sums: &'a mut Vec<i32>,
) -> Result<&'a [i32], Error> {
    // It only grows: zeros are not written over again and again.
    let needed = a.rows() * b.cols();
    sums.resize(needed.max(sums.len()), 0);
    let sums = sums.get_mut(..needed).unwrap_or_default();
    gemm.gemm(sums, GemmInputA::Packed(a), GemmInputB::Packed(b), GemmOptions::default())
        .map_err(|error| Error::Product(error.to_string()))?;
    Ok(sums)
}

/// A product with weights: whole numbers, their sum, a scale and a bias for each output.
pub(super) struct Linear {
    weights: PackedBMatrix<i8>,
    sums: Vec<i32>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    pub(super) fn multiply<'a>(
        &self,
        gemm: &Gemm,
        bytes: &PackedAMatrix<u8>,
        sums: &'a mut Vec<i32>,
    ) -> Result<&'a [i32], Error> {
        multiply(gemm, bytes, &self.weights, sums)
    }

    /// How many numbers come out of a row.
    pub(super) fn width(&self) -> usize {
        self.scale.len().max(1)
    }

    /// Joins each number of `row` with the output that belongs to it; `scale` and `zero` are those of the row of bytes
    /// that went in.
    #[inline(always)]
    pub(super) fn outputs(
        &self,
        products: &[i32],
        (scale, zero): (f32, i32),
        row: &mut [f32],
        join: impl Fn(f32, f32) -> f32,
    ) {
        let own = self.sums.iter().zip(&self.scale).zip(&self.bias);
        for ((value, product), ((sum, own), bias)) in row.iter_mut().zip(products).zip(own) {
            *value = join(*value, (product - zero * sum) as f32 * (scale * own) + bias);
        }
    }
}

/// A product as the file has it: rows are outputs.
pub(super) struct Unpacked<'a> {
    pub(super) weights: &'a [i8],
    pub(super) inputs: usize,
    pub(super) scale: &'a [f32],
    pub(super) bias: &'a [f32],
}

impl<'a> Unpacked<'a> {
    /// The first `outputs` of the outputs, and the others.
    pub(super) fn split(&self, outputs: usize) -> Option<(Self, Self)> {
        let (weights, scale) =
            (self.weights.split_at_checked(outputs * self.inputs)?, self.scale.split_at_checked(outputs)?);
        let bias = self.bias.split_at_checked(outputs)?;
        let part =
            |weights: &'a [i8], scale: &'a [f32], bias: &'a [f32]| Self { weights, inputs: self.inputs, scale, bias };
        Some((part(weights.0, scale.0, bias.0), part(weights.1, scale.1, bias.1)))
    }

    /// Orders the weights the way this machine multiplies them.
    pub(super) fn pack(&self, gemm: &Gemm) -> Result<Linear, Error> {
        let weights = gemm.prepack_b(matrix(self.weights, self.scale.len(), self.inputs)?.transposed());
        let sums = self.weights.chunks(self.inputs.max(1)).map(sum).collect();
        Ok(Linear { weights, sums, scale: self.scale.to_vec(), bias: self.bias.to_vec() })
    }
}

/// The sum of a row of whole numbers.
#[inline(always)]
pub(super) fn sum(row: &[i8]) -> i32 {
    row.iter().map(|&value| i32::from(value)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_the_sums_of_whole_numbers() {
        let gemm = Gemm::default();
        for (rows, inner, columns) in [(1, 5, 3), (7, 32, 9), (37, 48, 70), (66, 1536, 33)] {
            let mut a = QuantizedRows::default();
            a.resize(rows, inner);
            a.values.iter_mut().enumerate().for_each(|(i, value)| *value = (i * 7919 % 251) as u8);
            let b: Vec<i8> = (0..inner * columns).map(|i| (i * 104_729 % 128) as i8 - 64).collect();
            let mut want = vec![0; rows * columns];
            for (index, want) in want.iter_mut().enumerate() {
                let (row, column) = (index / columns, index % columns);
                *want =
                    (0..inner).map(|k| i32::from(a.values[row * inner + k]) * i32::from(b[column * inner + k])).sum();
            }
            let weights = gemm.prepack_b(matrix(&b, columns, inner).unwrap().transposed());
            // What stood in the buffer before does not matter, be it more or less.
            for room in [0, 2 * rows * columns] {
                let mut sums = vec![1; room];
                let got = multiply(&gemm, &a.pack(&gemm).unwrap(), &weights, &mut sums).unwrap();
                assert!(got == want, "{rows} {inner} {columns}");
            }
        }
    }

    #[test]
    fn rows_are_kept_with_their_marks() {
        let mut rows = QuantizedRows::default();
        rows.resize(4, 2);
        for (index, (row, scale, zero)) in rows.rows().enumerate() {
            row.fill(index as u8);
            (*scale, *zero) = (index as f32, index as i32);
        }
        rows.keep(&[1, 3]);
        assert_eq!(
            (rows.values.as_slice(), rows.marks().collect::<Vec<_>>()),
            (&[1, 1, 3, 3][..], vec![(1.0, 1), (3.0, 3)])
        );
        rows.keep(&[]);
        assert!(rows.values.is_empty());
    }
}
