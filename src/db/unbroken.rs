//! A task that goes on at once where one of its own futures asks for another look.

use futures_util::task::AtomicWaker;
use std::{
    future::poll_fn,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    task::{Context, Poll, Wake, Waker},
};
use tokio::task::unconstrained;

/// Looks in a row, after which others have their turn.
const LOOKS: usize = 8;

/// Polls a future again at once if it has woken itself. Queueing the task anew would wake an idle thread, which takes it
/// over for nothing, and that at each level of a query.
pub async fn unbroken<F: Future>(future: F) -> F::Output {
    // Within one turn of the task, tokio would let only 128 of its futures get on.
    let mut future = pin!(unconstrained(future));
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(bell.clone());
    poll_fn(|task| {
        bell.task.register(task.waker());
        for _ in 0..LOOKS {
            bell.looking.store(true, SeqCst);
            bell.rung.store(false, SeqCst);
            let polled = future.as_mut().poll(&mut Context::from_waker(&waker));
            bell.looking.store(false, SeqCst);
            if polled.is_ready() || !bell.rung.load(SeqCst) {
                return polled;
            }
        }
        task.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}

/// Remembers that it was rung while somebody looks, and wakes the task otherwise.
#[derive(Default)]
struct Bell {
    task: AtomicWaker,
    looking: AtomicBool,
    rung: AtomicBool,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.rung.store(true, SeqCst);
        if !self.looking.load(SeqCst) {
            self.task.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use std::{sync::atomic::AtomicUsize, time::Duration};

    /// Wakes itself so many times before it is ready.
    async fn restless(times: usize) -> usize {
        let mut left = times;
        poll_fn(|task| {
            if left == 0 {
                return Poll::Ready(times);
            }
            left -= 1;
            task.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }

    #[test]
    fn who_wakes_itself_is_looked_at_again_at_once() {
        assert_eq!(unbroken(restless(LOOKS - 1)).now_or_never(), Some(LOOKS - 1));
        assert_eq!(unbroken(restless(LOOKS)).now_or_never(), None, "others have their turn");
    }

    #[tokio::test]
    async fn who_is_woken_from_elsewhere_goes_on() {
        assert_eq!(unbroken(restless(LOOKS * 5)).await, LOOKS * 5);
        let passed = AtomicUsize::new(0);
        for _ in 0..200 {
            let (sender, receiver) = tokio::sync::oneshot::channel();
            std::thread::spawn(move || sender.send(()));
            let heard = tokio::time::timeout(Duration::from_secs(30), unbroken(receiver)).await;
            passed.fetch_add(usize::from(heard.is_ok_and(|heard| heard.is_ok())), SeqCst);
        }
        assert_eq!(passed.into_inner(), 200);
    }
}
