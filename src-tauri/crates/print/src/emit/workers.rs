//! Work on several parts at a time, with the results in the order of the parts, so that what is
//! written does not depend on how many processors there are.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::error::PrintError;

/// More do not pay: the joining of the parts is one piece of work.
const MOST: usize = 4;

/// Does `work` on every part; the first error in the order of the parts is the answer.
pub(super) fn each<P: Sync, D: Send>(
    parts: &[P],
    work: impl Fn(&P) -> Result<D, PrintError> + Sync,
) -> Result<Vec<D>, PrintError> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let workers = processors.min(MOST).min(parts.len());
    if workers < 2 {
        return parts.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(parts.len()));
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((at, part)) = take(parts, &next) {
                    let result = work(part);
                    done.lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push((at, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

fn take<'a, P>(parts: &'a [P], next: &AtomicUsize) -> Option<(usize, &'a P)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    parts.get(at).map(|part| (at, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_parts_and_the_first_error_wins() {
        let parts: Vec<u32> = (0..100).collect();
        let twice = each(&parts, |part| Ok(part * 2)).expect("no error");
        assert_eq!(twice, (0..100).map(|part| part * 2).collect::<Vec<_>>());
        let fault = |part: &u32| {
            let reason = part.to_string();
            if part % 30 == 29 {
                Err(PrintError::Writer { reason })
            } else {
                Ok(())
            }
        };
        let error = each(&parts, fault).expect_err("an error");
        assert!(matches!(error, PrintError::Writer { reason } if reason == "29"));
    }
}
