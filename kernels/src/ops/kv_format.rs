/// How a cache keeps keys and values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum KvFormat {
    /// 32-bit floats.
    F32,
    /// 16-bit floats.
    #[default]
    F16,
    /// As the weights of that name: bytes, and a 16-bit scale for every 32 of them.
    Q8_0,
}
