//! Tokens chosen by the kernels are those that the reference chooses: what they compute is
//! integers.

use crate::harness::{Random, device, few, input, read, tuned};
use kernels::gpu::{Choices, Context, Dispatch, Ids, Rows, Sampler, Step, TextRow, TextSampler};
use kernels::ops::SampleOptions;
use kernels::reference;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Logits like a model's: most are far below the best ones.
fn logits(random: &mut Random, len: usize, spread: f32) -> Vec<f32> {
    (0..len).map(|_| -random.value().abs().ln() * spread - 5.0).collect()
}

/// A sampler on the device over one row of logits.
struct Bench {
    gpu: Context,
    sampler: Sampler,
    choices: Choices,
    out: Ids,
    step: Step,
}

impl Bench {
    fn new(gpu: Context, logits: &[f32]) -> Self {
        let sampler = Sampler::new(&gpu, logits.len()).unwrap();
        let (out, step) = (Ids::new(&gpu, 1).unwrap(), Step::new(&gpu));
        let logits = input(&gpu, logits, logits.len());
        let choices = sampler.choices(&gpu, &logits, &out, &step).unwrap();
        Self { gpu, sampler, choices, out, step }
    }

    /// The next token, with as many dispatches as it took.
    fn next(&self) -> (u32, usize) {
        let dispatches = self.sampler.choose(&self.choices);
        encode(&self.gpu, dispatches, 1);
        let count = dispatches.iter().map(|dispatch| dispatch.count(1)).sum();
        (read::<u32>(&self.gpu, self.out.buffer())[0], count)
    }
}

fn encode(gpu: &Context, dispatches: &[Dispatch], n_tokens: u32) {
    let mut encoder = gpu.device().create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    {
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
        dispatches.iter().for_each(|dispatch| dispatch.encode(&mut pass, n_tokens));
    }
    gpu.queue().submit([encoder.finish()]);
}

/// The reference's choice.
fn expected(
    logits: &[f32],
    options: &SampleOptions,
    seen: &BTreeSet<u32>,
    bias: &[(u32, f32)],
    counter: u32,
) -> u32 {
    let mut logits = logits.to_vec();
    reference::adjust(&mut logits, options.repetition_penalty, seen.iter().copied(), bias);
    reference::sample(&logits, options, counter)
}

fn some_options() -> impl Strategy<Value = SampleOptions> {
    let temperature = prop_oneof![Just(0.0_f32), Just(1.0), 0.01_f32..3.0];
    let top_k = prop_oneof![Just(0_u32), 1_u32..9, 1_u32..9999];
    let top_p = prop_oneof![Just(1.0_f32), 0.0_f32..1.0];
    let min_p = prop_oneof![Just(0.0_f32), 0.0_f32..0.3];
    let penalty = prop_oneof![Just(1.0_f32), 0.8_f32..2.0];
    (temperature, top_k, top_p, min_p, penalty, any::<u32>()).prop_map(
        |(temperature, top_k, top_p, min_p, repetition_penalty, seed)| SampleOptions {
            temperature,
            top_k,
            top_p,
            min_p,
            repetition_penalty,
            seed,
        },
    )
}

