//! One writer an upload: two requests that append at once would tear it.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use kernel::problem::Problem;
use uuid::Uuid;

/// The uploads that a request is writing at the moment.
#[derive(Debug, Clone, Default)]
pub(crate) struct Busy(Arc<Mutex<HashSet<Uuid>>>);

/// The writing of one upload; ends when dropped, also when the client goes away.
#[derive(Debug)]
pub(crate) struct Writing {
    busy: Busy,
    id: Uuid,
}

impl Busy {
    pub(crate) fn enter(&self, id: Uuid) -> Result<Writing, Problem> {
        let entered = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        if entered {
            Ok(Writing { busy: self.clone(), id })
        } else {
            Err(Problem::conflict("upload-busy", "该文件正在由另一个连接上传，请稍后重试"))
        }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        self.busy.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}
