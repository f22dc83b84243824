import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

/** The functions: every folder of `functions/`. */
export const functionNames: readonly string[] = readdirSync(resolve(root, 'functions'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** The folder of a function. */
export function functionFolder(name: string): string {
  return resolve(root, 'functions', name);
}

/** Bundles a function into `index.js` of that folder, with everything that it imports. */
export function bundleFunction(name: string, folder: string): void {
  buildSync(bundleOptions(resolve(functionFolder(name), 'index.ts'), resolve(folder, 'index.js')));
}

/**
 * A third of the SDK: what it would import only on demand, in order to look for credentials where a Lambda, which has
 * them in its environment, never gets to, or for streams of events, which no table, queue or key sends.
 */
const neverLoaded = [
  ...['http', 'ini', 'process', 'sso', 'web-identity'].map((source) => `@aws-sdk/credential-provider-${source}`),
  '@smithy/credential-provider-imds',
  '@smithy/core/event-streams',
];

/** How functions are bundled, for benches too. */
export function bundleOptions(entry: string, outfile: string): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    // A twentieth less CPU than an ES module, which also pays ten times as much for node:http (Node 24).
    format: 'cjs',
    // The CommonJS builds of the packages cannot be shaken: twice the bytes, twice the CPU.
    mainFields: ['module', 'main'],
    external: neverLoaded,
    logLevel: 'warning',
  };
}
