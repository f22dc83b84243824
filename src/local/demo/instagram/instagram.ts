import { metaKind } from '../meta/meta-kind.ts';

const ACCOUNT_ID = '17840000000000007';
const APP_ID = '770000000000008';

/** A demo account of Instagram, connected by Instagram Login. */
export const instagram = metaKind({
  name: 'instagram',
  transport: 'instagram',
  chatType: 'instagram',
  channelName: 'Demo Instagram account',
  object: 'instagram',
  appId: APP_ID,
  id: ACCOUNT_ID,
  node: { id: ACCOUNT_ID, user_id: ACCOUNT_ID, username: 'demo.company', name: 'Demo company' },
  credentials: ({ secret }) => ({ igId: ACCOUNT_ID, appId: APP_ID, appSecret: secret, accessToken: `IGAA${secret}` }),
  tokenOf: ({ secret }) => `IGAA${secret}`,
  clientPrefix: '550011223344',
  told: (mid, { text }) => [
    { isOwn: true, item: { message: { mid, is_echo: true, ...(text !== '' && { text }) } } },
    { item: { read: { mid } } },
  ],
});
