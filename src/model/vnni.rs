//! Products of bytes with the instructions of AVX-512 that multiply and add four of them at once (VNNI).
//!
//! rten-gemm has them too. What is gained here is what stands around them: rows are read as they are, where rten-gemm 0.27
//! orders them anew byte by byte for each product, and what becomes of a sum is done while it is in a register.

use super::rows::{Place, QuantizedRows, TOGETHER};
pub(super) use fearless_simd::x86::Avx512;
use fearless_simd::{Level, f32x16, i8x64, i32x16, prelude::*};
use std::{
    arch::x86_64::{
        __m512, __m512i, _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_fnmadd_ps, _mm512_mul_ps,
        _mm512_mullo_epi32, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_si512, _mm512_sub_epi32,
    },
    array,
};

/// As many rows are multiplied at once, by two or four vectors of columns: no sum waits for itself, and those of a block
/// stay in registers.
const ROWS: usize = TOGETHER;
/// Numbers of a vector.
const LANES: usize = 16;
/// Inputs that one instruction adds.
const INPUTS: usize = 4;

/// Four inputs of a vector of outputs.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Step([[i8; INPUTS]; LANES]);

impl Step {
    const NOUGHT: Self = Self([[0; INPUTS]; LANES]);
}

/// The right side of a product in the order in which it is read: a panel of outputs after another, in it four inputs
/// after another, and of those a vector after another.
pub(super) struct Steps {
    steps: Vec<Step>,
    /// Vectors of outputs in a panel.
    across: usize,
    /// Steps down a panel.
    depth: usize,
}

/// Whether products with so many inputs and outputs are whole panels.
pub(super) const fn fits(inputs: usize, outputs: usize) -> bool {
    inputs.is_multiple_of(INPUTS) && outputs.is_multiple_of(2 * LANES)
}

/// Whether this machine has the instructions.
pub(super) fn level() -> Option<Avx512> {
    Level::new().as_avx512()
}

impl Steps {
    fn new(inputs: usize, outputs: usize) -> Self {
        let (across, depth) = (if outputs.is_multiple_of(4 * LANES) { 4 } else { 2 }, inputs / INPUTS);
        Self { steps: vec![Step::NOUGHT; outputs / LANES * depth], across, depth }
    }

    /// Of `weights`, a row of so many inputs for each output.
    pub(super) fn of_rows(weights: &[i8], inputs: usize, outputs: usize) -> Self {
        let mut new = Self::new(inputs, outputs);
        let (panel, vector) = (new.across * new.depth, LANES * inputs);
        let panels = new.steps.chunks_mut(panel.max(1)).zip(weights.chunks((new.across * vector).max(1)));
        for (steps, weights) in panels {
            for (across, weights) in weights.chunks(vector.max(1)).enumerate() {
                let rows: [&[[i8; INPUTS]]; LANES] = array::from_fn(|row| {
                    weights.get(row * inputs..(row + 1) * inputs).unwrap_or_default().as_chunks().0
                });
                for (down, steps) in steps.chunks_mut(new.across).enumerate() {
                    if let Some(step) = steps.get_mut(across) {
                        step.0 = rows.map(|row| row.get(down).copied().unwrap_or_default());
                    }
                }
            }
        }
        new
    }

    /// Of `weights`, a row of so many outputs for each input.
    pub(super) fn of_columns(weights: &[i8], inputs: usize, outputs: usize) -> Self {
        let mut new = Self::new(inputs, outputs);
        for (down, rows) in weights.chunks_exact((INPUTS * outputs).max(1)).enumerate() {
            let rows: [&[i8]; INPUTS] =
                array::from_fn(|row| rows.get(row * outputs..(row + 1) * outputs).unwrap_or_default());
            let vectors = rows.map(|row| row.as_chunks::<LANES>().0);
            let [first, second, third, fourth] = vectors;
            let vectors = first.iter().zip(second).zip(third.iter().zip(fourth));
            for (vector, ((first, second), (third, fourth))) in vectors.enumerate() {
                let at = (vector / new.across * new.depth + down) * new.across + vector % new.across;
                let Some(step) = new.steps.get_mut(at) else { continue };
                let lanes = first.iter().zip(second).zip(third.iter().zip(fourth));
                for (out, ((first, second), (third, fourth))) in step.0.iter_mut().zip(lanes) {
                    *out = [*first, *second, *third, *fourth];
                }
            }
        }
        new
    }
}

/// What becomes of the sums: the numbers of each output, as the linear layer has them.
pub(super) struct Outputs<'a> {
    pub(super) sums: &'a [i32],
    pub(super) scale: &'a [f32],
    pub(super) bias: &'a [f32],
}

impl Outputs<'_> {
    /// The numbers of one panel after another.
    fn panels<const WIDTH: usize>(&self) -> impl Iterator<Item = (&[i32; WIDTH], &[f32; WIDTH], &[f32; WIDTH])> {
        let (sums, scale, bias) = (self.sums.as_chunks().0, self.scale.as_chunks().0, self.bias.as_chunks().0);
        sums.iter().zip(scale).zip(bias).map(|((sums, scale), bias)| (sums, scale, bias))
    }
}

