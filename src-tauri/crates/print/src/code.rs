//! The machine-readable code: a QR symbol as a picture of one bit a module.
//!
//! A picture costs a page a hundredth of what outlines of the modules cost, in bytes and in time,
//! and is as sharp: readers do not smooth pictures that do not ask for it.

use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::{Color, EcLevel, QrResult, bits, ec};

use crate::error::PrintError;

/// Modules kept white around the symbol, as the standard demands.
const QUIET: usize = 4;

/// A symbol with its quiet zone.
pub(crate) struct Symbol {
    /// Modules on a side.
    pub(crate) side: usize,
    /// Rows from the top, each filled up to whole bytes; a set bit is white.
    pub(crate) bits: Vec<u8>,
}

/// The symbol for `text`.
///
/// # Errors
/// [`PrintError::CodeTooLong`].
pub(crate) fn symbol(text: &str) -> Result<Symbol, PrintError> {
    let (across, colors) = modules(text).map_err(|_| PrintError::CodeTooLong {
        text: text.to_owned(),
    })?;
    let side = across + 2 * QUIET;
    let stride = side.div_ceil(8);
    let mut bits = vec![0xFF; stride * side];
    for (index, color) in colors.into_iter().enumerate() {
        if color == Color::Dark {
            let (row, column) = (index / across + QUIET, index % across + QUIET);
            bits[row * stride + column / 8] &= !(0x80 >> (column % 8));
        }
    }
    Ok(Symbol { side, bits })
}

/// Modules on a side, and the modules row by row.
///
/// The mask is always the same: what stands in a code are identifiers, as good as random, so that
/// weighing all eight masks gains nothing and would be a third of the time of a long run of papers.
fn modules(text: &str) -> QrResult<(usize, Vec<Color>)> {
    let bits = bits::encode_auto(text.as_bytes(), EcLevel::M)?;
    let version = bits.version();
    let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, EcLevel::M)?;
    let mut canvas = Canvas::new(version, EcLevel::M);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(MaskPattern::Checkerboard);
    let across = usize::try_from(version.width()).unwrap_or(0);
    Ok((across, canvas.into_colors()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_symbol_has_its_finders_and_a_white_quiet_zone() {
        let symbol = symbol("TZ1:0198f6d2-0000-7000-8000-000000000001:1:AB").expect("fits");
        let stride = symbol.side.div_ceil(8);
        let white = |row: usize, column: usize| {
            symbol.bits[row * stride + column / 8] & (0x80 >> (column % 8)) != 0
        };
        for along in 0..symbol.side {
            for edge in (0..QUIET).chain(symbol.side - QUIET..symbol.side) {
                assert!(white(edge, along) && white(along, edge));
            }
        }
        let finder: Vec<bool> = (QUIET..QUIET + 7)
            .map(|column| !white(QUIET + 3, column))
            .collect();
        assert_eq!(finder, [true, false, true, true, true, false, true]);
    }
}
