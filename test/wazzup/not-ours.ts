/** An item of the reference that no request can show. */
export interface NotOurs {
  readonly section: string;
  /** Items of the section. Absent: the whole section. */
  readonly of?: readonly string[];
  readonly why: string;
  /** The document that says so, and words that stand in it. */
  readonly written: readonly [file: string, words: string];
}

const http = (words: string) => ['docs/http.md', words] as const;

const EACH_MESSENGER = http('| `maxbot` ([a bot in MAX](messengers/max.md))');
const NO_PLANS = http('there are no plans, no limits of dialogues and no balance');

export const NOT_OURS: readonly NotOurs[] = [
  {
    section: '1.1',
    of: ['counter host', 'counter server', 'store'],
    why: 'one host is all of them',
    written: http('The hosts of Wazzup are one host here'),
  },
  {
    section: '1.1',
    of: ['partner host'],
    why: 'there is no partner API',
    written: http('the partner API (`tech.wazzup24.com`)'),
  },
  {
    section: '1.3',
    of: ['WAuth'],
    why: 'keys are made by operator and account',
    written: http('not by WAuth'),
  },
  {
    section: '1.3',
    of: ['sidecar key'],
    why: 'no key is less than another',
    written: http('There are no sidecar keys, so no route is closed to a key'),
  },
  {
    section: '1.4',
    of: ['429'],
    why: 'throttling is the gateway’s',
    written: http('Konvert answers no 429 of its own'),
  },
  {
    section: '1.5',
    of: ['data[].code', 'errors[]'],
    why: 'no answer has these shapes',
    written: http('Of the three shapes of errors a route has one.'),
  },
  {
    section: '2',
    of: ['tgapi', 'max'],
    why: 'Konvert has no personal accounts',
    written: http("Of Wazzup's transports two are missing"),
  },
  {
    section: '2',
    of: ['whatsapp', 'instagram', 'vk', 'viber', 'avito', 'maxbot'],
    why: 'test/e2e/messengers.int.test.ts shows each',
    written: EACH_MESSENGER,
  },
  {
    section: '2',
    of: ['foreignphone', 'waitForPassword', 'onModeration', 'rejected', 'notEnoughMoney'],
    why: 'no channel is in such a state',
    written: http('States that no channel is in'),
  },
  {
    section: '2',
    of: ['init', 'qridle'],
    why: 'they are states of a linked phone; test/functions/whatsapp-qr.test.ts shows them',
    written: http('`qridle` (no phone is linked), `init` (it is being linked)'),
  },
  {
    section: '2',
    of: ['openelsewhere'],
    why: 'only a bot that is polled can be taken; test/functions/channel-states.test.ts shows it',
    written: http('`openelsewhere` (somebody else gets the updates)'),
  },
  {
    section: '3.3',
    of: ['WhatsApp', 'MAX', 'Instagram', 'VK', 'Avito', 'Viber'],
    why: 'test/e2e/messengers.int.test.ts shows each',
    written: EACH_MESSENGER,
  },
  {
    section: '16.1',
    of: ['CHANNEL_NO_MONEY', 'CHANNEL_LIMIT_EXCEEDED', 'BALANCE_IS_EMPTY', 'MESSAGES_NOT_TEXT_FIRST'],
    why: 'Konvert has no plans',
    written: NO_PLANS,
  },
  {
    section: '16.1',
    of: [
      'MESSAGE_TEXT_TOO_LONG',
      'MESSAGES_TOO_LONG_INSTAGRAM',
      'MESSAGES_TOO_LONG_VK',
      'MESSAGES_TOO_LONG_AVITO',
      'MESSAGES_TOO_LONG_VIBER',
      'MESSAGES_UNSUPPORTED_CONTENT_TYPE_INSTAPI',
    ],
    why: 'the contract suite of each messenger shows it',
    written: http('A text that is too long is `MESSAGES_TOO_LONG_INSTAGRAM`, `_VK`, `_AVITO`, `_VIBER`'),
  },
  {
    section: '16.1',
    of: ['MESSAGES_IS_SPAM', 'CHANNEL_WAPI_REJECTED'],
    why: 'the messenger says so later',
    written: http('the message fails with `SPAM` or `CHANNEL_REJECTED`'),
  },
  {
    section: '16.1',
    of: ['MESSAGES_ABNORMAL_SEND', 'MESSAGES_INVALID_CONTACT_TYPE'],
    why: 'other codes say it',
    written: http('a chat type that does not fit is `WRONG_TRANSPORT`'),
  },
  {
    section: '16.1',
    of: ['VALIDATION_ERROR'],
    why: 'another code says it',
    written: http('| `VALIDATION_ERROR` | is `INVALID_MESSAGE_DATA` |'),
  },
  {
    section: '16.1',
    of: ['MESSAGES_CAN_NOT_ADD', 'UNKNOWN_ERROR_WITH_TRACE_ID'],
    why: 'an error of ours has a code of ours',
    written: http('an error of ours is 500 `INTERNAL_ERROR`; its `requestId` is the trace'),
  },
  {
    section: '16.1',
    of: ['CHANNEL_INVALID_TRANSPORT_FOR_CONTENT_EDITING'],
    why: 'WhatsApp by QR code edits texts and not files; test/functions/change-message.test.ts shows such a messenger',
    written: http('WhatsApp by QR code can edit texts and delete'),
  },
  {
    section: '16.1',
    of: ['MESSAGES_CONTENT_SIZE_EXCEEDED_TELEGRAM'],
    why: 'it needs a file of more than 50 MB; test/channels/telegram/sending.test.ts shows it',
    written: http('`MESSAGES_CONTENT_SIZE_EXCEEDED_TELEGRAM` needs a file of more than 50 MB'),
  },
  { section: '9.2', why: 'there is no partner API', written: http('the partner API (`tech.wazzup24.com`)') },
  {
    section: '11.1',
    of: ['WZ_CREATE_ENTITY', 'WZ_OPEN_ENTITY'],
    why: 'the page posts them: test/page/frames.int.test.ts hears them',
    written: ['docs/page.md', '| `WZ_OPEN_ENTITY` | a deal is pressed, with `useDealsEvents`'],
  },
  {
    section: '11.1',
    of: ['useMessageEvents'],
    why: 'nobody knows what is told',
    written: http('`options.useMessageEvents` is accepted, and nothing follows from it'),
  },
  {
    section: '11',
    of: ['NO_SUCH_ACCOUNT'],
    why: 'it is 401 or 403',
    written: http('`NO_SUCH_ACCOUNT` of `POST /v3/iframe` is 401'),
  },
  {
    section: '16.2',
    of: ['NO_SUCH_ACCOUNT'],
    why: 'it is 401 or 403',
    written: http('`NO_SUCH_ACCOUNT` of `POST /v3/iframe` is 401'),
  },
  ...['12.1', '16.2'].map((section) => ({
    section,
    of: ['WEBHOOKS_REQUEST_ERROR'],
    why: 'another code says it',
    written: http('is `testPostNotPassed`.'),
  })),
  {
    section: '13.2',
    of: ['avitoProfileId'],
    why: 'it is of Avito only; test/functions/avito-listings.test.ts shows it',
    written: http('`avitoProfileId` is there in Avito'),
  },
  {
    section: '13.2',
    of: ['instPost', 'advert'],
    why: 'comments do not come, and an advertisement is a referral',
    written: http('No message has `instPost` or `advert`'),
  },
  {
    section: '13.5',
    of: ['phone'],
    why: 'in WhatsApp it is the chatId, and the others tell none',
    written: http('No address in `createContact` has a `phone`'),
  },
  {
    section: '13.6',
    of: ['qr'],
    why: 'the code is in one answer only; test/functions/whatsapp-qr.test.ts shows it',
    written: http('No event has the `qr` of a channel'),
  },
  {
    section: '13.6',
    of: ['openElsewhere'],
    why: 'it is a state of polled bots only; test/api/present-event.test.ts shows the word',
    written: ['docs/webhooks.md', 'except that one is spelled `openElsewhere`'],
  },
  {
    section: '13.2',
    of: ['contact.avatarUri', 'interactive'],
    why: 'messengers have no such thing',
    written: http('no `contact` has an `avatarUri`, and no message `interactive`'),
  },
  {
    section: '13.4',
    of: [
      'CHATID_IGSID_MISMATCH',
      'BAD_LINK',
      'COMMENT_DELETED',
      'MENTION_FORBIDDEN',
      'COMMENT_ALREADY_PRIVATE_REPLIED',
      'COMMENT_INVALID_FOR_PRIVATE_REPLY',
      'COMMENT_CAN_BE_TEXT_ONLY',
    ],
    why: 'Konvert speaks to Meta itself',
    written: http('codes of comments belong to Wazzup'),
  },
  {
    section: '13.4',
    of: ['7_DAYS_EXCEEDED'],
    why: 'it is of Instagram and Messenger only; test/functions/messenger-ways.test.ts shows it',
    written: http('`7_DAYS_EXCEEDED` is an error of Instagram and Messenger with Human Agent'),
  },
  {
    section: '13.4',
    of: ['MESSAGE_CANCELLED', 'CONTENT_CONVERSION_ERROR', 'MESSAGE_DELETED', 'CANNOT_REPLY_TO_DELETED'],
    why: 'no messenger of ours fails so',
    written: http('No messenger of ours fails with `MESSAGE_CANCELLED`'),
  },
];
