import type { Guide } from './guide.ts';

/** Connecting a phone through a bridge that shows a QR code. Where what is found is in `docs/messengers/whatsapp-qr.md`. */
export const guide: Guide = {
  transport: 'whatsapp',
  steps: [
    {
      name: 'risk',
      title: 'whatsapp.risk',
      how: ['whatsapp.risk-terms', 'whatsapp.risk-lost', 'whatsapp.risk-run'],
      note: 'whatsapp.risk-note',
    },
    {
      name: 'bridge',
      title: 'whatsapp.bridge',
      how: ['whatsapp.bridge-run', 'whatsapp.bridge-save', 'whatsapp.bridge-address'],
      link: { href: 'https://doc.evolution-api.com/v2/en/install/docker', words: 'whatsapp.bridge-link' },
      fields: [
        {
          name: 'serverUrl',
          label: 'whatsapp.server',
          hint: 'whatsapp.server-hint',
          looks: /https?:\/\/[^\s?#@]+/,
          malformed: 'whatsapp.server-malformed',
          refused: 'whatsapp.server-refused',
        },
        {
          name: 'apiKey',
          label: 'whatsapp.key',
          hint: 'whatsapp.key-hint',
          looks: /^[!-~]{8,256}$/,
          malformed: 'whatsapp.key-malformed',
          refused: 'whatsapp.key-refused',
          isSecret: true,
        },
        {
          name: 'instance',
          label: 'whatsapp.instance',
          hint: 'whatsapp.instance-hint',
          looks: /^[\w-][\w.-]{0,99}$/,
          malformed: 'whatsapp.instance-malformed',
          refused: 'whatsapp.instance-refused',
        },
      ],
    },
  ],
  phone: {
    name: 'phone',
    title: 'whatsapp.phone',
    how: ['whatsapp.phone-open', 'whatsapp.phone-link', 'whatsapp.phone-scan'],
    note: 'whatsapp.phone-note',
  },
  blocked: 'whatsapp.blocked',
  unavailable: 'whatsapp.unavailable',
  refusals: [{ said: /private network/i, words: 'whatsapp.private' }],
  linkOf: (phone) => `https://wa.me/${phone}`,
};
