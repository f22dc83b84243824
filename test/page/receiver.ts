import { afterAll, beforeAll } from 'vitest';
import { startHttpDouble } from '#test/doubles/http';

/** What a receiver was told, by one call. */
export interface Told {
  readonly method: string;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A receiver of events that answers with the status that it is given. */
export interface PlayedReceiver {
  readonly uri: string;
  status: number;
  /** Every call so far, oldest first: probes, too. */
  readonly told: readonly Told[];
}

/** One receiver for all tests of the file that calls this. */
export function useReceiver(): PlayedReceiver {
  const played = { uri: '', status: 200, told: [] as readonly Told[] };
  let stop: () => unknown = () => undefined;
  beforeAll(async () => {
    const double = await startHttpDouble<Told>(
      ({ verb, headers, bytes }) => ({
        method: verb,
        authorization: headers.authorization,
        body: JSON.parse(bytes.toString('utf8')),
      }),
      () => ({ status: played.status, body: {} }),
    );
    played.uri = `${double.baseUrl}/hook`;
    played.told = double.calls;
    stop = double.stop;
  });
  afterAll(() => stop());
  return played;
}
