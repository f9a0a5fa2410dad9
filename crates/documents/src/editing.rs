//! The editing copy of a document (编辑稿): what its template says, as a Word file with the habits of GB/T 9704: A4, third size Fangsong, 28 points
//! from line to line. It says of itself on every page that it is not the original; the signed PDF stays that.

use docx_rs::{
    AlignmentType, BorderType, BreakType, Docx, Footer, Header, LineSpacing, LineSpacingType, PageMargin, Paragraph, Run, RunFonts,
    SpecialIndentType, Table, TableBorder, TableBorderPosition, TableBorders, TableCell, TableRow, VAlignType, WidthType,
};
use kernel::problem::Problem;
use render::{Block, Cell, Par, Side, Words};

/// Twentieths of a point in a millimetre.
const TWIPS: f64 = 1_440.0 / 25.4;
/// Width of the text on the page: 156 millimetres (GB/T 9704 5.2).
const WIDE: f64 = 156.0;
/// What stands at the head of every page.
const HEAD: &str = "编辑稿：仅供修改使用，不是文书原件，以签发的 PDF 为准";

fn twips(millimetres: f64) -> i32 {
    (millimetres * TWIPS).round() as i32
}

/// The name under which Word has a typeface of official paper: what the press uses are free cuts of the same.
fn family(font: &str) -> &'static str {
    match font {
        font if font.starts_with("fandolhei") => "黑体",
        font if font.starts_with("fandolkai") => "楷体",
        font if font.starts_with("fandolsong") => "宋体",
        _ => "仿宋",
    }
}

fn fonts(family: &str) -> RunFonts {
    RunFonts::new().east_asia(family).ascii("Times New Roman").hi_ansi("Times New Roman")
}

/// Words without what XML cannot hold; what a document says was read as text before, so that nothing else is lost.
fn clean(text: &str) -> String {
    text.chars().filter(|it| !it.is_control()).collect()
}

/// One kind of words, with its line breaks and the room between its parts.
fn runs(words: &Words) -> Vec<Run> {
    let plain = || {
        // Sizes of Word are half points.
        let mut run = Run::new().fonts(fonts(family(&words.font))).size((words.size * 2.0).round().max(2.0) as usize);
        if words.bold {
            run = run.bold();
        }
        if words.underlined {
            run = run.underline("single");
        }
        match words.colour.trim_start_matches('#') {
            colour if colour.len() == 6 && colour != "000000" => run.color(colour),
            _ => run,
        }
    };
    let mut runs = Vec::new();
    for (line, text) in words.text.split('\n').enumerate() {
        if line > 0 {
            runs.push(plain().add_break(BreakType::TextWrapping));
        }
        for (part, text) in text.split('\t').enumerate() {
            if part > 0 {
                runs.push(plain().add_tab());
            }
            if !text.is_empty() {
                runs.push(plain().add_text(clean(text)));
            }
        }
    }
    runs
}

/// A paragraph; `close` together in a table.
fn paragraph(par: &Par, close: bool) -> Paragraph {
    let size = par.words.iter().map(|words| words.size).fold(10.0, f64::max);
    let mut paragraph = par.words.iter().flat_map(runs).fold(Paragraph::new(), Paragraph::add_run);
    paragraph = match par.side {
        Side::Even => paragraph.align(if close { AlignmentType::Left } else { AlignmentType::Both }),
        Side::Middle => paragraph.align(AlignmentType::Center),
        Side::Right => paragraph.align(AlignmentType::Right),
    };
    if par.indented {
        // Two characters, in twentieths of a point.
        paragraph = paragraph.indent(Some(0), Some(SpecialIndentType::FirstLine((size * 40.0).round() as i32)), None, None);
    }
    let line = if close { size * 1.4 } else { (size * 1.75).max(28.0) };
    paragraph.line_spacing(LineSpacing::new().line_rule(LineSpacingType::AtLeast).line((line * 20.0).round() as i32))
}

