/** The fields of pages to subscribe: https://developers.facebook.com/docs/graph-api/webhooks/reference/page */
export const PAGE_FIELDS = [
  'messages',
  'message_echoes',
  'message_deliveries',
  'message_reads',
  'message_edits',
  'message_reactions',
  'messaging_postbacks',
  'messaging_referrals',
  'messaging_optins',
  'messaging_handovers',
  'standby',
] as const;

/** Those of Instagram. Echoes come with `messages`: https://developers.facebook.com/docs/instagram-platform/webhooks */
export const INSTAGRAM_FIELDS = [
  'messages',
  'message_reactions',
  'messaging_seen',
  'messaging_postbacks',
  'messaging_referral',
  'message_edit',
  'messaging_handover',
  'standby',
] as const;

/** Those of them that an app is subscribed to at an account. The others are chosen in the app alone. */
export const INSTAGRAM_SUBSCRIBED: readonly string[] = INSTAGRAM_FIELDS.slice(0, 6);
