import { expect, test } from 'vitest';
import { tell, verdictOf } from './verdict.ts';

const via = (title: string) => ({ source: 1, name: 'x', title, url: 'https://example.com', severity: 'high' });

function report(found: Readonly<Record<string, string>>): string {
  const vulnerabilities = Object.fromEntries(
    Object.entries(found).map(([name, severity]) => [
      name,
      { name, severity, via: [via(`a flaw in ${name}`), 'another'] },
    ]),
  );
  return JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities,
    metadata: { vulnerabilities: { total: Object.keys(found).length } },
  });
}

const refused = (statusCode: number) =>
  JSON.stringify({
    message: `${statusCode} - POST https://registry.example.com/-/npm`,
    uri: 'x',
    statusCode,
    body: '',
  });

test.each([
  { name: 'nothing found', runtime: report({}), all: report({}), code: 0, says: /^Checked: 0 grave .*, 0 others/ },
  {
    name: 'a high one in what runs',
    runtime: report({ zod: 'high' }),
    all: report({ zod: 'high' }),
    code: 1,
    says: /GRAVE, in what runs: zod \(high\): a flaw in zod\nChecked: 1 grave .*, 0 others/,
  },
  {
    name: 'a critical one',
    runtime: report({ zod: 'critical' }),
    all: report({ zod: 'critical' }),
    code: 1,
    says: /GRAVE/,
  },
  {
    name: 'a moderate one in what runs',
    runtime: report({ zod: 'moderate' }),
    all: report({ zod: 'moderate' }),
    code: 0,
    says: /told only: zod \(moderate\)/,
  },
  {
    name: 'a high one in what tests use',
    runtime: report({}),
    all: report({ vitest: 'high' }),
    code: 0,
    says: /told only: vitest \(high\).*\nChecked: 0 grave .*, 1 others/,
  },
  ...[400, 403, 404, 405, 410, 501].map((status) => ({
    name: `a registry that answers ${status}`,
    runtime: refused(status),
    all: refused(status),
    code: 0,
    says: new RegExp(`^Not checked: this registry has no advisories to ask for \\(status ${status}\\)`),
  })),
  ...[429, 500, 503].map((status) => ({
    name: `a registry that answers ${status}`,
    runtime: refused(status),
    all: refused(status),
    code: 2,
    says: /^Not checked: the registry did not answer/,
  })),
  {
    name: 'no network',
    runtime: '{"message":"ENOTFOUND","error":{}}',
    all: '',
    code: 2,
    says: /^Not checked: .* did not/,
  },
  { name: 'no npm', runtime: '', all: '', code: 2, says: /^Not checked/ },
  { name: 'a second answer that is none', runtime: report({}), all: '', code: 2, says: /^Not checked/ },
])('$name: exit code $code', ({ runtime, all, code, says }) => {
  const told = tell(verdictOf(runtime), verdictOf(all));

  expect(told.code).toBe(code);
  expect(told.lines.join('\n')).toMatch(says);
  expect(told.lines.join('\n')).not.toContain('registry.example.com');
});
