//! Float steps in one fixed order: no fused operations, sums in sixteen lanes.

/// Root-mean-square normalisation of a row, times a gain a value.
#[inline(always)]
pub(crate) fn normalise(row: &[f32], gain: &[f32], out: &mut [f32]) {
    let factor = 1.0 / (dot(row, row) / row.len() as f32 + 1e-6).sqrt();
    for ((out, value), gain) in out.iter_mut().zip(row).zip(gain) {
        *out = value * gain * factor;
    }
}

/// The scalar product, summed in sixteen lanes.
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0f32; 16];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<16>(), b.as_chunks::<16>());
    for (a, b) in a.iter().zip(b) {
        for lane in 0..16 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    let mut sum = 0.0;
    for half in [8, 4, 2, 1] {
        for lane in 0..half {
            lanes[lane] += lanes[lane + half];
        }
    }
    sum += lanes[0];
    for (a, b) in a_rest.iter().zip(b_rest) {
        sum += a * b;
    }
    sum
}

/// The logistic function, by a polynomial of degree 6 for 2^fraction (relative error below 1e-6).
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    let x = if x > 30.0 { 30.0 } else { x };
    let x = if x < -30.0 { -30.0 } else { x };
    let power = x * -std::f32::consts::LOG2_E;
    // adding 1.5 · 2²³ rounds to the nearest whole number and leaves it in the low bits
    let shifted = power + 12_582_912.0;
    let f = power - (shifted - 12_582_912.0);
    let p = 1.540_353e-4;
    let p = p * f + 1.333_355_8e-3;
    let p = p * f + 9.618_129e-3;
    let p = p * f + 5.550_411e-2;
    let p = p * f + 2.402_265e-1;
    let p = p * f + 6.931_472e-1;
    let p = p * f + 1.0;
    let whole = f32::from_bits((shifted.to_bits() << 23).wrapping_add(127 << 23));
    1.0 / (1.0 + p * whole)
}

/// Index of the greatest value, the first of equals; 0 for an empty row.
pub(crate) fn argmax(row: &[f32]) -> usize {
    let mut best = 0;
    for (index, value) in row.iter().enumerate() {
        if *value > row[best] {
            best = index;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sigmoid_is_close_everywhere() {
        let mut x = -40.0f32;
        while x < 40.0 {
            let exact = 1.0 / (1.0 + f64::from(-x).exp());
            assert!((f64::from(sigmoid(x)) - exact).abs() < 2e-6, "{x}");
            x += 0.037;
        }
    }
}
