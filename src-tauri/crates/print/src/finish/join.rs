//! Slices of a file become one: the pages of the later ones take the fonts of the first, which are
//! the same, and everything else that they reach comes along.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{Unfinished, fault};
use crate::error::PrintError;

/// One file with the pages of all slices in their order.
pub(super) fn joined(slices: Vec<Unfinished>) -> Result<Document, PrintError> {
    let mut slices = slices.into_iter();
    let Some(Unfinished(mut whole)) = slices.next() else {
        return Err(fault(&"nothing to print"));
    };
    let tree = reference(whole.catalog().map_err(|e| fault(&e))?, b"Pages")?;
    let mut kids: Vec<ObjectId> = whole.get_pages().into_values().collect();
    let first = kids.first().ok_or_else(|| fault(&"nothing to print"))?;
    let resources = reference(dictionary(&whole, *first)?, b"Resources")?;
    let fonts = reference(dictionary(&whole, resources)?, b"Font")?;
    for Unfinished(mut slice) in slices {
        slice.renumber_objects_with(whole.max_id + 1);
        for page in slice.get_pages().into_values().collect::<Vec<_>>() {
            let resources = reference(dictionary(&slice, page)?, b"Resources")?;
            changed(&mut slice, resources)?.set("Font", fonts);
            changed(&mut slice, page)?.set("Parent", tree);
            take(&mut whole, &mut slice, page);
            kids.push(page);
        }
        whole.max_id = slice.max_id;
    }
    let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    let tree = changed(&mut whole, tree)?;
    tree.set("Count", count);
    tree.set(
        "Kids",
        kids.into_iter()
            .map(Object::Reference)
            .collect::<Vec<Object>>(),
    );
    Ok(whole)
}

fn dictionary(pdf: &Document, id: ObjectId) -> Result<&Dictionary, PrintError> {
    pdf.get_dictionary(id).map_err(|e| fault(&e))
}

fn changed(pdf: &mut Document, id: ObjectId) -> Result<&mut Dictionary, PrintError> {
    pdf.get_dictionary_mut(id).map_err(|e| fault(&e))
}

fn reference(dictionary: &Dictionary, key: &[u8]) -> Result<ObjectId, PrintError> {
    let value = dictionary.get(key).and_then(Object::as_reference);
    value.map_err(|e| fault(&e))
}

/// Moves an object and what it points to. What is no longer in the slice was moved before, or
/// belongs to the whole.
fn take(whole: &mut Document, slice: &mut Document, id: ObjectId) {
    let Some(object) = slice.objects.remove(&id) else {
        return;
    };
    let mut targets = Vec::new();
    targets_of(&object, &mut targets);
    whole.objects.insert(id, object);
    for target in targets {
        take(whole, slice, target);
    }
}

fn targets_of(object: &Object, targets: &mut Vec<ObjectId>) {
    let of_dictionary = |entries: &Dictionary, targets: &mut Vec<ObjectId>| {
        for (_, entry) in entries {
            targets_of(entry, targets);
        }
    };
    match object {
        Object::Reference(id) => targets.push(*id),
        Object::Array(items) => items.iter().for_each(|item| targets_of(item, targets)),
        Object::Dictionary(entries) => of_dictionary(entries, targets),
        Object::Stream(stream) => of_dictionary(&stream.dict, targets),
        _ => {}
    }
}
