//! The arithmetic of the history chain: what is hashed, and in which order. Writing lives in
//! [`crate::log`], verifying in [`crate::check`].
//!
//! Each op's hash covers the hash of the op before it, the op's own header and all its changes, but
//! of every value only a salted digest. Values and salts can therefore be erased for good, and the
//! chain still holds. Every part is written with its length before it, so that no two different ops
//! give the same bytes.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Bytes of a hash.
pub(crate) type Hash = [u8; 32];

/// What stands before the first op.
pub(crate) const GENESIS: Hash = [0; 32];

/// Bytes of a salt: enough that a digest of a name or a telephone number cannot be guessed back
/// once the salt is erased.
pub(crate) const SALT: usize = 16;

/// Which side of a change a digest is of, so that equal values before and after do not show as
/// equal.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Side {
    Before,
    After,
}

/// The digest of a value.
pub(crate) fn value_digest(salt: &[u8], side: Side, text: &str) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(match side {
        Side::Before => b"b",
        Side::After => b"a",
    });
    hasher.update(text.as_bytes());
    hasher.finalize().into()
}

/// The digest of an operator and site.
pub(crate) fn actor_digest(salt: &[u8], operator: &str, site: &str) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    part(&mut hasher, operator.as_bytes());
    part(&mut hasher, site.as_bytes());
    hasher.finalize().into()
}

/// The header of an op as it is hashed.
pub(crate) struct Header<'a> {
    pub(crate) id: i64,
    pub(crate) kind: &'a str,
    pub(crate) label: &'a str,
    pub(crate) actor_digest: &'a [u8],
    pub(crate) event_at: Option<&'a str>,
    pub(crate) entry_at: &'a str,
    pub(crate) stamp: i64,
    pub(crate) batch: Option<&'a str>,
    pub(crate) undoes: Option<i64>,
    pub(crate) reason_digest: Option<&'a [u8]>,
}

/// Hashes one op: header, then groups of changes in their stored order.
pub(crate) struct OpHasher(Sha256);

impl OpHasher {
    pub(crate) fn new(previous: &[u8], header: &Header<'_>) -> Self {
        let mut hasher = Sha256::new();
        part(&mut hasher, previous);
        hasher.update(header.id.to_be_bytes());
        part(&mut hasher, header.kind.as_bytes());
        part(&mut hasher, header.label.as_bytes());
        part(&mut hasher, header.actor_digest);
        maybe(&mut hasher, header.event_at.map(str::as_bytes));
        part(&mut hasher, header.entry_at.as_bytes());
        hasher.update(header.stamp.to_be_bytes());
        maybe(&mut hasher, header.batch.map(str::as_bytes));
        hasher.update(header.undoes.unwrap_or(0).to_be_bytes());
        maybe(&mut hasher, header.reason_digest);
        Self(hasher)
    }

    /// The next record of the op, with the number of changes that follow.
    pub(crate) fn group(&mut self, first: i64, count: i64, register: &str, record: &Uuid) {
        self.0.update(first.to_be_bytes());
        self.0.update(count.to_be_bytes());
        part(&mut self.0, register.as_bytes());
        self.0.update(record.as_bytes());
    }

    /// The next change of the record.
    pub(crate) fn change(
        &mut self,
        line: Option<(&str, &[u8])>,
        field: &str,
        before: Option<&[u8]>,
        after: Option<&[u8]>,
    ) {
        maybe(&mut self.0, line.map(|(register, _)| register.as_bytes()));
        maybe(&mut self.0, line.map(|(_, line)| line));
        part(&mut self.0, field.as_bytes());
        maybe(&mut self.0, before);
        maybe(&mut self.0, after);
    }

    pub(crate) fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}

fn part(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
}

fn maybe(hasher: &mut Sha256, bytes: Option<&[u8]>) {
    match bytes {
        None => hasher.update([0]),
        Some(bytes) => {
            hasher.update([1]);
            part(hasher, bytes);
        }
    }
}

/// Bytes as lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(label: &str, batch: Option<&str>) -> Hash {
        let header = Header {
            id: 1,
            kind: "edit",
            label,
            actor_digest: b"x",
            event_at: None,
            entry_at: "t",
            stamp: 1,
            batch,
            undoes: None,
            reason_digest: None,
        };
        OpHasher::new(&GENESIS, &header).finish()
    }

    #[test]
    fn moving_a_boundary_between_parts_changes_the_hash() {
        assert_ne!(header("ab", Some("c")), header("a", Some("bc")));
        assert_ne!(header("a", None), header("a", Some("")));
    }

    #[test]
    fn equal_values_before_and_after_have_different_digests() {
        assert_ne!(
            value_digest(b"s", Side::Before, "x"),
            value_digest(b"s", Side::After, "x")
        );
    }
}
