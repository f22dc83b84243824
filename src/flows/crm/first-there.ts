import type { Asked } from '#crms/crm';
import type { CrmContact, CrmDeal, Ref } from '#domain/crm';
import type { Address } from '#store/clients/addresses';
import type { Lost } from './calls.ts';
import { endOf, type Got, got } from './connector-calls.ts';
import { matchesOf } from './push-found.ts';

/** Reads entities of the CRM, in that order. */
export type ReadRefs = (refs: readonly Ref[]) => Promise<Asked<readonly Asked<CrmContact | CrmDeal>[]> | Lost>;

const MOST_HITS = 10;
/** So many merges, one after another, are followed. */
const MOST_MERGES = 3;

/**
 * The first of the contacts that is there and has the address now, or of those into which they were merged. A search may
 * find what was merged or deleted a moment ago.
 */
export async function firstThere(
  address: Address,
  ids: readonly string[],
  readRefs: ReadRefs,
  merges = 0,
): Promise<Got<CrmContact | undefined>> {
  if (ids.length === 0 || merges > MOST_MERGES) return { value: undefined };
  const read = got(await readRefs(ids.slice(0, MOST_HITS).map((id) => ({ type: 'contact', id }))));
  if ('end' in read) return read;
  for (const one of read.value) {
    const end = endOf(one);
    if (end) return { end };
  }
  const there = read.value.flatMap((one) => (one.kind === 'ok' && one.value.type === 'contact' ? [one.value] : []));
  const [first] = matchesOf(address, there);
  if (first) return { value: first };
  const heirs = read.value.flatMap((one) => (one.kind === 'moved' ? [one.to] : []));
  return firstThere(address, heirs, readRefs, merges + 1);
}
