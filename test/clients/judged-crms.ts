import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CRMS, type CrmName } from '#domain/crm';
import { projects, repository, run } from '#test/clients/project';

/** The programs with which clients of others judge the doubles of CRMs. */
export const judges = join(projects, 'crms');

/** Lets a client that others wrote for each CRM read its double, make something there, and be refused. */
export async function judgeCrms(python: string): Promise<void> {
  const told = await Promise.all(CRMS.map((crm) => judge(python, crm)));
  for (const [index, printed] of told.entries()) console.log(`${CRMS[index]}\n${printed.trim()}`);
}

async function judge(python: string, crm: CrmName): Promise<string> {
  const words = [join(repository, 'test/crms/doubles/start.ts'), crm];
  const double = spawn(process.execPath, words, { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [first] = (await once(createInterface({ input: double.stdout }), 'line')) as [string];
    return await run(judges, python, [`${crm}_judge.py`], { DOUBLE: first, PYTHONDONTWRITEBYTECODE: '1' });
  } finally {
    double.kill();
  }
}
