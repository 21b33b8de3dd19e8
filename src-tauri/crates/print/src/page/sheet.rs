//! The sheet around the text: margins, running lines, code, mark and the strip for reprints.

use domain::form::{
    Align, Block, CodeBlock, CodePlace, Face, Mm, Orientation, PageSpec, Running, Template,
};

use crate::display::{Area, Item, Page};
use crate::error::PrintError;
use crate::fill::{Filler, Sheet};
use crate::table::place_line;
use crate::text::Setting;

/// Size of running lines.
const SMALL: i32 = 9_000;
/// Distance of baselines of running lines.
const LEADING: i32 = 12_000;
/// Lower edge of the foot line above the lower edge of the sheet.
const FOOT: Mm = Mm::whole(13);
/// The strip kept free for 补打 and its time: upper and lower edge above the lower edge of the
/// sheet.
pub(crate) const STRIP: (Mm, Mm) = (Mm::whole(12), Mm::whole(7));
/// Height of the office's mark.
const LOGO: Mm = Mm::whole(11);

/// Sheet size and text area.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) text: Area,
}

impl Frame {
    pub(crate) fn of(page: &PageSpec) -> Self {
        let (short, long) = (Mm::whole(210).millipoints(), Mm::whole(297).millipoints());
        let (width, height) = match page.orientation {
            Orientation::Portrait => (short, long),
            Orientation::Landscape => (long, short),
        };
        let margins = page.margins;
        Self {
            width,
            height,
            text: Area {
                left: margins.left.millipoints(),
                top: margins.top.millipoints(),
                right: width - margins.right.millipoints(),
                bottom: height - margins.bottom.millipoints(),
            },
        }
    }
}

/// Adds what stands on every page.
pub(super) fn dress(
    page: &mut Page,
    frame: &Frame,
    filler: &Filler<'_>,
    sheet: Sheet<'_>,
) -> Result<(), PrintError> {
    let usual = usual_foot();
    let foot = filler.spec.page.footer.as_ref().unwrap_or(&usual);
    let head_top = frame.text.top - Mm::whole(3).millipoints() - LEADING;
    running(
        &filler.spec.page.header,
        head_top,
        frame,
        filler,
        sheet,
        &mut page.items,
    );
    let foot_top = frame.height - FOOT.millipoints() - LEADING;
    running(foot, foot_top, frame, filler, sheet, &mut page.items);
    for block in &filler.spec.blocks {
        if let (Block::Code(code), Some(text)) = (block, filler.options.code) {
            let area = corner(code.place, code.size, frame);
            page.items.push(Item::Code {
                area,
                text: text(sheet.page),
            });
        }
    }
    logo(page, frame, filler)
}

fn usual_foot() -> Running {
    let template = |source: &str| {
        Some(Template::parse(source).expect("BUG: the usual foot line is a template"))
    };
    Running {
        left: template("{@code} / V{@version}"),
        center: template("第 {@page} 页　共 {@pages} 页"),
        right: template("{paper.number}"),
    }
}

fn running(
    line: &Running,
    top: i32,
    frame: &Frame,
    filler: &Filler<'_>,
    sheet: Sheet<'_>,
    items: &mut Vec<Item>,
) {
    let places = [
        (&line.left, Align::Left),
        (&line.center, Align::Center),
        (&line.right, Align::Right),
    ];
    for (template, align) in places {
        let Some(template) = template else { continue };
        let mut bindings = template.bindings().peekable();
        let bound = bindings.peek().is_some();
        if bound && bindings.all(|b| filler.words_if_any(b).is_empty()) {
            continue;
        }
        let paragraphs = filler.template(template, Face::Song, filler.root(), sheet);
        let width = frame.text.right - frame.text.left;
        let setting = Setting {
            size: SMALL,
            width,
            align,
            tracking: 0,
        };
        let lines = filler.set(&paragraphs, setting);
        let area = Area {
            top,
            bottom: top + LEADING,
            ..frame.text
        };
        if let Some(line) = lines.first() {
            place_line(line, area, top, (LEADING, SMALL), items);
        }
    }
}

fn corner(place: CodePlace, size: Mm, frame: &Frame) -> Area {
    let (side, edge) = (size.millipoints(), CodeBlock::EDGE.millipoints());
    let left = match place {
        CodePlace::TopLeft | CodePlace::BottomLeft => frame.text.left,
        CodePlace::TopRight | CodePlace::BottomRight => frame.text.right - side,
    };
    let top = match place {
        CodePlace::TopLeft | CodePlace::TopRight => edge,
        CodePlace::BottomLeft | CodePlace::BottomRight => frame.height - edge - side,
    };
    Area {
        left,
        top,
        right: left + side,
        bottom: top + side,
    }
}

fn logo(page: &mut Page, frame: &Frame, filler: &Filler<'_>) -> Result<(), PrintError> {
    let Some(sha256) = filler.options.logo else {
        return Ok(());
    };
    let photo = filler.photo(sha256)?;
    let height = LOGO.millipoints();
    let width = i64::from(height) * i64::from(photo.width) / i64::from(photo.height.max(1));
    let width = i32::try_from(width).unwrap_or(height).min(frame.width / 3);
    let top = CodeBlock::EDGE.millipoints();
    let left = frame.text.left;
    let area = Area {
        left,
        top,
        right: left + width,
        bottom: top + height,
    };
    page.items.push(Item::Picture {
        area,
        sha256: sha256.to_owned(),
    });
    Ok(())
}
