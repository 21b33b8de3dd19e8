//! Puts the values of a paper into the words of its form: what each cell and paragraph says, in a
//! filled, an open or a blank paper.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::form::{
    Binding, BlankShape, Block, Datum, Face, FormSpec, Format, Path, Piece, Scope, Special,
    Template, TickOption, Ticks,
};

use crate::error::PrintError;
use crate::photo::Photo;
use crate::text::{Inline, Line, Paragraph, Setting, normalise, set};

/// How places without a value are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// A form for the pen: every place without a value is left as room, 年 月 日 or a rule, and
    /// lists get empty rows.
    Blank,
    /// Values as far as they are known, room for the pen where they are not yet.
    Open,
    /// A finished paper: what is unused is struck with "/" or 以下空白 (domain.md 2.10); places for
    /// ink stay empty.
    #[default]
    Final,
}

/// What layout needs beside form and data.
#[derive(Clone, Copy, Default)]
pub struct LayoutOptions<'a> {
    /// How places without a value are printed.
    pub mode: Mode,
    /// Choice lists by name, for tick boxes whose labels the office may edit.
    pub lists: Option<&'a BTreeMap<String, Vec<TickOption>>>,
    /// Pictures by hash.
    pub photos: Option<&'a BTreeMap<String, Arc<Photo>>>,
    /// What the machine-readable code of a page (counted from 1) says; no code when missing.
    pub code: Option<&'a dyn Fn(u32) -> String>,
    /// Hash of the office's mark for the upper left.
    pub logo: Option<&'a str>,
    /// Print 〓 for characters that no face has instead of refusing.
    pub substitute: bool,
}

impl std::fmt::Debug for LayoutOptions<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LayoutOptions")
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

/// What the layout knows of the sheet a template stands on.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sheet<'a> {
    pub(crate) page: u32,
    pub(crate) pages: u32,
    pub(crate) copy: &'a str,
}

/// Fills templates and bindings; gathers what could not be bound or drawn.
pub(crate) struct Filler<'a> {
    pub(crate) spec: &'a FormSpec,
    pub(crate) data: &'a Datum,
    pub(crate) options: LayoutOptions<'a>,
    pub(crate) unbound: RefCell<BTreeSet<String>>,
    pub(crate) missing: RefCell<BTreeSet<char>>,
}

impl<'a> Filler<'a> {
    pub(crate) fn new(spec: &'a FormSpec, data: &'a Datum, options: LayoutOptions<'a>) -> Self {
        Self {
            spec,
            data,
            options,
            unbound: RefCell::default(),
            missing: RefCell::default(),
        }
    }

