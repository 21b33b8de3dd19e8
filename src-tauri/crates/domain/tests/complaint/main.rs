//! The complaint, step by step: what may follow what, what each step demands and writes, and which
//! clocks run. Not here: storing, wording, paper.

mod case;
mod clock_changes;
mod clock_edges;
mod clocks;
mod figures;
mod guards;
mod journeys;
mod options;
mod rounds;
mod steps;
mod times;
mod waivers;
mod walks;
