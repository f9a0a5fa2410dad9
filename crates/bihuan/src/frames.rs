//! `bihuan jt808`: frames of vehicles as people and programs read them, and back. Needs no database and no server.

use std::{
    io::{Read, Write},
    process::ExitCode,
    time::Duration,
};

use anyhow::{Context, Result};
use jt808::{Assembly, Frame, Framer, Message, Offered, Packet};
use serde_json::json;

/// What to do with frames.
#[derive(Debug, clap::Subcommand)]
pub enum Jt808Command {
    /// 解析十六进制报文，一条或首尾相接的多条；分包的自动重组
    Decode {
        /// 十六进制报文，可有空格；不给则从标准输入读取
        hex: Vec<String>,
        /// 每行一个 JSON 对象
        #[arg(long)]
        json: bool,
    },
    /// 把 decode --json 那样的 JSON 编码为十六进制报文，每帧一行
    Encode {
        /// JSON；不给则从标准输入读取
        json: Option<String>,
    },
}

/// Does it. Whatever of the frames is refused makes the exit code 1.
///
/// # Errors
/// What is not hexadecimal, or no JSON of a packet, or cannot be written in its edition.
pub fn run(command: Jt808Command) -> Result<ExitCode> {
    match command {
        Jt808Command::Decode { hex, json } => decode(&if hex.is_empty() { input()? } else { hex.concat() }, json),
        Jt808Command::Encode { json } => encode(&json.map_or_else(input, Ok)?),
    }
}

fn input() -> Result<String> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("标准输入无法读取")?;
    Ok(text)
}

