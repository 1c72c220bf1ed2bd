//! The encoder's arithmetic on rows of numbers, with the same bits on every machine.
//!
//! Only additions, multiplications, divisions, square roots and comparisons are used, each rounded by itself (nothing is
//! fused), and sums are taken over [`LANES`] partial sums in a fixed order. [`vectorised`] compiles the same loops for
//! the widest vectors that the machine has, which changes the speed and not the result. `f32::exp` and its like come
//! from the platform's library and are not used.

use rten_simd::{Isa, SimdOp};

/// How many partial sums a sum is made of.
const LANES: usize = 16;

struct Vectorised<F>(F);

impl<R, F: FnOnce() -> R> SimdOp for Vectorised<F> {
    type Output = R;

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) -> R {
        (self.0)()
    }
}

/// Runs loops with the widest vectors of this machine.
pub(super) fn vectorised<R>(work: impl FnOnce() -> R) -> R {
    Vectorised(work).dispatch()
}

/// e to the power of `x`, to 5e-6 of its value; `x` is at most 0, and -87 where it is less.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    // Adding 1.5 * 2^23 leaves the nearest whole number in the low bits.
    const ROUND: f32 = 12_582_912.0;
    let power = larger(x, -87.0) * std::f32::consts::LOG2_E;
    let shifted = power + ROUND;
    let rest = power - (shifted - ROUND);
    let polynomial = 1.0
        + rest
            * (std::f32::consts::LN_2
                + rest * (0.240_226_5 + rest * (0.055_504_11 + rest * (0.009_618_129 + rest * 0.001_339_9))));
    polynomial * f32::from_bits((shifted.to_bits() << 23).wrapping_add(0x3F80_0000))
}

/// x times the normal distribution's share below x, to 1e-6 (Abramowitz and Stegun 7.1.26 for the error function).
#[inline(always)]
pub(super) fn gelu(x: f32) -> f32 {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let polynomial = t * (0.254_829_6 + t * (-0.284_496_72 + t * (1.421_413_8 + t * (-1.453_152 + t * 1.061_405_4))));
    let above = 0.5 * polynomial * exp(-z * z);
    x * if x > 0.0 { 1.0 - above } else { above }
}

/// Joins what `of` makes of each number of a row, over [`LANES`] partial results.
#[inline(always)]
fn fold(row: &[f32], start: f32, of: impl Fn(f32) -> f32, join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = [start; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane = join(*lane, of(value));
        }
    }
    for (lane, &value) in lanes.iter_mut().zip(rest) {
        *lane = join(*lane, of(value));
    }
    lanes.into_iter().fold(start, join)
}

#[inline(always)]
fn itself(value: f32) -> f32 {
    value
}

#[inline(always)]
fn plus(a: f32, b: f32) -> f32 {
    a + b
}

#[inline(always)]
fn smaller(a: f32, b: f32) -> f32 {
    if b < a { b } else { a }
}

#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}

/// Joins lanes in pairs: the order is another than that of [`fold`], which is the same for a largest or a smallest.
#[inline(always)]
fn halve(mut lanes: [f32; LANES], join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        let (low, high) = lanes.split_at_mut(half);
        for (low, high) in low.iter_mut().zip(high) {
            *low = join(*low, *high);
        }
        half /= 2;
    }
    let [first, ..] = lanes;
    first
}

/// Partial results of a row, for [`halve`].
#[inline(always)]
fn lanes(row: &[f32], start: f32, of: impl Fn(f32, f32) -> f32) -> [f32; LANES] {
    let mut lanes = [start; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane = of(*lane, value);
        }
    }
    for (lane, &value) in lanes.iter_mut().zip(rest) {
        *lane = of(*lane, value);
    }
    lanes
}

/// The largest of a row.
#[inline(always)]
pub(super) fn maximum(row: &[f32]) -> f32 {
    halve(lanes(row, f32::MIN, larger), larger)
}

/// The sum of the products of two rows.
#[inline(always)]
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    for (a, b) in a.chunks(LANES).zip(b.chunks(LANES)) {
        for ((lane, a), b) in lanes.iter_mut().zip(a).zip(b) {
            *lane += a * b;
        }
    }
    lanes.into_iter().sum()
}

