//! Every lie a header can tell, and the error it earns.

use gguf::write::Writer;
use gguf::{Array, Error, Gguf, TensorType, Value};

const HUGE: u64 = u64::MAX;

fn parse(bytes: &[u8]) -> Result<Gguf, Error> {
    Gguf::parse(bytes, bytes.len() as u64)
}

fn refused(bytes: &[u8]) -> Error {
    parse(bytes).expect_err("a lie")
}

/// A preamble with these counts, then `body`.
fn raw(tensors: u64, values: u64, body: &[&[u8]]) -> Vec<u8> {
    let mut file = b"GGUF\x03\0\0\0".to_vec();
    file.extend(tensors.to_le_bytes());
    file.extend(values.to_le_bytes());
    file.extend(body.concat());
    file
}

/// A file with one value: the key `k`, then these bytes.
fn one_value(body: &[&[u8]]) -> Vec<u8> {
    let mut file = raw(0, 1, &[&1_u64.to_le_bytes(), b"k"]);
    file.extend(body.concat());
    file.extend([0; 64]);
    file
}

/// A table entry.
fn entry(name: &str, shape: &[u64], ty: u32, offset: u64) -> Vec<u8> {
    let mut out = (name.len() as u64).to_le_bytes().to_vec();
    out.extend(name.as_bytes());
    out.extend(shape.iter().fold(0_u32, |n, _| n + 1).to_le_bytes());
    shape.iter().for_each(|n| out.extend(n.to_le_bytes()));
    out.extend(ty.to_le_bytes());
    out.extend(offset.to_le_bytes());
    out
}

/// A file with these table entries, and plenty of data.
fn tensors(entries: &[Vec<u8>]) -> Vec<u8> {
    let mut file = raw(entries.len() as u64, 0, &[&entries.concat()]);
    file.extend([0; 1024]);
    file
}

#[test]
fn other_files_are_not_gguf() {
    assert_eq!(refused(b"PK\x03\x04 and so on"), Error::Magic);
    assert_eq!(refused(b"GG"), Error::Magic);
    assert_eq!(refused(b""), Error::Magic);
    assert_eq!(refused(b"GGUF\x01\0\0\0"), Error::Version(1));
    assert_eq!(refused(b"GGUF\0\0\0\x03"), Error::BigEndian);
}

#[test]
fn counts_beyond_the_file_are_refused_before_anything_is_read() {
    assert!(matches!(refused(&raw(HUGE, 0, &[])), Error::PastEnd { .. }));
    assert!(matches!(refused(&raw(0, HUGE, &[])), Error::PastEnd { .. }));
    assert!(matches!(refused(&raw(1 << 58, 1 << 59, &[])), Error::PastEnd { .. }));
    let many = 1_u64 << 40;
    assert!(matches!(Gguf::parse(&raw(many, 0, &[]), HUGE), Err(Error::TooLong { what: "a header", .. })));
    // Each of these takes more memory than bytes: a header of 100 MB would take a gigabyte.
    let many = 1_u64 << 20;
    for lists in [raw(many, 0, &[]), raw(0, many, &[])] {
        assert!(matches!(Gguf::parse(&lists, HUGE), Err(Error::TooLong { .. })));
    }
    let arrays = one_value(&[&9_u32.to_le_bytes(), &9_u32.to_le_bytes(), &many.to_le_bytes()]);
    assert!(matches!(Gguf::parse(&arrays, HUGE), Err(Error::TooLong { what: "an array of arrays", .. })));
}

#[test]
fn lengths_beyond_the_file_are_refused() {
    for element in [0_u32, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] {
        let array = one_value(&[&9_u32.to_le_bytes(), &element.to_le_bytes(), &HUGE.to_le_bytes()]);
        assert!(matches!(refused(&array), Error::PastEnd { .. }), "{element}");
    }
    let string = one_value(&[&8_u32.to_le_bytes(), &1000_u64.to_le_bytes()]);
    assert!(matches!(refused(&string), Error::PastEnd { .. }));
    let string = one_value(&[&8_u32.to_le_bytes(), &HUGE.to_le_bytes()]);
    assert!(matches!(refused(&string), Error::TooLong { what: "a string", .. }));
    let key = raw(0, 1, &[&HUGE.to_le_bytes(), &[0; 64]]);
    assert!(matches!(refused(&key), Error::TooLong { what: "a key", .. }));
}

