//! taizhang-cli: the commands, headless.

fn main() {}