proptest! {
    #![proptest_config(few(8))]

    #[test]
    fn sampler_matches_reference(
        options in some_options(), vocab in 1_usize..5000, spread in 0.01_f32..4.0, banned in 0_usize..4,
        counter: u32, seed: u64, hardware: bool,
    ) {
        let mut random = Random::new(seed);
        let mut values = logits(&mut random, vocab, spread);
        values[random.below(vocab)] = f32::NAN;
        let mut id = || u32::try_from(random.below(vocab)).unwrap();
        let mut seen: BTreeSet<u32> = (0..9).map(|_| id()).collect();
        // Not what was seen: two changes of a logit may be rounded once or twice.
        let bias: Vec<_> =
            (0..2 * banned).map(|i| (id(), [f32::NEG_INFINITY, 3.0][i % 2])).filter(|(id, _)| !seen.contains(id)).collect();
        let mut bench = Bench::new(tuned(hardware), &values);
        bench.sampler.begin(&bench.gpu, &options, seen.iter().copied(), &bias, counter);
        for drawn in 0..8 {
            let counter = counter.wrapping_add(drawn);
            let expected = expected(&values, &options, &seen, &bias, counter);
            prop_assert_eq!(bench.next().0, expected);
            if bias.iter().any(|&(id, _)| id == expected) {
                break;
            }
            seen.insert(expected);
        }
    }

    #[test]
    fn greedy_takes_the_first_of_equals(len in 1_usize..3000, levels in 1_usize..60, seed: u64) {
        let mut random = Random::new(seed);
        // Few different values, zeros of both signs, a NaN and a ban.
        let mut values: Vec<f32> = (0..len).map(|_| random.below(levels) as f32 - 30.0).collect();
        values.iter_mut().filter(|value| **value == 0.0).for_each(|value| *value = 0.0_f32.copysign(random.value()));
        values[random.below(len)] = f32::NAN;
        values[random.below(len)] = f32::NEG_INFINITY;
        let best = u32::try_from(reference::argmax(&values)).unwrap();
        prop_assert_eq!(Bench::new(device(), &values).next().0, best);
        prop_assert_eq!(reference::sample(&values, &SampleOptions::default(), 0), best);
    }

    #[test]
    fn rows_match_single_choices(options in some_options(), vocab in 1_usize..999, n in 1_usize..16, seed: u64) {
        let (gpu, mut random) = (device(), Random::new(seed));
        let values = logits(&mut random, vocab * n, 2.0);
        let drafted: Vec<u32> = (0..n).map(|_| u32::try_from(random.below(vocab)).unwrap()).collect();
        let rows = input(&gpu, &values, vocab);
        let (inputs, out) = (Ids::new(&gpu, n).unwrap(), Ids::new(&gpu, n + 1).unwrap());
        inputs.write(&gpu, &drafted);
        out.write(&gpu, &vec![777; n + 1]);
        let mut sampler = Sampler::new(&gpu, vocab).unwrap();
        let choices = sampler.row_choices(&gpu, &rows, &inputs, &out).unwrap();
        sampler.begin(&gpu, &options, [0], &[], 5);
        let mut seen = BTreeSet::from([0]);
        let expected: Vec<u32> = (0..n)
            .map(|row| {
                seen.insert(drafted[row]);
                expected(&values[row * vocab..][..vocab], &options, &seen, &[], 5 + u32::try_from(row).unwrap())
            })
            .chain([777])
            .collect();
        for _ in 0..2 {
            encode(&gpu, sampler.choose(&choices), u32::try_from(n).unwrap());
            prop_assert_eq!(&read::<u32>(&gpu, out.buffer())[..=n], &expected[..], "nothing is noted, so twice the same");
        }
    }

    #[test]
    fn texts_have_the_choices_that_each_has_alone(
        options in prop::collection::vec((some_options(), 0_usize..3, 0_u32..9), 1..8),
        vocab in 1_usize..999, seed: u64, hardware: bool,
    ) {
        let (gpu, mut random) = (tuned(hardware), Random::new(seed));
        let n = options.len();
        let values = logits(&mut random, vocab * n, 2.0);
        let rows = input(&gpu, &values, vocab);
        let out = Ids::new(&gpu, n).unwrap();
        // Texts are not in the order of the rows, and there are more.
        let mut sampler = TextSampler::new(&gpu, vocab, n + 1).unwrap();
        let choices = sampler.choices(&gpu, &rows, &out).unwrap();
        let mut id = || u32::try_from(random.below(vocab)).unwrap();
        let mut seen: Vec<BTreeSet<u32>> = options.iter().map(|_| (0..5).map(|_| id()).collect()).collect();
        let bias: Vec<Vec<(u32, f32)>> = options
            .iter()
            .zip(&seen)
            .map(|((_, banned, _), seen)| {
                (0..*banned).map(|_| (id(), f32::NEG_INFINITY)).filter(|(id, _)| !seen.contains(id)).collect()
            })
            .collect();
        let row = |i: usize, drawn: u32| {
            let (options, _, draw) = &options[i];
            TextRow { text: n - i, options, bias: &bias[i], draw: draw + drawn }
        };
        (0..n).for_each(|i| sampler.begin(&gpu, row(i, 0), seen[i].iter().copied()));
        for drawn in 0..3 {
            let of_step: Vec<_> = (0..n).map(|i| row(i, drawn)).collect();
            sampler.write(&gpu, &of_step);
            encode(&gpu, sampler.choose(&choices), u32::try_from(n).unwrap());
            let found = read::<u32>(&gpu, out.buffer());
            for (i, (options, _, draw)) in options.iter().enumerate() {
                let expected = expected(&values[i * vocab..][..vocab], options, &seen[i], &bias[i], draw + drawn);
                prop_assert_eq!(found[i], expected, "row {}", i);
                seen[i].insert(expected);
            }
            if bias.iter().zip(&seen).any(|(bias, seen)| bias.iter().any(|(id, _)| seen.contains(id))) {
                break;
            }
        }
    }
}

