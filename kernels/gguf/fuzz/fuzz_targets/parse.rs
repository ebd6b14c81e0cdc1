//! Any bytes: an error, or a header whose tensors are all within the file.
#![no_main]

use gguf::Gguf;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u64, &[u8])| {
    let (file_len, bytes) = input;
    if let Ok(gguf) = Gguf::parse(bytes, file_len) {
        assert!(gguf.tensors.iter().all(|tensor| tensor.offset + tensor.len <= file_len));
    }
});
