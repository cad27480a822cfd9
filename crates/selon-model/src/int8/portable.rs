//! The kernel in plain Rust: what the others must equal.

use super::{LANES, Matrix, Rows};

/// `rows` times `matrix`.
pub(super) fn apply(matrix: &Matrix, rows: &Rows, out: &mut [f32]) {
    let width = matrix.width();
    for (row, (input, result)) in rows.data.chunks_exact(matrix.inputs).zip(out.chunks_exact_mut(width)).enumerate() {
        for block in 0..width / LANES {
            let packed = &matrix.packed[block * LANES * matrix.inputs..][..LANES * matrix.inputs];
            let mut sums = [0i32; LANES];
            for (four, weights) in input.as_chunks::<4>().0.iter().zip(packed.as_chunks::<64>().0) {
                for lane in 0..LANES {
                    for k in 0..4 {
                        sums[lane] += i32::from(four[k]) * i32::from(weights[lane * 4 + k]);
                    }
                }
            }
            matrix.finish(block, &sums, rows.scale[row], &mut result[block * LANES..][..LANES]);
        }
    }
}
