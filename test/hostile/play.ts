import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { createJudge, type Judge } from '#test/hostile/judge';
import { type HostileRequest, hostileRequest, print } from '#test/hostile/requests';

/** The result of playing hostile requests. */
export interface Played {
  readonly requests: number;
  /** The smallest request that breaks the rule, and the command that repeats it. Undefined if no rule was broken. */
  readonly broken: string | undefined;
  readonly answers: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  /** The heap after a garbage collection, at the end of each part. */
  readonly heapBytes: readonly number[];
}

/** The requests of a part. The heap is measured after each part. */
const PART = 20_000;
const IDLE = 200;

/** Sends hostile requests, the same for the same seed, to one app. Ends with the first that breaks a rule. */
export async function playHostile(
  seed: number,
  requests: number,
  told: (played: Played) => void = () => {},
): Promise<Played> {
  const collect = collector();
  let judge = await createJudge();
  let played: Played = { requests: 0, broken: undefined, answers: {}, slowestMs: 0, heapBytes: [] };

  for (let part = 0; played.requests < requests && !played.broken; part += 1) {
    const count = Math.min(PART, requests - played.requests);
    const broken = await playPart(seed + part, count);
    collect();
    const heapBytes = [...played.heapBytes, process.memoryUsage().heapUsed];
    const { answers, slowestMs } = judge;
    played = { requests: played.requests + count, broken, answers, slowestMs, heapBytes };
    told(played);
  }
  await judge.stop();
  return played;

  async function playPart(partSeed: number, numRuns: number): Promise<string | undefined> {
    const wellAfter = fc.asyncProperty(hostileRequest, async (request) => {
      try {
        await judge.judge(request);
      } catch (error) {
        // What this request left behind must not count against the next, smaller one.
        const spoilt: Judge = judge;
        judge = await createJudge();
        await spoilt.stop();
        throw error;
      }
    });
    const found = await fc.check(wellAfter, { seed: partSeed, numRuns });
    if (!found.failed || !found.counterexample) return playIdle(partSeed);
    const [request] = found.counterexample;
    const reason = found.errorInstance instanceof Error ? found.errorInstance.message : String(found.errorInstance);
    return `${reason}\n${print(request)}\nnpx node test/hostile/main.ts ${partSeed} ${found.numRuns}`;
  }

  async function playIdle(partSeed: number): Promise<string | undefined> {
    try {
      await judge.judgeIdle(fc.sample(hostileRequest.filter(isIdle), { seed: partSeed, numRuns: IDLE }));
      return undefined;
    } catch (error) {
      return `${(error as Error).message}; of those that prove nothing, from seed ${partSeed}`;
    }
  }
}

function isIdle({ sender }: HostileRequest): boolean {
  return sender === 'nobody';
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