/// Scale and shift of a layer norm.
pub(super) struct Norm {
    pub(super) weight: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

impl Norm {
    /// Makes the mean 0 and the variance 1, then scales and shifts.
    #[inline(always)]
    pub(super) fn apply(&self, row: &mut [f32]) {
        let share = 1.0 / row.len() as f32;
        let mean = fold(row, 0.0, itself, plus) * share;
        row.iter_mut().for_each(|value| *value -= mean);
        let variance = fold(row, 0.0, |value| value * value, plus) * share;
        // The encoder was trained with 1e-12; a row of equal numbers stays finite with it.
        let factor = 1.0 / (variance + 1e-12).sqrt();
        for ((value, weight), bias) in row.iter_mut().zip(&self.weight).zip(&self.bias) {
            *value = *value * factor * weight + bias;
        }
    }
}

/// Adding 2^23 leaves the nearest whole number in the low bits.
const ROUND_BYTE: f32 = 8_388_608.0;

/// A number of a row of 8-bit numbers.
#[inline(always)]
fn byte(value: f32) -> u8 {
    (larger(smaller(value, 255.0), 0.0) + ROUND_BYTE).to_bits() as u8
}

/// Writes what is in 0 to 1 as bytes. -> their sum.
#[inline(always)]
pub(super) fn shares(row: impl Iterator<Item = f32>, out: &mut [u8]) -> u32 {
    let mut sum = 0u32;
    for (out, value) in out.iter_mut().zip(row) {
        let bits = (value * 255.0 + ROUND_BYTE).to_bits();
        *out = bits as u8;
        sum = sum.wrapping_add(bits);
    }
    // The bits of the bytes are on top of those of ROUND_BYTE.
    sum.wrapping_sub(ROUND_BYTE.to_bits().wrapping_mul(out.len() as u32))
}

/// Writes a row as bytes; a byte less the zero point, times the scale, is the number again. -> scale, zero point.
#[inline(always)]
pub(super) fn quantize(row: &[f32], out: &mut [u8]) -> (f32, i32) {
    let (low, high) = (halve(lanes(row, 0.0, smaller), smaller), halve(lanes(row, 0.0, larger), larger));
    let range = larger(high - low, 1e-20);
    let per_unit = 255.0 / range;
    let zero = byte(-low * per_unit);
    let shift = f32::from(zero);
    for (out, value) in out.iter_mut().zip(row) {
        *out = byte(value * per_unit + shift);
    }
    (range * (1.0 / 255.0), zero.into())
}

/// The largest that the right side of a product may hold: two products of it with a byte fit 16 bits, so that machines
/// whose instructions add them in 16 bits cannot overflow.
pub(super) const SIGNED: f32 = 63.0;

/// A number times `per_unit` as a signed number of at most [`SIGNED`].
#[inline(always)]
pub(super) fn signed(value: f32, per_unit: f32) -> i8 {
    byte(value * per_unit + 128.0).wrapping_sub(128) as i8
}

/// Writes a row as signed numbers of at most [`SIGNED`]. -> scale.
#[inline(always)]
pub(super) fn to_signed(row: &[f32], out: &mut [i8]) -> f32 {
    let top = halve(lanes(row, 1e-20, |top, value| larger(top, value.abs())), larger);
    let per_unit = SIGNED / top;
    for (out, &value) in out.iter_mut().zip(row) {
        *out = signed(value, per_unit);
    }
    top * (1.0 / SIGNED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(count: i32, step: f64) -> impl Iterator<Item = f64> {
        (-count..=count).map(move |index| f64::from(index) * step)
    }

    #[test]
    fn exp_and_gelu_are_close() {
        for x in line(8000, 0.01).filter(|x| *x <= 0.0) {
            let (got, want) = (f64::from(exp(x as f32)), f64::from(x as f32).exp());
            assert!((got / want - 1.0).abs() < 1e-5, "exp({x}) = {got}, not {want}");
        }
        // Reference values of x * Phi(x).
        for (x, want) in
            [(-3.0, -0.004_049_7), (-1.0, -0.158_655_3), (0.0, 0.0), (0.5, 0.345_731_2), (2.0, 1.954_499_7), (9.0, 9.0)]
        {
            assert!((f64::from(gelu(x)) - want).abs() < 2e-6, "gelu({x}) = {}", gelu(x));
        }
    }

    #[test]
    fn a_norm_has_mean_0_and_variance_1() {
        let mut row: Vec<f32> = (0..37).map(|index| (index * index % 11) as f32).collect();
        Norm { weight: vec![1.0; 37], bias: vec![0.0; 37] }.apply(&mut row);
        let (sum, squares) = row.iter().fold((0.0, 0.0), |(sum, squares), x| (sum + x, squares + x * x));
        assert!(sum.abs() < 1e-4 && (squares / 37.0 - 1.0).abs() < 1e-4, "{sum} {squares}");
    }

    #[test]
    fn vectors_change_the_speed_and_not_the_bits() {
        let row: Vec<f32> = line(300, 0.37).map(|x| (x * 7.3) as f32 % 5.0).collect();
        let norm = Norm { weight: row.clone(), bias: row.iter().map(|x| x * 0.1).collect() };
        let work = |mut row: Vec<f32>| {
            norm.apply(&mut row);
            row.iter_mut().for_each(|x| *x = gelu(*x) + exp(-x.abs()));
            let mut bytes = vec![0; row.len()];
            let (scale, zero) = quantize(&row, &mut bytes);
            (
                bytes,
                zero,
                scale.to_bits(),
                dot(&row, &norm.bias).to_bits(),
                row.iter().map(|x| x.to_bits()).collect::<Vec<_>>(),
            )
        };
        assert_eq!(work(row.clone()), vectorised(|| work(row.clone())));
    }

    #[test]
    fn bytes_give_the_numbers_back_to_half_a_step() {
        let row = [-1.0, 0.0, 0.31, 2.5];
        let mut bytes = [0; 4];
        let (scale, zero) = quantize(&row, &mut bytes);
        for (value, byte) in row.iter().zip(bytes) {
            assert!(((f32::from(byte) - zero as f32) * scale - value).abs() <= scale * 0.51, "{value} {byte}");
        }
        let mut small = [0; 4];
        let scale = to_signed(&row, &mut small);
        assert_eq!(small, [-25, 0, 8, 63]);
        assert!((scale - 2.5 / 63.0).abs() < 1e-6);
        assert_eq!(quantize(&[0.0; 3], &mut bytes).1, 0);
        assert_eq!(quantize(&[f32::NAN, f32::INFINITY], &mut bytes).1, 0, "no panic");
    }
}
