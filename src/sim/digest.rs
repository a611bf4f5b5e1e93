//! State digests: one number that tells whether two states are the same, on any machine.

use std::fmt;
use std::hash::{Hash, Hasher};

use siphasher::sip::SipHasher13;

/// The digest of a state. Equal states have equal digests, natively and in wasm alike.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Digest(pub u64);

/// The digest of anything that hashes.
pub fn digest_of(state: &impl Hash) -> Digest {
    let mut hasher = PortableHasher(SipHasher13::new());
    state.hash(&mut hasher);
    Digest(hasher.finish())
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// SipHash-1-3 that is fed the same bytes on 32 and 64 bits: lengths and enum discriminants
/// arrive as `usize` and `isize`, and are widened here; integers are little-endian everywhere.
struct PortableHasher(SipHasher13);

macro_rules! little_endian {
    ($($method:ident: $integer:ty),*) => {
        $(fn $method(&mut self, value: $integer) {
            self.0.write(&value.to_le_bytes());
        })*
    };
}

impl Hasher for PortableHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    little_endian!(
        write_u8: u8, write_u16: u16, write_u32: u32, write_u64: u64, write_u128: u128,
        write_i8: i8, write_i16: i16, write_i32: i32, write_i64: i64, write_i128: i128
    );

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }

    fn write_isize(&mut self, value: isize) {
        self.write_i64(value as i64);
    }

    fn finish(&self) -> u64 {
        self.0.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Hash)]
    enum Shape {
        Round(u32),
        Square,
    }

    #[test]
    fn digests_tell_states_apart_and_are_pinned() {
        let state = (vec![1u64, 2], "text", Shape::Round(3), Some(false));
        assert_eq!(digest_of(&state), digest_of(&state));
        assert_ne!(digest_of(&Shape::Square), digest_of(&Shape::Round(0)));
        // The wasm test compares against natively computed digests, so this value is shared.
        assert_eq!(digest_of(&state).to_string(), "d78f605934c5f2cd");
    }
}
