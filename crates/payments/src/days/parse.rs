//! Read a day file (对账文件): CSV with a totals line, in UTF-8 or GBK, fields with a mark before them against spreadsheets.

use chrono::NaiveDate;
use kernel::problem::Problem;

/// Rows of one file at most.
const MOST: usize = 20_000;

/// A row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DayRow {
    /// The transaction; of a refund, the provider's number of it.
    pub transaction_no: String,
    /// Our number: of the order, or of the refund.
    pub order_no: String,
    /// The sum, in fen.
    pub fen: i64,
    /// It was given back.
    pub refund: bool,
    /// The day of the transaction in the city.
    pub on: NaiveDate,
}

fn wrong(detail: impl Into<String>) -> Problem {
    let detail = detail.into();
    Problem::invalid("day-file-invalid", detail.clone()).field("file", detail)
}

/// Yuan with two places, as fen.
fn fen(text: &str) -> Option<i64> {
    let (yuan, cents) = text.split_once('.').unwrap_or((text, "00"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(yuan) || !digits(cents) || cents.len() > 2 || yuan.len() > 12 {
        return None;
    }
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    Some(yuan.parse::<i64>().ok()? * 100 + cents)
}

/// The rows of a file whose totals are right.
///
/// # Errors
/// `day-file-invalid` with the line, where a column, a sum or the totals are wrong.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<DayRow>, Problem> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => {
            let (text, _, broken) = encoding_rs::GBK.decode(bytes);
            if broken {
                return Err(wrong("对账文件不是 UTF-8 或者 GBK 编码"));
            }
            text.into_owned()
        }
    };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut lines = reader.records().map(|line| {
        let line = line.map_err(|_| wrong("对账文件不是 CSV"))?;
        Ok::<Vec<String>, Problem>(line.iter().map(|field| field.trim().trim_start_matches('`').to_owned()).collect())
    });
    let head = lines.next().ok_or_else(|| wrong("对账文件是空的"))??;
    let column = |name: &str| head.iter().position(|it| it == name).ok_or_else(|| wrong(format!("对账文件缺少“{name}”一列")));
    let (transaction, order, state, sum) = (column("微信订单号")?, column("商户订单号")?, column("交易状态")?, column("应结订单金额")?);
    let time = column("交易时间")?;
    let (refund_there, refund_here, back) = (column("微信退款单号")?, column("商户退款单号")?, column("退款金额")?);
    let mut rows = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let (mut paid_sum, mut back_sum) = (0, 0);
    for (index, line) in lines.by_ref().enumerate() {
        let (line, number) = (line?, index + 2);
        if line.first().is_some_and(|first| first == "总交易单数") {
            return totals(lines.next().transpose()?, rows, paid_sum, back_sum);
        }
        if rows.len() >= MOST {
            return Err(wrong(format!("对账文件超过 {MOST} 行，请分日导入")));
        }
        let field = |at: usize| line.get(at).filter(|it| !it.is_empty() && it.len() <= 64).cloned();
        let faulty = || wrong(format!("对账文件第 {number} 行不完整"));
        let refund = field(state).ok_or_else(faulty)? == "REFUND";
        let (paid, returned) =
            (line.get(sum).and_then(|it| fen(it)).ok_or_else(faulty)?, line.get(back).and_then(|it| fen(it)).ok_or_else(faulty)?);
        (paid_sum, back_sum) = (paid_sum + paid, back_sum + returned);
        let row = DayRow {
            transaction_no: field(if refund { refund_there } else { transaction }).ok_or_else(faulty)?,
            order_no: field(if refund { refund_here } else { order }).ok_or_else(faulty)?,
            fen: if refund { returned } else { paid },
            refund,
            on: field(time).and_then(|it| it.get(..10)?.parse().ok()).ok_or_else(faulty)?,
        };
        if !seen.insert((row.refund, row.transaction_no.clone())) {
            return Err(wrong(format!("对账文件第 {number} 行与前面的行重复")));
        }
        rows.push(row);
    }
    Err(wrong("对账文件没有合计行，可能没有下载完整"))
}

fn totals(line: Option<Vec<String>>, rows: Vec<DayRow>, paid: i64, back: i64) -> Result<Vec<DayRow>, Problem> {
    let line = line.ok_or_else(|| wrong("对账文件没有合计行，可能没有下载完整"))?;
    let count = line.first().and_then(|it| it.parse::<usize>().ok());
    let sums = (line.get(1).and_then(|it| fen(it)), line.get(2).and_then(|it| fen(it)));
    if count != Some(rows.len()) || sums != (Some(paid), Some(back)) {
        return Err(wrong("对账文件的合计与各行之和不符"));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "交易时间,微信订单号,商户订单号,交易状态,应结订单金额,微信退款单号,商户退款单号,退款金额\r\n\
        `2026-11-02 10:00:00,`4200,`o1,`SUCCESS,`200.00,`,`,`0.00\r\n`2026-11-02 11:00:00,`4201,`o2,`REFUND,`0.00,`5000,`r1,`6.5\r\n\
        总交易单数,应结订单总金额,退款总金额\r\n`2,`200.00,`6.50\r\n";

    #[test]
    fn a_file_reads_in_both_encodings_and_only_with_right_totals() {
        let rows = parse(FILE.as_bytes()).unwrap();
        assert_eq!(
            rows.iter().map(|row| (row.fen, row.refund, row.order_no.as_str())).collect::<Vec<_>>(),
            [(20_000, false, "o1"), (650, true, "r1")]
        );
        assert_eq!(parse(&encoding_rs::GBK.encode(FILE).0).unwrap(), rows);
        for (from, to) in [
            ("`2,`200.00,`6.50", "`3,`200.00,`6.50"),
            ("`2,`200.00", "`2,`200.01"),
            ("总交易单数,应结订单总金额,退款总金额\r\n`2,`200.00,`6.50\r\n", ""),
            ("`4201,", "`,"),
            ("`5000", "`"),
        ] {
            assert_eq!(
                parse(FILE.replace(from, to).as_bytes()).map_err(|it| it.code),
                if from == "`4201," { Ok(rows.clone()) } else { Err("day-file-invalid") },
                "{from}"
            );
        }
        assert!(parse(b"").is_err() && parse(b"\xff\xff\xff").is_err());
    }
}
