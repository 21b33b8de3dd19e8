//! Pictures and codes as external objects of a file.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use printpdf::{DictItem, ExternalStream, ExternalXObject, PdfDocument, XObject, XObjectId};
use sha2::{Digest, Sha256};

use crate::code::symbol;
use crate::display::{Document, Item};
use crate::error::PrintError;
use crate::photo::Photo;

/// Resource name of a picture.
pub(super) fn picture_id(prefix: &str, sha256: &str) -> XObjectId {
    XObjectId(format!("{prefix}P{sha256}"))
}

/// Resource name of the code that says `text`.
pub(super) fn code_id(prefix: &str, text: &str) -> XObjectId {
    let hash = Sha256::digest(text);
    let short: String = hash
        .iter()
        .take(10)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    XObjectId(format!("{prefix}Q{short}"))
}

/// Adds the pictures and codes of a document to the file, each once.
pub(super) fn add(
    pdf: &mut PdfDocument,
    document: &Document,
    prefix: &str,
) -> Result<(), PrintError> {
    let objects = &mut pdf.resources.xobjects.map;
    for item in document.pages.iter().flat_map(|page| &page.items) {
        match item {
            Item::Picture { sha256, .. } => {
                if let Entry::Vacant(place) = objects.entry(picture_id(prefix, sha256)) {
                    let missing = || PrintError::PictureMissing {
                        sha256: sha256.clone(),
                    };
                    let photo = document.pictures.get(sha256).ok_or_else(missing)?;
                    place.insert(photograph(photo));
                }
            }
            Item::Code { text, .. } => {
                if let Entry::Vacant(place) = objects.entry(code_id(prefix, text)) {
                    let symbol = symbol(text)?;
                    let side = i64::try_from(symbol.side).unwrap_or(0);
                    place.insert(image((side, side), 1, "DeviceGray", None, symbol.bits));
                }
            }
            Item::Text(_) | Item::Rule { .. } | Item::Shade { .. } => {}
        }
    }
    Ok(())
}

fn photograph(photo: &Photo) -> XObject {
    let size = (i64::from(photo.width), i64::from(photo.height));
    let colours = if photo.grey {
        "DeviceGray"
    } else {
        "DeviceRGB"
    };
    image(size, 8, colours, Some("DCTDecode"), photo.jpeg.clone())
}

fn image(
    (width, height): (i64, i64),
    bits: i64,
    colours: &str,
    filter: Option<&str>,
    content: Vec<u8>,
) -> XObject {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let mut dict = BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), DictItem::Int(width)),
        ("Height".to_owned(), DictItem::Int(height)),
        ("BitsPerComponent".to_owned(), DictItem::Int(bits)),
        ("ColorSpace".to_owned(), name(colours)),
    ]);
    if let Some(filter) = filter {
        dict.insert("Filter".to_owned(), name(filter));
    }
    let stream = ExternalStream {
        dict,
        content,
        compress: filter.is_none(),
    };
    XObject::External(ExternalXObject {
        stream,
        width: None,
        height: None,
        dpi: None,
    })
}
