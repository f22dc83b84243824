import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** A file of the project, with the project files and the packages that it imports. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

const aliases = Object.entries(
  (JSON.parse(readFileSync('package.json', 'utf8')) as { imports: Record<string, string> }).imports,
);

/** Every TypeScript file in those folders that git knows or would add. */
export function readSources(...folders: readonly string[]): SourceFile[] {
  const words = [
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    ...folders.flatMap((folder) => [`${folder}/*.ts`, `${folder}/*.tsx`]),
  ];
  const listed = execFileSync('git', words, { encoding: 'utf8' }).trim().split('\n');
  return [...new Set(listed)].flatMap((path) => {
    const text = textOf(path);
    return text === undefined ? [] : [readSource(path, text)];
  });
}

/** Every group of two or more nodes that reach each other. */
export function circlesOf(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const reached = new Map([...graph.keys()].map((node) => [node, reachedFrom(graph, node)]));
  const inCircle = [...graph.keys()].filter((node) => reached.get(node)?.has(node)).sort();
  const circles = new Map<string, string[]>();
  for (const node of inCircle) {
    const members = inCircle.filter((other) => reached.get(node)?.has(other) && reached.get(other)?.has(node));
    circles.set(members.join(), members);
  }
  return [...circles.values()];
}

/** What imports what, by file or by folder. A folder does not import itself. */
export function graphOf(sources: readonly SourceFile[], nodeOf: (path: string) => string): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const { path, files } of sources) {
    const from = nodeOf(path);
    const to = files.map(nodeOf).filter((node) => node !== from);
    graph.set(from, new Set([...(graph.get(from) ?? []), ...to]));
  }
  return graph;
}

/** Every node to which a way leads from that one. */
export function reachedFrom(graph: ReadonlyMap<string, ReadonlySet<string>>, start: string): Set<string> {
  const reached = new Set<string>();
  const left = [...(graph.get(start) ?? [])];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    left.push(...(graph.get(node) ?? []));
  }
  return reached;
}

/** The text of a file; undefined if the file is deleted and the deletion is not committed yet. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function readSource(path: string, text: string): SourceFile {
  const named = [...text.matchAll(/(?:from|import) '([^']+)'|import\('([^']+)'\)/g)].map(
    ([, one, other]) => one ?? other!,
  );
  const files = named.flatMap((name) => fileOf(path, name) ?? []);
  const packages = named.filter((name) => fileOf(path, name) === undefined);
  return { path, text, files, packages };
}

function fileOf(path: string, name: string): string | undefined {
  if (name.startsWith('.')) return normalize(join(dirname(path), name));
  for (const [alias, target] of aliases) {
    if (alias === name) return normalize(target);
    const prefix = alias.slice(0, -1);
    if (alias.endsWith('*') && name.startsWith(prefix))
      return normalize(target.replace('*', name.slice(prefix.length)));
  }
  return undefined;
}
