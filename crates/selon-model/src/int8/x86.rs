//! Kernels for x86-64: AVX-512 VNNI and AVX2, chosen at run time.

use std::arch::x86_64::*;
use std::sync::LazyLock;

use super::{LANES, Matrix, Rows, TILE};

/// A set of instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// 512-bit dot products of bytes.
    Vnni,
    /// 256-bit.
    Avx2,
}

static BEST: LazyLock<Option<Kind>> = LazyLock::new(|| kinds().first().copied());

/// Whether the float layers may use 512 bits.
pub(crate) static WIDEST: LazyLock<bool> = LazyLock::new(|| {
    let has = [is_x86_feature_detected!("avx512f"), is_x86_feature_detected!("avx512vl")];
    has.iter().all(|&has| has) && is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("avx512dq")
});

/// What this processor has, fastest first.
pub(super) fn kinds() -> Vec<Kind> {
    let mut kinds = Vec::new();
    if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("avx512vnni") {
        kinds.push(Kind::Vnni);
    }
    if is_x86_feature_detected!("avx2") {
        kinds.push(Kind::Avx2);
    }
    kinds
}

/// `rows` times `matrix`; false if this processor has none of the kernels.
pub(super) fn apply(matrix: &Matrix, rows: &Rows, out: &mut [f32]) -> bool {
    match *BEST {
        Some(kind) => {
            apply_with(kind, matrix, rows, out);
            true
        }
        None => false,
    }
}

/// The product by one kernel; `kind` must come from [`kinds`].
pub(super) fn apply_with(kind: Kind, matrix: &Matrix, rows: &Rows, out: &mut [f32]) {
    // the kernels read and write without bounds checks, so the sizes are checked here once
    assert!(matrix.inputs.is_multiple_of(4) && rows.data.len() == rows.scale.len() * matrix.inputs);
    assert!(matrix.packed.len() == matrix.width() * matrix.inputs && out.len() == rows.scale.len() * matrix.width());
    let blocks = matrix.width() / LANES;
    let mut row = 0;
    while row < rows.scale.len() {
        let count = (rows.scale.len() - row).min(TILE);
        let mut block = 0;
        while block < blocks {
            let pair = (blocks - block).min(2);
            // SAFETY: `kind` was detected, and the tile (rows row..row+count, blocks block..block+pair) lies inside the slices.
            unsafe {
                match (kind, count, pair) {
                    (Kind::Vnni, TILE, 2) => vnni::<TILE, 2>(matrix, rows, row, block, out),
                    (Kind::Vnni, TILE, _) => vnni::<TILE, 1>(matrix, rows, row, block, out),
                    (Kind::Vnni, _, _) => (0..count).for_each(|k| match pair {
                        2 => vnni::<1, 2>(matrix, rows, row + k, block, out),
                        _ => vnni::<1, 1>(matrix, rows, row + k, block, out),
                    }),
                    (Kind::Avx2, _, _) => (0..count).for_each(|k| {
                        for at in block..block + pair {
                            avx2(matrix, rows, row + k, at, out);
                        }
                    }),
                }
            }
            block += pair;
        }
        row += count;
    }
}

/// `R` rows by `C` blocks of outputs.
///
/// # Safety
/// The processor has the features; the tile lies inside the slices.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
unsafe fn vnni<const R: usize, const C: usize>(matrix: &Matrix, rows: &Rows, row: usize, block: usize, out: &mut [f32]) {
    let inputs = matrix.inputs;
    let mut sums = [[_mm512_setzero_si512(); C]; R];
    // SAFETY: the tile lies inside the slices.
    let (input, packed) = unsafe { (rows.data.as_ptr().add(row * inputs), matrix.packed.as_ptr().add(block * LANES * inputs)) };
    for four in 0..inputs / 4 {
        let mut weights = [_mm512_setzero_si512(); C];
        for (c, weight) in weights.iter_mut().enumerate() {
            // SAFETY: block c holds inputs / 4 groups of 64 bytes.
            *weight = unsafe { _mm512_loadu_si512(packed.add((c * inputs / 4 + four) * 64).cast()) };
        }
        for (r, sum) in sums.iter_mut().enumerate() {
            // SAFETY: row r has `inputs` bytes, read four at a time.
            let value = _mm512_set1_epi32(unsafe { input.add(r * inputs + four * 4).cast::<i32>().read_unaligned() });
            for c in 0..C {
                sum[c] = _mm512_dpbusd_epi32(sum[c], value, weights[c]);
            }
        }
    }
    for (r, sum) in sums.iter().enumerate() {
        for (c, sum) in sum.iter().enumerate() {
            let mut exact = [0i32; LANES];
            // SAFETY: the array has the 64 bytes of the register.
            unsafe { _mm512_storeu_si512(exact.as_mut_ptr().cast(), *sum) };
            let start = (row + r) * matrix.width() + (block + c) * LANES;
            matrix.finish(block + c, &exact, rows.scale[row + r], &mut out[start..start + LANES]);
        }
    }
}

/// One row by one block. `vpmaddubsw` saturates, so the unsigned operand is the size of the activation (at most 127) and its sign moves
/// to the weight: a pair of products stays below 2 · 127².
///
/// # Safety
/// The processor has AVX2; the tile lies inside the slices.
#[target_feature(enable = "avx2")]
unsafe fn avx2(matrix: &Matrix, rows: &Rows, row: usize, block: usize, out: &mut [f32]) {
    let inputs = matrix.inputs;
    let (ones, flip) = (_mm256_set1_epi16(1), _mm256_set1_epi8(-128));
    let mut sums = [_mm256_setzero_si256(); 2];
    let input = &rows.data[row * inputs..][..inputs];
    let packed = &matrix.packed[block * LANES * inputs..][..LANES * inputs];
    for (four, weights) in input.as_chunks::<4>().0.iter().zip(packed.as_chunks::<64>().0) {
        let value = _mm256_xor_si256(_mm256_set1_epi32(i32::from_le_bytes(*four)), flip);
        let size = _mm256_abs_epi8(value);
        for (half, sum) in sums.iter_mut().enumerate() {
            // SAFETY: the chunk has 64 bytes, two registers.
            let weight = unsafe { _mm256_loadu_si256(weights.as_ptr().add(half * 32).cast()) };
            let pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(weight, value));
            *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pairs, ones));
        }
    }
    let mut exact = [0i32; LANES];
    // SAFETY: the array has the 64 bytes of the two registers.
    unsafe {
        _mm256_storeu_si256(exact.as_mut_ptr().cast(), sums[0]);
        _mm256_storeu_si256(exact.as_mut_ptr().add(8).cast(), sums[1]);
    }
    // these sums are of the signed activations already; the others still carry the excess
    for (sum, excess) in exact.iter_mut().zip(&matrix.excess[block * LANES..][..LANES]) {
        *sum += excess;
    }
    let start = row * matrix.width() + block * LANES;
    matrix.finish(block, &exact, rows.scale[row], &mut out[start..start + LANES]);
}
