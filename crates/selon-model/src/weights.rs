//! Typed reading of a safetensors file: every tensor is checked for type and shape.

use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView};

use crate::error::ModelError;

/// One weights file.
pub(crate) struct Weights {
    tensors: SafeTensors<'static>,
    labels: std::collections::HashMap<String, String>,
}

impl Weights {
    pub(crate) fn open(bytes: &'static [u8]) -> Result<Weights, ModelError> {
        let (_, metadata) = SafeTensors::read_metadata(bytes)?;
        let labels = metadata.metadata().clone().unwrap_or_default();
        Ok(Weights { tensors: SafeTensors::deserialize(bytes)?, labels })
    }

    /// A list of labels from the file's metadata.
    pub(crate) fn labels(&self, name: &str) -> Result<Vec<String>, ModelError> {
        let joined = self.labels.get(name).ok_or_else(|| ModelError::Missing(name.to_owned()))?;
        Ok(joined.split('\n').map(str::to_owned).collect())
    }

    fn view(&self, name: &str, kind: Dtype) -> Result<TensorView<'static>, ModelError> {
        let view = self.tensors.tensor(name).map_err(|_| ModelError::Missing(name.to_owned()))?;
        if view.dtype() != kind {
            return Err(shape_error(name, format!("{:?}", view.dtype()), format!("{kind:?}")));
        }
        Ok(view)
    }

    /// A float vector of `len` values (any length if `None`); matrices come row by row.
    pub(crate) fn floats(&self, name: &str, len: Option<usize>) -> Result<Vec<f32>, ModelError> {
        let view = self.view(name, Dtype::F32)?;
        let values: Vec<f32> = view.data().chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        check_len(name, values.len(), len)?;
        Ok(values)
    }

    /// A vector of `u32`.
    pub(crate) fn numbers(&self, name: &str) -> Result<Vec<u32>, ModelError> {
        let view = self.view(name, Dtype::U32)?;
        Ok(view.data().chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    /// Raw bytes.
    pub(crate) fn bytes(&self, name: &str) -> Result<&'static [u8], ModelError> {
        Ok(self.view(name, Dtype::U8)?.data())
    }

    /// An int8 matrix: (bytes row by row, rows, columns).
    pub(crate) fn rows(&self, name: &str) -> Result<(&'static [u8], usize, usize), ModelError> {
        let view = self.view(name, Dtype::I8)?;
        match *view.shape() {
            [rows, cols] if cols > 0 && cols % 4 == 0 => Ok((view.data(), rows, cols)),
            _ => Err(shape_error(name, format!("{:?}", view.shape()), "[rows, columns], columns a multiple of 4".to_owned())),
        }
    }
}

pub(crate) fn check_len(name: &str, found: usize, expected: Option<usize>) -> Result<(), ModelError> {
    match expected {
        Some(len) if len != found => Err(shape_error(name, format!("of size {found}"), format!("of size {len}"))),
        _ => Ok(()),
    }
}

fn shape_error(name: &str, found: String, expected: String) -> ModelError {
    ModelError::Shape { name: name.to_owned(), found, expected }
}
