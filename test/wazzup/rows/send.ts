import { message, type Row, refusedMessage, sentTo } from '../row.ts';
import { pass } from '../steps.ts';

const POST = 'POST /v3/message';

/** Sections 3.1 to 3.5. */
export const rows: readonly Row[] = [
  {
    section: '3.1',
    of: ['messageId', 'answered chatId', 'text'],
    says: 'a message is taken with 201, its id and the chat id',
    call: { ask: POST, body: message() },
    expect: sentTo(),
  },
  {
    section: '3.4',
    of: 'twice within 60 s',
    says: 'a second message of the same crmMessageId within 60 s is refused',
    given: [{ ask: POST, body: message({ crmMessageId: 'crm-1' }) }, pass(59_000)],
    call: { ask: POST, body: message({ crmMessageId: 'crm-1' }) },
    expect: refusedMessage(
      'REPEATED_CRM_MESSAGE_ID',
      { crmMessageId: 'crm-1' },
      'You have already sent message with same crmMessageId',
    ),
  },
  {
    section: '3.4',
    of: 'after 60 s',
    says: 'after 60 s the same crmMessageId is taken again',
    given: [{ ask: POST, body: message({ crmMessageId: 'crm-1' }) }, pass(60_000)],
    call: { ask: POST, body: message({ crmMessageId: 'crm-1' }) },
    expect: sentTo(),
  },
];
