//! Reading what a device sent: into an [`Event`], or a refusal that names what is wrong.

use base64::Engine;
use chrono::{DateTime, Duration, Utc};
use files::{FileId, Files};
use http_api::ApiProblem;
use identity::Caller;
use kernel::{
    position::{CoordinateSystem, Position},
    problem::Problem,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::Event;
use crate::{device::Device, kind, service::Snapshot};

/// A picture that stands in the event itself is at most so large, in bytes; larger ones are uploaded first.
pub(crate) const LARGEST_IMAGE: usize = 1_048_576;
/// Clocks of devices run ahead by so much at most.
const AHEAD: Duration = Duration::minutes(10);
/// What is older was kept back too long to be of use.
const OLDEST: Duration = Duration::days(7);
const LONGEST_KEY: usize = 128;
const LONGEST_MODEL: usize = 100;
const LONGEST_PICTURE: usize = 500;

/// A place, in any of the four coordinate systems.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MachinePosition)]
pub(crate) struct PositionInput {
    /// Longitude, degrees.
    x: f64,
    /// Latitude, degrees.
    y: f64,
    /// `wgs84` (default), `gcj02`, `bd09` or `cgcs2000`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    system: CoordinateSystem,
}

impl PositionInput {
    pub(crate) fn parse(self) -> Result<Position, Problem> {
        Position::from(self.system, self.x, self.y).map_err(|error| invalid("position", &error.to_string()))
    }
}

/// What a device says it sees.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MachineEventInput)]
pub(crate) struct EventInput {
    /// The device's code.
    pub device: String,
    /// The device's own key of this event; without one, what it says is its key.
    pub key: Option<String>,
    /// The number of the kind, 1 to 64.
    kind: i16,
    /// When it looked.
    at: DateTime<Utc>,
    /// `false` where it looked and the thing is not there.
    #[serde(default = "yes")]
    present: bool,
    /// How sure the model is, 0 to 1.
    #[serde(default = "sure")]
    confidence: f32,
    /// Left, top, width and height as parts of the picture, 0 to 1.
    #[serde(rename = "box")]
    area: Option<[f32; 4]>,
    /// The id of a picture that was uploaded, or a web address, which is kept as words and never fetched.
    picture: Option<String>,
    /// A small picture itself, base64, at most 1 MiB.
    image: Option<String>,
    /// The model and its version.
    #[serde(default)]
    model: String,
    /// Where the device was, if it moves.
    position: Option<PositionInput>,
    /// Made by the city simulator; shown as simulated everywhere.
    #[serde(default)]
    simulated: bool,
}

const fn yes() -> bool {
    true
}

const fn sure() -> f32 {
    1.0
}

impl EventInput {
    /// The event, with its picture kept.
    ///
    /// # Errors
    /// `device-unknown`, `device-inactive`, `device-not-yours`, `kind-unknown`, `event-invalid`, and those of a picture.
    pub(crate) async fn parse(
        self,
        known: &Snapshot,
        files: &Files,
        caller: &Caller,
        place: impl Fn(Position) -> Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Event, ApiProblem> {
        let device = known.device(&self.device)?;
        if device.sender.is_some_and(|sender| sender != caller.person.uuid()) {
            return Err(Problem::forbidden("device-not-yours", "这个设备由另一个账号报送").into());
        }
        self.check(now)?;
        let position = self.position.map(PositionInput::parse).transpose()?.or(device.position);
        let jurisdiction = self.position.and(position).and_then(place).unwrap_or_else(|| device.jurisdiction.clone());
        let key = self.key.clone().unwrap_or_else(|| self.digest());
        let picture = self.keep_picture(files, caller).await?;
        Ok(Event {
            key,
            kind: self.kind,
            at: self.at,
            present: self.present,
            confidence: self.confidence,
            area: self.area,
            picture,
            position,
            jurisdiction,
            simulated: self.simulated || device.simulated,
            device: self.device,
            model: self.model,
        })
    }

    fn check(&self, now: DateTime<Utc>) -> Result<(), Problem> {
        if kind::of(self.kind).is_none() {
            return Err(Problem::invalid("kind-unknown", "没有这个识别种类，应为 1 至 64").field("kind", "应为 1 至 64"));
        }
        if self.at > now + AHEAD || self.at < now - OLDEST {
            return Err(invalid("at", "时间应在七天之内，且不晚于现在"));
        }
        if !(0.0..=1.0).contains(&self.confidence) {
            return Err(invalid("confidence", "置信度应在 0 与 1 之间"));
        }
        let inside = |area: &[f32; 4]| {
            area.iter().all(|part| (0.0..=1.0).contains(part)) && area[0] + area[2] <= 1.001 && area[1] + area[3] <= 1.001
        };
        if self.area.is_some_and(|area| !inside(&area)) {
            return Err(invalid("box", "目标框应为左、上、宽、高，均为画面的 0 至 1"));
        }
        let words = |text: &str, most: usize| text.chars().count() <= most && !text.contains('\0');
        if !self.key.as_deref().is_none_or(|key| !key.is_empty() && words(key, LONGEST_KEY)) {
            return Err(invalid("key", "事件编号应为 1 至 128 字"));
        }
        if !words(&self.model, LONGEST_MODEL) {
            return Err(invalid("model", "模型名称不能超过 100 字"));
        }
        if self.picture.is_some() && self.image.is_some() {
            return Err(invalid("picture", "图片引用与图片内容只能有一项"));
        }
        Ok(())
    }

    /// The key of an event that brings none: what it says of what and when.
    fn digest(&self) -> String {
        let mut said = Sha256::new();
        said.update(self.kind.to_be_bytes());
        said.update(self.at.timestamp_micros().to_be_bytes());
        said.update([u8::from(self.present)]);
        for part in self.area.into_iter().flatten() {
            said.update(part.to_be_bytes());
        }
        hex::encode(&said.finalize()[..16])
    }

    async fn keep_picture(&self, files: &Files, caller: &Caller) -> Result<Option<String>, ApiProblem> {
        if let Some(image) = &self.image {
            // Four letters carry three bytes.
            if image.len() > LARGEST_IMAGE / 3 * 4 + 4 {
                return Err(invalid("image", "随事件上传的图片不能超过 1 MiB，请先上传再引用").into());
            }
            let bytes = base64::engine::general_purpose::STANDARD.decode(image).map_err(|_| invalid("image", "图片不是有效的 base64"))?;
            let kept = files.put(bytes.into(), Some(caller.person.uuid())).await?;
            if !kept.kind().is_some_and(files::MediaType::is_picture) {
                return Err(invalid("image", "只接收 JPEG、PNG、WebP 图片").into());
            }
            return Ok(Some(kept.id.to_string()));
        }
        let Some(picture) = self.picture.as_deref().map(str::trim).filter(|it| !it.is_empty()) else { return Ok(None) };
        if is_address(picture) {
            return Ok(Some(picture.to_owned()));
        }
        let id = FileId::parse(picture).map_err(|_| invalid("picture", "应为已上传图片的编号，或网址"))?;
        if !files.missing(std::slice::from_ref(&id)).await?.is_empty() {
            return Err(invalid("picture", "图片还没有上传完成").into());
        }
        Ok(Some(id.to_string()))
    }
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty())
        && text.chars().count() <= LONGEST_PICTURE
        && text.chars().all(|it| !it.is_whitespace() && !it.is_control())
}

pub(crate) fn invalid(field: &'static str, detail: &str) -> Problem {
    Problem::invalid("event-invalid", "机器事件填写有误").field(field, detail.to_owned())
}

impl Snapshot {
    /// A device that is known and active.
    fn device(&self, code: &str) -> Result<&Device, Problem> {
        match self.devices.get(code) {
            Some(device) if device.active => Ok(device),
            Some(_) => Err(Problem::conflict("device-inactive", "这个设备已停用").field("device", "已停用")),
            None => Err(Problem::invalid("device-unknown", "没有登记这个设备，请先登记").field("device", "没有登记")),
        }
    }
}
