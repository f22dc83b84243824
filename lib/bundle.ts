import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { DOCS_FOLDER, PAGE_FOLDER } from '#lib/page-manifest';

const root = resolve(import.meta.dirname, '..');

/** The names of the functions: the folders of `functions/`. */
export const functionNames: readonly string[] = readdirSync(resolve(root, 'functions'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** The folder of a function. */
export function functionFolder(name: string): string {
  return resolve(root, 'functions', name);
}

/**
 * Bundles a function into `index.js` of that folder, with everything that it imports. The page, or that of `/docs`, is
 * beside it if the function serves it. `KONVERT_BUNDLES` names a folder that keeps bundles: CI needs each of them five
 * times.
 */
export function bundleFunction(name: string, folder: string): void {
  const kept = process.env.KONVERT_BUNDLES;
  if (!kept) {
    bundleAnew(name, folder);
    return;
  }
  const bundle = resolve(kept, name);
  if (!existsSync(bundle)) {
    const half = mkdtempSync(`${bundle}-`);
    bundleAnew(name, half);
    try {
      renameSync(half, bundle);
    } catch {
      // Somebody else was faster, and has made the same.
      rmSync(half, { recursive: true });
    }
  }
  cpSync(bundle, folder, { recursive: true });
}

function bundleAnew(name: string, folder: string): void {
  buildSync(bundleOptions(resolve(functionFolder(name), 'index.ts'), resolve(folder, 'index.js')));
  if (name === 'serve-page') writeBeside('lib/page.ts', resolve(folder, PAGE_FOLDER));
  if (name === 'serve-docs') writeBeside('lib/docs.ts', resolve(folder, DOCS_FOLDER));
}

function writeBeside(builder: string, folder: string): void {
  execFileSync(process.execPath, [resolve(root, builder), folder]);
}

/**
 * A third of the SDK, which it imports only on demand and never needs in Lambda: look-ups of credentials, because
 * Lambda has them in its environment, and streams of events, because no table, queue or key sends any.
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
    // CommonJS needs a twentieth less CPU than an ES module, which also pays ten times as much for node:http (Node 24).
    format: 'cjs',
    // ES modules first: the CommonJS builds of the packages cannot be tree-shaken, which means twice the bytes and
    // twice the CPU.
    mainFields: ['module', 'main'],
    external: neverLoaded,
    // The folder of the bundle. An ES module's own word for it is empty in CommonJS.
    define: { 'import.meta.dirname': '__dirname' },
    logLevel: 'warning',
  };
}
