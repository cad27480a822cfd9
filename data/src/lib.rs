//! Selon's knowledge: loaders that check each file whole, and the files themselves, embedded.
