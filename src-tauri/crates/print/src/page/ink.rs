//! Places for ink and for pictures: signature lines, the end of a letter, photographs.

use domain::form::{
    Align, Arrangement, Datum, Face, ImageBlock, ImageRef, Mm, Place, SignaturesBlock,
};

use super::Laid;
use super::blocks::{GRID, PROSE, ROWS, Room};
use crate::display::{Area, Item};
use crate::error::PrintError;
use crate::table::place_line;
use crate::text::{Inline, Line, Paragraph, Setting, normalise};

/// Room between signature places side by side.
const BETWEEN: i32 = 14_000;
/// Longest rule for one signature.
const LONGEST_RULE: i32 = 170_000;
/// Height of a line of signatures.
const SIGNATURE: i32 = 26_000;
/// Height of a caption line.
const CAPTION: i32 = 16_000;
/// Room between pictures.
const PICTURE_GAP: Mm = Mm::whole(4);
/// Words of a date to be written by pen.
const DATE: &str = "　　　　年　　月　　日";

impl Room<'_, '_> {
    pub(super) fn signatures(&self, block: &SignaturesBlock) -> Laid {
        match block.arrangement {
            Arrangement::Row => self.signature_row(block),
            Arrangement::Closing => self.closing(block),
        }
    }

    fn date_words(&self, place: &Place) -> Option<String> {
        let known = place
            .dated
            .as_ref()
            .map(|d| self.filler.words(d, self.filler.root()));
        match known {
            Some(words) if !words.is_empty() => Some(words),
            _ if place.date || place.dated.is_some() => Some(DATE.to_owned()),
            _ => None,
        }
    }

    /// Places side by side over the whole width; what the words leave is shared by the rules.
    fn signature_row(&self, block: &SignaturesBlock) -> Laid {
        let above = block.space_above.millipoints();
        let parts: Vec<(Paragraph, Vec<Inline>)> = block
            .places
            .iter()
            .map(|place| self.signature(place))
            .collect();
        let widths: Vec<i32> = parts
            .iter()
            .map(|(before, after)| {
                let mut words = before.clone();
                words.inlines.extend(after.iter().cloned());
                // Measured before something, a last colon keeps its blank half.
                words.inlines.push(Inline::Gap {
                    width: 1_000,
                    ruled: false,
                });
                self.line(words, self.width).width - GRID
            })
            .collect();
        let count = |number: usize| i32::try_from(number).unwrap_or(1);
        let rules = count(block.places.iter().filter(|place| place.rule).count());
        let gaps = count(block.places.len().max(1) - 1);
        let free = (self.width - widths.iter().sum::<i32>() - gaps * BETWEEN).max(0);
        let rule = if rules > 0 {
            (free / rules).min(LONGEST_RULE)
        } else {
            0
        };
        let spread = if gaps > 0 {
            (free - rule * rules) / gaps
        } else {
            0
        };
        let mut items = Vec::new();
        let mut left = 0;
        for (((mut line, after), width), place) in parts.into_iter().zip(widths).zip(&block.places)
        {
            let right = left + width + if place.rule { rule } else { 0 };
            if place.rule {
                let em = i64::from(rule) * 1000 / i64::from(GRID);
                let width = i32::try_from(em).unwrap_or(0);
                line.inlines.push(Inline::Gap { width, ruled: true });
            }
            line.inlines.extend(after);
            let area = Area {
                left,
                right,
                top: above,
                bottom: above + SIGNATURE,
            };
            let line = self.line(line, right - left + GRID);
            place_line(&line, area, above, (SIGNATURE, GRID), &mut items);
            left = right + BETWEEN + spread;
        }
        Laid::Whole {
            height: above + SIGNATURE,
            items,
        }
    }

    /// The words before and after the rule of a place.
    fn signature(&self, place: &Place) -> (Paragraph, Vec<Inline>) {
        let before = self
            .words(&place.label, Face::Song)
            .into_iter()
            .next()
            .unwrap_or_default();
        let mut after = Vec::new();
        if place.seal {
            after.push(Inline::text(Face::Song, "（盖章）"));
        }
        if let Some(words) = self.date_words(place) {
            after.push(Inline::text(Face::Song, words));
        }
        (before, after)
    }

    fn line(&self, paragraph: Paragraph, width: i32) -> Line {
        let setting = Setting {
            size: GRID,
            width,
            align: Align::Left,
            tracking: 0,
        };
        let set = self.filler.set(&[paragraph], setting).into_iter().next();
        set.expect("BUG: a paragraph makes at least one line")
    }