fn decode(text: &str, json: bool) -> Result<ExitCode> {
    let digits: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    let bytes = hex::decode(digits.trim_start_matches("0x")).context("这不是十六进制报文")?;
    let (mut framer, mut assembly, mut lines, mut sound) = (Framer::default(), Assembly::default(), Vec::new(), true);
    framer.feed(&bytes, |frame| {
        let read = frame.map_err(|error| error.to_string()).and_then(|frame| read(&frame, &mut assembly));
        sound &= read.is_ok();
        lines.push(read);
    });
    if framer.unfinished() || lines.is_empty() {
        sound = false;
        lines.push(Err("末尾有不完整的帧：缺少结束标识 7E".to_owned()));
    }
    let mut out = std::io::stdout().lock();
    for line in lines {
        match (line, json) {
            (Ok(packet), true) => writeln!(out, "{}", with_id(&packet)?)?,
            (Err(error), true) => writeln!(out, "{}", json!({ "error": error }))?,
            (Ok(packet), false) => explain(&packet, &mut out)?,
            (Err(error), false) => writeln!(out, "无法解析：{error}")?,
        }
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A frame as its packet; the last part of a message as the whole of it.
fn read(frame: &Frame<'_>, assembly: &mut Assembly) -> Result<Packet, String> {
    let mut packet = Packet::read(frame).map_err(|error| error.to_string())?;
    if packet.part.is_some()
        && packet.encryption == 0
        && let Offered::Whole { body, serial } = assembly.offer(frame, Duration::ZERO)
    {
        let (message, surplus) = Message::read(frame.header.id, frame.header.edition, &body).map_err(|error| error.to_string())?;
        packet = Packet { part: None, serial, message, surplus, ..packet };
    }
    Ok(packet)
}

/// The packet as JSON, with its message id in front of everything, which `encode` does not need.
fn with_id(packet: &Packet) -> Result<serde_json::Value> {
    let mut value = serde_json::to_value(packet)?;
    value["id"] = json!(format!("0x{:04X}", packet.message.id()));
    Ok(value)
}

fn explain(packet: &Packet, out: &mut impl Write) -> Result<()> {
    let mut value = serde_json::to_value(packet)?;
    let edition = value["edition"].take();
    let id = packet.message.id();
    let name = name(&packet.message);
    writeln!(out, "0x{id:04X} {name} · {} 版 · 终端 {} · 流水号 {}", edition.as_str().unwrap_or(""), packet.phone, packet.serial)?;
    if let Some(part) = packet.part {
        writeln!(out, "  分包 {}/{}", part.number, part.total)?;
    }
    let positions = match &packet.message {
        Message::Position(position) | Message::PositionAnswer { position, .. } => std::slice::from_ref(position),
        Message::Batch { positions, .. } => positions,
        _ => &[],
    };
    for position in positions {
        let fix = &position.fix;
        let place = fix.place().map_or_else(
            || "坐标不在地球上".to_owned(),
            |(longitude, latitude)| format!("经度 {:.6} 纬度 {:.6}", f64::from(longitude) / 1e6, f64::from(latitude) / 1e6),
        );
        let fixed = if fix.fixed() { "已定位" } else { "未定位" };
        writeln!(out, "  {} {place} {fixed} 时速 {:.1} 公里 方向 {}", fix.time, f64::from(fix.speed) / 10.0, fix.direction)?;
        let alarms: Vec<&str> = jt808::raised(fix.alarm).map(|alarm| alarm.label).collect();
        if !alarms.is_empty() {
            writeln!(out, "  报警：{}", alarms.join("、"))?;
        }
    }
    if !matches!(packet.message, Message::Heartbeat | Message::Unregister) {
        writeln!(out, "{}", serde_json::to_string_pretty(&value["message"])?)?;
    }
    if !packet.surplus.is_empty() {
        writeln!(out, "  其后还有 {} 字节：{}", packet.surplus.0.len(), hex::encode(&packet.surplus.0))?;
    }
    Ok(())
}

fn name(message: &Message) -> &'static str {
    match message {
        Message::TerminalAnswer(_) => "终端通用应答",
        Message::PlatformAnswer(_) => "平台通用应答",
        Message::Heartbeat => "终端心跳",
        Message::Unregister => "终端注销",
        Message::AskTime => "查询服务器时间",
        Message::Time { .. } => "查询服务器时间应答",
        Message::TerminalLacks(_) => "终端补传分包请求",
        Message::PlatformLacks(_) => "服务器补传分包请求",
        Message::Register(_) => "终端注册",
        Message::RegisterAnswer { .. } => "终端注册应答",
        Message::Authenticate { .. } => "终端鉴权",
        Message::SetParameters { .. } => "设置终端参数",
        Message::QueryParameters => "查询终端参数",
        Message::Parameters { .. } => "查询终端参数应答",
        Message::Position(_) => "位置信息汇报",
        Message::QueryPosition => "位置信息查询",
        Message::PositionAnswer { .. } => "位置信息查询应答",
        Message::Follow { .. } => "临时位置跟踪控制",
        Message::ConfirmAlarm { .. } => "人工确认报警消息",
        Message::Text { .. } => "文本信息下发",
        Message::SetCircles { .. } => "设置圆形区域",
        Message::SetRectangles { .. } => "设置矩形区域",
        Message::SetPolygon(_) => "设置多边形区域",
        Message::SetRoute(_) => "设置路线",
        Message::DeleteAreas { .. } => "删除区域或路线",
        Message::QueryAreas { .. } => "查询区域或线路数据",
        Message::Batch { .. } => "定位数据批量上传",
        Message::Media { .. } => "多媒体事件信息上传",
        Message::Raw { .. } => "其他消息（原样保留）",
    }
}

fn encode(text: &str) -> Result<ExitCode> {
    let packet: Packet = serde_json::from_str(text).context("这不是报文的 JSON；格式见 bihuan jt808 decode --json 的输出")?;
    let mut out = std::io::stdout().lock();
    for frame in packet.frames()? {
        writeln!(out, "{}", hex::encode(frame))?;
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POSITION: &str =
        "7E0200002612345678901200 7D02 000000010000000200BA7F0E07E4F11C0028003C00001810151010100104000000640202007D01 13 7E";

    #[test]
    fn what_decode_prints_encode_reads() {
        let bytes = hex::decode(POSITION.replace(' ', "")).expect("digits");
        let mut packets = Vec::new();
        let mut assembly = Assembly::default();
        Framer::default().feed(&bytes, |frame| packets.push(read(&frame.expect("sound"), &mut assembly).expect("understood")));
        let printed = with_id(&packets[0]).expect("JSON");
        assert_eq!(printed["id"], "0x0200");
        let again: Packet = serde_json::from_value(printed).expect("encode reads it");
        assert_eq!(again.frames().expect("frames"), [bytes]);
        let mut shown = Vec::new();
        explain(&packets[0], &mut shown).expect("text");
        let shown = String::from_utf8(shown).expect("text");
        assert!(shown.contains("位置信息汇报") && shown.contains("2018-10-15 10:10:10") && shown.contains("紧急报警"), "{shown}");
    }
}
