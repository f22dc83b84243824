import * as z from 'zod/mini';

/** What `npm audit --json` says if it could ask: https://docs.npmjs.com/cli/v11/commands/npm-audit */
const reportSchema = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), via: z.array(z.unknown()) })),
  metadata: z.object({ vulnerabilities: z.object({ total: z.number() }) }),
});
/** What it says if the registry answered with an error. */
const refusalSchema = z.object({ statusCode: z.number() });
const advisorySchema = z.object({ title: z.string() });

const GRAVE = ['high', 'critical'];

/**
 * `checked`: the advisories were asked for, and these are grave and these are not. `none-to-ask`: the registry has no
 * advisories. `not-asked`: it did not answer, so nothing is known.
 */
export type Verdict =
  | { readonly kind: 'checked'; readonly grave: readonly string[]; readonly others: readonly string[] }
  | { readonly kind: 'none-to-ask'; readonly status: number }
  | { readonly kind: 'not-asked' };

/** What the output of `npm audit --json` means. Nothing in it names a registry. */
export function verdictOf(output: string): Verdict {
  const said = parse(output);
  const report = reportSchema.safeParse(said).data;
  if (report) {
    const found = Object.entries(report.vulnerabilities).map(([name, { severity, via }]) => {
      const titles = via.flatMap((one) => advisorySchema.safeParse(one).data?.title ?? []);
      return { severity, line: `${name} (${severity})${titles.length > 0 ? `: ${titles.join('; ')}` : ''}` };
    });
    const [grave, others] = [true, false].map((isGrave) =>
      found.filter(({ severity }) => GRAVE.includes(severity) === isGrave).map(({ line }) => line),
    );
    return { kind: 'checked', grave: grave!, others: others! };
  }
  const status = refusalSchema.safeParse(said).data?.statusCode;
  // 429 and 5xx pass; what a registry lacks, it refuses with another 4xx or 501.
  const isRefused = status !== undefined && ((status >= 400 && status < 500 && status !== 429) || status === 501);
  return isRefused ? { kind: 'none-to-ask', status } : { kind: 'not-asked' };
}

const HOW = 'Ask one that has them: npm audit --registry=<its address>';

interface Told {
  readonly lines: readonly string[];
  readonly code: 0 | 1 | 2;
}

type Checked = Extract<Verdict, { kind: 'checked' }>;

function parse(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}

/**
 * The lines to print and the exit code: 1 for a grave advisory of what runs in production, 2 if nothing is known.
 * Advisories of what only tests and builds use are told and are no failure.
 */
export function tell(ofRuntime: Verdict, ofAll: Verdict): Told {
  if (ofRuntime.kind === 'checked' && ofAll.kind === 'checked') return tellChecked(ofRuntime, ofAll);
  const refused = [ofRuntime, ofAll].find(({ kind }) => kind === 'none-to-ask');
  if (refused?.kind === 'none-to-ask') {
    return {
      lines: [`Not checked: this registry has no advisories to ask for (status ${refused.status}).`, HOW],
      code: 0,
    };
  }
  return { lines: ['Not checked: the registry did not answer the question for advisories.', HOW], code: 2 };
}

function tellChecked({ grave }: Checked, all: Checked): Told {
  const rest = [...all.grave, ...all.others].filter((line) => !grave.includes(line));
  return {
    lines: [
      ...grave.map((line) => `GRAVE, in what runs: ${line}`),
      ...rest.map((line) => `told only: ${line}`),
      `Checked: ${grave.length} grave advisories in what runs, ${rest.length} others.`,
    ],
    code: grave.length > 0 ? 1 : 0,
  };
}
