import { type AuthenticateDeps, authenticate, authenticateCrm } from '#api/authenticate';
import { presentStatistics, statisticsCsv } from '#api/present-statistics';
import type { ReadStatistics } from '#flows/statistics/read-statistics';
import type { HttpResponse } from '#http/route';
import { createRoute, type HttpHandler } from '#http/route';
import type { Log } from '#log';
import { type AskedDeps, askedStatistics } from './asked.ts';
import { type TryReturnsDeps, tryReturns } from './try-returns.ts';

export interface ReadStatisticsDeps extends AuthenticateDeps, AskedDeps, TryReturnsDeps {
  readonly channels: AskedDeps['channels'] & TryReturnsDeps['channels'];
  readonly settings: AskedDeps['settings'] & TryReturnsDeps['settings'];
  readonly readStatistics: ReadStatistics;
  readonly log: Log;
}

const TRY = '/v1/settings/channels/{channelId}/would-return';

/** Tells how long clients waited, as JSON or as a table for a spreadsheet, and what a setting of the timer would have done. */
export function createHandler(deps: ReadStatisticsDeps): HttpHandler {
  return createRoute(async (request): Promise<HttpResponse> => {
    if (request.route === TRY) {
      const { account } = await authenticateCrm(request, deps);
      return { status: 200, body: await tryReturns(deps, account, request) };
    }
    const actor = await authenticate(request, deps);
    const { asked, format } = await askedStatistics(deps, actor, request);
    const counted = await deps.readStatistics(asked);
    if (format !== 'csv') return { status: 200, body: presentStatistics(asked, counted) };
    return { status: 200, text: statisticsCsv(counted.rows), headers: CSV };
  }, deps);
}

const CSV = {
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': 'attachment; filename="statistics.csv"',
};
