//! Numbers that look random and never change: not those of a crate that may change them with a version.

/// A stream of numbers for one thing (stream `kind`, number `n`) of one world.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finisher of splitmix64: every bit of the input reaches every bit of the output.
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Dice {
    /// The dice for the `n`th thing of a kind.
    pub(crate) fn new(seed: u64, kind: u64, n: u64) -> Self {
        Self(mix(
            mix(mix(seed.wrapping_add(STEP)) ^ kind.wrapping_mul(STEP)).wrapping_add(n.wrapping_mul(STEP))
        ))
    }

    /// The next 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A number below `end`; 0 where `end` is 0.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.bits()) * u128::from(end);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number below `end` where small ones are far more frequent; 0 where `end` is 0.
    pub(crate) fn skewed(&mut self, end: u64) -> u64 {
        let bound = self.below(end) + 1;
        self.below(bound.min(end))
    }

    /// True in `percent` of 100 cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of a list; the default where it is empty.
    pub(crate) fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        let at = usize::try_from(self.below(list.len() as u64)).unwrap_or(0);
        list.get(at).copied().unwrap_or_default()
    }

    /// The place of one of a list of weights; 0 where all are 0.
    pub(crate) fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (at, weight) in weights.iter().enumerate() {
            if left < *weight {
                return at;
            }
            left -= weight;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn the_numbers_never_change() {
        let mut dice = Dice::new(1, 2, 3);
        assert_eq!([dice.below(1000), dice.below(1000), dice.below(1000)], [860, 368, 391]);
    }

    #[test]
    fn every_number_below_the_end_comes_and_none_above() {
        let mut seen = [0_u32; 6];
        for n in 0..6000 {
            seen[usize::try_from(Dice::new(7, 0, n).below(6)).unwrap_or(9)] += 1;
        }
        assert!(seen.iter().all(|count| (850..1150).contains(count)), "{seen:?}");
        assert_eq!(Dice::new(7, 0, 0).below(0), 0);
        assert_eq!(Dice::new(7, 0, 0).skewed(0), 0);
    }

    #[test]
    fn weights_are_kept() {
        let mut seen = [0_u32; 3];
        for n in 0..1000 {
            seen[Dice::new(9, 1, n).weighted(&[0, 1, 9])] += 1;
        }
        assert_eq!(seen[0], 0);
        assert!((70..130).contains(&seen[1]), "{seen:?}");
    }
}
