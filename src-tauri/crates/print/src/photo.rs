//! Photographs for paper: turned upright, made small, never decoded when they are absurdly large.
//!
//! Meant to be called once, when a picture is attached; the result is what is stored and printed.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};

use crate::error::PrintError;

/// Longest side after scaling, in points: about 200 to the inch over the width of an A4 page.
const LONGEST: u32 = 1600;
/// Pictures with more points are refused before decoding (they would need over 200 MB).
const MOST_POINTS: u64 = 50_000_000;
/// JPEG quality; photographs of sites show no loss at this.
const QUALITY: u8 = 80;

/// A picture as it goes into a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// The JPEG file.
    pub jpeg: Vec<u8>,
    /// Points across.
    pub width: u32,
    /// Points down.
    pub height: u32,
    /// Whether it has one channel instead of three.
    pub grey: bool,
}

fn unreadable(error: &impl ToString) -> PrintError {
    PrintError::PictureUnreadable {
        reason: error.to_string(),
    }
}

impl Photo {
    /// Makes a picture fit for paper from a JPEG or PNG file: upright by its orientation mark, at
    /// most 1600 points on the longer side, transparent parts white. A JPEG that is so already is
    /// kept byte for byte.
    ///
    /// # Errors
    /// [`PrintError::PictureUnreadable`] and [`PrintError::PictureTooLarge`] (over 50 million
    /// points; nothing was decoded).
    pub fn prepare(file: &[u8]) -> Result<Self, PrintError> {
        let (mut decoder, format) = opened(file)?;
        let (width, height) = decoder.dimensions();
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let channels = decoder.color_type().channel_count();
        let fits = width.max(height) <= LONGEST && orientation == Orientation::NoTransforms;
        let picture = DynamicImage::from_decoder(decoder).map_err(|e| unreadable(&e))?;
        if fits && format == Some(ImageFormat::Jpeg) && is_plain_jpeg(file, channels) {
            return Ok(Self {
                jpeg: file.to_vec(),
                width,
                height,
                grey: channels == 1,
            });
        }
        encode(&scale(picture, orientation, LONGEST))
    }
}

/// A picture for the screen: upright, at most so many points on the longer side, as JPEG.
///
/// # Errors
/// As [`Photo::prepare`].
pub fn thumbnail(file: &[u8], longest: u32) -> Result<Vec<u8>, PrintError> {
    let (mut decoder, _) = opened(file)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|e| unreadable(&e))?;
    Ok(encode(&scale(picture, orientation, longest))?.jpeg)
}

/// The head of a picture, if it is one and not absurdly large; nothing is decoded yet.
fn opened(file: &[u8]) -> Result<(impl ImageDecoder + '_, Option<ImageFormat>), PrintError> {
    let reader = ImageReader::new(Cursor::new(file))
        .with_guessed_format()
        .map_err(|e| unreadable(&e))?;
    let format = reader.format();
    let decoder = reader.into_decoder().map_err(|e| unreadable(&e))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_POINTS {
        return Err(PrintError::PictureTooLarge {
            width,
            height,
            most: MOST_POINTS,
        });
    }
    Ok((decoder, format))
}

/// Whether the file holds the channels it is decoded to: a CMYK file decodes to RGB and must be
/// written anew, because a reader would take its four channels for colours.
fn is_plain_jpeg(file: &[u8], decoded: u8) -> bool {
    let mut at = 2;
    while let Some([0xFF, marker, high, low]) = file.get(at..at + 4) {
        let start_of_frame = matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC);
        if start_of_frame {
            return file.get(at + 9) == Some(&decoded);
        }
        at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
    }
    false
}

fn scale(mut picture: DynamicImage, orientation: Orientation, longest: u32) -> DynamicImage {
    if picture.width().max(picture.height()) > longest {
        // A first coarse step makes a photograph of a telephone small in a tenth of the time.
        if picture.width().max(picture.height()) > longest * 4 {
            picture = picture.thumbnail(longest * 2, longest * 2);
        }
        picture = picture.resize(longest, longest, FilterType::CatmullRom);
    }
    picture.apply_orientation(orientation);
    picture
}

fn encode(picture: &DynamicImage) -> Result<Photo, PrintError> {
    let (width, height) = (picture.width(), picture.height());
    let grey = !picture.color().has_color() && !picture.color().has_alpha();
    let flat = if grey {
        DynamicImage::ImageLuma8(picture.to_luma8())
    } else {
        DynamicImage::ImageRgb8(on_white(picture))
    };
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode_image(&flat)
        .map_err(|e| unreadable(&e))?;
    Ok(Photo {
        jpeg,
        width,
        height,
        grey,
    })
}

fn on_white(picture: &DynamicImage) -> image::RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let source = picture.to_rgba8();
    image::RgbImage::from_fn(source.width(), source.height(), |x, y| {
        let [red, green, blue, alpha] = source.get_pixel(x, y).0;
        let over = |value: u8| {
            let mixed = u16::from(value) * u16::from(alpha) + 255 * (255 - u16::from(alpha));
            u8::try_from(mixed / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([over(red), over(green), over(blue)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let picture = image::RgbImage::from_fn(width, height, |x, _| {
            image::Rgb([if x < width / 2 { 255 } else { 0 }, 0, 0])
        });
        let mut file = Vec::new();
        DynamicImage::ImageRgb8(picture)
            .write_to(&mut Cursor::new(&mut file), ImageFormat::Png)
            .expect("writes");
        file
    }

    #[test]
    fn a_large_picture_is_scaled_and_a_second_pass_changes_nothing() {
        let photo = Photo::prepare(&png(2000, 1000)).expect("a picture");
        assert_eq!((photo.width, photo.height, photo.grey), (1600, 800, false));
        assert_eq!(Photo::prepare(&photo.jpeg).expect("again"), photo);
    }

    #[test]
    fn too_many_points_are_refused_from_the_head_alone() {
        let mut file = png(8, 8);
        file[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        file[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let crc = crc32(&file[12..29]);
        file[29..33].copy_from_slice(&crc.to_be_bytes());
        let refused = Photo::prepare(&file).expect_err("3.6 thousand million points");
        assert_eq!(refused.code(), "picture_too_large");
        assert_eq!(
            Photo::prepare(b"no picture").expect_err("text").code(),
            "picture_unreadable"
        );
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 {
                    (crc >> 1) ^ 0xEDB8_8320
                } else {
                    crc >> 1
                }
            })
        })
    }
}
