import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { cut } from '#domain/cut';
import { eventKey, placeOfTemplateEvent, subjectOfTemplate, type TemplateEvent } from '#domain/event';
import { templateGuid } from '#domain/template';
import { createReceivers } from '#store/accounts/receivers';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { ContentionError, conditionReasons, isOvertaken } from '#store/dynamo/errors';
import { announcement, createAnnounce } from '#store/outbox/announce';
import { eventLane } from '#store/outbox/lane-names';
import { addition } from '#store/outbox/rows';

/** A messenger's decision about a template. `time` is the messenger's (epoch ms). */
export interface TemplateReport {
  readonly templateId: string;
  readonly name: string;
  readonly status: string;
  readonly time: number;
}

export type TemplateNews = ReturnType<typeof createTemplateNews>;

const TRIES = 20;
/** WhatsApp's names have 512 characters at most. */
const LONGEST_NAME = 512;
const LONGEST_STATUS = 64;

/** The rows that tell receivers of what was decided about templates. */
export function createTemplateNews(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'outbox');
  const receivers = createReceivers(deps);
  const announce = createAnnounce(deps);

  /**
   * Puts the event into the lane of the account and announces it, in one transaction. `duplicate` if that was done.
   * `unwanted` if nobody listens.
   */
  async function tell(account: string, report: TemplateReport): Promise<'stored' | 'duplicate' | 'unwanted'> {
    if (!(await receivers.listening(account, 'templateStatus'))) return 'unwanted';
    const event = eventOf(account, report);
    const lane = eventLane(account);
    const key = eventKey(placeOfTemplateEvent(event));
    const subject = subjectOfTemplate(event.templateGuid);
    const row = { kind: 'event', ...event, lane, event: key, account, subject, storedAt: event.at } as const;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const now = clock.now();
      const writes = [{ Put: addition(table, row, now) }, { Update: announcement(table, lane, [key], now) }];
      try {
        await client.send(new TransactWriteCommand({ TransactItems: writes }));
        return 'stored';
      } catch (error) {
        if (conditionReasons(error)?.[0]) return 'duplicate';
        if (!isOvertaken(error)) throw error;
      }
      // The lane begins later than the event, so it refuses the announcement.
      await announce(lane, [key]);
    }
    throw new ContentionError('The events of an account');
  }

  return { tell };
}

function eventOf(account: string, { templateId, name, status, time }: TemplateReport): TemplateEvent {
  return {
    what: 'template',
    templateGuid: templateGuid(account, templateId),
    name: cut(name, LONGEST_NAME),
    status: cut(status, LONGEST_STATUS),
    at: time,
  };
}
