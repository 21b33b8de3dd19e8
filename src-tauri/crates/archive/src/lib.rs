//! What leaves the program: hashing, safe writing and reading back.
