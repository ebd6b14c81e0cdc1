use super::*;

fn logits(probabilities: &[f32]) -> Vec<f32> {
    probabilities.iter().map(|p| p.ln()).collect()
}

fn drawing() -> SampleOptions {
    SampleOptions { temperature: 1.0, ..Default::default() }
}

#[test]
fn filters_cut_the_tail() {
    let logits = logits(&[0.15, 0.5, 0.05, 0.3]);
    let kept = |options: SampleOptions| sample_candidates(&logits, &options);
    let base = drawing();
    assert_eq!(kept(base), [0, 1, 2, 3]);
    assert_eq!(kept(SampleOptions { top_k: 2, ..base }), [1, 3]);
    assert_eq!(kept(SampleOptions { top_p: 0.75, ..base }), [1, 3]);
    assert_eq!(kept(SampleOptions { top_p: 0.0, ..base }), [1]);
    assert_eq!(kept(SampleOptions { min_p: 0.25, ..base }), [0, 1, 3]);
    assert_eq!(kept(SampleOptions { min_p: 2.0, ..base }), [1]);
    assert_eq!(kept(SampleOptions { top_k: 2, top_p: 0.7, ..base }), [1, 3], "0.7 of 0.8 is more than 0.5");
    assert_eq!(kept(SampleOptions { top_k: 2, top_p: 0.6, ..base }), [1]);
}

#[test]
fn equals_of_the_last_are_kept() {
    let options = SampleOptions { top_k: 2, ..drawing() };
    assert_eq!(sample_candidates(&[1.0, 3.0, 1.0, 0.0, 1.0], &options), [0, 1, 2, 4]);
}

#[test]
fn what_is_not_finite_is_never_chosen() {
    let logits = [f32::NAN, f32::INFINITY, -3.0, f32::NEG_INFINITY, -3.0];
    for temperature in [0.0, 1e-38, 1.0, 1e38] {
        let options = SampleOptions { temperature, ..Default::default() };
        assert!((0..99).all(|counter| logits[sample(&logits, &options, counter) as usize] == -3.0));
        assert_eq!(sample(&logits[..2], &options, 0), 0, "a defined result");
        assert_eq!(sample(&[], &options, 0), 0);
    }
}

#[test]
fn adjusts_penalty_first() {
    let mut logits = [4.0, -4.0, 1.0, 2.0];
    adjust(&mut logits, 2.0, [0, 1, 9], &[(0, 1.0), (3, f32::NEG_INFINITY), (9, 1.0)]);
    assert_eq!(logits, [3.0, -8.0, 1.0, f32::NEG_INFINITY]);
}

#[test]
fn draws_follow_the_distribution() {
    let probabilities = [0.5_f32, 0.3, 0.15, 0.04, 0.01];
    for (temperature, seed) in [(1.0, 7), (0.5, 8), (2.0, u32::MAX)] {
        // At temperature T the logits are those of p^(1/T).
        let logits: Vec<f32> = probabilities.iter().map(|p| p.ln() * temperature + 20.0).collect();
        let options = SampleOptions { temperature, seed, ..Default::default() };
        let mut counts = [0.0_f32; 5];
        for counter in 0..50_000 {
            counts[sample(&logits, &options, counter) as usize] += 1.0;
        }
        let square = |(count, p): (f32, f32)| (count - p * 50_000.0).powi(2) / (p * 50_000.0);
        let chi: f32 = counts.into_iter().zip(probabilities).map(square).sum();
        assert!(chi < 18.5, "{counts:?}: with 4 degrees of freedom, 18.5 is one in a thousand: {chi}");
    }
}
