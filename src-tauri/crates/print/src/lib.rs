//! Paper: pure layout to a display list, and from there to PDF.
