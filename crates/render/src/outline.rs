//! What a paper says, as paragraphs and tables (文稿): the template evaluated with its data, before it is laid out. An editing copy is made of it,
//! so that it says what the PDF says, out of one template.

use typst::{
    foundations::{Content, IntoValue, SequenceElem, Smart, StyleChain, StyledElem, Value},
    layout::{
        AlignElem, BlockBody, BlockElem, BoxElem, Dir, FixAlignment, FixedAlignment, GridChild, GridElem, GridItem, HElem, PagebreakElem,
        PlaceElem, Sizing, VElem,
    },
    model::{ParElem, ParbreakElem, TableChild, TableElem, TableItem},
    text::{LinebreakElem, SpaceElem, TextElem, UnderlineElem},
    visualize::{LineElem, Paint},
};

/// Which side a paragraph keeps to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Side {
    /// Left, and even on the right.
    #[default]
    Even,
    /// In the middle.
    Middle,
    /// Right.
    Right,
}

/// Words of one kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    /// The words; a line break is `\n`, room between two parts of a line `\t`.
    pub text: String,
    /// The first family that is asked for, in small letters.
    pub font: String,
    /// Points.
    pub size: f64,
    /// Bold.
    pub bold: bool,
    /// Underlined.
    pub underlined: bool,
    /// `#rrggbb`.
    pub colour: String,
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Par {
    /// Which side it keeps to.
    pub side: Side,
    /// The first line stands in by two characters.
    pub indented: bool,
    /// What it says.
    pub words: Vec<Words>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// Columns that it takes.
    pub span: usize,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A paragraph, a table, or what stands between.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Par(Par),
    /// A table: the share of the width that each column takes, and the rows.
    Table {
        /// Parts of the width.
        columns: Vec<f64>,
        /// The rows.
        rows: Vec<Vec<Cell>>,
    },
    /// A line across the page.
    Rule,
    /// A new page begins.
    Page,
}

/// What some content says.
pub(crate) fn of(content: &Content, styles: StyleChain<'_>) -> Vec<Block> {
    let mut outline = Outline::default();
    outline.walk(content, styles);
    outline.end();
    outline.blocks
}

#[derive(Default)]
struct Outline {
    blocks: Vec<Block>,
    now: Par,
    side: Side,
    underlined: bool,
}

impl Outline {
    /// The paragraph is over.
    fn end(&mut self) {
        let par = std::mem::take(&mut self.now);
        if par.words.iter().any(|words| !words.text.trim().is_empty()) {
            self.blocks.push(Block::Par(par));
        }
    }

    fn say(&mut self, text: &str, styles: StyleChain<'_>) {
        let words = Words {
            text: text.to_owned(),
            font: styles.get_ref(TextElem::font).0.first().map(|family| family.as_str().to_owned()).unwrap_or_default(),
            size: styles.resolve(TextElem::size).to_pt(),
            bold: styles.get(TextElem::weight).to_number() >= 600,
            underlined: self.underlined,
            colour: match styles.get_ref(TextElem::fill) {
                Paint::Solid(colour) => colour.to_hex().to_string(),
                _ => String::new(),
            },
        };
        if self.now.words.is_empty() {
            (self.now.side, self.now.indented) = (self.side, self.side == Side::Even && indents(styles));
        }
        match self.now.words.last_mut() {
            Some(last) if Words { text: String::new(), ..last.clone() } == Words { text: String::new(), ..words.clone() } => {
                last.text.push_str(text)
            }
            _ => self.now.words.push(words),
        }
    }

    /// A part that is a paragraph, or several, of its own.
    fn apart(&mut self, side: Side, body: &Content, styles: StyleChain<'_>) {
        self.end();
        let outer = std::mem::replace(&mut self.side, side);
        self.walk(body, styles);
        self.end();
        self.side = outer;
    }

