//! Frames in a stream of bytes (帧): marks, escapes, check byte.

use memchr::memchr;

use crate::{
    fields::{EncodeError, Reader},
    header::Header,
};

/// Stands before and after each frame.
const MARK: u8 = 0x7e;
/// Begins an escape: 7D 02 stands for 7E, 7D 01 for 7D.
const ESCAPE: u8 = 0x7d;
/// The longest body of one frame: ten bits of the attributes.
pub const LONGEST_BODY: usize = 0x3ff;
/// The longest frame between its marks: header with parts, body and check byte, each byte escaped.
pub const LONGEST_FRAME: usize = 2 * (21 + LONGEST_BODY + 1);

/// Why a frame is refused. The next one is none the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Bytes before the first mark.
    #[error("帧标识 7E 之前有多余的字节")]
    Noise,
    /// 7D and something else than 01 or 02.
    #[error("转义 7D 之后不是 01 或 02")]
    Escape,
    /// Longer than any frame can be.
    #[error("超过一帧的最大长度")]
    TooLong,
    /// Shorter than its header.
    #[error("比消息头还短")]
    Short,
    /// The check byte is another one.
    #[error("校验码不符：应为 {expected:02X}，收到 {found:02X}")]
    Check {
        /// Of the bytes that came.
        expected: u8,
        /// That came.
        found: u8,
    },
    /// The header says another length than the body has.
    #[error("消息体长度不符：消息头为 {said}，实际 {found}")]
    Length {
        /// In the header.
        said: usize,
        /// That came.
        found: usize,
    },
    /// The terminal's number holds half bytes that are no digits.
    #[error("终端手机号不是数字")]
    Phone,
    /// A part beyond the total, or part zero.
    #[error("分包序号不在总包数之内")]
    Part,
}

/// A frame that was found sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    /// Its header.
    pub header: Header,
    /// Its body, without escapes.
    pub body: &'a [u8],
}

impl<'a> Frame<'a> {
    /// Reads what stood between two marks, without escapes.
    ///
    /// # Errors
    /// [`FrameError`], but for noise, escapes and what is too long.
    pub fn read(content: &'a [u8]) -> Result<Self, FrameError> {
        let (found, content) = content.split_last().ok_or(FrameError::Short)?;
        let expected = check(content);
        if expected != *found {
            return Err(FrameError::Check { expected, found: *found });
        }
        let mut reader = Reader(content);
        let (header, said) = Header::read(&mut reader)?;
        let body = reader.0;
        if body.len() != said {
            return Err(FrameError::Length { said, found: body.len() });
        }
        Ok(Self { header, body })
    }
}

/// The check byte: XOR of all bytes from the header's first to the body's last (JT/T 808-2013, 4.4.4).
#[must_use]
pub fn check(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}

/// A whole frame of a body: marks, escapes, check byte.
///
/// # Errors
/// A body over [`LONGEST_BODY`], a number that the header's edition cannot hold.
pub fn frame(header: &Header, body: &[u8]) -> Result<Vec<u8>, EncodeError> {
    let mut content = Vec::with_capacity(body.len() + 22);
    header.write(body.len(), &mut content)?;
    content.extend_from_slice(body);
    content.push(check(&content));
    let mut out = Vec::with_capacity(content.len() + 8);
    out.push(MARK);
    for byte in content {
        match byte {
            MARK => out.extend_from_slice(&[ESCAPE, 2]),
            ESCAPE => out.extend_from_slice(&[ESCAPE, 1]),
            byte => out.push(byte),
        }
    }
    out.push(MARK);
    Ok(out)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// No mark was seen yet; whether something else was.
    Seeking { noise: bool },
    /// Between two marks.
    Inside,
    /// Between two marks, in something longer than a frame.
    Overlong,
}

/// Finds the frames in a stream that comes in pieces of any size.
///
/// It holds one unfinished frame at most, [`LONGEST_FRAME`] bytes. Each mark ends one frame and may begin the next; nothing between two
/// marks is nothing.
#[derive(Debug)]
pub struct Framer {
    state: State,
    held: Vec<u8>,
    plain: Vec<u8>,
}

impl Default for Framer {
    fn default() -> Self {
        Self { state: State::Seeking { noise: false }, held: Vec::new(), plain: Vec::new() }
    }
}

impl Framer {
    /// Takes the next bytes of the stream and hands on each frame that they finish, or why it is refused.
    pub fn feed(&mut self, mut bytes: &[u8], mut each: impl FnMut(Result<Frame<'_>, FrameError>)) {
        while let Some(at) = memchr(MARK, bytes) {
            let (before, rest) = (&bytes[..at], &bytes[at + 1..]);
            match self.state {
                State::Seeking { noise } if noise || at > 0 => each(Err(FrameError::Noise)),
                State::Inside if self.held.len() + at > LONGEST_FRAME => each(Err(FrameError::TooLong)),
                State::Inside if self.held.is_empty() && at > 0 => each(read(before, &mut self.plain)),
                State::Inside if self.held.len() + at > 0 => {
                    self.held.extend_from_slice(before);
                    each(read(&self.held, &mut self.plain));
                }
                State::Seeking { .. } | State::Inside | State::Overlong => {}
            }
            self.held.clear();
            self.state = State::Inside;
            bytes = rest;
        }
        match &mut self.state {
            State::Seeking { noise } => *noise |= !bytes.is_empty(),
            State::Overlong => {}
            State::Inside if self.held.len() + bytes.len() <= LONGEST_FRAME => self.held.extend_from_slice(bytes),
            State::Inside => {
                // Told once; what follows up to the next mark belongs to it.
                each(Err(FrameError::TooLong));
                self.held.clear();
                self.state = State::Overlong;
            }
        }
    }

    /// Bytes of an unfinished frame that are held.
    #[must_use]
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// Whether a frame was begun and is not finished.
    #[must_use]
    pub fn unfinished(&self) -> bool {
        !self.held.is_empty() || self.state == State::Overlong || self.state == State::Seeking { noise: true }
    }
}

fn read<'a>(content: &'a [u8], plain: &'a mut Vec<u8>) -> Result<Frame<'a>, FrameError> {
    let Some(first) = memchr(ESCAPE, content) else { return Frame::read(content) };
    plain.clear();
    plain.extend_from_slice(&content[..first]);
    let mut rest = &content[first..];
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte != ESCAPE {
            plain.push(*byte);
            continue;
        }
        let (code, after) = rest.split_first().ok_or(FrameError::Escape)?;
        rest = after;
        plain.push(match code {
            1 => ESCAPE,
            2 => MARK,
            _ => return Err(FrameError::Escape),
        });
    }
    Frame::read(plain)
}
