import type { DataFolder } from '#local/data-folder';
import { DEMO_KINDS } from '#local/demo/kinds';
import type { DemoLink } from '#local/demo/page-links';
import { CRM_PATH } from '#local/demo/stand-in/places';
import type { StartOptions } from '#local/start-options';

/** What the terminal shows once Konvert is ready; `operatorKey` says where the key is, `links` open the page. */
export function welcome(
  { publicUrl, ownUrl, demo, isReachable }: StartOptions,
  { path }: DataFolder,
  operatorKey: string,
  links: readonly DemoLink[],
): string {
  const folder = process.env.KONVERT_DATA_DIR ? `KONVERT_DATA_DIR='${path}' ` : '';
  const lines = [
    '',
    `Konvert is ready: ${publicUrl ?? ownUrl}`,
    `  API           ${ownUrl}/docs`,
    `  data, logs    ${path}`,
    `  operator key  ${operatorKey}`,
  ];
  const inbox = [
    '',
    'Open the inbox as somebody of the demo company. Each link opens once, within 10 minutes:',
    ...links.map(({ who, url }) => `  ${who}: ${url}`),
    `  another one:  ${folder}npm run konvert -- page --as olga`,
    `  the settings: ${folder}npm run konvert -- page --settings`,
  ];
  const trial = [
    '',
    'Or try it in another terminal; the demo client writes, you reply:',
    `  ${folder}npm run konvert -- demo write "Good day! Is the red one in stock?"`,
    `  ${folder}npm run konvert -- demo list`,
    `  ${folder}npm run konvert -- demo reply "Yes, three of them."`,
    `  ${folder}npm run konvert -- demo write --channel whatsapp "And in WhatsApp?"`,
    `      (or in ${DEMO_KINDS.map(({ name }) => name).join(', ')})`,
    `  ${folder}npm run konvert -- demo people`,
    `  ${folder}npm run konvert -- demo new-clients`,
  ];
  const crm = [
    '',
    'Or see it work with a CRM. This one connects a company of its own, and shows what comes:',
    `  ${ownUrl}${CRM_PATH}`,
  ];
  const without = isReachable ? ['  no demo       other machines can reach this one'] : [];
  return [...lines, ...(demo ? [...inbox, ...trial, ...crm] : without), ''].join('\n');
}
