//! The plain tables of `assets/`: lines, comments after #, sections in brackets.

/// The lines of a table, without blanks around them, comments and empty lines.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The lines of a table, each with the `[section]` that it stands under.
pub fn sections(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = "";
    lines(text).filter_map(move |line| match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
        Some(name) => {
            section = name;
            None
        }
        None => Some((section, line)),
    })
}

/// An enum whose variants have the names that a table gives them.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$inner])* $variant,)* }

        impl $name {
            /// All of them, in the order of their bits.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in the table.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}
pub(super) use named;

/// A set of variants of such an enum, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Set(pub u128);

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
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
            rest &= rest - 1;
            Some(bit)
        })
    }
}
