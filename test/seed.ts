/**
 * The seed of all that is drawn by chance in a run of the tests: properties, hostile requests, mutated bodies. It is always
 * the same, so that a failure is of what was changed and not of the draw. `npm run long` draws a new one (`SEED`).
 */
export const SEED = Number(process.env.SEED ?? 20_261_130);
