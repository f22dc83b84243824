import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, parse as partsOf, relative, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { type BuildOptions, build, type Metafile, type OutputFile, type Plugin } from 'esbuild';
import { IntlMessageFormat } from 'intl-messageformat';
import { DOCUMENT, encodedName, MANIFEST, type PageManifest, WORKER } from '#lib/page-manifest';

const root = resolve(import.meta.dirname, '..');
const web = resolve(root, 'web');

/** How hard files are made smaller: `best` takes a second and is for deployments, `quick` for each `npm start`. */
export type Compression = 'best' | 'quick';

/** A file of the page with its bytes. */
export interface PageOutput {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The page as it was built: its files, and what a browser loads before it can show anything. */
export interface BuiltPage {
  readonly files: readonly PageOutput[];
  /**
   * What is loaded for a module of `web/`, such as `words/ru.ts`, or for a package that is imported on demand: its file,
   * and those that it imports. `main.tsx` is what the page begins with.
   */
  readonly byModule: Readonly<Record<string, readonly string[]>>;
}

const APP = 'app.webmanifest';
const ICONS = ['icon.svg', 'icon-180.png', 'icon-512.png'];

const PARSER = '@formatjs/icu-messageformat-parser';

/** A module with all words of a part of the page in one language. */
const CATALOGUE =
  /[\\/]web[\\/]words[\\/](?:(?:waits-|notices-|statistics-)?|settings[\\/](?:stored-|team-)?|guides[\\/]\w+-)(en|ru)\.ts$/;

/** Puts the parsed messages of a language in the place of its texts. Throws if one cannot be parsed. */
const parsedMessages: Plugin = {
  name: 'parsed-messages',
  setup({ onLoad }) {
    onLoad({ filter: CATALOGUE }, async ({ path }) => {
      const [name = '', texts] =
        Object.entries((await import(path)) as Record<string, Record<string, string>>)[0] ?? [];
      const [, language] = CATALOGUE.exec(path) ?? [];
      const messages = Object.entries(texts ?? {}).map(([key, text]) => [
        key,
        new IntlMessageFormat(text, language).getAst(),
      ]);
      return { contents: `export const ${name} = ${JSON.stringify(Object.fromEntries(messages))};`, loader: 'js' };
    });
  },
};

/** The style sheets: the one that the page begins with, and those that are loaded on demand. */
const STYLES = ['style', 'settings', 'statistics'];
/** All that the page begins with. */
const FIRST = resolve(web, 'parts/shell/page.tsx');
/** The settings: their models and their parts. One is never needed without the other. */
const SETTINGS = [resolve(web, 'data/settings/settings.ts'), resolve(web, 'parts/settings/settings.tsx')];

/**
 * Lets each module that is loaded on demand import what is loaded first, which is there by then. So that stays one file:
 * cut by what each of them needs of it, it would be fifteen files, and two kilobytes more. So it is with the settings.
 */
const firstInOneFile: Plugin = {
  name: 'first-in-one-file',
  setup({ onResolve, onLoad }) {
    const onDemand = new Set<string>();
    onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir }) => {
      if (kind === 'dynamic-import') onDemand.add(resolve(resolveDir, path));
      return undefined;
    });
    onLoad({ filter: /[\\/]web[\\/](?:parts|data)[\\/].*\.tsx?$/ }, ({ path }) => {
      if (!onDemand.has(path)) return undefined;
      const others = [FIRST, ...(/[\\/]settings[\\/]/.test(path) ? SETTINGS : [])].filter((other) => other !== path);
      const imports = others.map((other) => `import ${JSON.stringify(other)};`).join('');
      return { contents: `${imports}\n${readFileSync(path, 'utf8')}`, loader: 'tsx' };
    });
  },
};

/** How pages are bundled for browsers. */
export const sharedOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  charset: 'utf8',
  target: ['es2023', 'chrome120', 'safari17.4', 'firefox121'],
  tsconfig: 'web/tsconfig.json',
  loader: { '.svg': 'file', '.png': 'file' },
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
} as const satisfies BuildOptions;

const shared = {
  ...sharedOptions,
  outdir: 'page',
  // Messages are parsed when the page is built, so it needs no parser: a tenth of its bytes.
  alias: { [PARSER]: `${PARSER}/no-parser.js` },
  plugins: [parsedMessages, firstInOneFile],
} as const satisfies BuildOptions;

/**
 * Builds the page from `web/`: modules that are imported on demand are files of their own, and each name holds the hash
 * of its file. The same sources give the same bytes.
 */
export async function buildPage(): Promise<BuiltPage> {
  const { outputFiles, metafile } = await build({
    ...shared,
    entryPoints: { main: 'web/main.tsx', ...Object.fromEntries(STYLES.map((name) => [name, `web/${name}.css`])) },
    format: 'esm',
    splitting: true,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
  });
  const files: PageOutput[] = outputFiles.map(outputOf);
  files.push(...(await worker()));
  const byModule = modulesOf(metafile, 'web');
  const { 'main.tsx': scripts = [] } = byModule;
  const [style, ...later] = STYLES.map((name) => byModule[`${name}.css`]?.[0]);
  const app = install();
  files.push(...app.files);
  const document = documentOf([
    ...app.tags,
    `<link rel="stylesheet" href="../page/${style}">`,
    ...later.map((file, index) => `<meta name="${STYLES[index + 1]}-style" content="../page/${file}">`),
    ...scripts.map((name, index) => scriptTag(`../page/${name}`, index)),
  ]);
  files.push({ name: DOCUMENT, bytes: document });
  return { files, byModule };
}

