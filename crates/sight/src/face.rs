//! Faces, by CenterFace (Xu, Yan, Yang et al. 2019, arXiv 1911.03599): a map that says at every fourth pixel how much it is a face's
//! middle, and beside it how large the face is and where between the pixels its middle lies.

use std::sync::Arc;

use rten::{Model, NodeId, RunOptions, ThreadPool};

use crate::{
    Area, Found, Kind, SightError,
    input::{Scaled, numbers},
    model::{FACES, Lacking},
};

/// From so much on a pixel is taken for a face's middle. The network's authors draw from 0.35 on; whoever hides faces takes what is
/// less sure with it.
const LEAST: f32 = 0.2;
/// Pixels of the picture between two points of the map.
const STRIDE: f32 = 4.0;

pub(crate) struct Faces {
    model: Model,
    input: NodeId,
    /// How much a middle, how large, where between the pixels.
    outputs: [NodeId; 3],
}

impl Faces {
    pub fn new(model: Model) -> Result<Self, Lacking> {
        let node = |name: &str| model.node_id(name).map_err(|error| Lacking { model: FACES.name, why: error.to_string() });
        let (input, outputs) = (node("input.1")?, [node("537")?, node("538")?, node("539")?]);
        Ok(Self { input, outputs, model })
    }

    pub fn look(&self, picture: &Scaled, threads: &Arc<ThreadPool>) -> Result<Vec<Found>, SightError> {
        let planes = picture.planes([0, 1, 2], [0.0; 3]);
        let options = RunOptions::default().with_thread_pool(Some(threads.clone()));
        let outputs = self.model.run_n(vec![(self.input, planes.into())], self.outputs, Some(options));
        let [heat, extent, shift] = outputs.map_err(|error| SightError::Run(error.to_string()))?;
        let (heat, extent, shift) = (numbers(&heat)?, numbers(&extent)?, numbers(&shift)?);
        let (across, down) = (picture.width() / 4, picture.height() / 4);
        let points = across * down;
        if heat.len() != points || extent.len() != 2 * points || shift.len() != 2 * points {
            return Err(SightError::Run("the map of faces has another size than was expected".to_owned()));
        }
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        let found = (0..points).filter(|at| heat[*at] > LEAST).filter_map(|at| {
            let (row, column) = ((at / across) as f32, (at % across) as f32);
            let (tall, wide) = (extent[at].exp() * STRIDE, extent[points + at].exp() * STRIDE);
            let (middle_x, middle_y) = ((column + shift[points + at] + 0.5) * STRIDE, (row + shift[at] + 0.5) * STRIDE);
            let area = Area::within((middle_x - wide / 2.0) / width, (middle_y - tall / 2.0) / height, wide / width, tall / height)?;
            Some(Found { kind: Kind::Face, area, confidence: heat[at] })
        });
        Ok(found.collect())
    }
}
