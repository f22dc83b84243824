import { readdirSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';

// The widget of integrations/amocrm, as amoCRM reads it: https://www.amocrm.ru/developers/content/integrations/structure.
// test/page/crm-frames.int.test.ts runs it in a browser.

const WIDGET = 'integrations/amocrm/widget';
const read = (path: string) => readFileSync(`${WIDGET}/${path}`, 'utf8');
const json = (path: string) => JSON.parse(read(path));

test('all texts of the manifest stand in both languages', () => {
  const { widget, settings, locations } = json('manifest.json');
  const named = [widget.name, widget.description, widget.short_description, settings.frame_url.name];

  for (const locale of widget.locale) {
    const words = json(`i18n/${locale}.json`);
    const told = named.map((path: string) => path.split('.').reduce((part, name) => part?.[name], words));
    expect(told.every((text) => typeof text === 'string' && text !== '')).toBe(true);
  }
  const keys = (locale: string) =>
    Object.entries(json(`i18n/${locale}.json`)).map(([name, part]) => [name, Object.keys(part as object)]);
  expect(keys('ru')).toEqual(keys('en'));
  expect(locations).toEqual(['ccard-1', 'lcard-1', 'settings']);
  // What amoCRM asks for: https://www.amocrm.ru/developers/content/integrations/structure
  expect(widget).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    interface_version: 2,
    init_once: false,
    locale: ['ru', 'en'],
    installation: true,
    support: { link: expect.stringMatching(/^https:/), email: expect.stringContaining('@') },
  });
  expect(settings).toEqual({ frame_url: { name: 'settings.frame_url', type: 'text', required: true } });
});

test('logos have the sizes that amoCRM asks for', () => {
  const sizes = readdirSync(`${WIDGET}/images`).map((name) => {
    const png = readFileSync(`${WIDGET}/images/${name}`);
    expect(png.length).toBeLessThan(300_000);
    return [name, png.readUInt32BE(16), png.readUInt32BE(20)];
  });

  expect(sizes.sort()).toEqual([
    ['logo.png', 130, 100],
    ['logo_dp.png', 174, 109],
    ['logo_main.png', 400, 272],
    ['logo_medium.png', 240, 84],
    ['logo_min.png', 84, 84],
    ['logo_small.png', 108, 108],
  ]);
});

test.each(['', 'konvert.example', 'http://konvert.example/webhooks/frame/amocrm/c1'])(
  'with the address %j it asks nobody, and says so',
  (frameUrl) => {
    const alerts: string[] = [];
    let press: (event: object) => void = () => expect.unreachable();
    const amo = {
      system: () => ({ area: 'lcard' }),
      get_settings: () => ({ frame_url: frameUrl }),
      i18n: (name: string) => json('i18n/en.json')[name],
      $authorizedAjax: () => expect.unreachable(),
    };
    const context = {
      define: (_names: unknown, make: (modal: unknown) => (this: object) => Widget) => {
        const { callbacks } = make(undefined).call(amo);
        callbacks.bind_actions();
      },
      AMOCRM: { data: { current_card: { id: 701 } } },
      document: { addEventListener: (_name: string, hear: typeof press) => (press = hear) },
      window: { alert: (text: string) => alerts.push(text) },
      URL,
    };
    runInNewContext(read('script.js'), context);

    press({ target: { closest: (selector: string) => selector === '.js-konvert-open' } });

    expect(alerts).toEqual([json('i18n/en.json').card.wrong_address]);
  },
);

interface Widget {
  readonly callbacks: { bind_actions(): boolean };
}
