//! Ledgers in and out: workbooks and CSV files.
