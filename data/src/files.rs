//! The knowledge files by path: those embedded in the program, and those a user lays over them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Files by path inside the data folder ("lang/fr/frames.toml"). Each path holds one or more layers: ours first, then the user's.
#[derive(Clone, Debug, Default)]
pub struct Files {
    layers: BTreeMap<String, Vec<Cow<'static, str>>>,
}

impl Files {
    /// The files that came with the program.
    pub fn embedded() -> Files {
        let mut files = Files::default();
        for &(path, content) in EMBEDDED {
            files.layers.entry(path.to_owned()).or_default().push(Cow::Borrowed(content));
        }
        files
    }

    /// No files at all; for tests.
    pub fn empty() -> Files {
        Files::default()
    }

    /// Lays a file over those already there: its entries are added, an entry with the same key replaces ours.
    pub fn overlay(&mut self, path: &str, content: String) {
        self.layers.entry(path.replace('\\', "/")).or_default().push(Cow::Owned(content));
    }

    /// Takes a file away; for training without what is being trained.
    pub fn remove(&mut self, path: &str) {
        self.layers.remove(path);
    }

    /// How many layers of a path came with the program: those after them are the user's.
    pub fn embedded_layers(&self, path: &str) -> usize {
        self.layers.get(path).map_or(0, |layers| layers.iter().filter(|layer| matches!(layer, Cow::Borrowed(_))).count())
    }

    /// The layers of one path, ours first; empty when there is no such file.
    pub fn layers(&self, path: &str) -> impl Iterator<Item = &str> {
        self.layers.get(path).into_iter().flatten().map(Cow::as_ref)
    }

    /// All paths that begin with `prefix`, in alphabetical order.
    pub fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.layers.keys().map(String::as_str).filter(move |path| path.starts_with(prefix))
    }

    /// The languages that have a folder, as ISO 639-1 codes in alphabetical order.
    pub fn languages(&self) -> BTreeSet<String> {
        self.below("lang/").filter_map(|path| path.split('/').nth(1)).map(str::to_owned).collect()
    }

    /// Hash of all paths and contents: 16 hexadecimal digits of FNV-1a (64 bits, Fowler, Noll and Vo), taken eight bytes at a time.
    pub fn hash(&self) -> String {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for (path, layers) in &self.layers {
            for part in std::iter::once(path.as_str()).chain(layers.iter().map(Cow::as_ref)) {
                hash = fnv(hash, part.as_bytes());
            }
        }
        format!("{hash:016x}")
    }
}

fn fnv(mut hash: u64, bytes: &[u8]) -> u64 {
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3);
        hash ^= hash >> 29;
    }
    (hash ^ bytes.len() as u64).wrapping_mul(0x0000_0100_0000_01b3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overlay_changes_the_hash_and_comes_last() {
        let mut files = Files::empty();
        files.overlay("lang/fr/idioms.tsv", "words\n".into());
        let before = files.hash();
        files.overlay("lang/fr/idioms.tsv", "words\ntirer sonnette\n".into());
        assert_ne!(before, files.hash());
        assert_eq!(files.layers("lang/fr/idioms.tsv").count(), 2);
        assert_eq!(files.languages().into_iter().collect::<Vec<_>>(), ["fr"]);
    }
}
