//! The network from word vectors to the outputs of the heads, over several sentences at once.

use std::ops::Range;

use crate::error::ModelError;
use crate::int8::{Matrix, Rows};
use crate::layers;
use crate::weights::Weights;
use crate::words::{WordCache, WordLayers};

/// Everything between word vectors and decisions.
pub(crate) struct Network {
    pub(crate) words: WordLayers,
    size: usize,
    styles: Vec<f32>,
    conv: Matrix,
    conv_gain: Vec<f32>,
    recurrent: Vec<(Matrix, Vec<f32>)>,
    out_gain: Vec<f32>,
    heads: Matrix,
    /// Columns of each task in the output.
    pub(crate) columns: Columns,
    arc_mix: Matrix,
    pub(crate) arc_root: Vec<f32>,
    pub(crate) by_gap: Vec<f32>,
    pub(crate) label_root: Vec<f32>,
    pub(crate) relations: Matrix,
    /// Output layer of the lemma scripts, one a language, with the first script's number.
    pub(crate) scripts: Vec<(String, usize, Matrix)>,
}

/// Where each task's values stand in a row of the output.
#[derive(Clone)]
pub(crate) struct Columns {
    pub(crate) upos: Range<usize>,
    pub(crate) feats: Range<usize>,
    pub(crate) names: Range<usize>,
    pub(crate) lemma: Range<usize>,
    pub(crate) dependent: Range<usize>,
    pub(crate) head: Range<usize>,
    pub(crate) label_dependent: Range<usize>,
    pub(crate) label_head: Range<usize>,
}

/// Working memory of one run.
#[derive(Default)]
pub(crate) struct Scratch {
    pub(crate) cache: WordCache,
    pub(crate) slots: Vec<u32>,
    values: Vec<f32>,
    rows: Rows,
    wide: Vec<f32>,
    /// Outputs of all heads, [`Network::width`] values a word.
    pub(crate) output: Vec<f32>,
    /// Mixed dependents for the arc scores.
    pub(crate) mixed: Vec<f32>,
    /// Lemma script scores.
    pub(crate) lemma: Vec<f32>,
}

impl Columns {
    fn new(counts: [usize; 8]) -> Columns {
        let mut at = 0;
        let mut take = |count: usize| {
            at += count;
            at - count..at
        };
        let [upos, feats, names, lemma, dependent, head, label_dependent, label_head] = counts.map(&mut take);
        Columns { upos, feats, names, lemma, dependent, head, label_dependent, label_head }
    }
}

impl Network {
    pub(crate) fn load(file: &Weights, pieces: &Weights) -> Result<Network, ModelError> {
        let words = WordLayers::load(file, pieces)?;
        let size = words.size();
        let mut recurrent = Vec::new();
        while let Ok(matrix) = Matrix::load(file, &format!("q{}", recurrent.len()), Some(size)) {
            recurrent.push((matrix, file.floats(&format!("q{}.gain", recurrent.len()), Some(size))?));
        }
        let arc_root = file.floats("arcroot", None)?;
        let label_root = file.floats("labroot", None)?;
        let scripts = load_scripts(file)?;
        let lemma = file.rows("lem2")?.2;
        let counts = [file.labels("upos")?.len(), file.labels("feats")?.len(), file.labels("names")?.len(), lemma];
        let columns =
            Columns::new([counts[0], counts[1], counts[2], counts[3], arc_root.len(), arc_root.len(), label_root.len(), label_root.len()]);
        let heads = Matrix::load(file, "heads", Some(size))?;
        crate::weights::check_len("heads", heads.outputs(), Some(columns.label_head.end))?;
        Ok(Network {
            words,
            size,
            styles: file.floats("style", Some(file.labels("styles")?.len() * size))?,
            conv: Matrix::load(file, "conv", Some(3 * size))?,
            conv_gain: file.floats("conv.gain", Some(size))?,
            recurrent,
            out_gain: file.floats("out.gain", Some(size))?,
            heads,
            columns,
            arc_mix: Matrix::load(file, "arcu", Some(arc_root.len()))?,
            by_gap: file.floats("dist", None)?,
            relations: Matrix::load(file, "lab2", Some(label_root.len()))?,
            arc_root,
            label_root,
            scripts,
        })
    }

