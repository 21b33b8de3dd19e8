//! The use cases, the command table and the error seam.
