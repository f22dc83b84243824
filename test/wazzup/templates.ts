import type { GraphTemplate } from '#test/doubles/graph/world';
import type { Step } from './row.ts';

/** A template without what the number adds to it. */
export type PlainTemplate = Pick<GraphTemplate, 'name' | 'components'> & Partial<GraphTemplate>;

/** A greeting with one value and two quick replies. */
export const GREETING: PlainTemplate = {
  name: 'greeting',
  components: [
    { type: 'BODY', text: 'Dear {{1}}', example: { body_text: [['Anna']] } },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Yes' },
        { type: 'QUICK_REPLY', text: 'No' },
      ],
    },
  ],
};

/** An order with values in its header, its body and the address behind its button. */
export const ORDER: PlainTemplate = {
  name: 'order',
  language: 'de',
  components: [
    { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}', example: { header_text: ['17'] } },
    { type: 'BODY', text: 'Dear {{1}}, it comes on {{2}}.', example: { body_text: [['Anna', 'Monday']] } },
    { type: 'FOOTER', text: 'Doors & More' },
    { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Track', url: 'https://shop.example/{{1}}' }] },
  ],
};

/** A picture with words. */
export const PICTURE: PlainTemplate = {
  name: 'picture',
  components: [
    { type: 'HEADER', format: 'IMAGE' },
    { type: 'BODY', text: 'Our new doors' },
  ],
};

/** Meta has these templates of the number. */
export function templates(...all: PlainTemplate[]): Step {
  return async ({ shop: { graph }, whatsApp }) => {
    const { wabaId } = await whatsApp();
    const usual = { wabaId, language: 'en', status: 'APPROVED', category: 'UTILITY' };
    for (const one of all) graph.templates.push({ id: String(5000 + graph.templates.length), ...usual, ...one });
  };
}
