import { Agent, request } from 'node:http';
import { SECRET_HEADER, textUpdate } from './telegram.ts';

/** What the process of this file is told to do. */
export interface Load {
  readonly url: string;
  readonly secret: string;
  readonly connections: number;
  readonly clients: number;
  readonly seconds: number;
}

/** What it saw. */
export interface LoadReport {
  /** How long each webhook took that was answered with 2xx, in milliseconds. */
  readonly taken: readonly number[];
  /** How many were answered otherwise, or not at all. */
  readonly refused: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** Each connection posts the next message as soon as its last one was answered. The clients write in turn. */
async function post({ url, secret, connections, clients, seconds }: Load): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = { 'content-type': 'application/json', [SECRET_HEADER]: secret };
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const taken: number[] = [];
  let [refused, posted] = [0, 0];

  async function connection(): Promise<void> {
    while (performance.now() < endsAt) {
      const id = ++posted;
      const update = textUpdate({ chatId: 1 + (id % clients), id, text: 'Is the red one in stock?', at: Date.now() });
      const postedAt = performance.now();
      const status = await statusOf(url, agent, headers, JSON.stringify(update));
      if (status >= 200 && status < 300) taken.push(performance.now() - postedAt);
      else refused += 1;
    }
  }

  await Promise.all(Array.from({ length: connections }, connection));
  const { user, system } = process.cpuUsage();
  agent.destroy();
  return { taken, refused, seconds: (performance.now() - startedAt) / 1000, cpuSeconds: (user + system) / 1e6 };
}

/** The status of the answer; 0 if there is none. */
function statusOf(url: string, agent: Agent, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
  return new Promise((resolve) => {
    request(url, { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } })
      .on('response', (response) => response.resume().on('close', () => resolve(response.statusCode ?? 0)))
      .on('error', () => resolve(0))
      .end(body);
  });
}

process.once('message', async (load: Load) => {
  const report = await post(load);
  process.send?.(report, () => process.disconnect());
});
