//! Matrix products in int8 with exact 32-bit sums; one result whatever the processor.
//!
//! Activations are quantised a row at a time to -127..127 and stored with 128 added, as the unsigned operand of
//! `vpdpbusd`; the excess is taken off again exactly, through the sums of the weight rows.

mod portable;
#[cfg(target_arch = "x86_64")]
mod x86;
#[cfg(target_arch = "x86_64")]
pub(crate) use x86::WIDEST;

use crate::error::ModelError;
use crate::weights::{Weights, check_len};

/// Outputs that the kernels compute side by side.
pub(crate) const LANES: usize = 16;
/// Rows of activations that the kernels compute together.
pub(crate) const TILE: usize = 8;

/// Quantised rows of activations.
#[derive(Default)]
pub(crate) struct Rows {
    /// Value + 128, row by row.
    pub(crate) data: Vec<u8>,
    /// One scale a row.
    pub(crate) scale: Vec<f32>,
    cols: usize,
}

impl Rows {
    /// Empties the rows and sets their width.
    pub(crate) fn reset(&mut self, cols: usize) {
        self.data.clear();
        self.scale.clear();
        self.cols = cols;
    }

    /// Quantises one more row.
    #[inline(always)]
    pub(crate) fn push(&mut self, row: &[f32]) {
        let start = self.data.len();
        self.data.resize(start + row.len(), 128);
        self.scale.push(quantise(row, &mut self.data[start..]));
    }
}

/// Quantises one row, symmetric; gives its scale.
#[inline(always)]
fn quantise(row: &[f32], out: &mut [u8]) -> f32 {
    let mut lanes = [0f32; 16];
    let (blocks, rest) = row.as_chunks::<16>();
    for block in blocks {
        for (lane, value) in lanes.iter_mut().zip(block) {
            let size = value.abs();
            *lane = if size > *lane { size } else { *lane };
        }
    }
    let mut top = 0f32;
    for size in lanes.into_iter().chain(rest.iter().map(|value| value.abs())) {
        top = if size > top { size } else { top };
    }
    if top <= 0.0 || !top.is_finite() {
        return 0.0;
    }
    let inverse = 127.0 / top;
    for (byte, value) in out.iter_mut().zip(row) {
        // adding 1.5 · 2²³ rounds to the nearest whole number and leaves it in the low bits
        *byte = ((value * inverse + 12_582_912.0).to_bits().wrapping_add(128) & 0xff) as u8;
    }
    top / 127.0
}

/// A weight matrix [outputs, inputs] with one scale and one bias an output.
pub(crate) struct Matrix {
    /// Blocks of 16 outputs; inside, groups of 4 inputs, each 16 × 4 bytes.
    packed: Vec<i8>,
    scale: Vec<f32>,
    bias: Vec<f32>,
    /// 128 times the sum of each weight row.
    excess: Vec<i32>,
    outputs: usize,
    inputs: usize,
}

impl Matrix {
    /// Reads `name`, `name.scale` and `name.bias`.
    pub(crate) fn load(weights: &Weights, name: &str, inputs: Option<usize>) -> Result<Matrix, ModelError> {
        let (_, outputs, _) = weights.rows(name)?;
        Matrix::load_part(weights, name, inputs, 0..outputs)
    }

    /// Reads some of the outputs.
    pub(crate) fn load_part(
        weights: &Weights,
        name: &str,
        inputs: Option<usize>,
        part: std::ops::Range<usize>,
    ) -> Result<Matrix, ModelError> {
        let (data, outputs, cols) = weights.rows(name)?;
        check_len(name, cols, inputs)?;
        let scale = weights.floats(&format!("{name}.scale"), Some(outputs))?;
        let bias = weights.floats(&format!("{name}.bias"), Some(outputs))?;
        let rows = &data[part.start * cols..part.end * cols];
        Ok(Matrix::new(rows, cols, &scale[part.clone()], &bias[part]))
    }

    fn new(rows: &[u8], inputs: usize, scale: &[f32], bias: &[f32]) -> Matrix {
        let outputs = scale.len();
        let padded = outputs.next_multiple_of(LANES);
        let mut packed = vec![0i8; padded * inputs];
        let mut excess = vec![0i32; padded];
        for (output, row) in rows.chunks_exact(inputs).enumerate() {
            let block = output / LANES * LANES * inputs;
            for (input, &byte) in row.iter().enumerate() {
                let value = byte as i8;
                packed[block + input / 4 * (LANES * 4) + output % LANES * 4 + input % 4] = value;
                excess[output] += 128 * i32::from(value);
            }
        }
        let pad = |values: &[f32]| {
            let mut values = values.to_vec();
            values.resize(padded, 0.0);
            values
        };
        Matrix { packed, scale: pad(scale), bias: pad(bias), excess, outputs, inputs }
    }

    /// Number of outputs without padding.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Number of values a row of the result has: the outputs, padded to whole lanes.
    pub(crate) fn width(&self) -> usize {
        self.bias.len()
    }

    /// `rows` times the matrix plus bias, into `out` (as many rows, [`Matrix::width`] values each).
    pub(crate) fn apply(&self, rows: &Rows, out: &mut Vec<f32>) {
        debug_assert_eq!(rows.cols, self.inputs);
        // every value is written below
        out.resize(rows.scale.len() * self.width(), 0.0);
        #[cfg(target_arch = "x86_64")]
        if x86::apply(self, rows, out) {
            return;
        }
        portable::apply(self, rows, out);
    }

    /// One block of exact sums made floats; all kernels end here.
    #[inline(always)]
    fn finish(&self, block: usize, sums: &[i32; LANES], scale: f32, out: &mut [f32]) {
        let first = block * LANES;
        let weights = &self.scale[first..first + LANES];
        let bias = &self.bias[first..first + LANES];
        let excess = &self.excess[first..first + LANES];
        for lane in 0..LANES {
            out[lane] = (sums[lane] - excess[lane]) as f32 * (scale * weights[lane]) + bias[lane];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernels_agree_bit_for_bit() {
        for (count, inputs, outputs) in [(1, 192, 320), (7, 256, 768), (8, 96, 96), (19, 128, 74), (5, 768, 17)] {
            let mut seed = 7u32;
            let mut next = || {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                seed >> 16
            };
            let weights: Vec<u8> = (0..inputs * outputs).map(|_| ((next() % 255) as i32 - 127) as i8 as u8).collect();
            let scale: Vec<f32> = (0..outputs).map(|_| next() as f32 / 1e7).collect();
            let bias: Vec<f32> = (0..outputs).map(|_| next() as f32 / 1e5 - 0.3).collect();
            let matrix = Matrix::new(&weights, inputs, &scale, &bias);
            let mut rows = Rows::default();
            rows.reset(inputs);
            for _ in 0..count {
                let row: Vec<f32> = (0..inputs).map(|_| next() as f32 / 3e4 - 1.0).collect();
                rows.push(&row);
            }
            let mut expected = vec![0.0; count * matrix.width()];
            portable::apply(&matrix, &rows, &mut expected);
            let mut found = Vec::new();
            matrix.apply(&rows, &mut found);
            assert!(found.iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits()));
            #[cfg(target_arch = "x86_64")]
            for kind in x86::kinds() {
                let mut found = vec![0.0; expected.len()];
                x86::apply_with(kind, &matrix, &rows, &mut found);
                assert!(found.iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits()), "{kind:?}");
            }
        }
    }
}
