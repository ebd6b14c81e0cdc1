//! What holds for every header: it survives a round trip, asks for more when cut short, and what it
//! says is true.

use gguf::write::Writer;
use gguf::{Array, Error, Gguf, TensorType, Value};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

fn value() -> impl Strategy<Value = Value> {
    let array = prop_oneof![
        vec(any::<u8>(), 0..20).prop_map(Array::U8),
        vec(any::<i32>(), 0..20).prop_map(Array::I32),
        vec(-1e9_f32..1e9, 0..20).prop_map(Array::F32),
        vec(any::<bool>(), 0..20).prop_map(Array::Bool),
        vec(".{0,8}", 0..20).prop_map(|words| Array::String(words.iter().collect())),
    ];
    let nested = vec(array.clone(), 0..4).prop_map(Array::Array);
    prop_oneof![
        any::<u8>().prop_map(Value::U8),
        any::<i16>().prop_map(Value::I16),
        any::<u32>().prop_map(Value::U32),
        any::<i64>().prop_map(Value::I64),
        (-1e9_f64..1e9).prop_map(Value::F64),
        any::<bool>().prop_map(Value::Bool),
        ".{0,40}".prop_map(Value::String),
        array.prop_map(Value::Array),
        nested.prop_map(Value::Array),
    ]
}

prop_compose! {
    fn writer()(
        version in 2..=3_u32,
        alignment in prop_oneof![Just(1_u32), Just(8), Just(32), Just(4096)],
        values in btree_map("[a-z._]{1,20}", value(), 0..12),
        tensors in btree_map("[a-z0-9._]{1,40}", (0..TensorType::ALL.len(), vec(1..5_u64, 1..=4)), 0..12),
    ) -> Writer {
        let mut writer = Writer::new();
        writer.version(version).align(alignment);
        for (key, value) in values {
            writer.set(&key, value);
        }
        for (name, (ty, mut shape)) in tensors {
            let ty = TensorType::ALL[ty];
            shape[0] *= ty.block_len() as u64;
            writer.tensor(&name, ty, &shape).expect("whole blocks");
        }
        writer
    }
}

fn index(n: u64) -> usize {
    usize::try_from(n).expect("a small file")
}

/// Writes what was read.
fn rewrite(gguf: &Gguf) -> Writer {
    let mut writer = Writer::new();
    writer.version(gguf.version).align(gguf.alignment);
    for (key, value) in gguf.iter().filter(|(key, _)| *key != "general.alignment") {
        writer.set(key, value.clone());
    }
    for tensor in &gguf.tensors {
        writer.tensor(&tensor.name, tensor.ty, &tensor.shape).expect("a checked shape");
    }
    writer
}

proptest! {
    #[test]
    fn a_file_survives_the_round_trip(writer in writer()) {
        let file = writer.to_bytes(|_, bytes| bytes.fill(7));
        let len = file.len() as u64;
        let gguf = Gguf::parse(&file, len).unwrap();
        prop_assert_eq!(rewrite(&gguf).header().len(), writer.header().len());
        let again = rewrite(&gguf).to_bytes(|_, bytes| bytes.fill(7));
        prop_assert_eq!(Gguf::parse(&again, len).unwrap(), gguf.clone());
        for tensor in &gguf.tensors {
            prop_assert_eq!(gguf.tensor(&tensor.name), Some(tensor));
            let bytes = &file[index(tensor.offset)..index(tensor.offset + tensor.len)];
            prop_assert!(bytes.iter().all(|&byte| byte == 7));
        }
    }

    #[test]
    fn reading_more_as_asked_always_ends_with_the_header(writer in writer()) {
        let file = writer.to_bytes(|_, _| {});
        let whole = Gguf::parse(&file, file.len() as u64).unwrap();
        let mut have = 0;
        let parsed = loop {
            match Gguf::parse(&file[..have], file.len() as u64) {
                Ok(gguf) => break gguf,
                Err(Error::Truncated { needed }) => {
                    prop_assert!(index(needed) > have && index(needed) <= writer.header().len());
                    have = index(needed);
                }
                Err(other) => panic!("{other}"),
            }
        };
        prop_assert_eq!(parsed, whole);
    }

    #[test]
    fn any_bytes_are_an_error_or_a_header(bytes in vec(any::<u8>(), 0..400), file_len in any::<u64>()) {
        let mut file = b"GGUF\x03\0\0\0".to_vec();
        file.extend(&bytes);
        let _ = Gguf::parse(&file, file_len);
        prop_assert!(Gguf::parse(&bytes, file_len).is_err() || bytes.starts_with(b"GGUF"));
    }
}

#[test]
fn a_header_cut_at_any_byte_asks_for_more_and_a_file_cut_there_is_refused() {
    let file = crate::common::sample().to_bytes(|_, _| {});
    let whole = Gguf::parse(&file, file.len() as u64).unwrap();
    let mut complete = 0;
    for len in 0..file.len() {
        match Gguf::parse(&file[..len], file.len() as u64) {
            Ok(gguf) => {
                complete += 1;
                assert_eq!(gguf, whole);
            }
            Err(Error::Truncated { needed }) => assert!(needed > len as u64 && complete == 0),
            Err(other) => panic!("at {len}: {other}"),
        }
        let cut = Gguf::parse(&file[..len], len as u64);
        let last_tensor = whole.tensors.last().unwrap();
        assert!(cut.is_err() || len as u64 >= last_tensor.offset + last_tensor.len, "at {len}");
    }
    assert!(complete > 0);
}
