//! Elements → blocks of text, white space settled as a browser would.

use dom_query::NodeRef;

use super::furniture;

/// A block shorter than the share of the whole that furniture may have, so that a class of the body element cannot empty the page.
const FURNITURE_SHARE: f64 = 0.4;

/// The text blocks below an element, in order. With `strict`, elements that their class names as furniture are left out.
pub fn blocks(node: &NodeRef, strict: bool) -> Vec<String> {
    let whole = if strict { node.text().len() } else { 0 };
    let mut writer = Writer { blocks: Vec::new(), open: String::new(), strict, whole, heading_left: strict };
    writer.walk(node);
    writer.close();
    writer.blocks
}

/// Blocks as one text.
pub fn join(blocks: impl Iterator<Item = String>) -> String {
    blocks.collect::<Vec<_>>().join("\n\n")
}

struct Writer {
    blocks: Vec<String>,
    open: String,
    strict: bool,
    whole: usize,
    heading_left: bool,
}

impl Writer {
    fn walk(&mut self, node: &NodeRef) {
        for child in node.children_it(false) {
            if child.is_text() {
                self.text(&child.text());
            } else if child.is_element() {
                self.element(&child);
            }
        }
    }

    fn element(&mut self, node: &NodeRef) {
        let name = node.node_name().map(|name| name.to_string()).unwrap_or_default();
        if furniture::is_foreign(&name) || self.leaves_out(node, &name) {
            if is_block(&name) {
                self.close();
            }
            return;
        }
        if name == "br" {
            // Two line breaks part paragraphs; one is a space.
            if self.open.ends_with('\n') {
                self.close()
            } else {
                self.open.push('\n')
            }
            return;
        }
        let block = is_block(&name);
        if block {
            self.close();
        }
        self.walk(node);
        if block {
            self.close();
        }
    }

    fn leaves_out(&self, node: &NodeRef, name: &str) -> bool {
        if !self.strict {
            return false;
        }
        if name == "h1" && self.heading_left {
            return true;
        }
        if name == "header" && !node.children_it(false).any(|child| furniture::is_lede(&child)) {
            return true;
        }
        furniture::is_furniture(node) && (node.text().len() as f64) < self.whole as f64 * FURNITURE_SHARE
    }

    fn text(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                // Soft hyphens, zero-width spaces and byte order marks only say where a line may break.
                '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    if !self.open.is_empty() && !self.open.ends_with([' ', '\n']) {
                        self.open.push(' ');
                    }
                }
                letter => self.open.push(letter),
            }
        }
    }

    fn close(&mut self) {
        let block = self.open.trim().replace('\n', " ").replace("  ", " ");
        if !block.is_empty() {
            self.blocks.push(block);
        }
        self.open.clear();
    }
}

fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "acronym"
            | "nobr"
    )
}

/// Text without its tags, for pages too deeply nested to be read as a tree.
pub fn strip_tags(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        let inner = piece.split_once('>').map_or("", |(_, after)| after).trim();
        if !inner.is_empty() {
            text.push_str(inner);
            text.push('\n');
        }
    }
    text
}
