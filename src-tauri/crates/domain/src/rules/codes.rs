//! The codes of rules and settings as constants, so that rules code cannot misspell them.
//!
//! Not here: what they say (`assets/rules`). A test proves that codes and assets agree.

/// Form of complaint allowed.
pub const R_01: &str = "R-01";
/// Channels.
pub const R_02: &str = "R-02";
/// Register and acknowledge.
pub const R_03: &str = "R-03";
/// Decision on acceptance, calls and visits.
pub const R_04: &str = "R-04";
/// Decision on acceptance, letters.
pub const R_04_LETTER: &str = "R-04-letter";
/// A refusal carries reason and other channel.
pub const R_05: &str = "R-05";
/// First contact with the customer.
pub const R_06: &str = "R-06";
/// General complaint: handling opinion.
pub const R_07: &str = "R-07";
/// Major complaint: written report to the company.
pub const R_08: &str = "R-08";
/// Major complaint: opinion approved.
pub const R_09: &str = "R-09";
/// Visit after settlement, target.
pub const R_10: &str = "R-10";
/// Visit after settlement, hard limit.
pub const R_11: &str = "R-11";
/// Visit rate.
pub const R_12: &str = "R-12";
/// Handling rate.
pub const R_13: &str = "R-13";
/// First receiver stays responsible.
pub const R_14: &str = "R-14";
/// Serious matter: at once.
pub const R_15: &str = "R-15";
/// Repeat until satisfied.
pub const R_16: &str = "R-16";
/// Round from which a special meeting is held.
pub const R_17: &str = "R-17";
/// Grading and classing.
pub const R_18: &str = "R-18";
/// Assignment by place.
pub const R_19: &str = "R-19";
/// Result told and published.
pub const R_20: &str = "R-20";
/// Unfounded and malicious complaints.
pub const R_21: &str = "R-21";
/// Archive list.
pub const R_22: &str = "R-22";
/// Month-end upload.
pub const R_23: &str = "R-23";
/// Statistics.
pub const R_24: &str = "R-24";
/// Visit after complaint: which limit counts.
pub const C_01: &str = "C-01";
/// First action: separate clocks.
pub const C_02: &str = "C-02";
/// Channel restriction.
pub const C_03: &str = "C-03";
/// Grades of a case.
pub const C_14: &str = "C-14";
/// What counts as a complaint.
pub const C_15: &str = "C-15";
/// Denominator of the visit rate.
pub const C_16: &str = "C-16";
/// What a plain "day" means.
pub const C_21: &str = "C-21";
/// The end of office hours.
pub const OFFICE_END: &str = "office-end";

/// All codes, in the order of the assets.
pub const ALL: [&str; 33] = [
    R_01,
    R_02,
    R_03,
    R_04,
    R_04_LETTER,
    R_05,
    R_06,
    R_07,
    R_08,
    R_09,
    R_10,
    R_11,
    R_12,
    R_13,
    R_14,
    R_15,
    R_16,
    R_17,
    R_18,
    R_19,
    R_20,
    R_21,
    R_22,
    R_23,
    R_24,
    C_01,
    C_02,
    C_03,
    C_14,
    C_15,
    C_16,
    C_21,
    OFFICE_END,
];
