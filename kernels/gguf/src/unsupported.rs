//! Types of tensors that the format has and that cannot be read here.

use std::borrow::Cow;

/// By their numbers, as `ggml.h` of ggml lists them.
const NAMES: [(u32, &str); 32] = [
    (4, "Q4_2"),
    (5, "Q4_3"),
    (9, "Q8_1"),
    (10, "Q2_K"),
    (11, "Q3_K"),
    (15, "Q8_K"),
    (16, "IQ2_XXS"),
    (17, "IQ2_XS"),
    (18, "IQ3_XXS"),
    (19, "IQ1_S"),
    (20, "IQ4_NL"),
    (21, "IQ3_S"),
    (22, "IQ2_S"),
    (23, "IQ4_XS"),
    (24, "I8"),
    (25, "I16"),
    (26, "I32"),
    (27, "I64"),
    (28, "F64"),
    (29, "IQ1_M"),
    (31, "Q4_0_4_4"),
    (32, "Q4_0_4_8"),
    (33, "Q4_0_8_8"),
    (34, "TQ1_0"),
    (35, "TQ2_0"),
    (36, "IQ4_NL_4_4"),
    (37, "IQ4_NL_4_8"),
    (38, "IQ4_NL_8_8"),
    (39, "MXFP4"),
    (40, "NVFP4"),
    (41, "Q1_0"),
    (42, "Q2_0"),
];

/// What people call the type, or its number.
pub(crate) fn name(id: u32) -> Cow<'static, str> {
    match NAMES.iter().find(|(known, _)| *known == id) {
        Some((_, name)) => Cow::Borrowed(name),
        None => Cow::Owned(format!("number {id}")),
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMES, name};
    use crate::TensorType;

    #[test]
    fn no_type_is_both_supported_and_not() {
        assert!(NAMES.iter().all(|&(id, _)| TensorType::from_id(id).is_none()));
        assert_eq!((name(23), name(99)), ("IQ4_XS".into(), "number 99".into()));
    }
}