#[test]
fn the_largest_vocabulary_matches_reference() {
    let mut random = Random::new(11);
    let values = logits(&mut random, 262_144, 1.5);
    let mut benches = [false, true].map(|hardware| Bench::new(tuned(hardware), &values));
    let base = SampleOptions { temperature: 1.0, seed: 5, ..Default::default() };
    let all = [
        (SampleOptions { temperature: 0.0, ..base }, 2),
        (base, 3),
        (SampleOptions { temperature: 1e5, min_p: 1e-9, ..base }, 3),
        (SampleOptions { top_k: 40, ..base }, 6),
        (SampleOptions { temperature: 1e5, top_k: 200_000, ..base }, 6),
        (SampleOptions { temperature: 3.0, top_p: 0.95, ..base }, 6),
        (SampleOptions { temperature: 1e5, top_k: 250_000, top_p: 0.5, ..base }, 9),
        (SampleOptions { top_k: 1, top_p: 0.5, ..base }, 9),
    ];
    for (options, dispatches) in all {
        for bench in &mut benches {
            bench.sampler.begin(&bench.gpu, &options, [], &[], 0);
        }
        for counter in 0..4 {
            let expected = (reference::sample(&values, &options, counter), dispatches);
            assert_eq!(benches.each_ref().map(Bench::next), [expected; 2], "{options:?}");
        }
    }
}

/// Many draws: the reference's, the candidates no more and no less than the reference's, and
/// each as often as it is probable.
#[test]
fn draws_follow_the_distribution() {
    const DRAWS: u16 = 300;
    let probabilities = [0.05_f32, 0.3, 0.02, 0.25, 0.2, 0.08, 0.1];
    let values: Vec<f32> = probabilities.iter().map(|p| p.ln() + 10.0).collect();
    let base = SampleOptions { temperature: 1.0, seed: 99, ..Default::default() };
    let filtered = [
        base,
        SampleOptions { top_k: 4, ..base },
        SampleOptions { top_p: 0.7, ..base },
        SampleOptions { top_k: 5, top_p: 0.85, min_p: 0.1, ..base },
    ];
    let mut bench = Bench::new(device(), &values);
    for options in filtered {
        bench.sampler.begin(&bench.gpu, &options, [], &[], 0);
        let mut counts = [0.0_f32; 7];
        for counter in 0..u32::from(DRAWS) {
            let (token, _) = bench.next();
            assert_eq!(
                token,
                reference::sample(&values, &options, counter),
                "draw {counter} with {options:?}"
            );
            counts[token as usize] += 1.0;
        }
        let candidates = reference::sample_candidates(&values, &options);
        let drawn: Vec<u32> = (0..7).filter(|&id| counts[id as usize] > 0.0).collect();
        assert_eq!(drawn, candidates, "{options:?}");
        let kept: f32 = candidates.iter().map(|&id| probabilities[id as usize]).sum();
        let chi = |&id: &u32| {
            let mean = f32::from(DRAWS) * probabilities[id as usize] / kept;
            (counts[id as usize] - mean).powi(2) / mean
        };
        let chi: f32 = candidates.iter().map(chi).sum();
        assert!(chi < 22.5, "with 6 degrees of freedom, 22.5 is one in a thousand: {chi} of {counts:?}");
    }
}

