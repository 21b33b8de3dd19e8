//! Lengths on paper as forms write them: millimetres, kept in hundredths so that they add exactly.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A length in hundredths of a millimetre; written in a form file as millimetres (`12` or `12.5`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Mm(pub i32);

/// Longest length a form may name: ten metres keeps every sum far inside `i32`.
const LONGEST_MM: f64 = 10_000.0;

impl Mm {
    /// A whole number of millimetres.
    #[must_use]
    pub const fn whole(millimetres: i32) -> Self {
        Self(millimetres * 100)
    }

    /// The length in millimetres.
    #[must_use]
    pub fn millimetres(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// The length in thousandths of a point, the unit of layout (1 pt = 25.4 mm / 72).
    #[must_use]
    pub fn millipoints(self) -> i32 {
        let exact = i64::from(self.0) * 72_000 * 10;
        i32::try_from((exact + exact.signum() * 12_700) / 25_400).unwrap_or(i32::MAX)
    }
}

impl fmt::Display for Mm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mm", self.millimetres())
    }
}

impl Serialize for Mm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.millimetres())
    }
}

impl<'de> Deserialize<'de> for Mm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Millimetres;
        impl Visitor<'_> for Millimetres {
            type Value = Mm;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a length in millimetres")
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Mm, E> {
                if !value.is_finite() || value.abs() > LONGEST_MM {
                    return Err(E::custom(
                        "a length of at most 10000 millimetres is expected",
                    ));
                }
                #[expect(clippy::cast_possible_truncation, reason = "bounded just above")]
                let hundredths = (value * 100.0).round() as i32;
                Ok(Mm(hundredths))
            }

            #[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^52")]
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Mm, E> {
                self.visit_f64(value as f64)
            }

            #[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^52")]
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Mm, E> {
                self.visit_f64(value as f64)
            }
        }
        deserializer.deserialize_any(Millimetres)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a4_in_millipoints_is_the_size_every_reader_knows() {
        assert_eq!(Mm::whole(210).millipoints(), 595_276);
        assert_eq!(Mm::whole(297).millipoints(), 841_890);
    }
}