    /// The end of a letter: each place in a column at the right, name over date, room for a seal.
    fn closing(&self, block: &SignaturesBlock) -> Laid {
        let leading = PROSE * 7 / 4;
        let column = Mm::whole(100).millipoints().min(self.width);
        let left = self.width - column;
        let mut y = block.space_above.millipoints();
        let mut items = Vec::new();
        for place in &block.places {
            let mut paragraphs = self.words(&place.label, Face::Song);
            if place.seal
                && let Some(last) = paragraphs.last_mut()
            {
                last.inlines.push(Inline::text(Face::Song, "（盖章）"));
            }
            if let Some(words) = self.date_words(place) {
                paragraphs.push(Paragraph::of(Inline::text(Face::Song, words)));
            }
            let setting = Setting {
                size: PROSE,
                width: column,
                align: Align::Center,
                tracking: 0,
            };
            for line in self.filler.set(&paragraphs, setting) {
                let area = Area {
                    left,
                    right: self.width,
                    top: y,
                    bottom: y + leading,
                };
                place_line(&line, area, y, (leading, PROSE), &mut items);
                y += leading;
            }
            y += leading / 2;
        }
        Laid::Whole { height: y, items }
    }

    pub(super) fn images(
        &self,
        block: &ImageBlock,
        laid: &mut Vec<Laid>,
    ) -> Result<(), PrintError> {
        let found = self.filler.find(&block.of, self.filler.root());
        let pictures: Vec<&ImageRef> = match found.as_ref() {
            Datum::List(items) => items.iter().filter_map(picture).collect(),
            single => picture(single).into_iter().collect(),
        };
        if !pictures.is_empty() && !block.title.is_empty() {
            laid.push(self.picture_title(&block.title));
        }
        for row in pictures.chunks(usize::from(block.per_row.max(1))) {
            laid.push(self.image_row(row, block)?);
        }
        Ok(())
    }

    fn picture_title(&self, title: &str) -> Laid {
        let leading = PROSE * 2;
        let words = Paragraph::of(Inline::text(Face::Hei, normalise(title)));
        let setting = Setting {
            size: PROSE,
            width: self.width,
            align: Align::Left,
            tracking: 0,
        };
        let area = Area {
            left: 0,
            top: 0,
            right: self.width,
            bottom: leading,
        };
        let mut items = Vec::new();
        for line in self.filler.set(&[words], setting).iter().take(1) {
            place_line(line, area, 0, (leading, PROSE), &mut items);
        }
        Laid::Whole {
            height: leading,
            items,
        }
    }

    fn image_row(&self, row: &[&ImageRef], block: &ImageBlock) -> Result<Laid, PrintError> {
        let gap = PICTURE_GAP.millipoints();
        let count = i32::from(block.per_row.max(1));
        let column = (self.width - gap * (count - 1)) / count;
        let mut items = Vec::new();
        let mut tallest = 0;
        for (index, image) in (0..).zip(row) {
            let (width, height) = self.fitted(image, column, block.height.millipoints())?;
            let left = (column + gap) * index + (column - width) / 2;
            let area = Area {
                left,
                top: 0,
                right: left + width,
                bottom: height,
            };
            items.push(Item::Picture {
                area,
                sha256: image.sha256.clone(),
            });
            tallest = tallest.max(height);
        }
        for (index, image) in (0..).zip(row) {
            let left = (column + gap) * index;
            let words = Paragraph::of(Inline::text(Face::Song, normalise(&image.caption)));
            let setting = Setting {
                size: ROWS,
                width: column,
                align: Align::Center,
                tracking: 0,
            };
            let area = Area {
                left,
                right: left + column,
                top: tallest,
                bottom: tallest + CAPTION,
            };
            if let Some(line) = self.filler.set(&[words], setting).first() {
                place_line(line, area, tallest, (CAPTION, ROWS), &mut items);
            }
        }
        Ok(Laid::Whole {
            height: tallest + CAPTION + gap,
            items,
        })
    }

    /// Width and height of a picture that fills a column but is not higher than allowed.
    fn fitted(
        &self,
        image: &ImageRef,
        column: i32,
        highest: i32,
    ) -> Result<(i32, i32), PrintError> {
        let photo = self.filler.photo(&image.sha256)?;
        let (across, down) = (
            i64::from(photo.width.max(1)),
            i64::from(photo.height.max(1)),
        );
        let by_width = i64::from(column) * down / across;
        let (width, height) = if by_width <= i64::from(highest) {
            (i64::from(column), by_width)
        } else {
            (i64::from(highest) * across / down, i64::from(highest))
        };
        Ok((
            i32::try_from(width).unwrap_or(column),
            i32::try_from(height).unwrap_or(highest),
        ))
    }
}

fn picture(item: &Datum) -> Option<&ImageRef> {
    match item {
        Datum::Image(image) => Some(image),
        _ => None,
    }
}
