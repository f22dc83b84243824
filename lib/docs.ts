import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { type Guide, guideOf } from '#lib/guide';
import {
  type BuiltPage,
  hashed,
  modulesOf,
  outputOf,
  type PageOutput,
  scriptTag,
  sharedOptions,
  writePage,
} from '#lib/page';
import { DOCUMENT } from '#lib/page-manifest';

const root = resolve(import.meta.dirname, '..');
const room = resolve(root, 'web-docs');

/**
 * The viewer sets styles as attributes and makes elements of style, which its page would have to allow for everybody.
 * A template that sets the property instead needs no leave, and looks the same; its colours and widths are in
 * `viewer-style.ts`. Throws if a file of the viewer is not as it was when this was written.
 */
const withoutInlineStyles: Plugin = {
  name: 'without-inline-styles',
  setup({ onLoad }) {
    onLoad({ filter: /openapi-explorer[\\/]dist[\\/]es[\\/].*\.js$/ }, ({ path }) => {
      if (/utils[\\/]theme\.js$/.test(path)) return { contents: "export default () => '';", loader: 'js' };
      const contents = readFileSync(path, 'utf8')
        .replaceAll(/ style="([^"]*)"/g, (_, style: string) =>
          style.includes('${') ? ` .style="${style}"` : ` .style="\${\`${style}\`}"`,
        )
        .replaceAll(/<style>[\s\S]*?<\/style>/g, '')
        // The arrow of a field of choice, as an address that is an image. Browsers have one of their own.
        .replaceAll(/background-image:url\("data:[^"]*"\);/g, '')
        // A word that fits into its line stays whole. The page breaks those that do not.
        .replaceAll(/line-break: ?anywhere;?/g, '')
        // The page has its own.
        .replaceAll(/<(\/?)main\b/g, '<$1div');
      if (/<style|[^-.]style="/.test(contents))
        throw new Error(`The viewer has a style that is not taken out: ${path}`);
      return { contents, loader: 'js' };
    });
  },
};

/** The languages of Prism look for it among the globals, where a bundle puts nothing. */
const importedByLanguages: Plugin = {
  name: 'imported-by-languages',
  setup({ onLoad }) {
    onLoad({ filter: /prismjs[\\/]components[\\/]prism-\w[\w-]*\.js$/ }, ({ path }) => ({
      contents: `import Prism from 'prismjs';\n${readFileSync(path, 'utf8')}`,
      loader: 'js',
    }));
  },
};

/** Builds what `/docs` shows: the guide of `docs/guide.md` as a document, and the viewer of the reference. */
export async function buildDocs(): Promise<BuiltPage> {
  const { outputFiles, metafile } = await build({
    ...sharedOptions,
    entryPoints: { main: 'web-docs/main.ts', style: 'web-docs/style.css' },
    outdir: 'docs',
    format: 'esm',
    splitting: true,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    plugins: [withoutInlineStyles, importedByLanguages],
  });
  const files: PageOutput[] = outputFiles.map(outputOf);
  const byModule = modulesOf(metafile, 'web-docs');
  const icon = hashed('icon.svg', readFileSync(resolve(root, 'web/install/icon.svg')));
  const tags = [
    `<link rel="icon" href="docs/${icon.name}">`,
    ...(byModule['style.css'] ?? []).map((name) => `<link rel="stylesheet" href="docs/${name}">`),
    ...(byModule['main.ts'] ?? []).map((name, index) => scriptTag(`docs/${name}`, index)),
  ];
  const document = documentOf(tags, guideOf(readFileSync(resolve(root, 'docs/guide.md'), 'utf8')));
  return { files: [...files, icon, { name: DOCUMENT, bytes: document }], byModule };
}

function documentOf(tags: readonly string[], { html, headings }: Guide): Buffer {
  const contents = headings
    .filter(({ level }) => level === 2)
    .map(({ id, title }) => `<li><a href="#${id}">${title}</a></li>`);
  const document = readFileSync(resolve(room, DOCUMENT), 'utf8')
    .replace('<!-- files -->', () => tags.join('\n'))
    .replace('<!-- contents -->', () => `<ul>\n${contents.join('\n')}\n</ul>`)
    .replace('<!-- guide -->', () => html);
  return Buffer.from(document);
}

// The bundler of functions has no time to wait, so it runs this: `node lib/docs.ts <folder>`.
if (import.meta.main) writePage(resolve(process.argv[2] ?? ''), await buildDocs(), 'best');