    /// Values a word has in [`Scratch::output`].
    pub(crate) fn width(&self) -> usize {
        self.heads.width()
    }

    /// Runs the network over the words of `scratch.slots`, sentences of the given lengths, in one style.
    pub(crate) fn run(&self, scratch: &mut Scratch, sentences: &[usize], style: usize) {
        let size = self.size;
        let style = &self.styles[style * size..(style + 1) * size];
        scratch.values.clear();
        for &slot in &scratch.slots {
            scratch.values.extend(scratch.cache.vector(slot, size).iter().zip(style).map(|(value, style)| value + style));
        }
        scratch.rows.reset(3 * size);
        layers::windows(&scratch.values, &self.conv_gain, sentences, &mut scratch.rows);
        self.conv.apply(&scratch.rows, &mut scratch.wide);
        layers::add_positive(&mut scratch.values, &scratch.wide);
        for (matrix, gain) in &self.recurrent {
            scratch.rows.reset(size);
            layers::normalise_rows(&scratch.values, gain, &mut scratch.rows);
            matrix.apply(&scratch.rows, &mut scratch.wide);
            layers::recur(&scratch.wide, size, sentences, &mut scratch.values);
        }
        scratch.rows.reset(size);
        layers::normalise_rows(&scratch.values, &self.out_gain, &mut scratch.rows);
        self.heads.apply(&scratch.rows, &mut scratch.output);
    }

    /// The second layers that need no decision yet: lemma scripts of one language, and the arc mixing.
    pub(crate) fn second_layers(&self, scratch: &mut Scratch, language: &str) {
        let (width, columns) = (self.width(), &self.columns);
        scratch.lemma.clear();
        if let Some((_, _, matrix)) = self.scripts.iter().find(|(code, ..)| code == language) {
            scratch.rows.reset(columns.lemma.len());
            layers::quantise_positive(&mut scratch.output, width, columns.lemma.clone(), &mut scratch.rows);
            matrix.apply(&scratch.rows, &mut scratch.lemma);
        }
        scratch.rows.reset(columns.dependent.len());
        layers::quantise_positive(&mut scratch.output, width, columns.dependent.clone(), &mut scratch.rows);
        self.arc_mix.apply(&scratch.rows, &mut scratch.mixed);
    }

    /// Relation scores of all words: `hidden` has the sum of dependent's and head's label vectors, one row a word.
    pub(crate) fn relation_scores(&self, scratch: &mut Scratch, hidden: &mut [f32], out: &mut Vec<f32>) {
        let size = self.label_root.len();
        scratch.rows.reset(size);
        layers::quantise_positive(hidden, size, 0..size, &mut scratch.rows);
        self.relations.apply(&scratch.rows, out);
    }
}

/// Splits the layer of lemma scripts by language; the labels are `language TAB script`, sorted.
fn load_scripts(file: &Weights) -> Result<Vec<(String, usize, Matrix)>, ModelError> {
    let labels = file.labels("scripts")?;
    let code = |label: &String| label.split('\t').next().unwrap_or("").to_owned();
    let (_, outputs, _) = file.rows("lem2")?;
    crate::weights::check_len("scripts", labels.len(), Some(outputs))?;
    let mut out = Vec::new();
    let mut start = 0;
    while start < labels.len() {
        let language = code(&labels[start]);
        let end = start + labels[start..].iter().take_while(|label| code(label) == language).count();
        out.push((language, start, Matrix::load_part(file, "lem2", None, start..end)?));
        start = end;
    }
    Ok(out)
}
