//! The trade: register and form specs, values, rules, workflows, calendar, deadlines.
