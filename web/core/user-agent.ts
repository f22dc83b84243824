// What people call their browsers and systems. The first that fits counts: most browsers claim to be others as well.

const BROWSERS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\/|\bOpera\b/],
  ['Yandex Browser', /\bYaBrowser\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\//],
  ['Safari', /\bVersion\/\S+.*\bSafari\//],
];

const SYSTEMS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
];

/** The browser and the system that a `User-Agent` names, if they are known ones. */
export function namesIn(userAgent: string): { readonly browser?: string; readonly system?: string } {
  const [browser] = BROWSERS.find(([, sign]) => sign.test(userAgent)) ?? [];
  const [system] = SYSTEMS.find(([, sign]) => sign.test(userAgent)) ?? [];
  return { ...(browser !== undefined && { browser }), ...(system !== undefined && { system }) };
}
