/// Bytes for a reader: `340 MB`, `2.6 GB`.
pub(crate) fn amount(bytes: u64) -> String {
    const MB: u64 = 1_000_000;
    let mb = bytes.saturating_add(MB / 2) / MB;
    if mb < 1000 { format!("{mb} MB") } else { format!("{:.1} GB", mb as f64 / 1000.0) }
}
