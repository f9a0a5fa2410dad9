//! Why a conversation ends (断开原因).

/// Why a conversation ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// It said something before its code was found right, or spoke for another terminal.
    Stranger,
    /// A wrong code.
    WrongCode,
    /// Too many bad frames.
    Noise,
    /// Too many messages.
    Flood,
    /// Too slow: a frame, its code, or anything at all.
    Slow,
    /// It took its leave.
    Left,
}

impl End {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Stranger => "stranger",
            Self::WrongCode => "wrong-code",
            Self::Noise => "noise",
            Self::Flood => "flood",
            Self::Slow => "slow",
            Self::Left => "left",
        }
    }
}
