//! What leaves the program or stays behind as a backup: hashing, safe writing, reading back.
//!
//! Nothing here knows SQL, a window or a person's language: a snapshot is made by `store`, its
//! logical digest comes in through a callback, and messages are worded in `commands`. The package
//! format of the archive that goes on a stick is not here yet; it will be built on these parts.

pub mod backups;
mod error;
pub mod hash;
pub mod keep;
pub mod names;
pub mod safe_write;

pub use error::{ArchiveError, Operation};
pub use hash::Sha256;
pub use names::{NameFault, check_file_name, file_name_from};
pub use safe_write::{Existing, Written, safe_write, write_bytes};
