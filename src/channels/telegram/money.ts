import { wholeOf } from '#channels/fields';

// The currencies with another number of decimals than two: https://core.telegram.org/bots/payments/currencies.json
const DECIMALS: ReadonlyMap<unknown, number> = new Map([
  ...['CLP', 'ISK', 'JPY', 'KRW', 'PYG', 'UGX', 'VND', 'XTR'].map((code) => [code, 0] as const),
  // Prices in TON are in nanograms: https://core.telegram.org/bots/api#suggestedpostprice
  ['TON', 9],
]);

/** An amount in the smallest unit of its currency as people write it: `1.45 USD`, `5 ⭐`. Empty if it is none. */
export function amount(total: unknown, currency: unknown): string {
  const whole = wholeOf(total);
  if (whole === undefined || typeof currency !== 'string' || !/^[A-Z]{3,5}$/.test(currency)) return '';
  return `${withDecimals(whole, currency)} ${currency === 'XTR' ? '⭐' : currency}`;
}

/** A number of Telegram Stars, with billionths if there are any. */
export function stars(count: unknown, billionths?: unknown): string {
  const rest = Math.abs(wholeOf(billionths) ?? 0);
  if (rest === 0 || rest >= 1e9) return amount(count, 'XTR');
  const whole = wholeOf(count) ?? 0;
  const sign = whole < 0 || Number(billionths) < 0 ? '-' : '';
  return `${sign}${Math.abs(whole)}.${String(rest).padStart(9, '0').replace(/0+$/, '')} ⭐`;
}

function withDecimals(whole: number, currency: string): string {
  const decimals = DECIMALS.get(currency) ?? 2;
  const digits = String(Math.abs(whole)).padStart(decimals + 1, '0');
  const sign = whole < 0 ? '-' : '';
  if (decimals === 0) return sign + digits;
  const fraction = digits.slice(-decimals);
  const shown = currency === 'TON' ? fraction.replace(/0+$/, '') : fraction;
  return `${sign}${digits.slice(0, -decimals)}${shown && `.${shown}`}`;
}
