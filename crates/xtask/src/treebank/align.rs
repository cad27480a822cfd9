//! Which word of the one is which of the other: same place in the text; inside multi-word tokens, the longest common subsequence of forms.

use super::conllu::Word;

/// For each gold word, the index of the system's word, if they are aligned.
pub fn align(gold: &[Word], system: &[Word]) -> Vec<Option<usize>> {
    let mut out = vec![None; gold.len()];
    let (mut g, mut s) = (0, 0);
    while g < gold.len() && s < system.len() {
        if gold[g].multi || system[s].multi {
            let (g_start, s_start, g_end, s_end) = region(gold, system, g, s);
            common(gold, system, (g_start, g_end), (s_start, s_end), &mut out);
            (g, s) = (g_end.max(g + usize::from(g_end == g && s_end == s)), s_end);
        } else if gold[g].span == system[s].span {
            out[g] = Some(s);
            (g, s) = (g + 1, s + 1);
        } else if gold[g].span.start <= system[s].span.start {
            g += 1;
        } else {
            s += 1;
        }
    }
    out
}

/// The words of both sides that a multi-word token concerns.
fn region(gold: &[Word], system: &[Word], mut g: usize, mut s: usize) -> (usize, usize, usize, usize) {
    let mut end;
    if gold[g].multi {
        end = gold[g].span.end;
        s += usize::from(!system[s].multi && system[s].span.start < gold[g].span.start);
    } else {
        end = system[s].span.end;
        g += usize::from(!gold[g].multi && gold[g].span.start < system[s].span.start);
    }
    let (g_start, s_start) = (g, s);
    let beyond = |words: &[Word], at: usize, end: usize| {
        words.get(at).is_none_or(|word| if word.multi { word.span.start >= end } else { word.span.end > end })
    };
    while !beyond(gold, g, end) || !beyond(system, s, end) {
        if g < gold.len() && (s >= system.len() || gold[g].span.start <= system[s].span.start) {
            end = if gold[g].multi { end.max(gold[g].span.end) } else { end };
            g += 1;
        } else if s < system.len() {
            end = if system[s].multi { end.max(system[s].span.end) } else { end };
            s += 1;
        } else {
            break;
        }
    }
    (g_start, s_start, g, s)
}

fn plain(form: &str) -> String {
    form.to_lowercase().replace('’', "'")
}

fn common(gold: &[Word], system: &[Word], g: (usize, usize), s: (usize, usize), out: &mut [Option<usize>]) {
    let (rows, cols) = (g.1 - g.0, s.1 - s.0);
    let mut best = vec![vec![0usize; cols + 1]; rows + 1];
    let same = |row: usize, col: usize| plain(&gold[g.0 + row].form) == plain(&system[s.0 + col].form);
    for row in (0..rows).rev() {
        for col in (0..cols).rev() {
            best[row][col] = best[row + 1][col].max(best[row][col + 1]).max(best[row + 1][col + 1] + usize::from(same(row, col)));
        }
    }
    let (mut row, mut col) = (0, 0);
    while row < rows && col < cols {
        if same(row, col) && best[row][col] == best[row + 1][col + 1] + 1 {
            out[g.0 + row] = Some(s.0 + col);
            (row, col) = (row + 1, col + 1);
        } else if best[row][col] == best[row + 1][col] {
            row += 1;
        } else {
            col += 1;
        }
    }
}
