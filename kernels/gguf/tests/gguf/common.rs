//! Files to test with.

use gguf::write::Writer;
use gguf::{Array, Strings, TensorType, Value};

/// A small file that uses every type of value, and a tensor of every type.
pub(crate) fn sample() -> Writer {
    let mut writer = Writer::new();
    writer.align(64);
    writer.set("general.architecture", "llama");
    for (key, value) in scalars() {
        writer.set(key, value);
    }
    for (i, array) in arrays().into_iter().enumerate() {
        writer.set(&format!("array.{i}"), array);
    }
    for ty in TensorType::ALL {
        let row = ty.block_len() as u64 * 2;
        writer.tensor(&format!("{}.weight", ty.name()), ty, &[row, 3]).expect("whole blocks");
    }
    writer
}

fn scalars() -> [(&'static str, Value); 11] {
    [
        ("u8", Value::U8(200)),
        ("i8", Value::I8(-100)),
        ("u16", Value::U16(60_000)),
        ("i16", Value::I16(-30_000)),
        ("u32", Value::U32(4_000_000_000)),
        ("i32", Value::I32(-2_000_000_000)),
        ("f32", Value::F32(1.5)),
        ("bool", Value::Bool(true)),
        ("u64", Value::U64(u64::MAX)),
        ("i64", Value::I64(i64::MIN)),
        ("f64", Value::F64(-0.25)),
    ]
}

fn arrays() -> [Array; 13] {
    let words: Strings = ["", "Ġthe", "é"].into_iter().collect();
    [
        Array::U8(vec![1, 2]),
        Array::I8(vec![-1]),
        Array::U16(vec![3]),
        Array::I16(vec![-3]),
        Array::U32(vec![4, 5]),
        Array::I32(vec![-4]),
        Array::F32(vec![0.5, -0.5]),
        Array::Bool(vec![true, false]),
        Array::String(words.clone()),
        Array::Array(vec![Array::U8(vec![]), Array::String(words)]),
        Array::U64(vec![6]),
        Array::I64(vec![-6]),
        Array::F64(vec![0.125]),
    ]
}
