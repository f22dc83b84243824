import { gzipSync } from 'node:zlib';
import type { BuiltPage } from '#lib/page';
import { DOCUMENT } from '#lib/page-manifest';

/** What a part of the page weighs, and what it may weigh: bytes after gzip, a KB being 1,000 of them. */
export interface PageSize {
  readonly part: string;
  readonly bytes: number;
  readonly most: number;
}

/** What is loaded on demand, by its module. */
const LAZY: readonly (readonly [part: string, module: string, most: number])[] = [
  ['lazy: emoji', 'parts/composer/emoji-panel.tsx', 8_000],
  ['lazy: QR', 'uqr', 5_000],
];

/** The weight of the first load by its parts, and of what comes later. Throws if a part is not there. */
export function sizesOf({ files, byModule }: BuiltPage): PageSize[] {
  const weightOf = (names: readonly string[]) =>
    names.map((name) => gzipSync(bytesOf(name), { level: 9 }).length).reduce((sum, bytes) => sum + bytes, 0);
  const bytesOf = (name: string) => {
    const found = files.find((file) => file.name === name);
    if (!found) throw new Error(`The page has no ${name}`);
    return found.bytes;
  };
  const of = (module: string) => {
    const names = byModule[module];
    if (!names) throw new Error(`The page loads nothing for ${module}`);
    return names;
  };
  const first = of('main.tsx');
  const later = (module: string) => weightOf(of(module).filter((name) => !first.includes(name)));
  const [html, js, css] = [weightOf([DOCUMENT]), weightOf(first), weightOf(of('style.css'))];
  const words = Math.max(later('words/en.ts'), later('words/ru.ts'));
  return [
    { part: 'first load', bytes: html + js + css + words, most: 80_000 },
    { part: 'JS', bytes: js, most: 64_000 },
    { part: 'CSS', bytes: css, most: 9_000 },
    { part: 'words of one language', bytes: words, most: 7_000 },
    ...LAZY.map(([part, module, most]) => ({ part, bytes: later(module), most })),
  ];
}
