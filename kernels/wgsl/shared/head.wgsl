// The number of values of a head over four.
override HEAD_QUADS: u32;