/** Writes the page into an empty folder, each text in several encodings, with a manifest for who serves it. */
export function writePage(folder: string, { files }: BuiltPage, compression: Compression): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const manifest: Record<string, PageManifest[string]> = {};
  for (const { name, bytes } of files) {
    const type = typeOf(name);
    const encoded = type.startsWith('image/png') ? {} : encodingsOf(bytes, compression);
    manifest[name] = { type, encodings: Object.keys(encoded) as (keyof typeof encoded)[] };
    writeFileSync(resolve(folder, name), bytes);
    for (const [encoding, smaller] of Object.entries<Uint8Array>(encoded)) {
      writeFileSync(resolve(folder, encodedName(name, encoding as 'br' | 'gzip')), smaller);
    }
  }
  writeFileSync(resolve(folder, MANIFEST), JSON.stringify(manifest));
}

/** The bytes of a file in each encoding. */
export function encodingsOf(bytes: Uint8Array, compression: Compression): { br: Uint8Array; gzip: Uint8Array } {
  const isBest = compression === 'best';
  return {
    br: brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: isBest ? constants.BROTLI_MAX_QUALITY : 4,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
    gzip: gzipSync(bytes, { level: isBest ? 9 : 6 }),
  };
}

/** The worker runs by itself, so it is one file. */
async function worker(): Promise<PageOutput[]> {
  const { outputFiles } = await build({ ...shared, entryPoints: { sw: 'web/sw.ts' }, format: 'iife' });
  return outputFiles.map(({ contents }) => ({ name: WORKER, bytes: contents }));
}

/** What a browser needs to make an app of the page, and the tags that name it. */
function install(): { files: PageOutput[]; tags: string[] } {
  const icons = new Map(ICONS.map((name) => [name, hashed(name, readFileSync(resolve(web, 'install', name)))]));
  const manifest = readFileSync(resolve(web, 'install', APP), 'utf8');
  const named = [...icons].reduce((text, [name, icon]) => text.replace(`"${name}"`, `"${icon.name}"`), manifest);
  const app = hashed(APP, Buffer.from(named));
  const tags = [
    `<link rel="icon" href="../page/${icons.get('icon.svg')?.name}">`,
    `<link rel="apple-touch-icon" href="../page/${icons.get('icon-180.png')?.name}">`,
    `<link rel="manifest" href="../page/${app.name}">`,
  ];
  return { files: [...icons.values(), app], tags };
}

function documentOf(tags: readonly string[]): Buffer {
  return Buffer.from(readFileSync(resolve(web, DOCUMENT), 'utf8').replace('<!-- files -->', () => tags.join('\n')));
}

/** The first script runs the page. The others are those that it imports, and are asked for without waiting for it. */
export function scriptTag(address: string, index: number): string {
  return index === 0
    ? `<script type="module" src="${address}"></script>`
    : `<link rel="modulepreload" href="${address}">`;
}

/** A file as esbuild made it. */
export function outputOf({ path, contents }: OutputFile): PageOutput {
  return { name: nameOf(path), bytes: contents };
}

/** The files that are loaded for each module of that room, or package, which is imported on demand or begun with. */
export function modulesOf(metafile: Metafile, room: string): Record<string, readonly string[]> {
  const entries = Object.entries(metafile.outputs).flatMap(([path, { entryPoint }]) =>
    entryPoint === undefined
      ? []
      : [[moduleOf(entryPoint, room), [nameOf(path), ...importsOf(metafile, path)]] as const],
  );
  return Object.fromEntries(entries);
}

/** The path of a module below its room, or the name of its package. */
function moduleOf(path: string, room: string): string {
  const [, package_] = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(path) ?? [];
  return package_ ?? relative(room, path);
}

/** Everything that a script imports before it runs, and what that imports. */
function importsOf({ outputs }: Metafile, script: string, found = new Set<string>()): Set<string> {
  const { imports = [] } = outputs[script] ?? {};
  for (const { path, kind, external } of imports) {
    const name = nameOf(path);
    if (kind !== 'import-statement' || external || found.has(name)) continue;
    found.add(name);
    importsOf({ inputs: {}, outputs }, path, found);
  }
  return found;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

function typeOf(name: string): string {
  const type = TYPES[extname(name)];
  if (type === undefined) throw new Error(`The page has a file of an unknown type: ${name}`);
  return type;
}

/** A file with its hash in its name, as esbuild names those that it makes. */
export function hashed(name: string, bytes: Uint8Array): PageOutput {
  const { name: stem, ext } = partsOf(name);
  return { name: `${stem}-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}${ext}`, bytes };
}

// The bundler of functions has no time to wait, so it runs this: `node lib/page.ts <folder>`.
if (import.meta.main) writePage(resolve(process.argv[2] ?? ''), await buildPage(), 'best');
