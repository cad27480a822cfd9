//! The float steps between the matrix products. Each is one plain function compiled three times: for AVX-512 and AVX2, where the processor has
//! them, and for any processor. All have the same order of operations, so the results are the same bits.

use std::ops::Range;

use crate::int8::Rows;
use crate::math::{dot, normalise, sigmoid};

/// Defines a function that runs its body compiled for AVX2 where possible.
macro_rules! wide {
    ($(#[$doc:meta])* fn $name:ident($($arg:ident: $kind:ty),* $(,)?) $body:block) => {
        $(#[$doc])*
        pub(crate) fn $name($($arg: $kind),*) {
            #[inline(always)]
            fn plain($($arg: $kind),*) $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512vl,avx512bw,avx512dq")]
                fn avx512($($arg: $kind),*) { plain($($arg),*) }
                #[target_feature(enable = "avx2")]
                fn avx2($($arg: $kind),*) { plain($($arg),*) }
                if *crate::int8::WIDEST {
                    // SAFETY: the processor has these parts of AVX-512.
                    return unsafe { avx512($($arg),*) };
                }
                if is_x86_feature_detected!("avx2") {
                    // SAFETY: the processor has AVX2.
                    return unsafe { avx2($($arg),*) };
                }
            }
            plain($($arg),*)
        }
    };
}

wide! {
    /// Quantises rows as they are.
    fn quantise(values: &[f32], width: usize, out: &mut Rows) {
        for row in values.chunks_exact(width) {
            out.push(row);
        }
    }
}

wide! {
    /// Sets negative values of some columns to zero and quantises these columns.
    fn quantise_positive(values: &mut [f32], width: usize, columns: Range<usize>, out: &mut Rows) {
        for row in values.chunks_exact_mut(width) {
            let row = &mut row[columns.clone()];
            for value in row.iter_mut() {
                *value = if *value > 0.0 { *value } else { 0.0 };
            }
            out.push(row);
        }
    }
}

wide! {
    /// Normalises rows and quantises them.
    fn normalise_rows(values: &[f32], gain: &[f32], out: &mut Rows) {
        let mut normal = vec![0.0; gain.len()];
        for row in values.chunks_exact(gain.len()) {
            normalise(row, gain, &mut normal);
            out.push(&normal);
        }
    }
}

wide! {
    /// Normalises rows and quantises each with its neighbours before and after inside the sentence (zeros at the ends).
    fn windows(values: &[f32], gain: &[f32], sentences: &[usize], out: &mut Rows) {
        let size = gain.len();
        let mut normal = vec![0.0; values.len()];
        for (row, normal) in values.chunks_exact(size).zip(normal.chunks_exact_mut(size)) {
            normalise(row, gain, normal);
        }
        let mut window = vec![0.0; 3 * size];
        let mut start = 0;
        for &count in sentences {
            let sentence = &normal[start * size..(start + count) * size];
            for word in 0..count {
                for (place, part) in window.chunks_exact_mut(size).enumerate() {
                    match (word + place).checked_sub(1).filter(|&other| other < count) {
                        Some(other) => part.copy_from_slice(&sentence[other * size..(other + 1) * size]),
                        None => part.fill(0.0),
                    }
                }
                out.push(&window);
            }
            start += count;
        }
    }
}

wide! {
    /// Adds the positive part of `more` to `values`.
    fn add_positive(values: &mut [f32], more: &[f32]) {
        for (value, &more) in values.iter_mut().zip(more) {
            *value += if more > 0.0 { more } else { 0.0 };
        }
    }
}

wide! {
    /// The gated recurrence c = f c + (1 - f) z and values += r c; the first half of the channels runs forwards, the second backwards.
    /// `gates` has z, f and r of each word, three times `size` values.
    fn recur(gates: &[f32], size: usize, sentences: &[usize], values: &mut [f32]) {
        let half = size / 2;
        let mut state = vec![0f32; half];
        let mut start = 0;
        for &count in sentences {
            for backward in [false, true] {
                state.fill(0.0);
                let first = if backward { half } else { 0 };
                for step in 0..count {
                    let word = start + if backward { count - 1 - step } else { step };
                    let gate = &gates[word * 3 * size..(word + 1) * 3 * size];
                    let (z, rest) = gate.split_at(size);
                    let (f, r) = rest.split_at(size);
                    let (z, f, r) = (&z[first..first + half], &f[first..first + half], &r[first..first + half]);
                    let values = &mut values[word * size + first..][..half];
                    for channel in 0..half {
                        let keep = sigmoid(f[channel]);
                        let c = keep * state[channel] + (1.0 - keep) * z[channel];
                        state[channel] = c;
                        values[channel] += sigmoid(r[channel]) * c;
                    }
                }
            }
            start += count;
        }
    }
}

wide! {
    /// Arc scores of one sentence: rows of `count + 1` values, the root first. `by_gap` holds the bias by signed distance from word to head,
    /// then the root's.
    fn arcs(dependents: &[f32], heads: &[f32], root: &[f32], by_gap: &[f32], out: &mut Vec<f32>) {
        let size = root.len();
        let reach = (by_gap.len() - 2) / 2;
        out.clear();
        for (word, dependent) in dependents.chunks_exact(size).enumerate() {
            out.push(dot(dependent, root) + by_gap[2 * reach + 1]);
            for (other, head) in heads.chunks_exact(size).enumerate() {
                let gap = (other + reach).saturating_sub(word).min(2 * reach);
                out.push(dot(dependent, head) + by_gap[gap]);
            }
        }
    }
}
