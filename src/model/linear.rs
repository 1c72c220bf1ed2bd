//! Products of whole numbers: rows of bytes, each with a scale and a zero point of its own, times weights.

#[cfg(target_arch = "x86_64")]
use super::vnni;
use super::{
    arithmetic::vectorised,
    error::Error,
    rows::{Marks, Place, QuantizedRows},
};
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

/// What multiplies on this machine. It belongs to one thread.
pub(super) struct Machine {
    #[cfg(target_arch = "x86_64")]
    vnni: Option<vnni::Avx512>,
    gemm: GemmExecutor<u8, i8, i32>,
    sums: Vec<i32>,
}

impl Default for Machine {
    fn default() -> Self {
        Self {
            #[cfg(target_arch = "x86_64")]
            vnni: vnni::level(),
            gemm: GemmExecutor::default(),
            sums: Vec::new(),
        }
    }
}

/// As many rows are multiplied by rten-gemm before their sums become numbers, while those are in the cache.
const PART: usize = 64;

/// A matrix of `rows` over `columns`, or the error that it is not one.
fn matrix<T>(values: &[T], rows: usize, columns: usize) -> Result<NdTensorView<'_, T, 2>, Error> {
    NdTensorView::try_from_data([rows, columns], values).map_err(|_| Error::Section("weights"))
}

/// The right side of a product: whole numbers, and of each column, which is an output, their sum, a scale and a bias.
pub(super) struct Linear {
    weights: Weights,
    sums: Vec<i32>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

enum Weights {
    #[cfg(target_arch = "x86_64")]
    Steps(vnni::Steps),
    Packed(PackedBMatrix<i8>),
}

impl Linear {
    /// `weights` are a row of so many inputs for each output.
    pub(super) fn of_rows(
        machine: &Machine,
        (weights, inputs): (&[i8], usize),
        (sums, scale, bias): (Vec<i32>, Vec<f32>, Vec<f32>),
    ) -> Result<Self, Error> {
        #[cfg(target_arch = "x86_64")]
        if machine.vnni.is_some() && vnni::fits(inputs, scale.len()) {
            return Ok(Self {
                weights: Weights::Steps(vnni::Steps::of_rows(weights, inputs, scale.len())),
                sums,
                scale,
                bias,
            });
        }
        let weights = machine.gemm.prepack_b(matrix(weights, scale.len(), inputs)?.transposed());
        Ok(Self { weights: Weights::Packed(weights), sums, scale, bias })
    }

    /// `weights` are a row of outputs for each input.
    pub(super) fn of_columns(
        machine: &Machine,
        (weights, inputs): (&[i8], usize),
        (sums, scale, bias): (Vec<i32>, Vec<f32>, Vec<f32>),
    ) -> Result<Self, Error> {
        #[cfg(target_arch = "x86_64")]
        if machine.vnni.is_some() && vnni::fits(inputs, scale.len()) {
            let weights = vnni::Steps::of_columns(weights, inputs, scale.len());
            return Ok(Self { weights: Weights::Steps(weights), sums, scale, bias });
        }
        let weights = machine.gemm.prepack_b(matrix(weights, inputs, scale.len())?);
        Ok(Self { weights: Weights::Packed(weights), sums, scale, bias })
    }

    /// The outputs of each row of `bytes`, at their place: the sums of products are exact, and what is done to them after
    /// is the same on every machine.
    pub(super) fn apply(&self, machine: &mut Machine, bytes: &QuantizedRows, place: Place<'_>) -> Result<(), Error> {
        match &self.weights {
            #[cfg(target_arch = "x86_64")]
            Weights::Steps(steps) => {
                if let Some(token) = machine.vnni {
                    let outputs = vnni::Outputs { sums: &self.sums, scale: &self.scale, bias: &self.bias };
                    vnni::product(token, bytes, steps, &outputs, place);
                }
                Ok(())
            }
            Weights::Packed(weights) => {
                let rows = place.rows.chunks_mut(PART * place.stride).zip(bytes.parts(PART));
                for (rows, (values, marks)) in rows {
                    let products = multiply(machine, (values, marks.0.len()), weights)?;
                    self.number(products, marks, Place { rows, ..place });
                }
                Ok(())
            }
        }
    }

    /// How many numbers come out of a row.
    pub(super) fn width(&self) -> usize {
        self.scale.len().max(1)
    }