#[test]
fn a_choice_is_noted_for_the_next_step() {
    let values = [1.0, 4.0, 3.5, f32::NAN, -2.0];
    let mut bench = Bench::new(device(), &values);
    let options = SampleOptions { repetition_penalty: 2.0, ..Default::default() };
    bench.step.write(&bench.gpu, 20, 7);
    bench.sampler.begin(&bench.gpu, &options, [], &[(0, 1.75)], 0);
    let step = |bench: &Bench| read::<u32>(&bench.gpu, bench.step.buffer())[..2].to_vec();
    assert_eq!(bench.next(), (1, 2));
    assert_eq!(step(&bench), [27, 1], "after the seven tokens there is one");
    assert_eq!([bench.next().0, bench.next().0], [2, 0], "4.0 / 2 is below 3.5, 3.5 / 2 below 1.0 + 1.75");
    assert_eq!(bench.next().0, 0, "all three were seen, and 1.0 / 2 + 1.75 is the best");
    assert_eq!(step(&bench), [30, 1]);
    bench.sampler.resume(&bench.gpu, [1], 0);
    assert_eq!(bench.next().0, 2);
    for (bias, token) in [([(0, 1.75)], 2), ([(0, 9.0)], 0)] {
        bench.sampler.begin(&bench.gpu, &options, [1], &bias, 0);
        assert_eq!(bench.next().0, token, "the same bias again, and another");
    }
    bench.sampler.begin(&bench.gpu, &SampleOptions::default(), [1], &[], 0);
    assert_eq!(bench.next().0, 1, "without a penalty, what was seen does not matter");
}

#[test]
fn what_is_not_finite_is_never_chosen() {
    let values = [f32::NAN, f32::NEG_INFINITY, f32::INFINITY, -7.0, -f32::NAN, -8.0];
    let mut bench = Bench::new(device(), &values);
    let ban = |ids: &[u32]| ids.iter().map(|&id| (id, f32::NEG_INFINITY)).collect::<Vec<_>>();
    for temperature in [0.0, 1.0] {
        for (top_k, top_p) in [(0, 1.0), (1, 1.0), (0, 0.1), (3, 0.3)] {
            let options = SampleOptions { temperature, top_k, top_p, min_p: 0.5, ..Default::default() };
            bench.sampler.begin(&bench.gpu, &options, [], &[], 0);
            assert_eq!(bench.next().0, 3);
            bench.sampler.begin(&bench.gpu, &options, [], &ban(&[3]), 0);
            assert_eq!(bench.next().0, 5);
            bench.sampler.begin(&bench.gpu, &options, [], &ban(&[3, 5]), 0);
            assert_eq!(bench.next().0, 0, "a defined result when nothing is left");
        }
    }
}

#[test]
fn a_vocabulary_of_other_size_is_refused() {
    let gpu = device();
    let sampler = Sampler::new(&gpu, 10).unwrap();
    let (logits, out) = (Rows::new(&gpu, "logits", 1, 12).unwrap(), Ids::new(&gpu, 1).unwrap());
    assert!(sampler.choices(&gpu, &logits, &out, &Step::new(&gpu)).is_err());
    assert!(Sampler::new(&gpu, 1 << 20).is_err());
}
