//! Claims about the whole program: journeys, faults, kills, seams. One program, so that it links
//! once.

mod desk;
mod faults;
mod helping;
mod journey;
mod kills;
mod personal;
mod reading;
mod seam;
mod taking_back;
mod trade;
mod window;
