//! What people and scripts type wrongly.

mod names;
mod steps;
mod values;

use super::Guarded;

/// What is asked, the exit code, the error's code, and words that its message must hold.
type Case<'a> = (&'a [&'a str], i32, &'a str, &'a [&'a str]);

#[track_caller]
fn all_told(cases: &[Case<'_>]) {
    let office = Guarded::new();
    for (arguments, exit, code, words) in cases {
        let ran = office.cli.run(arguments);
        let message = ran.told(*exit, code);
        for word in *words {
            assert!(message.contains(word), "{word:?} is not in {message:?}");
        }
    }
    office.is_untouched();
}

fn add(values: &str) -> [&str; 4] {
    ["add", "complaint", "--values", values]
}
