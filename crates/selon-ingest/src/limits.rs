//! The caps that keep a hostile input from filling memory or disk.

/// What one input may cost at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one article, page, record or archive member, decompressed.
    pub item_bytes: u64,
    /// How many times larger than its compressed form a member may grow, once it is past one mebibyte.
    pub ratio: u64,
    /// Containers within containers (a gzip within a zip within a WARC).
    pub depth: usize,
    /// Nested elements of a page or feed; deeper ones are read as plain text.
    pub nesting: usize,
    /// Articles of one feed or export document.
    pub items: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { item_bytes: 32 << 20, ratio: 200, depth: 4, nesting: 1000, items: 100_000 }
    }
}