    pub(crate) fn root(&self) -> Scope<'a> {
        Scope::root(self.data)
    }

    pub(crate) fn is_final(&self) -> bool {
        self.options.mode == Mode::Final
    }

    /// The value at a path; a field that does not exist is noted and read as empty. On a blank
    /// paper it is only read as empty, because there is no record.
    pub(crate) fn find(&self, path: &Path, scope: Scope<'a>) -> Cow<'a, Datum> {
        scope.find(path).unwrap_or_else(|_| {
            if self.options.mode != Mode::Blank {
                self.unbound.borrow_mut().insert(path.to_string());
            }
            Cow::Owned(Datum::Empty)
        })
    }

    /// A value as words; empty when there is none.
    pub(crate) fn words(&self, binding: &Binding, scope: Scope<'a>) -> String {
        normalise(&Format::write(
            binding.format,
            &self.find(&binding.path, scope),
        ))
    }

    /// A value as words, read as empty when there is no such field, without noting that.
    pub(crate) fn words_if_any(&self, binding: &Binding) -> String {
        self.root()
            .find(&binding.path)
            .map(|value| normalise(&Format::write(binding.format, &value)))
            .unwrap_or_default()
    }

    /// Whether a block is shown: always on a blank paper, else as its condition says.
    pub(crate) fn is_shown(&self, block: &Block) -> bool {
        match block.condition() {
            Some(condition) if self.options.mode != Mode::Blank => self
                .find(&condition.path, self.root())
                .is_code(&condition.value),
            _ => true,
        }
    }

    /// Sets paragraphs, noting characters that no face has.
    pub(crate) fn set(&self, paragraphs: &[Paragraph], setting: Setting) -> Vec<Line> {
        set(paragraphs, setting, &mut self.missing.borrow_mut())
    }

    /// A picture by its hash.
    pub(crate) fn photo(&self, sha256: &str) -> Result<&'a Photo, PrintError> {
        self.options
            .photos
            .and_then(|photos| photos.get(sha256))
            .map(Arc::as_ref)
            .ok_or_else(|| PrintError::PictureMissing {
                sha256: sha256.to_owned(),
            })
    }

    /// A bound value alone in its cell.
    pub(crate) fn value(&self, binding: &Binding, scope: Scope<'a>) -> String {
        let words = self.words(binding, scope);
        if !words.trim().is_empty() {
            return words;
        }
        match (self.options.mode, Format::blank(binding.format)) {
            (Mode::Final, _) => "/".to_owned(),
            (_, BlankShape::Words(words)) => words.to_owned(),
            (_, BlankShape::Room) => String::new(),
        }
    }

    /// Paragraphs of a template: one for each line of it and of the values in it. On a finished
    /// paper a line whose values are all empty is left out.
    pub(crate) fn template(
        &self,
        template: &Template,
        face: Face,
        scope: Scope<'a>,
        sheet: Sheet<'_>,
    ) -> Vec<Paragraph> {
        let mut lines = Lines::default();
        for piece in template.pieces() {
            match piece {
                Piece::Words(words) => lines.words(face, &normalise(words), true),
                Piece::Special(special) => {
                    lines.words(face, &self.special(*special, sheet), false);
                }
                Piece::Value {
                    binding,
                    gap,
                    fallback,
                } => {
                    let mut words = self.words(binding, scope);
                    if let Some(fallback) = fallback
                        && words.trim().is_empty()
                        && self.options.mode != Mode::Blank
                    {
                        words = normalise(fallback);
                    }
                    lines.value(face, &words, &self.place(binding, *gap, face));
                }
            }
        }
        lines.finish(self.is_final())
    }

    fn special(&self, special: Special, sheet: Sheet<'_>) -> String {
        match special {
            Special::Page => sheet.page.to_string(),
            Special::Pages => sheet.pages.to_string(),
            Special::Code => self.spec.code.clone(),
            Special::Version => self.spec.version.to_string(),
            Special::Title => normalise(&self.spec.title),
            Special::Copy => sheet.copy.to_owned(),
        }
    }

    /// What stands in running words where there is no value.
    fn place(&self, binding: &Binding, gap: u8, face: Face) -> Inline {
        match (self.options.mode, Format::blank(binding.format)) {
            (Mode::Final, _) => Inline::text(face, " / "),
            (_, BlankShape::Words(words)) => Inline::text(face, words),
            (_, BlankShape::Room) => Inline::Gap {
                width: i32::from(gap) * 1000,
                ruled: true,
            },
        }
    }

    /// Tick boxes as one paragraph.
    pub(crate) fn ticks(&self, ticks: &Ticks, face: Face, scope: Scope<'a>) -> Paragraph {
        let found = self.find(&ticks.value, scope);
        let chosen: Vec<(String, String)> = match found.as_ref() {
            Datum::List(items) => items.iter().filter_map(chosen).collect(),
            single => chosen_one(single),
        };
        let named = ticks
            .list
            .as_ref()
            .and_then(|name| self.options.lists?.get(name));
        let options = named.unwrap_or(&ticks.options);
        let mut inlines = Vec::new();
        for option in options {
            let ticked = chosen.iter().any(|(code, label)| {
                *code == option.code || (!label.is_empty() && *label == option.label)
            });
            push_box(&mut inlines, face, ticked, &option.label);
        }
        let outside: Vec<&str> = chosen
            .iter()
            .filter(|(code, label)| {
                !options
                    .iter()
                    .any(|option| option.code == *code || option.label == *label)
            })
            .map(|(_, label)| label.as_str())
            .collect();
        match (&ticks.other, outside.is_empty()) {
            (Some(other), true) => {
                push_box(&mut inlines, face, false, &format!("{other}："));
                if !self.is_final() {
                    inlines.push(Inline::Gap {
                        width: 5000,
                        ruled: true,
                    });
                }
            }
            (Some(other), false) => {
                let label = format!("{other}：{}", outside.join("、"));
                push_box(&mut inlines, face, true, &label);
            }
            (None, false) => push_box(&mut inlines, face, true, &outside.join("、")),
            (None, true) => {}
        }
        Paragraph { inlines, indent: 0 }
    }
}

fn chosen(item: &Datum) -> Option<(String, String)> {
    match item {
        Datum::Choice { code, label } => Some((code.clone(), label.clone())),
        Datum::Bool(yes) => Some((yes.to_string(), String::new())),
        Datum::Text(text) if !text.is_empty() => Some((text.clone(), text.clone())),
        _ => None,
    }
}

fn chosen_one(item: &Datum) -> Vec<(String, String)> {
    chosen(item).into_iter().collect()
}

fn push_box(inlines: &mut Vec<Inline>, face: Face, ticked: bool, label: &str) {
    if !inlines.is_empty() {
        inlines.push(Inline::Gap {
            width: 750,
            ruled: false,
        });
    }
    let mark = if ticked { '☑' } else { '☐' };
    inlines.push(Inline::Text {
        face,
        text: format!("{mark}{}", normalise(label)),
        keep: true,
    });
}

/// Paragraphs in the making.
#[derive(Default)]
struct Lines {
    done: Vec<(Vec<Inline>, Use)>,
    inlines: Vec<Inline>,
    usage: Use,
}

/// Whether the values of a line were there.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// The line is words only.
    #[default]
    Words,
    /// All its values are empty.
    Unused,
    /// At least one value is there.
    Used,
}

impl Lines {
    fn words(&mut self, face: Face, text: &str, splits: bool) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 && splits {
                self.end();
            }
            if !line.is_empty() {
                self.inlines.push(Inline::text(face, line));
            }
        }
    }

    fn value(&mut self, face: Face, words: &str, place: &Inline) {
        if words.trim().is_empty() {
            self.inlines.push(place.clone());
            if self.usage == Use::Words {
                self.usage = Use::Unused;
            }
        } else {
            for (index, line) in words
                .split('\n')
                .filter(|l| !l.trim().is_empty())
                .enumerate()
            {
                if index > 0 {
                    self.end();
                }
                self.inlines.push(Inline::text(face, line.trim_end()));
                self.usage = Use::Used;
            }
        }
    }

    fn end(&mut self) {
        self.done
            .push((std::mem::take(&mut self.inlines), self.usage));
        self.usage = Use::Words;
    }

    fn finish(mut self, is_final: bool) -> Vec<Paragraph> {
        self.end();
        self.done
            .into_iter()
            .filter(|(_, usage)| !(is_final && *usage == Use::Unused))
            .map(|(inlines, _)| Paragraph { inlines, indent: 0 })
            .collect()
    }
}
