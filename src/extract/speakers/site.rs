//! A place where somebody speaks, who has spoken before it, and one who may be the speaker there.

use crate::extract::lexicon::Form;
use crate::extract::speakers::Source;
use crate::extract::speakers::features::{Context, Features};
use std::ops::Range;

/// Where somebody speaks.
#[derive(Clone, Debug)]
pub struct SpeechSite {
    /// The cue, or the first word of what is said.
    pub at: usize,
    /// The words in which the subject may stand.
    pub subject_range: Range<usize>,
    /// The form of the cue.
    pub form: Option<Form>,
    /// [`Context::Attribution`], [`Context::Marks`], [`Context::Heading`], or [`Context::Always`] for a cue.
    pub kind: Context,
    /// The subject that stands there, before it is known for whom it stands.
    pub subject: Option<Source>,
    /// What the rules say.
    pub proposal: Option<Source>,
    /// The speaker of the report or quotation that the site lies in.
    pub outer: Option<Source>,
    /// The words that name only a channel: nobody in them speaks.
    pub channel: Range<usize>,
}

impl SpeechSite {
    /// The subject where it is no name.
    #[must_use]
    pub fn nominal(&self) -> Option<&Source> {
        self.subject.as_ref().filter(|subject| subject.cluster.is_none())
    }
}

/// Who has spoken before the site.
#[derive(Debug, Default)]
pub struct Discourse {
    /// The last.
    pub current: Option<Source>,
    /// The word at which it spoke.
    pub at: usize,
    /// The one before.
    pub before_current: Option<Source>,
    /// The clusters that have spoken, in order.
    clusters: Vec<usize>,
    /// How often each cluster has spoken.
    times: Vec<u32>,
    /// The nominals that have spoken, the last at the end.
    pub nominals: Vec<Source>,
}

impl Discourse {
    /// The cluster speaks.
    pub fn add(&mut self, cluster: usize) {
        self.clusters.push(cluster);
        self.times.resize(self.times.len().max(cluster + 1), 0);
        if let Some(times) = self.times.get_mut(cluster) {
            *times += 1;
        }
    }

    /// How often the cluster has spoken. Every candidate of every site asks this.
    #[must_use]
    pub fn times(&self, cluster: usize) -> u32 {
        self.times.get(cluster).copied().unwrap_or_default()
    }

    /// The clusters that have spoken, the last one first.
    pub fn latest(&self) -> impl Iterator<Item = usize> {
        self.clusters.iter().rev().copied()
    }
}

/// One who may be the speaker.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who.
    pub source: Source,
    /// What is true of it here.
    pub features: Features,
    /// The sum of its weights.
    pub sum: f32,
    /// How likely that it speaks, 0 to 1.
    pub chance: f32,
}
