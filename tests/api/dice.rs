//! Chance that can be played again.

use onrecord::db::types::Id;

/// Numbers that only depend on the seed (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    /// A seed nobody has chosen.
    pub fn seed() -> u64 {
        u64::from_be_bytes(Id::new().as_bytes()[8..].try_into().unwrap())
    }

    /// One of so many sides, from 0.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let face = (z ^ (z >> 31)) % u64::try_from(sides).unwrap();
        usize::try_from(face).unwrap()
    }

    /// One of these.
    pub fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.roll(all.len())]
    }
}
