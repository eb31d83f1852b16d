//! A small generator of pseudo-random numbers that gives the same row for the same seed on every
//! machine and in every version of the product.

/// Pseudo-random numbers (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// A row of numbers that a seed begins.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number of `from..=to`.
    pub(crate) const fn between(&mut self, from: i64, to: i64) -> i64 {
        from + (self.next() % (to - from + 1) as u64) as i64
    }

    /// Whether something happens that does in so many of a hundred cases.
    pub(crate) const fn happens(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// An index into something that is not empty.
    pub(crate) const fn index(&mut self, len: usize) -> usize {
        (self.next() % len as u64) as usize
    }

    /// One of several things.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.index(of.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn a_seed_always_gives_the_same_row() {
        let mut random = Random::new(7);
        let row: Vec<i64> = (0..5).map(|_| random.between(1, 100)).collect();
        let mut again = Random::new(7);
        assert_eq!(
            row,
            (0..5).map(|_| again.between(1, 100)).collect::<Vec<_>>()
        );
        assert!(row.iter().all(|n| (1..=100).contains(n)));
    }
}
