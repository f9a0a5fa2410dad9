//! `bihuan explain`: how the program counts, told step by step, without database and server.

mod deadline;
mod discretion;
mod matter;
mod surcharge;

use std::io::{ErrorKind, Write};

/// What to explain.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    #[command(subcommand)]
    subject: Subject,
}

#[derive(Debug, clap::Subcommand)]
enum Subject {
    /// 期限如何计算：法定期限（工作日、自然日、月、年、小时或规则编号）与处置时限（工作时、紧急工作时等）
    Deadline(deadline::DeadlineArgs),
    /// 裁量如何推算：因素、阶次、幅度和理由
    Discretion(discretion::DiscretionArgs),
    /// 执法事项怎么规定、某日的行为能否引用
    Matter(matter::MatterArgs),
    /// 加处罚款如何计算：每日百分之三，不超过罚款数额，复议诉讼期间不计
    Surcharge(surcharge::SurchargeArgs),
}

/// Prints the explanation.
///
/// # Errors
/// A period, rule or instant that is not understood.
pub fn run(args: ExplainArgs) -> anyhow::Result<()> {
    let text = match args.subject {
        Subject::Deadline(args) => deadline::explain(&args)?,
        Subject::Discretion(args) => discretion::explain(&args)?,
        Subject::Matter(args) => matter::explain(&args)?,
        Subject::Surcharge(args) => surcharge::explain(&args)?,
    };
    match writeln!(std::io::stdout(), "{text}") {
        // Whoever reads has read enough, as `| head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}