    /// The outputs that the sums of products are.
    fn number(&self, products: &[i32], (scale, zero): Marks<'_>, Place { rows, stride, at }: Place<'_>) {
        vectorised(
            #[inline(always)]
            || {
                let marks = scale.iter().zip(zero);
                let rows = products.chunks(self.width()).zip(marks).zip(rows.chunks_mut(stride));
                for ((products, (scale, zero)), out) in rows {
                    let out = out.get_mut(at..).unwrap_or_default();
                    let own = self.sums.iter().zip(&self.scale).zip(&self.bias);
                    for ((out, product), ((sum, own), bias)) in out.iter_mut().zip(products).zip(own) {
                        *out = (product - zero * sum) as f32 * (scale * own) + bias;
                    }
                }
            },
        );
    }
}

/// The bytes of `a` times `b`, exactly. Their zero points are taken off later: rten-gemm 0.27 takes a zero point of its
/// own for the first rows only.
fn multiply<'a>(
    machine: &'a mut Machine,
    (a, rows): (&[u8], usize),
    b: &PackedBMatrix<i8>,
) -> Result<&'a [i32], Error> {
    // Ordered once: rten-gemm orders what it is given for each block of columns.
    let a = machine.gemm.prepack_a(matrix(a, rows, a.len() / rows.max(1))?);
    // It only grows: zeros are not written over again and again.
    let needed = rows * b.cols();
    machine.sums.resize(needed.max(machine.sums.len()), 0);
    let sums = machine.sums.get_mut(..needed).unwrap_or_default();
    machine
        .gemm
        .gemm(sums, GemmInputA::Packed(&a), GemmInputB::Packed(b), GemmOptions::default())
        .map_err(|error| Error::Product(error.to_string()))?;
    Ok(sums)
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
    pub(super) fn pack(&self, machine: &Machine) -> Result<Linear, Error> {
        let sums = vectorised(
            #[inline(always)]
            || self.weights.chunks(self.inputs.max(1)).map(sum).collect(),
        );
        Linear::of_rows(machine, (self.weights, self.inputs), (sums, self.scale.to_vec(), self.bias.to_vec()))
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

    /// Some rows, some weights, and what comes out of them.
    fn outputs(machine: &mut Machine, rows: usize, inner: usize, columns: usize) -> [Vec<f32>; 3] {
        let mut a = QuantizedRows::default();
        a.resize(rows, inner);
        for (at, (row, scale, zero)) in a.rows().enumerate() {
            row.iter_mut().enumerate().for_each(|(i, value)| *value = ((at * inner + i) * 7919 % 251) as u8);
            (*scale, *zero) = (0.25 + at as f32, at as i32 % 256);
        }
        let b: Vec<i8> = (0..inner * columns).map(|i| (i * 104_729 % 128) as i8 - 64).collect();
        let across: Vec<i8> = (0..inner * columns).map(|i| b[i % columns * inner + i / columns]).collect();
        let sums: Vec<i32> = b.chunks(inner).map(sum).collect();
        let scale: Vec<f32> = (0..columns).map(|i| 1.0 / (i + 3) as f32).collect();
        let bias: Vec<f32> = (0..columns).map(|i| i as f32 * 0.7 - 9.0).collect();
        let mut want = vec![0.5; rows * (columns + 2)];
        for (index, (row, (scale_of_row, zero))) in a.values.chunks(inner).zip(a.marks()).enumerate() {
            for column in 0..columns {
                let weights = &b[column * inner..(column + 1) * inner];
                let product: i32 = row.iter().zip(weights).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
                want[index * (columns + 2) + 1 + column] =
                    (product - zero * sums[column]) as f32 * (scale_of_row * scale[column]) + bias[column];
            }
        }
        let numbers = || (sums.clone(), scale.clone(), bias.clone());
        let linears = [
            Linear::of_rows(machine, (&b, inner), numbers()).unwrap(),
            Linear::of_columns(machine, (&across, inner), numbers()).unwrap(),
        ];
        let [first, second] = linears.map(|linear| {
            let mut got = vec![0.5; rows * (columns + 2)];
            linear.apply(machine, &a, Place { rows: &mut got, stride: columns + 2, at: 1 }).unwrap();
            got
        });
        [want, first, second]
    }

    #[test]
    fn outputs_are_the_same_bits_whoever_multiplies() {
        for any in [false, true] {
            let mut machine = Machine::default();
            #[cfg(target_arch = "x86_64")]
            if any {
                machine.vnni = None;
            }
            for (rows, inner, columns) in [
                (1, 5, 3),
                (7, 32, 9),
                (37, 48, 70),
                (66, 1536, 33),
                (9, 32, 32),
                (17, 64, 96),
                (8, 384, 64),
                (70, 8, 128),
            ] {
                let [want, first, second] = outputs(&mut machine, rows, inner, columns);
                assert!(first == want, "{rows} {inner} {columns}, any machine: {any}");
                assert!(second == want, "{rows} {inner} {columns} across, any machine: {any}");
            }
        }
    }
}
