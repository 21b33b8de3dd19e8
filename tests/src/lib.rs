//! Shared ground of the tests: a temporary office, a fixed clock, counted ids.
