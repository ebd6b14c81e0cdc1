// Writes results of a matrix product, those that are in the matrix. The importer declares `out` and
// ROWS.

// Where the rows stand in a row of out.
override FIRST_ROW: u32;
override OUT_ROWS: u32;
// Adds to out instead of replacing it.
override ACCUMULATE: bool;

fn store(token: u32, row: u32, value: f32) {
    if row >= ROWS {
        return;
    }
    let at = token * OUT_ROWS + FIRST_ROW + row;
    if ACCUMULATE {
        out[at] += value;
    } else {
        out[at] = value;
    }
}

fn store4(token: u32, row: u32, values: vec4<f32>) {
    store(token, row, values.x);
    store(token, row + 1u, values.y);
    store(token, row + 2u, values.z);
    store(token, row + 3u, values.w);
}
