import * as z from 'zod/mini';
import { count } from '#api/fields';
import {
  DEFAULT_WAITING,
  LEAST_MINUTES,
  MOST_LAPSES,
  MOST_MINUTES,
  MOST_RETURNS,
  OUTSIDE_HOURS,
  THEN,
  type WaitingInForce,
} from '#domain/waiting-setting';
import type { NoFields } from '#no-fields';

/** Minutes of working time after which something happens; null: never. */
const minutes = z.nullable(z.int().check(z.minimum(LEAST_MINUTES), z.maximum(MOST_MINUTES)));

/** What is done about clients who wait. What is left out is as if no such thing were done, or as most channels want it. */
export const newWaiting = z.object({
  returnAfterMinutes: z._default(minutes, null),
  returnsAtMost: z._default(z.int().check(z.minimum(1), z.maximum(MOST_RETURNS)), DEFAULT_WAITING.returnsAtMost),
  then: z._default(z.enum(THEN), DEFAULT_WAITING.then),
  tellHeadsAfterMinutes: z._default(minutes, null),
  awayAfterReturns: z._default(z.int().check(z.minimum(0), z.maximum(MOST_LAPSES)), DEFAULT_WAITING.awayAfterReturns),
  outsideHours: z._default(z.enum(OUTSIDE_HOURS), DEFAULT_WAITING.outsideHours),
});

/** What is done about clients who wait, as it is stored. Minutes are of working time; null: never. */
export const storedWaiting = z.object({
  returnAfterMinutes: z.nullable(count),
  returnsAtMost: count,
  then: z.enum(THEN),
  tellHeadsAfterMinutes: z.nullable(count),
  awayAfterReturns: count,
  outsideHours: z.enum(OUTSIDE_HOURS),
});

/** What is done about clients who wait. Since when it holds matters to the rules only. */
export function presentWaiting({ from: _, ...waiting }: WaitingInForce): z.infer<typeof storedWaiting> {
  const { returnAfterMinutes, returnsAtMost, then, tellHeadsAfterMinutes, awayAfterReturns, outsideHours, ...rest } =
    waiting;
  rest satisfies NoFields;
  return { returnAfterMinutes, returnsAtMost, then, tellHeadsAfterMinutes, awayAfterReturns, outsideHours };
}
