//! Changed bytes: whatever they are, the answer is a plan or a typed error.

use exchange::Limits;
use proptest::prelude::*;

use crate::build::sheet_package;
use crate::{import, import_with, mixed_rows, sample};

proptest! {

    /// Whatever bytes are changed, the answer is a plan or a typed error.
    #[test]
    fn changed_bytes_never_end_the_program(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)
    ) {
        let mut bytes = sample();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = import(&bytes);
    }

    /// The same inside the sheet, where no checksum stands before the reader.
    #[test]
    fn changed_cells_never_end_the_program(
        changes in proptest::collection::vec(
            (any::<prop::sample::Index>(), "[<>/\"&=a-zA-Z0-9 ]{1,3}"), 1..8)
    ) {
        let mut rows = mixed_rows();
        for (at, text) in changes {
            let mut at = at.index(rows.len());
            while !rows.is_char_boundary(at) { at -= 1; }
            rows.insert_str(at, &text);
        }
        let _ = import(&sheet_package(&rows));
    }

    /// And in a text table.
    #[test]
    fn any_bytes_as_a_text_table_never_end_the_program(
        bytes in proptest::collection::vec(any::<u8>(), 0..400)
    ) {
        let mut text = "投诉时间,投诉内容,联系电话\n".as_bytes().to_vec();
        text.extend(bytes);
        let _ = import_with(&text, "台账.csv", Limits::default());
    }
}
