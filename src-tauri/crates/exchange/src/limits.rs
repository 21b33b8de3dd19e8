//! How much of a foreign file is read at most. Every figure stands between what an honest ledger
//! needs and what a hostile file would take; the measurements are those of the hostile files in
//! the tests.

/// The caps of reading. All of them end in [`crate::ExchangeError::TooLarge`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a workbook file. Photographs in it count, so this is the unpacked total.
    pub file: u64,
    /// Bytes of a text file, which is decoded as a whole.
    pub text_file: u64,
    /// Bytes of an .xls file, which is held in memory whole.
    pub xls_file: u64,
    /// Cells of the rectangles around the values of all sheets of an .xls file, blank ones
    /// included: its reader allocates them.
    pub area: u64,
    /// Bytes of one unpacked part: a sheet of 20,000 rows by 25 columns of plain text takes 45 MB.
    pub part: u64,
    /// Bytes of all unpacked parts.
    pub unpacked: u64,
    /// Unpacked over packed size of a part above one megabyte. Sheets of blank formatted cells
    /// reach about 100; spaces reach 1,000.
    pub ratio: u64,
    /// Parts in the package.
    pub parts: u64,
    /// Bytes of the style part, which is held in memory whole.
    pub styles: u64,
    /// Elements of the shared strings, which are held in memory whole.
    pub string_elements: u64,
    /// Elements of every other part that is held in memory.
    pub elements: u64,
    /// Sheets.
    pub sheets: u64,
    /// Cells with a value in one sheet: 20,000 rows by 25 columns, twice over.
    pub cells: u64,
    /// Columns with a value.
    pub columns: u64,
}

impl Limits {
    /// No caps, for reading back what this program has just written.
    pub(crate) fn none() -> Self {
        const NONE: u64 = u64::MAX;
        Self {
            file: NONE,
            text_file: NONE - 1,
            xls_file: NONE,
            area: NONE,
            part: NONE,
            unpacked: NONE,
            ratio: NONE,
            parts: NONE,
            styles: NONE,
            string_elements: NONE,
            elements: NONE,
            sheets: NONE,
            cells: NONE,
            columns: NONE,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        const MB: u64 = 1024 * 1024;
        Self {
            file: 256 * MB,
            text_file: 64 * MB,
            xls_file: 32 * MB,
            area: 4_000_000,
            part: 64 * MB,
            unpacked: 256 * MB,
            ratio: 200,
            parts: 10_000,
            styles: 16 * MB,
            string_elements: 6_000_000,
            elements: 600_000,
            sheets: 500,
            cells: 1_000_000,
            columns: 512,
        }
    }
}
