//! What can be true of a place where somebody speaks, and of one who might be the speaker there. Each has the name under
//! which `assets/speakers.txt` weighs it.

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$inner])* $variant,)* }

        impl $name {
            /// All of them, in the order of their bits.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in the table of weights.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

named! {
    /// How the rules reached a speaker.
    How {
        NameAfter = "the name after the cue",
        NameInside = "the name in the subject of the cue",
        AfterTitle = "the name after the title",
        Apposed = "the name in apposition to the subject",
        GenericHead = "the name after its generic head",
        Issuer = "the issuer of the paper that speaks",
        Nominal = "the nominal subject of the cue",
        Before = "the name before the cue",
        Relative = "the name that the relative clause describes",
        Elided = "the subject is elided: the last speaker goes on",
        Last = "the last speaker",
        BehindChannel = "the source behind عن; the subject is only the channel",
        Behind = "the source behind عن",
        Participle = "a participle speaks for the subject of its sentence",
        SameSource = "the same source as before",
        Title = "the title stands for the one who bears it",
        Body = "the generic head stands for the body named before",
        People = "the people in the plural that were spoken of last",
        Weighed = "the likeliest of those who are named",
    }
}

named! {
    /// What is true of the place.
    Context {
        Always = "always",
        Past = "a verb in the past",
        Present = "a verb in the present",
        Participle = "a participle",
        VerbalNoun = "a verbal noun",
        Attribution = "an attribution",
        Marks = "marks",
        Heading = "a headline",
        Joined = "with a conjunction",
        Feminine = "a feminine form",
        Opens = "in the first words of its line",
        Inside = "inside a report",
        Urges = "a verb of urging or calling",
        Nobody = "the rules find nobody",
        NoSubject = "no subject",
        Named = "the subject is a name",
        Role = "the subject is a role",
        RoleDefinite = "the subject is a role with its article",
        RoleConstruct = "the subject is a role with a complement",
        RoleIndefinite = "the subject is an indefinite role",
        Body = "the subject is a body",
        BodyDefinite = "the subject is a body with its article",
        Source = "the subject is a source",
        SourceDefinite = "the subject is a source with its article",
        Paper = "the subject is a paper",
        PaperDefinite = "the subject is a paper with its article",
        Unknown = "the subject is some other noun",
        Alone = "the subject is one word",
        Plural = "a plural form",
        Amid = "inside its sentence, without a conjunction",
        Share = "the subject is a share of people",
        UrgesOn = "a verb of urging or calling with a conjunction",
    }
}

named! {
    /// What is true of a candidate.
    Trait {
        Person = "a person",
        Organization = "an organization",
        Place = "a place",
        Nominal = "the nominal itself",
        EarlierNominal = "a nominal that spoke before",
        Proposed = "what the rules say",
        Current = "the last speaker",
        CurrentSentence = "the last speaker, in this sentence",
        CurrentLine = "the last speaker, in this paragraph",
        Outer = "the speaker of the report around",
        Far = "not named for sixty words",
        BeforeCurrent = "the speaker before the last",
        Spoke = "has spoken before",
        ZoneFirst = "the first name in the subject",
        ZonePerson = "the first person in the subject",
        ZoneLater = "a later name in the subject",
        ZoneBound = "in the subject with a preposition written on it",
        Within = "inside the nominal subject",
        Adjacent = "right before",
        SentenceFirst = "the first name of the sentence",
        SentenceNearest = "the nearest name before in the sentence",
        Sentence = "named before in the sentence",
        PreviousFirst = "the first name of the sentence before",
        Previous = "named in the sentence before",
        NearestPerson = "the person named last",
        NearestBody = "the organization named last",
        NextPerson = "the person named next",
        Headline = "named in the headline",
        FirstPerson = "the first person of the text",
        FirstBody = "the first organization of the text",
        MostPerson = "the person named most",
        MostBody = "the organization named most",
        Only = "the only one of its kind",
        Often = "named three times or more",
        Once = "named once",
        Later = "not named yet",
        Said = "named in what is said",
        SameHead = "bears a role with the same head",
        SameRole = "bears the whole role",
        SameName = "the head is in the name or before it",
        SharedWord = "shares another word with the nominal",
        Agrees = "agrees in gender",
        Disagrees = "disagrees in gender",
        HasRole = "bears a role",
        SameLine = "named before in the paragraph",
        Topic = "its sentence opens with it",
        PreviousTopic = "the sentence before opens with it",
        Beside = "right after the cue",
        Many = "more than one",
    }
}

/// A set of contexts or traits, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Set(pub u64);

impl Set {
    /// Adds the bit where it holds.
    pub const fn note(&mut self, bit: usize, holds: bool) {
        if holds {
            self.0 |= 1 << bit;
        }
    }

    /// Whether the bit is in it.
    #[must_use]
    pub const fn has(self, bit: usize) -> bool {
        self.0 & (1 << bit) != 0
    }

    /// The bits in it, in order.
    pub fn bits(self) -> impl Iterator<Item = usize> {
        (0..u64::BITS as usize).filter(move |bit| self.has(*bit))
    }
}