fn rule() -> Paragraph {
    Paragraph::new().add_run(Run::new().fonts(fonts("宋体")).size(16).add_text("─".repeat(56))).align(AlignmentType::Center)
}

fn cell(of: &Cell, widths: &[f64]) -> TableCell {
    let wide = twips(widths.iter().sum::<f64>()).max(1) as usize;
    let mut cell = TableCell::new().width(wide, WidthType::Dxa).vertical_align(VAlignType::Center);
    if of.span > 1 {
        cell = cell.grid_span(of.span);
    }
    let mut empty = true;
    for block in &of.blocks {
        match block {
            Block::Par(par) => cell = cell.add_paragraph(paragraph(&Par { indented: false, ..par.clone() }, true)),
            Block::Table { columns, rows } => cell = cell.add_table(table(columns, rows)),
            Block::Rule | Block::Page => continue,
        }
        empty = !matches!(block, Block::Par(_));
    }
    // A cell of Word ends with a paragraph.
    if empty { cell.add_paragraph(Paragraph::new()) } else { cell }
}

fn table(columns: &[f64], rows: &[Vec<Cell>]) -> Table {
    // The shares fill the width of the page.
    let whole = columns.iter().sum::<f64>().max(1.0);
    let widths: Vec<f64> = columns.iter().map(|column| column / whole * WIDE).collect();
    let rows = rows.iter().map(|row| {
        let mut at = 0;
        let cells = row.iter().map(|of| {
            let end = (at + of.span).min(widths.len());
            let cell = cell(of, &widths[at.min(end)..end]);
            at = end;
            cell
        });
        TableRow::new(cells.collect())
    });
    let edges = [
        TableBorderPosition::Top,
        TableBorderPosition::Bottom,
        TableBorderPosition::Left,
        TableBorderPosition::Right,
        TableBorderPosition::InsideH,
        TableBorderPosition::InsideV,
    ];
    let borders = edges.into_iter().fold(TableBorders::with_empty(), |all, edge| {
        all.set(TableBorder::new(edge).border_type(BorderType::Single).size(4).color("000000"))
    });
    Table::new(rows.collect()).set_grid(widths.iter().map(|wide| twips(*wide).max(1) as usize).collect()).set_borders(borders)
}

/// The Word file of an outline. `standing` says how the document stands: 草稿, or its number.
pub(crate) fn word(blocks: &[Block], standing: &str, simulated: bool) -> Result<Vec<u8>, Problem> {
    let small = |text: String| {
        Paragraph::new().add_run(Run::new().fonts(fonts("楷体")).size(18).color("808080").add_text(text)).align(AlignmentType::Center)
    };
    let mark = if simulated { "（模拟文书，仅供演示）" } else { "" };
    let margins =
        PageMargin::new().top(twips(37.0)).bottom(twips(35.0)).left(twips(28.0)).right(twips(26.0)).header(twips(15.0)).footer(twips(15.0));
    let mut docx = Docx::new()
        .page_size(twips(210.0) as u32, twips(297.0) as u32)
        .page_margin(margins)
        .default_fonts(fonts("仿宋"))
        .default_size(32)
        .header(Header::new().add_paragraph(small(format!("{HEAD}{mark}"))))
        .footer(Footer::new().add_paragraph(small(clean(standing))));
    for block in blocks {
        docx = match block {
            Block::Par(par) => docx.add_paragraph(paragraph(par, false)),
            Block::Table { columns, rows } => docx.add_table(table(columns, rows)).add_paragraph(Paragraph::new()),
            Block::Rule => docx.add_paragraph(rule()),
            Block::Page => docx.add_paragraph(Paragraph::new().add_run(Run::new().add_break(BreakType::Page))),
        };
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    docx.build().pack(&mut bytes).map_err(|error| {
        tracing::error!(%error, "an editing copy could not be written");
        Problem::internal("template-failed", "编辑稿未能生成，请联系管理员")
    })?;
    Ok(bytes.into_inner())
}
