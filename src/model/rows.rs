//! Rows of bytes on their way into a product, and where its outputs go.

/// Rows of bytes, each with its scale and zero point.
#[derive(Default)]
pub(super) struct QuantizedRows {
    pub(super) values: Vec<u8>,
    width: usize,
    pub(super) scale: Vec<f32>,
    pub(super) zero: Vec<i32>,
}

impl QuantizedRows {
    /// Room for so many rows, whose values are whatever stood there, and for those that are multiplied with the last.
    pub(super) fn resize(&mut self, rows: usize, width: usize) {
        self.values.resize(rows.next_multiple_of(TOGETHER) * width, 0);
        self.width = width;
        self.scale.resize(rows, 0.0);
        self.zero.resize(rows, 0);
    }

    /// So many rows after another, with their scales and zero points.
    pub(super) fn parts(&self, rows: usize) -> impl Iterator<Item = (&[u8], Marks<'_>)> {
        let values = self.values.get(..self.scale.len() * self.width).unwrap_or_default();
        let marks = self.scale.chunks(rows).zip(self.zero.chunks(rows));
        values.chunks((rows * self.width).max(1)).zip(marks)
    }

    /// The scale and the zero point of each row.
    #[cfg(test)]
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
}

/// Scales and zero points of rows.
pub(super) type Marks<'a> = (&'a [f32], &'a [i32]);

/// As many rows are multiplied at once where the machine has VNNI.
pub(super) const TOGETHER: usize = 4;

/// Where the outputs of a row go: rows are `stride` apart, and the outputs begin at `at`.
pub(super) struct Place<'a> {
    pub(super) rows: &'a mut [f32],
    pub(super) stride: usize,
    pub(super) at: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

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
            (&rows.values[..4], rows.marks().collect::<Vec<_>>()),
            (&[1, 1, 3, 3][..], vec![(1.0, 1), (3.0, 3)])
        );
        rows.keep(&[]);
        assert!(rows.scale.is_empty());
    }
}
