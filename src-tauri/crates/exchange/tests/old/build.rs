//! Builds binary workbooks.

use std::io::{Cursor, Write};

use cfb::CompoundFile;

/// Records of one sheet.
pub(crate) struct Records {
    bytes: Vec<u8>,
    protected: bool,
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let size = u16::try_from(data.len()).expect("a short record");
    [&kind.to_le_bytes(), &size.to_le_bytes(), data].concat()
}

/// Version and kind of a substream: 5 for the globals, 16 for a sheet.
fn begin(kind: u16) -> Vec<u8> {
    let mut data = vec![0_u8; 16];
    data[..2].copy_from_slice(&0x0600_u16.to_le_bytes());
    data[2..4].copy_from_slice(&kind.to_le_bytes());
    record(0x0809, &data)
}

fn wide(text: &str) -> (u16, Vec<u8>) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let count = u16::try_from(units.len()).expect("short");
    (
        count,
        units.into_iter().flat_map(u16::to_le_bytes).collect(),
    )
}

fn short(number: usize) -> [u8; 2] {
    u16::try_from(number).expect("small").to_le_bytes()
}

impl Records {
    pub(crate) fn sheet() -> Self {
        Self {
            bytes: begin(16),
            protected: false,
        }
    }

    fn push(&mut self, kind: u16, parts: &[&[u8]]) {
        self.bytes.extend(record(kind, &parts.concat()));
    }

    /// Declares a size, rightly or not.
    pub(crate) fn dimensions(&mut self, top: u32, bottom: u32, left: u16, right: u16) {
        let (top, bottom) = (top.to_le_bytes(), bottom.to_le_bytes());
        let (left, right) = (left.to_le_bytes(), right.to_le_bytes());
        self.push(0x0200, &[&top, &bottom, &left, &right, &[0, 0]]);
    }

    pub(crate) fn text(&mut self, row: usize, column: usize, text: &str) {
        let (count, units) = wide(text);
        let place = [short(row), short(column), [0, 0]].concat();
        self.push(0x0204, &[&place, &count.to_le_bytes(), &[1], &units]);
    }

    pub(crate) fn number(&mut self, row: usize, column: usize, value: f64) {
        let place = [short(row), short(column), [0, 0]].concat();
        self.push(0x0203, &[&place, &value.to_le_bytes()]);
    }

    pub(crate) fn hidden_row(&mut self, row: usize) {
        self.push(0x0208, &[&short(row), &[0; 10], &[0x20, 0, 0, 0]]);
    }

    pub(crate) fn hidden_column(&mut self, column: usize) {
        self.push(
            0x007D,
            &[&short(column), &short(column), &[0; 4], &[1, 0, 0, 0]],
        );
    }

    pub(crate) fn merged(&mut self, top: usize, bottom: usize, left: usize, right: usize) {
        let place = [
            short(1),
            short(top),
            short(bottom),
            short(left),
            short(right),
        ];
        self.push(0x00E5, &[&place.concat()]);
    }

    /// Says that a password is needed.
    pub(crate) fn protect(&mut self) {
        self.protected = true;
    }
}

/// A workbook of one sheet.
pub(crate) fn workbook(sheet: &Records) -> Vec<u8> {
    let (count, name) = wide("台账");
    let count = u8::try_from(count).expect("short");
    let globals = |place: u32| {
        let mut bytes = begin(5);
        if sheet.protected {
            bytes.extend(record(0x002F, &[1, 0, 1, 0, 1, 0]));
        }
        let bound = [&place.to_le_bytes()[..], &[0, 0, count, 1], &name].concat();
        bytes.extend(record(0x0085, &bound));
        bytes.extend(record(0x000A, &[]));
        bytes
    };
    let place = u32::try_from(globals(0).len()).expect("small");
    let mut stream = globals(place);
    stream.extend(&sheet.bytes);
    stream.extend(record(0x000A, &[]));
    container("Workbook", &stream)
}

/// A container with one stream.
pub(crate) fn container(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut container = CompoundFile::create(Cursor::new(Vec::new())).expect("container");
    container
        .create_stream(name)
        .expect("stream")
        .write_all(stream)
        .expect("bytes");
    container.flush().expect("flushed");
    container.into_inner().into_inner()
}
