//! The exit codes, all of them.

use std::process::ExitCode;

/// What the program says to its caller when it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: every article yielded its document line, perhaps with `problem` records.
    Success = 0,
    /// 1: the run itself failed: nowhere to write, knowledge that does not load.
    Failure = 1,
    /// 2: the command line is wrong (given by the argument parser).
    #[allow(dead_code)]
    Usage = 2,
    /// 3: some input could not be read; the rest was coded.
    SomeUnread = 3,
    /// 4: a data file of `--data` is not as its format asks.
    BadData = 4,
}

impl Exit {
    /// The code for an error that ended the run.
    pub fn of(error: &anyhow::Error) -> Exit {
        if error.chain().any(|cause| cause.is::<selon_data::DataError>()) { Exit::BadData } else { Exit::Failure }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}
