//! The last pass over a written PDF: the only user of `lopdf`.
//!
//! Makes it PDF/A-2b (metadata, colour profile, version), small and the same for the same input
//! (identifier from the content), and stamps reprints. Tags for screen readers are not written.

mod join;
mod profile;
mod stamp;
mod xmp;

pub use stamp::stamp_reprint;

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use crate::emit::Meta;
use crate::error::PrintError;

/// A PDF as the writer made it, before this pass.
pub(crate) struct Unfinished(pub(crate) Document);

/// Level that costs a fifth less time than the highest and half a kilobyte more a form.
const LEVEL: u32 = 6;

const PRODUCER: &str = concat!("Taizhang ", env!("CARGO_PKG_VERSION"));

fn fault(error: &impl ToString) -> PrintError {
    PrintError::Writer {
        reason: error.to_string(),
    }
}

/// Packs the streams of a slice, so that it can wait for the others in little memory.
pub(crate) fn pack(Unfinished(mut pdf): Unfinished) -> Result<Unfinished, PrintError> {
    compress(&mut pdf)?;
    Ok(Unfinished(pdf))
}

/// Joins the slices of a written PDF, which share their faces, and finishes it.
pub(crate) fn finish(slices: Vec<Unfinished>, meta: &Meta) -> Result<Vec<u8>, PrintError> {
    let mut pdf = join::joined(slices)?;
    pdf.version = "1.7".to_owned();
    let metadata = pdf.add_object(
        Stream::new(
            dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
            xmp::packet(meta, PRODUCER).into_bytes(),
        )
        .with_compression(false),
    );
    let profile = pdf.add_object(Stream::new(dictionary! { "N" => 3 }, profile::srgb()));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    let info = pdf.add_object(info(meta));
    let catalog = pdf.catalog_mut().map_err(|e| fault(&e))?;
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    catalog.set("Lang", Object::string_literal("zh-CN"));
    catalog.set(
        "ViewerPreferences",
        dictionary! { "DisplayDocTitle" => true },
    );
    let old = pdf.trailer.get(b"Info").and_then(Object::as_reference);
    if let Ok(old) = old {
        pdf.objects.remove(&old);
    }
    pdf.trailer.set("Info", info);
    compress(&mut pdf)?;
    save(&mut pdf, None)
}

fn info(meta: &Meta) -> Dictionary {
    let date = Object::string_literal(xmp::pdf_date(&meta.created));
    dictionary! {
        "Title" => utf16(&meta.title),
        "Author" => utf16(&meta.author),
        "Creator" => Object::string_literal("Taizhang"),
        "Producer" => Object::string_literal(PRODUCER),
        "CreationDate" => date.clone(),
        "ModDate" => date,
    }
}

/// Text strings outside Latin-1 are UTF-16 with a mark.
fn utf16(text: &str) -> Object {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// Deflates every stream that may be and is not yet.
fn compress(pdf: &mut Document) -> Result<(), PrintError> {
    for object in pdf.objects.values_mut() {
        let Object::Stream(stream) = object else {
            continue;
        };
        if !stream.allows_compression || stream.dict.has(b"Filter") {
            continue;
        }
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(LEVEL));
        encoder.write_all(&stream.content).map_err(|e| fault(&e))?;
        let packed = encoder.finish().map_err(|e| fault(&e))?;
        if packed.len() < stream.content.len() {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    }
    Ok(())
}

/// Writes the file with an identifier made from its content; a changed file keeps the identifier
/// of its first edition as the first part.
fn save(pdf: &mut Document, first: Option<Vec<u8>>) -> Result<Vec<u8>, PrintError> {
    pdf.trailer.remove(b"ID");
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).map_err(|e| fault(&e))?;
    let id = Sha256::digest(&bytes)[..16].to_vec();
    let part = |bytes: Vec<u8>| Object::String(bytes, StringFormat::Hexadecimal);
    pdf.trailer.set(
        "ID",
        vec![part(first.unwrap_or_else(|| id.clone())), part(id)],
    );
    bytes.clear();
    pdf.save_to(&mut bytes).map_err(|e| fault(&e))?;
    Ok(bytes)
}