/// The outputs of each row, at their place.
pub(super) fn product(token: Avx512, left: &QuantizedRows, right: &Steps, outputs: &Outputs<'_>, place: Place<'_>) {
    match right.across {
        4 => product_by_four(token, left, right, outputs, place),
        _ => product_by_two(token, left, right, outputs, place),
    }
}

macro_rules! product {
    ($name:ident, $across:literal) => {
        fearless_simd::kernel!(
            fn $name(token: Avx512, left: &QuantizedRows, right: &Steps, outputs: &Outputs<'_>, place: Place<'_>) {
                const WIDTH: usize = $across * LANES;
                let depth = right.depth.max(1);
                // Sums of so few products are exact as floats too: at most 1024 * 255 * 64, less than 2^24.
                let small = depth * INPUTS <= 1024;
                let panels = right.steps.chunks(depth * $across).zip(outputs.panels::<WIDTH>()).enumerate();
                for (panel, (steps, (sums, scales, biases))) in panels {
                    let sums: [__m512i; $across] = array::from_fn(|i| i32x16::from_slice(token, part(sums, i)).into());
                    let scales: [__m512; $across] =
                        array::from_fn(|i| f32x16::from_slice(token, part(scales, i)).into());
                    let biases: [__m512; $across] =
                        array::from_fn(|i| f32x16::from_slice(token, part(biases, i)).into());
                    let marks = left.scale.chunks(ROWS).zip(left.zero.chunks(ROWS));
                    let rows = left.values.as_chunks::<INPUTS>().0.chunks(ROWS * depth).zip(marks);
                    for ((rows, (scale, zero)), out) in rows.zip(place.rows.chunks_mut(ROWS * place.stride)) {
                        let [r0, r1, r2, r3] = four(rows, depth);
                        let mut products = [[_mm512_setzero_si512(); $across]; ROWS];
                        let rows = r0.iter().zip(r1).zip(r2.iter().zip(r3));
                        for (step, ((a0, a1), (a2, a3))) in steps.as_chunks::<$across>().0.iter().zip(rows) {
                            let weights: [__m512i; $across] =
                                step.map(|step| i8x64::from_slice(token, step.0.as_flattened()).into());
                            for (products, inputs) in products.iter_mut().zip([a0, a1, a2, a3]) {
                                let inputs = _mm512_set1_epi32(i32::from_le_bytes(*inputs));
                                for (product, weights) in products.iter_mut().zip(weights) {
                                    *product = _mm512_dpbusd_epi32(*product, inputs, weights);
                                }
                            }
                        }
                        each(
                            products,
                            #[inline(always)]
                            |row, products| {
                                let (Some(scale), Some(zero)) = (scale.get(row), zero.get(row)) else { return };
                                let (scale, zero) = (_mm512_set1_ps(*scale), _mm512_set1_epi32(*zero));
                                let from = row * place.stride + place.at + WIDTH * panel;
                                let Some(out) = out.get_mut(from..from + WIDTH) else { return };
                                let own = sums.into_iter().zip(scales).zip(biases);
                                for ((product, ((sums, scales), biases)), out) in
                                    products.into_iter().zip(own).zip(out.as_chunks_mut::<LANES>().0)
                                {
                                    let product = if small {
                                        let (zero, sums) = (_mm512_cvtepi32_ps(zero), _mm512_cvtepi32_ps(sums));
                                        _mm512_fnmadd_ps(zero, sums, _mm512_cvtepi32_ps(product))
                                    } else {
                                        _mm512_cvtepi32_ps(_mm512_sub_epi32(product, _mm512_mullo_epi32(zero, sums)))
                                    };
                                    let output = _mm512_mul_ps(product, _mm512_mul_ps(scale, scales));
                                    let output: f32x16<Avx512> = _mm512_add_ps(output, biases).simd_into(token);
                                    output.store_slice(out);
                                }
                            },
                        );
                    }
                }
            }
        );
    };
}

product!(product_by_two, 2);
product!(product_by_four, 4);

/// One row of products after another, written out: those that were counted through would leave their registers.
#[inline(always)]
fn each<T>([first, second, third, fourth]: [T; ROWS], mut work: impl FnMut(usize, T)) {
    work(0, first);
    work(1, second);
    work(2, third);
    work(3, fourth);
}

/// Four rows of so many steps; written out, as `array::from_fn` is a call here.
#[inline(always)]
fn four(rows: &[[u8; INPUTS]], depth: usize) -> [&[[u8; INPUTS]]; ROWS] {
    let row = |row: usize| rows.get(row * depth..(row + 1) * depth).unwrap_or_default();
    [row(0), row(1), row(2), row(3)]
}

/// A vector's part of the numbers of a panel.
#[inline(always)]
fn part<T>(numbers: &[T], index: usize) -> &[T] {
    numbers.chunks_exact(LANES).nth(index).unwrap_or_default()
}
