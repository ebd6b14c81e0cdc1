use super::*;
use half::f16;
use proptest::prelude::*;

/// A row's weights and scale in each block.
type Row = Vec<([i8; BLOCK], f32)>;

fn planes(rows: &[Row]) -> Planes {
    let mut planes = Planes::new(rows.len(), rows[0].len()).expect("little memory");
    for (r, row) in rows.iter().enumerate() {
        for (column, (weights, scale)) in row.iter().enumerate() {
            let mut block = f16::from_f32(*scale).to_le_bytes().to_vec();
            block.extend(weights.map(i8::cast_unsigned));
            planes.write(r, column, &block);
        }
    }
    planes
}

fn products(planes: &Planes, x: &[Block<i16>]) -> Vec<f32> {
    let mut sums = Vec::new();
    for group in 0..planes.groups() {
        let mut of_group = [f32x4::ZERO];
        planes.expand(group, |column, part| add_part::<Q8_0, i16, 1>(&part, [&x[column]], &mut of_group));
        sums.extend(of_group[0].to_array());
    }
    sums.truncate(planes.rows());
    sums
}

/// Holds every product to its limit, in these bits.
fn check_limits<Q: Quant + Dot + Into<f64>>(planes: &Planes, x: &[f32]) {
    let pool = Pool::new();
    let cols = planes.width() * BLOCK;
    let exact = quantize::<i16>(&pool, x, cols);
    let limits = limits::<Q>(&pool, planes, &exact, &quantize(&pool, x, cols));
    for (x, limits) in exact.chunks_exact(planes.width()).zip(limits.chunks_exact(planes.groups())) {
        for (row, product) in products(planes, x).into_iter().enumerate() {
            assert!(product <= limits[row / GROUP], "row {row}: {product} > {}", limits[row / GROUP]);
        }
    }
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let weights = prop_oneof![
        prop::array::uniform32(any::<i8>()),
        // Far from their centers, all to the same side.
        prop::array::uniform32(prop_oneof![
            Just(-128_i8),
            Just(-113),
            Just(127),
            Just(112),
            Just(15),
            Just(0)
        ]),
    ];
    let scale = prop_oneof![-2.0_f32..2.0, Just(0.0), Just(1e-7), Just(65_504.0)];
    (1_usize..24, 1_usize..5).prop_flat_map(move |(rows, width)| {
        prop::collection::vec(prop::collection::vec((weights.clone(), scale.clone()), width), rows)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_product_exceeds_its_limit(
        rows in rows(),
        pick in any::<prop::sample::Index>(),
        away in prop::bool::ANY,
        size in prop_oneof![Just(1.0_f32), Just(1e-30), Just(1e-38), Just(1e12)],
        noise in prop::collection::vec(-1.0_f32..1.0, 5 * 4 * BLOCK),
    ) {
        let planes = planes(&rows);
        let cols = planes.width() * BLOCK;
        let row = &rows[pick.index(rows.len())];
        // Activations that go the same way as a row, or as what its centers leave out: the bound is
        // met exactly by these.
        let along = row.iter().flat_map(|(weights, scale)| weights.map(|weight| {
            let lower = f32::from(weight.cast_unsigned() & 15) - 7.5;
            scale.signum() * if away { lower } else { f32::from(weight) }
        }));
        let mut x: Vec<f32> = along.chain(noise).take(5 * cols).collect();
        x.iter_mut().for_each(|x| *x *= size);
        check_limits::<i8>(&planes, &x);
        check_limits::<i16>(&planes, &x);
    }
}