#[test]
fn values_that_are_none_are_refused() {
    assert!(matches!(refused(&one_value(&[&13_u32.to_le_bytes()])), Error::ValueType { id: 13, .. }));
    assert!(matches!(refused(&one_value(&[&7_u32.to_le_bytes(), &[2]])), Error::Bool { .. }));
    let text = one_value(&[&8_u32.to_le_bytes(), &1_u64.to_le_bytes(), &[0xff]]);
    assert!(matches!(refused(&text), Error::Utf8 { .. }));
    let array = one_value(&[&9_u32.to_le_bytes(), &99_u32.to_le_bytes(), &1_u64.to_le_bytes()]);
    assert!(matches!(refused(&array), Error::ValueType { id: 99, .. }));
    let mut deep = Array::Array(vec![]);
    for _ in 0..3 {
        deep = Array::Array(vec![deep]);
    }
    assert!(matches!(refused(&Writer::new().set("k", deep).header()), Error::Nesting { .. }));
}

#[test]
fn names_occur_once() {
    let twice = Writer::new().set("k", 1_u32).set("k", 2_u32).header();
    assert_eq!(refused(&twice), Error::DuplicateKey("k".into()));
    let twice = tensors(&[entry("t", &[8], 0, 0), entry("t", &[8], 0, 32)]);
    assert_eq!(refused(&twice), Error::DuplicateTensor("t".into()));
}

#[test]
fn shapes_are_counted_and_whole() {
    for shape in [&[][..], &[0], &[8, 0], &[1, 1, 1, 1, 1], &[1 << 62], &[1 << 32, 1 << 32]] {
        assert!(matches!(refused(&tensors(&[entry("t", shape, 0, 0)])), Error::Shape { .. }), "{shape:?}");
    }
    assert!(matches!(refused(&tensors(&[entry("t", &[31], 3, 0)])), Error::Shape { .. }));
    assert!(matches!(refused(&tensors(&[entry("t", &[256], 10, 0)])), Error::TensorType { id: 10, .. }));
    let named = refused(&tensors(&[entry("t", &[256], 23, 0)])).to_string();
    assert_eq!(named, "the tensor \"t\" is of the type IQ4_XS, which is not supported");
}

#[test]
fn tensors_are_aligned_within_the_file_and_apart() {
    assert!(parse(&tensors(&[entry("a", &[8], 0, 0), entry("b", &[8], 0, 32)])).is_ok());
    for offset in [4, HUGE - 31] {
        assert!(
            matches!(refused(&tensors(&[entry("t", &[8], 0, offset)])), Error::Offset { .. }),
            "{offset}"
        );
    }
    assert!(matches!(refused(&tensors(&[entry("t", &[8], 0, 2048)])), Error::PastEnd { .. }));
    assert!(matches!(refused(&tensors(&[entry("t", &[1024], 0, 0)])), Error::PastEnd { .. }));
    let overlap = tensors(&[entry("b", &[8], 0, 32), entry("a", &[9], 0, 0)]);
    assert_eq!(refused(&overlap), Error::Overlap { first: "a".into(), second: "b".into() });
}

#[test]
fn alignments_are_powers_of_two() {
    for alignment in [0_u32, 48, 1 << 30] {
        let file = Writer::new().set("general.alignment", alignment).header();
        assert_eq!(refused(&file), Error::Alignment(alignment));
    }
    let file = Writer::new().set("general.alignment", "32").header();
    assert!(matches!(refused(&file), Error::WrongType { .. }));
}

#[test]
fn getters_tell_missing_from_mistyped() {
    let gguf = parse(&crate::common::sample().to_bytes(|_, _| {})).unwrap();
    assert_eq!(gguf.str("general.architecture"), Ok("llama"));
    assert_eq!((gguf.u32("u8"), gguf.u32("u32")), (Ok(200), Ok(4_000_000_000)));
    assert_eq!((gguf.f32("f32"), gguf.bool("bool")), (Ok(1.5), Ok(true)));
    assert_eq!(gguf.strings("array.8").map(|words| words.get(1)), Ok(Some("Ġthe")));
    assert_eq!((gguf.i32s("array.4"), gguf.i32s("array.5")), (Ok(vec![4, 5]), Ok(vec![-4])));
    assert_eq!(gguf.f32s("array.6"), Ok(&[0.5, -0.5][..]));
    assert!(matches!(gguf.get("f64"), Some(Value::F64(_))));
    assert!(matches!(gguf.str("nothing"), Err(Error::Missing { .. })));
    for key in ["i8", "u64", "f32", "general.architecture"] {
        assert!(matches!(gguf.u32(key), Err(Error::WrongType { .. })), "{key}");
    }
    let errors = [gguf.str("u8").err(), gguf.f32("f64").err(), gguf.bool("u8").err()];
    assert!(errors.iter().all(|e| matches!(e, Some(Error::WrongType { .. }))));
    assert_eq!(gguf.tensor("Q4_1.weight").map(|tensor| tensor.ty), Some(TensorType::Q4_1));
    assert_eq!(gguf.tensor("nothing"), None);
}
