//! The machine-readable code: a QR symbol as dark runs.

use qrcode::{Color, EcLevel, QrCode};

use crate::display::Area;
use crate::error::PrintError;

/// Modules kept white around the symbol, as the standard demands.
const QUIET: i32 = 4;

/// The dark runs of the symbol for `text`, fitted into `area` with its quiet zone.
///
/// # Errors
/// [`PrintError::CodeTooLong`].
pub(crate) fn dark_runs(text: &str, area: Area) -> Result<Vec<Area>, PrintError> {
    let symbol = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| {
        PrintError::CodeTooLong {
            text: text.to_owned(),
        }
    })?;
    let across = symbol.width();
    let modules = i32::try_from(across).unwrap_or(i32::MAX / 2);
    let side = (area.right - area.left).min(area.bottom - area.top);
    let at = |module: i32| side * (module + QUIET) / (modules + 2 * QUIET);
    let mut runs = Vec::new();
    for (row, line) in (0..).zip(symbol.to_colors().chunks(across)) {
        let mut start = None;
        for (column, color) in (0..).zip(line.iter().chain([&Color::Light])) {
            match (start, *color) {
                (None, Color::Dark) => start = Some(column),
                (Some(from), Color::Light) => {
                    start = None;
                    runs.push(Area {
                        left: area.left + at(from),
                        top: area.top + at(row),
                        right: area.left + at(column),
                        bottom: area.top + at(row + 1),
                    });
                }
                _ => {}
            }
        }
    }
    Ok(runs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_stay_inside_the_quiet_zone() {
        let area = Area {
            left: 1000,
            top: 2000,
            right: 43_000,
            bottom: 44_000,
        };
        let runs = dark_runs("TZ1:0198f6d2-0000-7000-8000-000000000001:1:AB", area).expect("fits");
        assert!(runs.len() > 100);
        assert!(
            runs.iter()
                .all(|r| r.left > 4000 && r.right < 40_000 && r.top > 5000)
        );
    }
}