    fn walk(&mut self, content: &Content, styles: StyleChain<'_>) {
        if let Some(it) = content.to_packed::<SequenceElem>() {
            it.children.iter().for_each(|child| self.walk(child, styles));
        } else if let Some(it) = content.to_packed::<StyledElem>() {
            self.walk(&it.child, styles.chain(&it.styles));
        } else if let Some(it) = content.to_packed::<TextElem>() {
            self.say(&it.text, styles);
        } else if content.is::<SpaceElem>() {
            // Between Chinese characters a line break of the template is no blank.
            if self.now.words.last().is_some_and(|last| last.text.ends_with(|it: char| it.is_ascii_alphanumeric())) {
                self.say(" ", styles);
            }
        } else if content.is::<LinebreakElem>() {
            self.say("\n", styles);
        } else if content.is::<ParbreakElem>() || content.is::<VElem>() {
            self.end();
        } else if content.is::<HElem>() {
            self.say("\t", styles);
        } else if let Some(it) = content.to_packed::<ParElem>() {
            self.apart(self.side, &it.body, styles);
        } else if let Some(it) = content.to_packed::<AlignElem>() {
            let side = match it.alignment.get(styles).x().map(|x| x.fix(Dir::LTR)) {
                Some(FixedAlignment::Center) if self.side != Side::Right => Side::Middle,
                Some(FixedAlignment::Start) => Side::Even,
                Some(FixedAlignment::End) => Side::Right,
                _ => self.side,
            };
            self.apart(side, &it.body, styles);
        } else if let Some(it) = content.to_packed::<BlockElem>() {
            if let Some(BlockBody::Content(body)) = it.body.get_ref(styles) {
                self.apart(self.side, body, styles);
            }
        } else if let Some(it) = content.to_packed::<BoxElem>() {
            self.boxed(it.body.get_ref(styles).as_ref(), it.width.get(styles), styles);
        } else if let Some(it) = content.to_packed::<UnderlineElem>() {
            let outer = std::mem::replace(&mut self.underlined, true);
            self.walk(&it.body, styles);
            self.underlined = outer;
        } else if content.is::<LineElem>() {
            self.end();
            self.blocks.push(Block::Rule);
        } else if content.is::<PagebreakElem>() {
            self.end();
            self.blocks.push(Block::Page);
        } else if let Some(it) = content.to_packed::<TableElem>() {
            self.end();
            let columns = widths(&it.columns.get_ref(styles).0);
            let rows = table(&it.children, columns.len(), styles);
            self.blocks.push(Block::Table { columns, rows });
        } else if let Some(it) = content.to_packed::<GridElem>() {
            // A grid only puts things beside one another: on an editing copy they follow one another.
            for child in &it.children {
                if let GridChild::Item(GridItem::Cell(cell)) = child {
                    self.apart(self.side, &cell.body, styles);
                }
            }
        } else if !content.is::<PlaceElem>() {
            // What is put over the page, such as the seal, is no part of the words; of all else the plain words are kept.
            let text = content.plain_text();
            if !text.is_empty() {
                self.say(&text, styles);
            }
        }
    }

    /// A box: its words, or the blank line that somebody writes upon.
    fn boxed(&mut self, body: Option<&Content>, width: Sizing, styles: StyleChain<'_>) {
        match body.filter(|body| !body.is_empty()) {
            Some(body) => self.walk(body, styles),
            None => {
                let wide = match width {
                    Sizing::Rel(rel) => rel.abs.abs.to_mm(),
                    _ => 0.0,
                };
                // A low line takes about two millimetres.
                let count = (wide / 2.0).round().clamp(0.0, 60.0) as usize;
                self.say(&"_".repeat(count), styles);
            }
        }
    }
}

/// Whether the first line of a paragraph stands in.
fn indents(styles: StyleChain<'_>) -> bool {
    let Value::Dict(indent) = styles.get_cloned(ParElem::first_line_indent).into_value() else { return false };
    match indent.get("amount") {
        Ok(Value::Length(length)) => length.em.get() > 0.0 || length.abs.to_pt() > 0.0,
        _ => false,
    }
}

/// Parts of the width: what is fixed in millimetres, what is left shared by the others of a page of 160 millimetres.
fn widths(columns: &[Sizing]) -> Vec<f64> {
    let fixed: f64 = columns.iter().map(|it| if let Sizing::Rel(rel) = it { rel.abs.abs.to_mm() } else { 0.0 }).sum();
    let open = columns.iter().filter(|it| !matches!(it, Sizing::Rel(_))).count().max(1);
    let share = ((160.0 - fixed) / open as f64).max(10.0);
    columns.iter().map(|it| if let Sizing::Rel(rel) = it { rel.abs.abs.to_mm().max(5.0) } else { share }).collect()
}

/// The rows of a table, filled from left to right.
fn table(children: &[TableChild], columns: usize, styles: StyleChain<'_>) -> Vec<Vec<Cell>> {
    let items = children.iter().flat_map(|child| match child {
        TableChild::Header(header) => header.children.iter().collect::<Vec<_>>(),
        TableChild::Footer(footer) => footer.children.iter().collect(),
        TableChild::Item(item) => vec![item],
    });
    let (mut rows, mut row, mut taken) = (Vec::new(), Vec::new(), 0);
    for item in items {
        let TableItem::Cell(cell) = item else { continue };
        let span = cell.colspan.get(styles).get();
        let middle = match cell.align.get(styles) {
            Smart::Custom(align) => align.x().is_some_and(|x| x.fix(Dir::LTR) == FixedAlignment::Center),
            Smart::Auto => false,
        };
        let mut outline = Outline { side: if middle { Side::Middle } else { Side::Even }, ..Outline::default() };
        outline.walk(&cell.body, styles);
        outline.end();
        row.push(Cell { span, blocks: outline.blocks });
        taken += span;
        if taken >= columns {
            rows.push(std::mem::take(&mut row));
            taken = 0;
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    rows
}
