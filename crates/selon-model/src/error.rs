//! What can be wrong with a weights file.

/// Why a model could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The bytes are no safetensors file.
    #[error("the weights file is no safetensors file: {0}. help: train or fetch it again (training/README.md)")]
    Container(#[from] safetensors::SafeTensorError),
    /// A tensor or a list of labels is missing.
    #[error("the weights file lacks `{0}`. help: export it with this version's training/tagger/export.py")]
    Missing(String),
    /// A tensor has another type or shape than the network needs.
    #[error("tensor `{name}` is {found}, not {expected}. help: export it with this version's training/tagger/export.py")]
    Shape {
        /// Name of the tensor.
        name: String,
        /// What the file holds.
        found: String,
        /// What the network needs.
        expected: String,
    },
}
