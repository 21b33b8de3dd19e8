//! Long work: begun beside the page, asked for, stopped.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::At;
use crate::error::{CommandError, Outcome};
use crate::table;
use crate::work::{Work, stopped};

/// Ended jobs that are remembered, so that a page that was reloaded still gets their answer.
const REMEMBERED: usize = 64;

/// Begins long work.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    /// The command.
    pub name: String,
    /// Its request.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub request: Json,
}

/// Names a job.
#[derive(Debug, Clone, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct JobRef {
    /// The job.
    pub job: String,
}

/// How a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Under way.
    Running,
    /// Done; see `answer`.
    Done,
    /// It failed; see `error`.
    Failed,
    /// It was stopped.
    Stopped,
}

/// A job as it stands.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct JobView {
    /// How it stands.
    pub state: JobState,
    /// What it does now, in words.
    pub phase: String,
    /// Pieces of the phase that are done.
    pub done: u64,
    /// Pieces of the phase; 0 when that is not known.
    pub total: u64,
    /// The answer of the command.
    pub answer: Option<Json>,
    /// Why it failed.
    pub error: Option<CommandError>,
}

struct Job {
    name: String,
    work: Arc<Work>,
    ended: Option<Outcome<Json>>,
}

/// All jobs of a desk.
#[derive(Default)]
pub(super) struct Jobs {
    last: AtomicU64,
    running: AtomicUsize,
    jobs: Mutex<VecDeque<Job>>,
}

impl Jobs {
    /// Jobs under way.
    pub(super) fn running(&self) -> usize {
        self.running.load(Ordering::Acquire)
    }

    /// Asks all to stop.
    pub(super) fn stop_all(&self) {
        for job in &*self.held() {
            job.work.ask_to_stop();
        }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, VecDeque<Job>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, name: &str, ended: Outcome<Json>) {
        let mut jobs = self.held();
        if let Some(job) = jobs.iter_mut().find(|j| j.name == name) {
            job.ended = Some(ended);
        }
        let over = jobs.len().saturating_sub(REMEMBERED);
        for _ in 0..over {
            if let Some(at) = jobs.iter().position(|j| j.ended.is_some()) {
                jobs.remove(at);
            }
        }
        self.running.fetch_sub(1, Ordering::Release);
    }
}

/// Begins a command beside the page's other work.
pub(super) fn begin(at: &At<'_>, ask: &Begin) -> Outcome<JobRef> {
    let known = table::NAMES.contains(&&*ask.name) || super::NAMES.contains(&&*ask.name);
    if !known || matches!(&*ask.name, "begin" | "job" | "stop") {
        return Err(super::unknown(&ask.name));
    }
    let jobs = &at.desk.jobs;
    let name = format!("job-{}", jobs.last.fetch_add(1, Ordering::Relaxed) + 1);
    let work = Arc::new(Work::begun());
    jobs.held().push_back(Job {
        name: name.clone(),
        work: Arc::clone(&work),
        ended: None,
    });
    jobs.running.fetch_add(1, Ordering::AcqRel);
    let (desk, ask, job) = (Arc::clone(at.desk), ask.clone(), name.clone());
    let run = move || {
        let ended = desk.answer(&ask.name, ask.request, &work);
        desk.jobs.end(&job, ended);
    };
    match thread::Builder::new().name(name.clone()).spawn(run) {
        Ok(_) => Ok(JobRef { job: name }),
        Err(fault) => {
            let fault = CommandError::internal(fault);
            jobs.end(&name, Err(fault.clone()));
            Err(fault)
        }
    }
}

/// How a job stands.
pub(super) fn job(at: &At<'_>, ask: &JobRef) -> Outcome<JobView> {
    let jobs = at.desk.jobs.held();
    let job = jobs
        .iter()
        .find(|j| j.name == ask.job)
        .ok_or_else(|| CommandError::not_found("任务", &ask.job))?;
    let (state, answer, error) = match &job.ended {
        None => (JobState::Running, None, None),
        Some(Ok(answer)) => (JobState::Done, Some(answer.clone()), None),
        Some(Err(fault)) if job.work.is_stopped() && *fault == stopped() => {
            (JobState::Stopped, None, None)
        }
        Some(Err(fault)) => (JobState::Failed, None, Some(fault.clone())),
    };
    let (phase, done, total) = job.work.seen();
    Ok(JobView {
        state,
        phase,
        done,
        total,
        answer,
        error,
    })
}

/// Asks a job to stop. It stops where nothing is half done; work that is past that goes on.
pub(super) fn stop(at: &At<'_>, ask: &JobRef) -> Outcome<crate::table::Nothing> {
    let jobs = at.desk.jobs.held();
    let job = jobs
        .iter()
        .find(|j| j.name == ask.job)
        .ok_or_else(|| CommandError::not_found("任务", &ask.job))?;
    job.work.ask_to_stop();
    Ok(crate::table::Nothing {})
}
