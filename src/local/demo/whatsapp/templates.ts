/** The templates of the demo number, as the Graph API lists them. */
export const TEMPLATES = [
  {
    id: '710000000000001',
    name: 'welcome',
    language: 'en',
    category: 'UTILITY',
    status: 'APPROVED',
    parameter_format: 'POSITIONAL',
    components: [
      {
        type: 'BODY',
        text: 'Good day, {{1}}! Your order {{2}} is ready.',
        example: { body_text: [['Anna', 'A-17']] },
      },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Thank you' }] },
    ],
  },
  {
    id: '710000000000003',
    name: 'offer',
    language: 'en',
    category: 'UTILITY',
    status: 'APPROVED',
    parameter_format: 'POSITIONAL',
    components: [
      { type: 'HEADER', format: 'DOCUMENT' },
      { type: 'BODY', text: 'Here is our offer, {{1}}.', example: { body_text: [['Anna']] } },
    ],
  },
  {
    id: '710000000000002',
    name: 'sale',
    language: 'en',
    category: 'MARKETING',
    status: 'PENDING',
    parameter_format: 'POSITIONAL',
    components: [{ type: 'BODY', text: 'Everything is red this week.' }],
  },
] as const;
