//! Records and lines out of the tables.

use domain::record::{Line, Record};
use uuid::Uuid;

use crate::error::Result;
use crate::read::Source;

pub(crate) fn get(src: Source<'_>, register: &str, uuid: Uuid) -> Result<Option<Record>> {
    let _ = (src, register, uuid);
    unimplemented!()
}
pub(crate) fn by_key(src: Source<'_>, register: &str, key: i64) -> Result<Option<Record>> {
    let _ = (src, register, key);
    unimplemented!()
}
pub(crate) fn by_number(src: Source<'_>, register: &str, number: &str) -> Result<Option<Record>> {
    let _ = (src, register, number);
    unimplemented!()
}
pub(crate) fn lines(src: Source<'_>, parent: Uuid, register: &str) -> Result<Vec<Line>> {
    let _ = (src, parent, register);
    unimplemented!()
}
pub(crate) fn line(src: Source<'_>, register: &str, uuid: Uuid) -> Result<Option<Line>> {
    let _ = (src, register, uuid);
    unimplemented!()
}
