import type { NotOurs } from './not-ours.ts';

const http = (words: string) => ['docs/http.md', words] as const;
const OTHER_MESSENGERS = http('belong to messengers that are not there');

/** The items of sections 5 to 13, 16.2 and 18 that no request can show. */
export const NOT_OURS_OF_CRM: readonly NotOurs[] = [
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
    of: ['avitoProfileId', 'instPost', 'advert'],
    why: 'Konvert has no such messenger',
    written: OTHER_MESSENGERS,
  },
  {
    section: '13.5',
    of: ['phone'],
    why: 'in WhatsApp it is the chatId, and Telegram tells none',
    written: http('No address in `createContact` has a `phone`'),
  },
  { section: '13.6', of: ['qr'], why: 'Konvert has no such messenger', written: OTHER_MESSENGERS },
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
      '7_DAYS_EXCEEDED',
      'COMMENT_DELETED',
      'MENTION_FORBIDDEN',
      'COMMENT_ALREADY_PRIVATE_REPLIED',
      'COMMENT_INVALID_FOR_PRIVATE_REPLY',
      'COMMENT_CAN_BE_TEXT_ONLY',
    ],
    why: 'Konvert has no such messenger',
    written: http('and the other codes of comments are'),
  },
  {
    section: '13.4',
    of: ['MESSAGE_CANCELLED', 'CONTENT_CONVERSION_ERROR', 'MESSAGE_DELETED', 'CANNOT_REPLY_TO_DELETED'],
    why: 'no messenger of ours fails so',
    written: http('messenger of ours fails with `MESSAGE_CANCELLED`'),
  },
];
