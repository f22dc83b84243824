import { metaKind } from '../meta/meta-kind.ts';

const PAGE_ID = '660000000000007';
const APP_ID = '770000000000007';

/** A demo page of Facebook, whose clients write in Messenger. */
export const facebook = metaKind({
  name: 'facebook',
  transport: 'facebook',
  chatType: 'facebook',
  channelName: 'Demo Facebook page',
  object: 'page',
  appId: APP_ID,
  id: PAGE_ID,
  node: { id: PAGE_ID, name: 'Demo page' },
  credentials: ({ secret }) => ({ pageId: PAGE_ID, appId: APP_ID, appSecret: secret, accessToken: `EAA${secret}` }),
  tokenOf: ({ secret }) => `EAA${secret}`,
  clientPrefix: '770099001122',
  told: (mid, { text, at }) => [
    { isOwn: true, item: { message: { mid, is_echo: true, app_id: Number(APP_ID), ...(text !== '' && { text }) } } },
    { item: { delivery: { mids: [mid], watermark: at } } },
    { item: { read: { watermark: at } } },
  ],
});
