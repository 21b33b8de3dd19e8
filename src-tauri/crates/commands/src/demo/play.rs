//! Plays the scripts: every act through the commands, at its time.

use std::collections::{BTreeMap, BTreeSet};

use domain::complaint::WORKFLOW;
use domain::time::{FixedClock, Moment};
use image::{ExtendedColorType, ImageEncoder, codecs::jpeg::JpegEncoder};
use serde_json::json;
use store::{ListQuery, Read};

use super::DemoAnswer;
use super::random::Dice;
use super::scene::{Scene, object};
use super::script::{Act, Event};
use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::files::{AddAttachment, add_attachment, take_bytes};
use crate::papers::{PaperReturned, Papers, PrintPapers, paper_returned, papers, print_papers};
use crate::records::{AddRecord, add_record};
use crate::steps::{TakeStep, take_step};

/// Plays all events up to the present moment.
pub(super) fn play(
    ctx: &Ctx,
    clock: &FixedClock,
    _scene: &Scene,
    events: Vec<Event>,
    until: Moment,
) -> Outcome<DemoAnswer> {
    let mut known: BTreeMap<usize, String> = BTreeMap::new();
    let mut steps = BTreeSet::new();
    for event in events.into_iter().filter(|e| e.at <= until) {
        clock.set(event.at);
        act(ctx, &mut known, &mut steps, &event).map_err(|mut fault| {
            // A script that does not fit the rules is a fault of the demo: say which.
            fault.message = format!("{}（{:?} {}）", fault.message, event.act, event.complaint);
            fault
        })?;
    }
    let reader = ctx.reader()?;
    Ok(DemoAnswer {
        complaints: known.len(),
        papers: reader.count(&ListQuery::of("paper"))?,
        steps: steps.into_iter().collect(),
    })
}

fn act(
    ctx: &Ctx,
    known: &mut BTreeMap<usize, String>,
    steps: &mut BTreeSet<String>,
    event: &Event,
) -> Outcome<()> {
    if let Act::Add(values) = &event.act {
        let ask = AddRecord {
            register: "complaint".to_owned(),
            values: object(values.clone())?,
        };
        known.insert(event.complaint, add_record(ctx, &ask)?.uuid);
        return Ok(());
    }
    let Some(record) = known.get(&event.complaint).cloned() else {
        return Err(CommandError::internal("act before the complaint"));
    };
    match &event.act {
        Act::Add(_) => {}
        Act::Step {
            step,
            values,
            action,
            person,
            text,
        } => {
            let mut values = object(values.clone())?;
            if values.get("duplicate_of").is_some_and(|v| v == "@previous") {
                let previous = event.complaint.checked_sub(1).and_then(|c| known.get(&c));
                values.insert("duplicate_of".to_owned(), json!(previous));
            }
            let taken = take_step(
                ctx,
                &TakeStep {
                    register: "complaint".to_owned(),
                    record: record.clone(),
                    step: (*step).to_owned(),
                    values,
                    action: object(action.clone())?,
                    person: person.clone(),
                    text: text.clone(),
                    ..TakeStep::default()
                },
            )?;
            steps.extend(taken.steps);
            // A case that is closed, by whichever way, leaves no sheet out.
            let state = taken.record.state.as_deref().unwrap_or_default();
            if WORKFLOW.is_closed(state) {
                give_back(ctx, &record, None, event.complaint)?;
            }
        }
        Act::Print(form, values) => {
            let ask = PrintPapers {
                form: (*form).to_owned(),
                records: vec![record],
                values: object(values.clone())?,
                ..PrintPapers::default()
            };
            print_papers(ctx, &ask)?;
        }
        Act::Return(form) => give_back(ctx, &record, Some(form), event.complaint)?,
        Act::Photo(note) => {
            let photo = photo(event.complaint as u64)?;
            let taken = take_bytes(ctx, &photo)?;
            add_attachment(
                ctx,
                &AddAttachment {
                    register: "complaint".to_owned(),
                    record,
                    file: taken.file,
                    size: taken.size,
                    name: format!("{note}.jpg"),
                    note: (*note).to_owned(),
                    kind: Some("photo".to_owned()),
                },
            )?;
        }
    }
    Ok(())
}

/// The signed sheets of a form, or all that are out, come back as scans.
fn give_back(ctx: &Ctx, record: &str, form: Option<&str>, seed: usize) -> Outcome<()> {
    let all = papers(
        ctx,
        &Papers {
            record: Some(record.to_owned()),
        },
    )?;
    let out = all.iter().filter(|p| {
        form.is_none_or(|form| p.values.get("form").is_some_and(|f| f == form))
            && p.values.get("status").is_some_and(|s| s == "printed")
    });
    for paper in out {
        let scan = take_bytes(ctx, &scan(seed as u64)?)?;
        let ask = PaperReturned {
            paper: paper.uuid.clone(),
            scan: Some(scan.file),
            not_needed: false,
        };
        paper_returned(ctx, &ask)?;
    }
    Ok(())
}

const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;

/// A photograph of a wall with a crack: shaded plaster, grain, a wandering dark line.
fn photo(seed: u64) -> Outcome<Vec<u8>> {
    let mut dice = Dice::new(seed.wrapping_add(77));
    let warm = dice.below(30);
    let mut pixels = Vec::with_capacity((WIDTH * HEIGHT * 3) as usize);
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let light = 150 + u64::from(x * 60 / WIDTH) + u64::from(y * 25 / HEIGHT);
            let grain = dice.below(14);
            for tint in [warm, warm / 2, 0] {
                pixels.push(u8::try_from((light + grain + tint).min(255)).unwrap_or(255));
            }
        }
    }
    let mut x = i64::try_from(60 + dice.below(120)).unwrap_or(60);
    for y in 20..i64::from(HEIGHT) - 20 {
        x += i64::try_from(dice.below(5)).unwrap_or(2) - 1;
        for wide in 0..3 {
            darken(&mut pixels, x + wide, y);
        }
    }
    jpeg(&pixels)
}

/// A scanned sheet: paper with lines of writing and a signature stroke.
fn scan(seed: u64) -> Outcome<Vec<u8>> {
    let mut dice = Dice::new(seed.wrapping_add(3));
    let mut pixels = vec![246_u8; (WIDTH * HEIGHT * 3) as usize];
    for line in 0..14_i64 {
        let length = 380 + i64::try_from(dice.below(160)).unwrap_or(0);
        for x in 50..50 + length {
            if x % 17 > 3 {
                darken(&mut pixels, x, 50 + line * 22);
            }
        }
    }
    let mut y = 410;
    for x in 400..560 {
        y = (y + i64::try_from(dice.below(7)).unwrap_or(3) - 3).clamp(390, 440);
        darken(&mut pixels, x, y);
        darken(&mut pixels, x, y + 1);
    }
    jpeg(&pixels)
}

fn darken(pixels: &mut [u8], x: i64, y: i64) {
    if (0..i64::from(WIDTH)).contains(&x) && (0..i64::from(HEIGHT)).contains(&y) {
        let at = usize::try_from((y * i64::from(WIDTH) + x) * 3).unwrap_or(0);
        pixels[at..at + 3].fill(48);
    }
}

fn jpeg(pixels: &[u8]) -> Outcome<Vec<u8>> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, 80)
        .write_image(pixels, WIDTH, HEIGHT, ExtendedColorType::Rgb8)
        .map_err(CommandError::internal)?;
    Ok(out)
}
