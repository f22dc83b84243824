// A file of its own, so that it is only ever loaded on demand: what the settings import as well would cut the first load in two.

export { createStatistics } from './settings/statistics.ts';
