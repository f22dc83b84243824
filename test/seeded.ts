import fc from 'fast-check';
import { SEED } from './seed.ts';

// Each test file begins with it: a property that names no seed of its own draws by this one.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED });
