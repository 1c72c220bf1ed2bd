//! Work on many threads whose results come out in the order in which the items went in.

use std::{
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

/// Results that wait for an earlier one, for each thread: enough to keep all at work, little enough to stay small.
const AHEAD: usize = 2;

/// Hands every item to one of `jobs` threads and what became of it to `each`, in order, as soon as it is ready. Memory
/// is bounded: no more than a few items for each thread are under way. It stops at the first error of `each`; threads
/// that are still busy, or wait for input that may never come, are left to the end of the process.
///
/// `late` says how long an item may take and what becomes of it then; its thread is left to itself, and another takes
/// its place.
pub fn ordered<I, O, E>(
    items: impl Iterator<Item = I> + Send + 'static,
    jobs: usize,
    late: impl Fn(&I) -> Option<(Duration, O)> + Send + 'static,
    work: impl Fn(I) -> O + Send + Sync + 'static,
    mut each: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E>
where
    I: Send + 'static,
    O: Send + 'static,
{
    let (queue, promises) = sync_channel::<Promise<O>>(jobs * AHEAD);
    let (give, take) = sync_channel::<Task<I, O>>(jobs);
    let (take, work) = (Arc::new(Mutex::new(take)), Arc::new(work));
    let start = || {
        let (take, work) = (Arc::clone(&take), Arc::clone(&work));
        thread::spawn(move || {
            loop {
                let next = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok(Task { item, begun, result }) = next else { return };
                begun.get_or_init(Instant::now);
                // Nobody waits any more where it was late, or after an error of `each`.
                if result.send(work(item)).is_err() {
                    return;
                }
            }
        });
    };
    (0..jobs).for_each(|_| start());
    thread::spawn(move || {
        for item in items {
            let (send, result) = sync_channel(1);
            let begun = Arc::default();
            let promise = Promise { result, begun: Arc::clone(&begun), late: late(&item) };
            if queue.send(promise).is_err() || give.send(Task { item, begun, result: send }).is_err() {
                return;
            }
        }
    });
    promises.into_iter().try_for_each(|promise| match promise.wait() {
        Some((done, in_time)) => {
            if !in_time {
                start();
            }
            each(done)
        }
        None => Ok(()),
    })
}

/// An item on its way to a thread.
struct Task<I, O> {
    item: I,
    begun: Arc<OnceLock<Instant>>,
    result: SyncSender<O>,
}

/// What will become of an item.
struct Promise<O> {
    result: Receiver<O>,
    /// When a thread began with it.
    begun: Arc<OnceLock<Instant>>,
    /// How long it may take, and what becomes of it then.
    late: Option<(Duration, O)>,
}

impl<O> Promise<O> {
    /// What became of it, and whether it was in time; none where its thread is gone.
    fn wait(self) -> Option<(O, bool)> {
        let Some((limit, late)) = self.late else { return self.result.recv().ok().map(|done| (done, true)) };
        loop {
            let left = self.begun.get().map_or(limit, |begun| limit.saturating_sub(begun.elapsed()));
            match self.result.recv_timeout(left) {
                Ok(done) => return Some((done, true)),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) if self.begun.get().is_some_and(|begun| begun.elapsed() >= limit) => {
                    return Some((late, false));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    };

    #[test]
    fn results_come_in_order_and_few_items_are_taken_ahead() {
        let taken = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&taken);
        let items = (0..200_usize).inspect(move |_| {
            count.fetch_add(1, Ordering::SeqCst);
        });
        let mut next = 0;
        let work = |item: usize| {
            thread::sleep(Duration::from_micros(if item.is_multiple_of(7) { 2000 } else { 10 }));
            item
        };
        let done: Result<(), ()> = ordered(
            items,
            3,
            |_| None,
            work,
            |item| {
                assert_eq!(item, next);
                assert!(taken.load(Ordering::SeqCst) <= next + 3 * AHEAD + 3 + 3 + 2, "bounded");
                next += 1;
                Ok(())
            },
        );
        assert_eq!((done, next), (Ok(()), 200));
    }

    #[test]
    fn an_item_that_never_ends_holds_nobody_up() {
        for jobs in [1, 3] {
            let work = |item: usize| {
                while item.is_multiple_of(5) {
                    thread::park();
                }
                item
            };
            let (mut seen, begun) = (Vec::new(), Instant::now());
            let late = |item: &usize| Some((Duration::from_millis(50), 100 + item));
            let done: Result<(), ()> = ordered(1..21, jobs, late, work, |item| {
                seen.push(item);
                Ok(())
            });
            let wanted: Vec<usize> =
                (1..21).map(|item: usize| if item.is_multiple_of(5) { 100 + item } else { item }).collect();
            assert_eq!((done, seen), (Ok(()), wanted));
            assert!(begun.elapsed() < Duration::from_secs(20));
        }
    }

    #[test]
    fn it_stops_at_an_error_even_while_input_is_awaited() {
        let (keep, never) = sync_channel::<usize>(1);
        keep.send(1).unwrap();
        assert_eq!(ordered(never.into_iter(), 2, |_| None, |item| item, |_| Err("closed")), Err("closed"));
        drop(keep);
    }
}
