//! Where the window stood last time, and where it stands if that place is gone.
//!
//! Pixels are the screen's own, except for sizes in `LEAST` and `Screen::scale`.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// No page is drawn for a smaller window (logical pixels).
pub(crate) const LEAST: (f64, f64) = (1024.0, 640.0);
/// Below this a screen is filled (logical pixels): a laptop of 1366×768.
const ROOMY: (f64, f64) = (1500.0, 860.0);
/// How much of a roomy screen a first window takes.
const SHARE: f64 = 0.88;
/// So much of the title bar must be on a screen, to be dragged by.
const GRIP: (f64, f64) = (160.0, 24.0);

/// A rectangle on the desktop.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// A screen: the part of it that no task bar covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Screen {
    pub area: Rect,
    /// Its own pixels for a logical one.
    pub scale: f64,
}

/// What is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Bounds {
    /// Of the window when it is not maximized.
    #[serde(flatten)]
    pub rect: Rect,
    pub maximized: bool,
}

/// What was remembered; nothing when it cannot be read.
pub(crate) fn read(file: &Path) -> Option<Bounds> {
    serde_json::from_slice(&fs::read(file).ok()?).ok()
}

/// Remembers. A window that forgets its place is no reason to trouble anybody.
pub(crate) fn write(file: &Path, bounds: &Bounds) {
    let written = serde_json::to_vec(bounds)
        .map_err(std::io::Error::other)
        .and_then(|text| fs::write(file, text));
    if let Err(fault) = written {
        tracing::warn!(kind = ?fault.kind(), "window place not kept");
    }
}

/// Where the window opens. `screens` has the one of the task bar first.
pub(crate) fn opening(last: Option<Bounds>, screens: &[Screen]) -> Option<Bounds> {
    let kept = last.and_then(|last| {
        let on = screens
            .iter()
            .find(|screen| reachable(&last.rect, screen))?;
        Some(Bounds {
            rect: within(last.rect, on),
            ..last
        })
    });
    kept.or_else(|| screens.first().map(first))
}

fn reachable(rect: &Rect, screen: &Screen) -> bool {
    let area = screen.area;
    let (wide, high) = (GRIP.0 * screen.scale, GRIP.1 * screen.scale);
    let right = (rect.x + rect.width).min(area.x + area.width);
    let across = right - rect.x.max(area.x);
    across >= wide && rect.y >= area.y - 1.0 && rect.y + high <= area.y + area.height
}

/// The same place, no larger than the screen and no smaller than the pages need.
fn within(rect: Rect, screen: &Screen) -> Rect {
    let fit = |have: f64, least: f64, most: f64| have.max(least * screen.scale).min(most);
    Rect {
        width: fit(rect.width, LEAST.0, screen.area.width),
        height: fit(rect.height, LEAST.1, screen.area.height),
        ..rect
    }
}

/// A first window: all of a small screen, most of a roomy one.
fn first(screen: &Screen) -> Bounds {
    let Screen { area, scale } = *screen;
    if area.width < ROOMY.0 * scale || area.height < ROOMY.1 * scale {
        return Bounds {
            rect: area,
            maximized: true,
        };
    }
    let (width, height) = (area.width * SHARE, area.height * SHARE);
    let rect = Rect {
        x: area.x + (area.width - width) / 2.0,
        y: area.y + (area.height - height) / 2.0,
        width,
        height,
    };
    Bounds {
        rect,
        maximized: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
        Rect {
            x,
            y,
            width,
            height,
        }
    }

    fn screen(x: f64, y: f64, width: f64, height: f64) -> Screen {
        let area = rect(x, y, width, height);
        Screen { area, scale: 1.0 }
    }

    fn last(rect: Rect) -> Option<Bounds> {
        let maximized = false;
        Some(Bounds { rect, maximized })
    }

    #[test]
    fn a_laptop_is_filled_and_a_large_screen_is_not() {
        let laptop = opening(None, &[screen(0.0, 0.0, 1366.0, 728.0)]).unwrap();
        assert!(laptop.maximized);
        let large = opening(None, &[screen(0.0, 0.0, 1920.0, 1040.0)]).unwrap();
        assert!(!large.maximized);
        assert!(large.rect.x > 0.0 && large.rect.width < 1920.0);
        // The same glass at 150 %: no more room than on a laptop.
        let scaled = Screen {
            scale: 1.5,
            ..screen(0.0, 0.0, 1920.0, 1040.0)
        };
        assert!(opening(None, &[scaled]).unwrap().maximized);
    }

    #[test]
    fn a_place_on_a_screen_is_kept() {
        let two = [
            screen(0.0, 0.0, 1366.0, 728.0),
            screen(1366.0, 0.0, 1920.0, 1040.0),
        ];
        let place = rect(1500.0, 80.0, 1200.0, 800.0);
        assert_eq!(opening(last(place), &two), last(place));
    }

    #[test]
    fn a_place_on_a_screen_that_is_gone_is_not() {
        let one = [screen(0.0, 0.0, 1366.0, 728.0)];
        for gone in [
            rect(1500.0, 80.0, 1200.0, 800.0),
            rect(0.0, -200.0, 1200.0, 700.0),
            rect(0.0, 720.0, 1200.0, 700.0),
            rect(-1150.0, 0.0, 1200.0, 700.0),
        ] {
            let found = opening(last(gone), &one).unwrap();
            assert_eq!(found.rect, one[0].area, "{gone:?}");
        }
    }

    #[test]
    fn a_place_larger_than_the_screen_is_cut_to_it() {
        let one = [screen(0.0, 0.0, 1366.0, 728.0)];
        let found = opening(last(rect(10.0, 10.0, 3000.0, 100.0)), &one).unwrap();
        assert_eq!(found.rect, rect(10.0, 10.0, 1366.0, 640.0));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_no_place() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("window.json");
        assert_eq!(read(&file), None);
        fs::write(&file, "{\"x\":").unwrap();
        assert_eq!(read(&file), None);
        let kept = last(rect(1.5, 2.0, 1200.0, 700.0)).unwrap();
        write(&file, &kept);
        assert_eq!(read(&file), Some(kept));
    }
}
