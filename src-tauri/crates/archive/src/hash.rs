//! SHA-256 of streams: the one fingerprint by which files are told apart and checked.
//!
//! No other digest is offered. Where an archive asks for SM3 as well, it will stand beside this one.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::Digest;

use crate::error::{ArchiveError, Operation};

/// Bytes read at a time: large enough that the system calls do not count.
const CHUNK: usize = 256 * 1024;

/// A SHA-256 value; written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256([u8; 32]);

impl Sha256 {
    /// The hash of bytes in memory.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// Reads a stream to its end; gives its hash and its length in bytes.
    ///
    /// # Errors
    /// Whatever the stream answers.
    pub fn of_reader(mut stream: impl Read) -> io::Result<(Self, u64)> {
        let mut state = sha2::Sha256::new();
        let mut chunk = vec![0_u8; CHUNK];
        let mut length = 0_u64;
        loop {
            let count = match stream.read(&mut chunk) {
                Ok(0) => return Ok((Self(state.finalize().into()), length)),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            state.update(&chunk[..count]);
            length += count as u64;
        }
    }

    /// Reads a whole file; gives its hash and its length in bytes.
    ///
    /// # Errors
    /// [`ArchiveError::Missing`] and the other answers of the file system.
    pub fn of_file(path: &Path) -> Result<(Self, u64), ArchiveError> {
        File::open(path)
            .and_then(Self::of_reader)
            .map_err(|error| ArchiveError::from_io(path, Operation::Read, error))
    }

    /// The 32 bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Sha256({self})")
    }
}

/// The text is not 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 value of 64 hexadecimal digits")]
pub struct NotAHash;

impl FromStr for Sha256 {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        if text.len() != 64 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NotAHash);
        }
        let mut bytes = [0_u8; 32];
        for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| NotAHash)?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Sha256 {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(de::Error::custom)
    }
}

/// A writer that hashes and counts what passes through it.
pub(crate) struct HashingWriter<W> {
    inner: W,
    state: sha2::Sha256,
    bytes: u64,
}

impl<W: Write> HashingWriter<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self {
            inner,
            state: sha2::Sha256::new(),
            bytes: 0,
        }
    }

    /// The writer below, with the hash and the number of bytes that it was given.
    pub(crate) fn finish(self) -> (W, Sha256, u64) {
        (self.inner, Sha256(self.state.finalize().into()), self.bytes)
    }
}

impl<W: Write> Write for HashingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.state.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of FIPS 180-4, so that the value is SHA-256 and not merely stable.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn the_published_example_is_met() {
        assert_eq!(Sha256::of(b"abc").to_string(), ABC);
        let (streamed, length) = Sha256::of_reader(&b"abc"[..]).unwrap();
        assert_eq!((streamed.to_string().as_str(), length), (ABC, 3));
    }

    #[test]
    fn a_stream_longer_than_a_chunk_is_hashed_whole() {
        let long = vec![7_u8; CHUNK * 2 + 1];
        let (streamed, length) = Sha256::of_reader(long.as_slice()).unwrap();
        assert_eq!(streamed, Sha256::of(&long));
        assert_eq!(length, long.len() as u64);
        assert_ne!(streamed, Sha256::of(&long[1..]));
    }

    #[test]
    fn text_of_a_hash_is_read_back_and_other_text_refused() {
        assert_eq!(ABC.parse::<Sha256>().unwrap(), Sha256::of(b"abc"));
        for wrong in ["", &ABC[1..], &ABC.replace('b', "g"), &"号".repeat(32)] {
            assert_eq!(wrong.parse::<Sha256>(), Err(NotAHash), "{wrong}");
        }
    }
}
